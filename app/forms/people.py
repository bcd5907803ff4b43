"""The forms by which HR decides about people: the newcomers, and what somebody has asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import SelectField
from wtforms.validators import ValidationError

from app.forms import Choices, Form
from app.models import Answer

NAMED, OTHER, AWAY = "uppgiven", "annan", "nej"


class Newcomer(Form):
    decision = Choices(lazy_gettext("Hör personen hit?"))
    unit = SelectField(lazy_gettext("Enhet, om det är en annan"), validate_choice=False)

    def validate_unit(self, field: Any) -> None:
        if self.decision.data == OTHER and field.data not in dict(field.choices[1:]):
            raise ValidationError(_("Välj en enhet."))


def newcomer(named: str | None, units: Mapping[int, str]) -> Newcomer:
    """`named` is the path of the unit that they have named themselves; `units` those to choose from, id → path."""
    form = Newcomer()
    form.unit.choices = [("", _("Välj enhet")), *((str(id), path) for id, path in units.items())]
    form.decision.choices = [
        *([(NAMED, _("Ja, i %(unit)s", unit=named))] if named else []),
        (OTHER, _("Ja, i en annan enhet")) if named else (OTHER, _("Ja, i den enhet som jag väljer")),
        (AWAY, _("Nej, personen hör inte hit")),
    ]
    return form


class AnswerTo(Form):
    answer = Choices(lazy_gettext("Vad svarar ni?"))


def answer_to(answers: Mapping[Answer, Any]) -> AnswerTo:
    """`answers` are those that the request can have, each in words."""
    form = AnswerTo()
    form.answer.choices = [(answer.value, words) for answer, words in answers.items()]
    return form
