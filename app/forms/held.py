"""The forms about what is held: is it you, your name, whose the mail is, and being erased."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import StringField
from wtforms.validators import DataRequired

from app.forms import Choices, Form, one_line, tidy
from app.models import AskedFor

ME, SOMEBODY_ELSE = "jag", "annan"
YES, NO = "ja", "nej"


class Confirm(Form):
    who = Choices(lazy_gettext("Är det du?"))


def confirm() -> Confirm:
    form = Confirm()
    form.who.choices = [
        (ME, _("Ja, visa vad som finns sparat om mig")),
        (SOMEBODY_ELSE, _("Nej, mejlet skulle till någon annan")),
    ]
    return form


class Name(Form):
    name = StringField(
        lazy_gettext("Ditt namn"),
        [one_line, DataRequired(lazy_gettext("Skriv ditt namn."))],
        filters=[tidy],
        render_kw={"autocomplete": "name", "spellcheck": "false"},
    )


class WrongPerson(Form):
    why = Choices(lazy_gettext("Vad är det som är fel?"))


def wrong_person() -> WrongPerson:
    form = WrongPerson()
    form.why.choices = [
        (AskedFor.LEFT.value, _("Jag har slutat")),
        (AskedFor.NOT_MINE.value, _("Länken hör till någon annan")),
    ]
    return form


class Erasure(Form):
    sure = Choices(lazy_gettext("Vill du det?"))


def erasure(*, is_asked: bool) -> Erasure:
    """The form; `is_asked` where HR decides."""
    form = Erasure()
    yes = _("Ja, fråga HR") if is_asked else _("Ja, radera allt om mig nu")
    form.sure.choices = [(YES, yes), (NO, _("Nej, behåll mina uppgifter"))]
    return form
