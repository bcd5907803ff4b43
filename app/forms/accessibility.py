"""The form by which anybody reports that something does not work for them, or asks for another form of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import StopValidation

from app.forms import LONGEST, Choices, Form, one_line, tidy
from app.models import About, Organisation

LONGEST_TEXT = 2_000
ABOUT = {
    About.FAULT: _l("Något fungerar inte för mig"),
    About.EASY_READ: _l("Jag behöver det lättläst"),
    About.ALOUD: _l("Jag behöver det uppläst"),
    About.PAPER: _l("Jag behöver det på papper"),
    About.SIGNED: _l("Jag behöver det på teckenspråk"),
    About.OTHER: _l("Jag behöver det på ett annat sätt"),
}
REFUSED = frozenset({"Cc", "Cs"})
EMBEDDING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the text after them. Those that Arabic and Persian are written with, as U+200C, are not here."""


def lines(longest: int = LONGEST_TEXT) -> Callable[[Form, Any], None]:
    """Text over several lines. What cannot be kept is taken away, and the sentence says so."""

    def check(_form: Form, field: Any) -> None:
        typed = (field.data or "").replace("\r\n", "\n").replace("\r", "\n")
        field.data = "".join(sign for sign in typed if _stays(sign))[:longest]
        if len(typed) > longest:
            raise StopValidation(_("Texten är för lång. Skriv högst %(most)s tecken.", most=longest))
        if field.data != typed:
            raise StopValidation(
                _("Det fanns dolda tecken i texten. De är borttagna. Se efter att den stämmer och skicka igen.")
            )

    return check


def _stays(sign: str) -> bool:
    return sign in "\n\t" or (unicodedata.category(sign) not in REFUSED and sign not in EMBEDDING)


def written(missing: Any) -> Callable[[Form, Any], None]:
    """Something must be written; `missing` is the sentence where nothing is."""

    def check(_form: Form, field: Any) -> None:
        if not field.data:
            raise StopValidation(str(missing))

    return check


class Report(Form):
    organisation = Choices(_l("Vem vill du skriva till?"), missing=_l("Välj en organisation."))
    about = Choices(_l("Vad gäller det?"), missing=_l("Välj vad det gäller."))
    what = TextAreaField(
        _l("Berätta"),
        [written(_l("Berätta vad som inte fungerar, eller vad du behöver.")), lines()],
        filters=[tidy],
        description=_l("Vad ville du göra, och vad hände? Eller: vilken del behöver du, och hur?"),
        render_kw={"rows": 6},
    )
    page = StringField(
        _l("På vilken sida? (frivilligt)"),
        [one_line],
        filters=[tidy],
        description=_l("Rubriken räcker, till exempel ”Anmäl dig”."),
        render_kw={"autocomplete": "off"},
    )
    contact = StringField(
        _l("Hur kan vi svara dig? (frivilligt)"),
        [one_line],
        filters=[tidy],
        description=_l("En mejladress eller ett telefonnummer. Utan det kan vi rätta felet, men inte svara dig."),
        render_kw={"autocomplete": "off", "spellcheck": "false", "maxlength": LONGEST},
    )


def report(organisations: Sequence[Organisation]) -> Report:
    """The form; a single organisation leaves nothing to choose."""
    form = Report()
    form.about.choices = [(each.value, words) for each, words in ABOUT.items()]
    form.organisation.choices = [(each.slug, each.name) for each in organisations]
    if len(organisations) == 1:
        del form.organisation
    return form
