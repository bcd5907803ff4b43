"""The forms of the open pages: registering, confirming it, and asking for a new link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.forms import AddressField, Choices, Form
from app.models import Organisation

ME, NOT_ME = "jag", "inte-jag"
NO_UNIT = "0"
"""Chosen by one who does not find their unit in the list."""


class Register(Form):
    address = AddressField(
        description=lazy_gettext("Din adress på jobbet, om du har en. Annars går en egen bra, som bara du läser.")
    )
    organisation = Choices(lazy_gettext("Var arbetar eller bor du?"), missing=lazy_gettext("Välj en organisation."))
    language = Choices(
        lazy_gettext("Vilket språk läser du helst?"),
        missing=lazy_gettext("Välj ett språk."),
    )


def register(organisations: Iterable[Organisation], languages: Mapping[str, str], language: str) -> Register:
    """The form, with the page's own language chosen; a single organisation leaves nothing to choose."""
    form = Register(data={"language": language})
    form.language.choices = list(languages.items())
    form.organisation.choices = [(each.slug, each.name) for each in organisations]
    if len(form.organisation.choices) == 1:
        del form.organisation
    return form


class LostLink(Form):
    address = AddressField(
        description=lazy_gettext(
            "Den som utbildningen brukar komma till. Finns den hos oss skickar vi en ny länk, inom några minuter."
        )
    )


class WhoRegistered(Form):
    who = Choices(lazy_gettext("Var det du som anmälde dig?"))


def who_registered() -> WhoRegistered:
    form = WhoRegistered()
    form.who.choices = [(ME, _("Ja, det var jag som anmälde mig")), (NOT_ME, _("Nej, det var inte jag"))]
    return form


class Confirm(Form):
    unit = Choices(lazy_gettext("Din enhet"), missing=lazy_gettext("Välj en enhet, eller att du inte hittar din."))


def confirm(units: Mapping[int, str]) -> Confirm:
    """The form; `units` are id → path."""
    form = Confirm()
    offer(form, units)
    return form


def offer(form: Confirm, units: Mapping[int, str]) -> None:
    """Let the form show these units, and a way on for one who does not find theirs."""
    listed = [(str(id), path) for id, path in units.items()]
    form.unit.choices = [*listed, (NO_UNIT, _("Jag hittar inte min enhet"))]
