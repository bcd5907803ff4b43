"""What is held about a person, table by table: which rows are theirs, what of them is shown, and what not and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, func, or_, select

from app.db import Model
from app.models import (
    Absence,
    AccessibilityReport,
    Completion,
    Credential,
    Delivery,
    Enrolment,
    Exemption,
    HelpCheck,
    HelpContact,
    LinkRequest,
    Look,
    Person,
    PersonRequest,
    Placement,
    Right,
    StepPost,
)

Words = Any
"""A sentence that is put into the reader's language when it is shown."""


@dataclass(frozen=True)
class Table:
    """One kind of thing that is held; `shown` is column → words, in the order in which they are told."""

    key: str
    title: Words
    model: type[Model]
    mine: Callable[[Person], ColumnElement[bool]]
    shown: Mapping[str, Words]


def _asked_with_my_address(person: Person) -> ColumnElement[bool]:
    here = or_(LinkRequest.organisation_id.is_(None), LinkRequest.organisation_id == person.organisation_id)
    return and_(LinkRequest.address_key == person.address_key, here)


def _mailed_to_me(person: Person) -> ColumnElement[bool]:
    """Also the mail that asked whether it was they who registered: there was no person yet."""
    asked = select(LinkRequest.id).where(_asked_with_my_address(person))
    return or_(Delivery.person_id == person.id, Delivery.request_id.in_(asked))


def _reported_by_me(person: Person) -> ColumnElement[bool]:
    """A report knows nobody; but one who wants an answer at my address is told to be me."""
    mine = func.lower(AccessibilityReport.contact) == (person.address or "").lower()
    return and_(AccessibilityReport.organisation_id == person.organisation_id, mine)


FROM, UP_TO = _l("Från"), _l("Till och med")

TABLES = (
    Table("person", _l("Du"), Person, lambda person: Person.id == person.id, {
        "name": _l("Namn"), "number": _l("Anställningsnummer"), "address": _l("Mejladress"),
        "organisation_id": _l("Organisation"), "language": _l("Språk"), "origin": _l("Så känner vi till dig"),
        "created_at": _l("Hos oss sedan"), "declared_unit_id": _l("Enhet som du själv har uppgett"),
        "paused_at": _l("Mejlen pausade sedan"), "left_at": _l("Slutade"), "signed_in_at": _l("Loggade in senast"),
    }),
    Table("placements", _l("Dina enheter"), Placement, lambda person: Placement.person_id == person.id, {
        "unit_id": _l("Enhet"), "kind": _l("Anställning"), "starts_on": FROM, "ends_on": UP_TO,
        "employed_from": _l("Anställd från"), "employed_until": _l("Anställd till och med"),
    }),
    Table("enrolments", _l("Kurser du är med i"), Enrolment, lambda person: Enrolment.person_id == person.id, {
        "campaign_id": _l("Kursomgång"), "enrolled_at": _l("Med sedan"), "ended_at": _l("Inte med längre sedan"),
    }),
    Table("completions", _l("Det du är klar med"), Completion, lambda person: Completion.person_id == person.id, {
        "module_id": _l("Modul"), "revision_id": _l("Version"), "completed_at": _l("Klar"), "how": _l("Hur"),
        "by_person_id": _l("Antecknat av"), "corrects_id": _l("Rättar det som antecknades"), "reason": _l("Skäl"),
    }),
    Table("steps", _l("Steg i en modul som inte är klar"), StepPost, lambda person: StepPost.person_id == person.id, {
        "module_id": _l("Modul"), "step": _l("Steg"), "posted_at": _l("Läst"),
    }),
    Table("absences", _l("Frånvaro, utan orsak"), Absence, lambda person: Absence.person_id == person.id, {
        "starts_on": FROM, "ends_on": UP_TO,
    }),
    Table("exemptions", _l("Undantag från kursen"), Exemption, lambda person: Exemption.person_id == person.id, {
        "starts_on": FROM, "ends_on": UP_TO,
    }),
    Table("rights", _l("Behörigheter"), Right, lambda person: Right.person_id == person.id, {
        "role": _l("Roll"), "unit_id": _l("Enhet"), "given_at": _l("Sedan"), "ends_on": UP_TO,
    }),
    Table("mails", _l("Mejl till dig"), Delivery, _mailed_to_me, {
        "kind": _l("Mejl"), "module_id": _l("Om"), "revision_id": _l("Version"), "address": _l("Till"),
        "language": _l("Språk"), "queued_at": _l("Lades i kö"), "due_at": _l("Skulle gå tidigast"),
        "expires_at": _l("Skulle gå senast"), "sending_at": _l("Började skickas"), "attempts": _l("Antal försök"),
        "accepted_at": _l("Togs emot av mejlservern"), "bounced_at": _l("Studsade"),
        "failed_at": _l("Gick inte att skicka"), "uncertain_at": _l("Oklart om det kom fram"),
        "cancelled_at": _l("Ställdes in"), "expired_at": _l("Blev för gammalt"),
        "reason": _l("Därför"), "response": _l("Mejlserverns svar"),
    }),
    Table("ways-in", _l("Dina vägar in"), Credential, lambda person: Credential.person_id == person.id, {
        "kind": _l("Sort"), "created_at": _l("Gjordes"), "used_at": _l("Användes senast"),
        "expires_at": _l("Gäller till"), "revoked_at": _l("Slutade gälla"),
    }),
    Table("asked-for-a-way-in", _l("När någon har skrivit din adress för att komma in"), LinkRequest,
        _asked_with_my_address, {
        "kind": _l("Begäran"), "address": _l("Adress"), "organisation_id": _l("Organisation"), "language": _l("Språk"),
        "requested_at": _l("Kom in"), "handled_at": _l("Besvarades"), "confirmed_at": _l("Bekräftades"),
    }),
    Table("asked-of-hr", _l("Det du har bett HR om"), PersonRequest,
        lambda person: PersonRequest.person_id == person.id, {
        "asked_for": _l("Begäran"), "asked_at": _l("Kom in"), "answer": _l("Svar"), "answered_at": _l("Besvarades"),
        "answered_by_id": _l("Av"),
    }),
    Table("reports", _l("Det du har rapporterat om sidorna"), AccessibilityReport, _reported_by_me, {
        "about": _l("Om"), "what": _l("Vad"), "page": _l("Sida"), "contact": _l("Svar till"), "language": _l("Språk"),
        "sent_at": _l("Kom in"), "answer_by": _l("Svar utlovat"), "handled_at": _l("Besvarades"),
        "handled_by_id": _l("Av"),
    }),
    Table("help-lines", _l("Stödrader som du har kontrollerat"), HelpCheck,
        lambda person: HelpCheck.checked_by_id == person.id, {
        "key": _l("Stödrad"), "checked_on": _l("Kontrollerad"),
    }),
    Table("help-contacts", _l("Egna kontakter som du har kontrollerat"), HelpContact,
        lambda person: HelpContact.checked_by_id == person.id, {
        "name": _l("Kontakt"), "checked_on": _l("Kontrollerad"),
    }),
    Table("looks", _l("Vem som har sett ditt namn"), Look, lambda person: Look.person_id == person.id, {
        "looked_at": _l("När"), "by_person_id": _l("Vem"), "page": _l("På"),
    }),
)  # fmt: skip

