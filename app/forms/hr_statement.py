"""HR's forms for the accessibility statement. A draft may lack anything; what is written must be possible."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, StringField, TelField, TextAreaField
from wtforms.validators import StopValidation

from app import plain
from app.forms import Choices, Form, mail_address, one_line, tidy
from app.forms.accessibility import lines, written
from app.models import AccessibilityStatement, Conformance, Judged, Reason, Shortcoming

LONGEST_ANSWER = 90
"""Days: a promise further off is none."""
DAY = {"type": "date"}
JUDGED = {
    Judged.OWN: _l("Vi har granskat den själva"),
    Judged.EXTERNAL: _l("Någon utanför organisationen har granskat den"),
    Judged.BOTH: _l("Vi har granskat den själva, och någon utanför har gjort det"),
    Judged.ESTIMATED: _l("Vi har uppskattat det, utan att granska"),
}
CONFORMANCE = {
    Conformance.FULL: _l("Helt förenlig: vi känner inte till några brister"),
    Conformance.PARTIAL: _l("Delvis förenlig: det finns brister, och vi räknar upp dem"),
    Conformance.NONE: _l("Inte förenlig: det mesta brister"),
}
REASON = {
    Reason.SHORTCOMING: _l("Det är en brist som vi ska rätta"),
    Reason.BURDEN: _l("Att rätta det vore oskäligt betungande (12 §)"),
    Reason.OUTSIDE: _l("Lagen omfattar inte det innehållet (9 §)"),
}


class Either(RadioField):  # type: ignore[misc]
    """Radios of a closed set, nothing chosen beforehand; a draft may leave them so."""

    def pre_validate(self, form: Form) -> None:
        if self.data:
            super().pre_validate(form)


def if_any(check: Callable[[Form, Any], None]) -> Callable[[Form, Any], None]:
    """Check what is written; where nothing is, there is nothing to check."""

    def checked(form: Form, field: Any) -> None:
        if field.data:
            check(form, field)

    return checked


def a_day(form: Form, field: Any) -> None:
    """A day as a date."""
    try:
        field.data = plain.day(str(field.data))
    except ValueError:
        raise StopValidation(_("Skriv dagen som %(day)s.", day=form.today.isoformat())) from None


def a_day_that_was(form: Form, field: Any) -> None:
    a_day(form, field)
    if field.data > form.today:
        raise StopValidation(_("Den dagen har inte varit än."))


def some_days(_form: Form, field: Any) -> None:
    """A number of days, as a number."""
    typed = str(field.data).strip()
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:4]) <= LONGEST_ANSWER):
        raise StopValidation(_("Skriv ett antal dagar, från 1 till %(most)d.", most=LONGEST_ANSWER))
    field.data = int(typed)


class Dated(Form):
    """A form that knows what day it is."""

    today: date


class Statement(Dated):
    service = StringField(
        _l("Vad tjänsten heter"),
        [one_line],
        filters=[tidy],
        description=_l("Som medarbetarna känner den. Säg inte vad den handlar om: ”Utbildning för alla anställda”."),
    )
    launched_on = StringField(
        _l("När tjänsten öppnade hos er (frivilligt)"),
        [if_any(a_day_that_was)],
        description=_l("Första dagen som någon kunde använda den."),
        render_kw=DAY,
    )
    conformance = Either(
        _l("Hur väl uppfyller tjänsten lagens krav?"),
        description=_l("Det är ert eget omdöme om tjänsten hos er, med era texter, er färg och era bilder."),
    )
    tested = Either(_l("Hur har ni kommit fram till det?"))
    tester = StringField(
        _l("Vem har granskat? (frivilligt)"),
        [one_line],
        filters=[tidy],
        description=_l("Den funktion eller det företag som gjorde det, inte en persons namn."),
    )
    method = TextAreaField(
        _l("Vad gjorde ni, och med vilka hjälpmedel?"),
        [lines()],
        filters=[tidy],
        description=_l("Till exempel: ”Alla sidor med bara tangentbord, och tre moduler med skärmläsaren NVDA.”"),
        render_kw={"rows": 4},
    )
    tested_on = StringField(
        _l("När gjordes den senaste bedömningen?"),
        [if_any(a_day_that_was)],
        description=_l("Dagen då den granskning blev klar som ni bygger på."),
        render_kw=DAY,
    )
    address = EmailField(
        _l("Mejladress för frågor om tillgänglighet"),
        [one_line, if_any(mail_address)],
        filters=[tidy],
        description=_l("En funktionsadress som någon läser också under semestern."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    phone = TelField(
        _l("Telefon (frivilligt)"),
        [one_line],
        filters=[tidy],
        description=_l("Kontaktcenter eller växel, för den som inte kan skriva."),
        render_kw={"autocomplete": "off"},
    )
    answer_days = StringField(
        _l("Inom hur många dagar svarar ni?"),
        [if_any(some_days)],
        description=_l("Det lovar ni på sidan, och inkorgen räknar med det."),
        render_kw={"inputmode": "numeric", "maxlength": 3, "class": "narrow"},
    )


class Fault(Dated):
    """One shortcoming."""

    what = TextAreaField(
        _l("Vad fungerar inte, och för vem?"),
        [written(_l("Skriv vad som inte fungerar.")), lines()],
        filters=[tidy],
        description=_l("Till exempel: ”Diagrammet saknar beskrivning, så den som inte ser vet inte vad det visar.”"),
        render_kw={"rows": 3},
    )
    place = StringField(
        _l("Var?"),
        [written(_l("Skriv på vilken sida, eller i vilken del.")), one_line],
        filters=[tidy],
        description=_l("Sidans rubrik, eller den del av kursen det gäller."),
    )
    reason = Choices(_l("Varför är det inte tillgängligt?"), missing=_l("Välj varför."))
    why = TextAreaField(
        _l("Skäl"),
        [lines()],
        filters=[tidy],
        description=_l(
            "Måste stå där det vore oskäligt betungande: vad det skulle kosta och ge, och vad det betyder för den som "
            "behöver det."
        ),
        render_kw={"rows": 3},
    )
    instead = TextAreaField(
        _l("Hur kommer man åt det på annat sätt? (frivilligt)"),
        [lines()],
        filters=[tidy],
        description=_l("Om samma sak finns någon annanstans, eller går att få."),
        render_kw={"rows": 2},
    )
    criterion = StringField(
        _l("Vilket krav i WCAG? (frivilligt)"),
        [one_line],
        filters=[tidy],
        description=_l("Nummer och namn, till exempel ”1.1.1 Icke-textuellt innehåll”."),
    )
    since = StringField(
        _l("Sedan när? (frivilligt)"),
        [if_any(a_day_that_was)],
        description=_l("Dagen då ni fick veta det."),
        render_kw=DAY,
    )
    mended_by = StringField(
        _l("När ska det vara rättat? (frivilligt)"),
        [if_any(a_day)],
        description=_l("Den dag ni siktar på."),
        render_kw=DAY,
    )

    def validate_why(self, field: Any) -> None:
        if self.reason.data == Reason.BURDEN and not field.data:
            raise StopValidation(_("Skriv skälet. Lagen kräver det där något vore oskäligt betungande."))


def statement(draft: AccessibilityStatement | None, today: date) -> Statement:
    form = Statement(obj=draft)
    form.conformance.choices = [(each.value, words) for each, words in CONFORMANCE.items()]
    form.tested.choices = [(each.value, words) for each, words in JUDGED.items()]
    form.today = today
    return form


def fault(found: Shortcoming | None, today: date) -> Fault:
    form = Fault(obj=found)
    form.reason.choices = [(each.value, words) for each, words in REASON.items()]
    form.today = today
    return form


def words(form: Dated) -> Mapping[str, Any]:
    """What the form says, by column; nothing where nothing is written."""
    return {name: data or None for name, data in form.data.items() if name != "csrf_token"}
