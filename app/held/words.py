"""The words for what stands in the database as a key: a person reads them about themselves."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from app import people
from app.forms.accessibility import ABOUT
from app.mail.need import Reason
from app.models import (
    About,
    Answer,
    AskedFor,
    CredentialKind,
    DeliveryKind,
    EmploymentKind,
    How,
    Origin,
    RequestKind,
    Role,
)  # fmt: skip

WORDS: dict[type[StrEnum], dict[Any, Any]] = {
    About: ABOUT,
    Answer: {
        Answer.DONE: _l("Gjort"),
        Answer.STILL_NEEDED: _l("Nej, uppgifterna behövs så länge du arbetar här"),
        Answer.ARCHIVED: _l("Nej, uppgifterna måste bevaras enligt arkivlagen"),
        Answer.STILL_HERE: _l("Du arbetar kvar enligt HR, så mejlen fortsätter"),
        Answer.ADDRESS_RIGHT: _l("Adressen är rätt enligt HR, så mejlen fortsätter"),
    },
    AskedFor: people.WORDS,
    CredentialKind: {
        CredentialKind.LINK: _l("Länken i mejlen"),
        CredentialKind.SLIP: _l("Kod på papper"),
        CredentialKind.SIGN_IN: _l("Inloggning"),
        CredentialKind.CONFIRMATION: _l("Bekräftelse av att det är du"),
    },
    DeliveryKind: {
        DeliveryKind.CONFIRM: _l("Bekräfta din anmälan"),
        DeliveryKind.LINK: _l("Din länk"),
        DeliveryKind.SIGN_IN: _l("Inloggning"),
        DeliveryKind.CONFIRMATION: _l("Bekräfta att det är du"),
        DeliveryKind.INVITATION: _l("Inbjudan"),
        DeliveryKind.REMINDER: _l("Påminnelse"),
        DeliveryKind.NOTICE: _l("Något väntar på dig som HR"),
    },
    EmploymentKind: {
        EmploymentKind.PERMANENT: _l("Tillsvidare"),
        EmploymentKind.TEMPORARY: _l("Tidsbegränsad"),
        EmploymentKind.HOURLY: _l("Timavlönad"),
        EmploymentKind.CONSULTANT: _l("Konsult"),
    },
    How: {
        How.LINK: _l("Genom din länk"),
        How.MEETING: _l("På en träff"),
        How.CERTIFICATE: _l("Med ett intyg"),
        How.CORRECTION: _l("En rättelse"),
    },
    Origin: {
        Origin.LISTED: _l("Din arbetsgivare har lämnat uppgifterna"),
        Origin.DECLARED: _l("Du har anmält dig och sagt att du arbetar här"),
        Origin.PUBLIC: _l("Du har anmält dig själv"),
    },
    Reason: {
        Reason.ERASED: _l("Uppgifterna är raderade"),
        Reason.LEFT: _l("Du har slutat"),
        Reason.ADDRESS_CHANGED: _l("Adressen har ändrats"),
        Reason.PAUSED: _l("Mejlen är pausade"),
        Reason.OUT_OF_SCOPE: _l("Du ingår inte i kursomgången längre"),
        Reason.CAMPAIGN_CLOSED: _l("Kursomgången är slut"),
        Reason.COMPLETED: _l("Du var redan klar"),
        Reason.LINK_ENDED: _l("Länken gällde inte längre"),
        Reason.CONFIRMED: _l("Det var redan bekräftat"),
        Reason.LATE: _l("Det blev för sent"),
        Reason.NO_SUCH_ADDRESS: _l("Adressen finns inte"),
        Reason.REFUSED: _l("Mejlservern tog inte emot det"),
        Reason.UNWRITABLE: _l("Adressen gick inte att mejla till"),
        Reason.ONCE_MORE: _l("Det skickades en gång till, då det var oklart om det kom fram"),
    },
    RequestKind: {
        RequestKind.REGISTER: _l("Att anmäla sig"),
        RequestKind.LINK: _l("En ny länk"),
        RequestKind.SIGN_IN: _l("Att logga in"),
    },
    Role: {
        Role.HR: _l("HR"),
        Role.MANAGER: _l("Chef"),
        Role.FACILITATOR: _l("Handledare"),
        Role.OBSERVER: _l("Insyn"),
        Role.AUTHOR: _l("Kursförfattare"),
        Role.OPERATOR: _l("Drift"),
    },
}