WHY_NOT = {
    "number": "A running number, or a pointer to what is told beside it: it says nothing more.",
    "you": "Points at the person themselves.",
    "same": "Says the same as another column that is shown.",
    "secret": "A part of a link that lets somebody in.",
    "works": "How the mail is handed over between programs.",
    "gone": "Only one who is erased has it, and they see no extract.",
    "others": "Says what is held about somebody else, who finds it in an extract of their own.",
    "theirs": "The organisation's own words; that it was this person who checked them is shown.",
}
LEFT_OUT = {
    "number": {
        "person.id", "placement.id", "enrolment.id", "completion.id", "absence.id", "exemption.id", "right.id",
        "delivery.id", "credential.id", "link_request.id", "person_request.id", "look.id", "delivery.enrolment_id",
        "delivery.credential_id", "delivery.request_id", "person.generation", "help_check.id", "help_contact.id",
        "accessibility_report.id",
    },
    "you": {
        "placement.person_id", "enrolment.person_id", "completion.person_id", "step_post.person_id",
        "absence.person_id", "exemption.person_id", "right.person_id", "delivery.person_id", "credential.person_id",
        "person_request.person_id", "look.person_id", "help_check.checked_by_id", "help_contact.checked_by_id",
    },
    "same": {
        "person.address_key", "completion.completed_on", "completion.once", "delivery.organisation_id",
        "delivery.dated_at", "link_request.address_key", "help_check.organisation_id", "help_contact.organisation_id",
        "accessibility_report.organisation_id",
    },
    "secret": {"credential.key", "credential.generation", "link_request.key"},
    "works": {
        "delivery.key", "delivery.message_id", "delivery.claimed_by", "delivery.claimed_at", "delivery.lease_until",
    },
    "gone": {"person.erased_at"},
    "others": {
        "completion.by_person_id", "person_request.answered_by_id", "look.by_person_id",
        "accessibility_report.handled_by_id",
    },
    "theirs": {
        "help_check.checked_tel", "help_check.number", "help_check.hours", "help_check.whom", "help_check.trace",
        "help_check.hidden_at", "help_contact.group", "help_contact.number", "help_contact.url", "help_contact.whom",
        "help_contact.hours", "help_contact.trace",
    },
}  # fmt: skip
"""Why → the columns (table.column) that nobody is shown, or, under `others`, not as the one whom the column names."""
