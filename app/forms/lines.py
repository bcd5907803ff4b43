"""The forms of HR's help lines: the day of a check, words of its own on a line, and a contact of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TelField
from wtforms.validators import StopValidation
from wtforms.widgets import DateInput

from app import content, plain
from app.forms import Choices, Form, one_line, tidy
from app.help import Line
from app.models import HelpGroup

DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "−": "-", "\N{NO-BREAK SPACE}": " "})
"""What numbers are written with on web pages, and what a telephone's keys have."""


def spaced(number: str | None) -> str | None:
    """The number with plain hyphens and single spaces."""
    return number and " ".join(number.translate(DASHES).split())


def written(missing: Any) -> Callable[[Form, Any], None]:
    """Something must be written; `missing` is the sentence where nothing is."""

    def check(_form: Form, field: Any) -> None:
        if not field.data:
            raise StopValidation(str(missing))

    return check


def whole_number(_form: Form, field: Any) -> None:
    if not field.data:
        return
    try:
        content.dialled(field.data)
    except ValueError:
        raise StopValidation(
            _("Skriv hela numret med riktnummer, med siffror, mellanslag och bindestreck: 0980-31 92 10.")
        ) from None


def web_address(_form: Form, field: Any) -> None:
    if not field.data:
        return
    try:
        # What stands before an @ there is a name to sign in with, and reads as the site that it is not.
        is_whole = "@" not in urlsplit(content.web_address(field.data)).netloc
    except ValueError:
        is_whole = False
    if not is_whole:
        raise StopValidation(_("Skriv hela adressen, som https://www.kommunen.se/hjalp."))


def lately(form: Check, field: Any) -> None:
    """A day up to today, on which a check would still hold."""
    try:
        day = plain.day(field.data or "")
    except ValueError:
        raise StopValidation(_("Skriv dagen som 2026-11-20.")) from None
    if day > form.today:
        raise StopValidation(_("Den dagen har inte varit än."))
    if content.holds_until(day) < form.today:
        raise StopValidation(_("Det är mer än sex månader sedan. Pröva numret igen."))


class LineOfText(StringField):  # type: ignore[misc]
    """One line, that may be left empty unless one of the validators is `written`."""

    def __init__(self, label: Any, *validators: Any, **more: Any) -> None:
        super().__init__(label, [*validators, one_line], filters=[tidy], **more)


class Number(TelField):  # type: ignore[misc]
    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, [one_line, whole_number], filters=[tidy, spaced], **more)


class Check(Form):
    """Somebody has called the number, or read it where it comes from."""

    today: date
    checked_on = StringField(_l("Dag då någon av er ringde eller läste av"), [one_line, lately], widget=DateInput())
    seen = HiddenField()
    """`as_seen` when the page was shown: something else may have been written meanwhile."""

    @property
    def day(self) -> date:
        return plain.day(self.checked_on.data)


def as_seen(line: Line) -> str:
    """A digest of what stands on the line's page, and that a check is of."""
    facts = (line.name, line.group, line.number, line.url, line.whom, line.hours, line.trace)
    return sha256(json.dumps(facts, sort_keys=True, default=dict).encode()).hexdigest()


def check(line: Line, today: date) -> Check:
    """The form, with today filled in; not for a number that the organisation has typed itself: then the day is too."""
    is_typed = line.shipped is None or line.number != line.shipped.number
    form = Check(data={"checked_on": "" if is_typed else today.isoformat(), "seen": as_seen(line)})
    form.today = today
    return form


class OwnWords(Form):
    """The organisation's words on a line that ships: what is left empty is as it ships."""

    number = Number(_l("Eget nummer"))
    hours = LineOfText(_l("Egna tider"))
    whom = LineOfText(_l("För vem, med egna ord"))
    trace = LineOfText(_l("Vad samtalet lämnar efter sig, med egna ord"))


def own_words(line: Line) -> OwnWords:
    """The form with what the organisation has written; the numbers that always are shown cannot be changed."""
    assert line.shipped is not None, "a contact has a form of its own"
    form = OwnWords(obj=line.held)
    for field, text in ((form.number, line.shipped.number), *_texts(form, line.shipped)):
        field.description = _("Så står det annars: %(text)s", text=text) if text else ""
    if line.always or not line.shipped.number:
        del form.number
    return form


def _texts(form: OwnWords, line: content.HelpLine) -> Iterable[tuple[Any, str | None]]:
    """Each field beside the Swedish words that ship."""
    return ((form[name], getattr(line, name).get("sv")) for name in ("hours", "whom", "trace"))


WHOM = {
    HelpGroup.EXPOSED: _l("Den som är utsatt"),
    HelpGroup.HARMING: _l("Den som gör någon illa och vill sluta"),
    HelpGroup.CHILDREN: _l("Barn och unga"),
    HelpGroup.WORK: _l("Anställda, om det som rör jobbet"),
    HelpGroup.OTHER: _l("Flera av dem, eller någon annan"),
}


class Contact(Form):
    name = LineOfText(
        _l("Namn"), written(_l("Skriv vad den heter.")),
        description=_l("Så som den kallas hos er, till exempel Socialjouren."),
    )  # fmt: skip
    group = Choices(_l("Vem är den till för?"), missing=_l("Välj vem den är till för."))
    number = Number(_l("Telefonnummer"), description=_l("Med riktnummer, i grupper som man läser det: 0980-31 92 10."))
    url = LineOfText(_l("Webbadress"), one_line, web_address, render_kw={"inputmode": "url"})
    whom = LineOfText(
        _l("Vad de hjälper till med"), written(_l("Skriv vad de hjälper till med.")),
        description=_l("En eller två korta meningar."),
    )  # fmt: skip
    hours = LineOfText(_l("Tider"), description=_l("Till exempel: Vardagar 8–16."))
    trace = LineOfText(
        _l("Vad samtalet lämnar efter sig"),
        description=_l("Syns det på räkningen? Går det att ringa från dolt nummer? Lämna tomt om ni inte vet."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not self.number.data and not self.url.data:
            self.number.errors = [_("Skriv ett nummer eller en webbadress, så att det går att nå dem.")]
            return False
        return True


def contact(line: Line | None = None) -> Contact:
    """The form, with what the line has."""
    form = Contact(obj=line and line.held)
    form.group.choices = [(group.value, whom) for group, whom in WHOM.items()]
    return form


def words(form: OwnWords | Contact) -> dict[str, str | None]:
    """What was written, by column."""
    return {name: text for name, text in form.data.items() if name != "csrf_token"}
