"""How the organisation's pages look: its colour and logo, with a picture of what they become; and whom to ask."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field

from app import brand, clock, colour, people
from app.db import session
from app.forms.brand import Look
from app.models import Organisation
from app.views.hr import asker, blueprint

LARGEST_FORM = 400_000
"""Bytes: more than a logo may have, so that a somewhat larger one is answered with how to go on."""
TOLD = {
    ("light", "ours"): _l("Vår egen färg på ljus botten."),
    ("light", "kept"): _l("På ljus botten är färgen som ni valde den."),
    ("light", "mended"): _l("På ljus botten blir färgen %(colour)s, mörkare eller lugnare än den ni valde."),
    ("dark", "ours"): _l("Vår egen färg på mörk botten."),
    ("dark", "kept"): _l("På mörk botten är färgen som ni valde den."),
    ("dark", "mended"): _l("På mörk botten blir färgen %(colour)s, ljusare än den ni valde."),
}


@blueprint.get("/utseende")
def look() -> str:
    organisation = _whole()
    tried = request.args.get("farg", "")
    form = Look(
        formdata=None, colour=_readable(tried) or tried or organisation.brand, officer=organisation.data_protection
    )
    return _page(form, _readable(tried) or organisation.brand, is_tried=bool(tried))


@blueprint.post("/utseende")
def change_look() -> ResponseReturnValue:
    organisation = _whole()
    form = Look()
    logo = _sent(form.logo)
    is_trying = "visa" in request.form
    if not form.validate() or not _took(form, logo, organisation):
        session.rollback()
        return _page(form, asker().organisation.brand), 422
    if is_trying:
        return redirect(url_for("hr.look", farg=organisation.brand), 303)
    session.commit()
    return redirect(url_for("hr.look", sparat=1), 303)


def _sent(field: Field) -> bytes:
    """What the file holds; nothing where none was sent."""
    if not field.data:
        return b""
    with closing(field.data) as file:
        content: bytes = file.read()
    return content


def _took(form: Look, logo: bytes, organisation: Organisation) -> bool:
    """Whether the organisation could take all that the form says; what it could not, stands at its field."""
    acts: list[tuple[Field, Callable[[], None]]] = [
        (form.colour, lambda: brand.choose_colour(organisation, form.colour.data or "")),
        (form.officer, lambda: brand.name_officer(organisation, form.officer.data or "")),
    ]
    if logo or form.without_logo.data:
        acts.append((form.logo, lambda: brand.show_logo(organisation, b"" if form.without_logo.data else logo)))
    took = [_did(field, act) for field, act in acts]  # Every one, so that all that is wrong is said at once.
    return all(took)


def _did(field: Field, act: Callable[[], None]) -> bool:
    try:
        act()
    except ValueError as fault:
        field.errors = [str(fault)]
        return False
    return True


def _page(form: Look, shown: str | None, *, is_tried: bool = False) -> str:
    schemes = {"light": colour.light(shown), "dark": colour.dark(shown)}
    return render_template(
        "hr/look.html", form=form, faulty=bool(form.errors), shown=shown, is_tried=is_tried,
        is_saved="sparat" in request.args, schemes=schemes,
        told={ground: _told(ground, shown, scheme) for ground, scheme in schemes.items()},
    )  # fmt: skip


def _told(ground: str, shown: str | None, scheme: colour.Scheme) -> str:
    """What became of the colour on a light or dark ground, and how well it is read there."""
    became = "ours" if shown is None else "mended" if scheme.is_mended else "kept"
    ratio = format_decimal(int(scheme.contrast * 10) / 10)
    words = TOLD[ground, became] % {"colour": scheme.accent}
    return f"{words} {_('Kontrasten är %(ratio)s till 1. Kravet är 4,5.', ratio=ratio)}"


def _readable(tried: str) -> str | None:
    try:
        return colour.read(tried) if tried else None
    except ValueError:
        return None


def _whole() -> Organisation:
    """The asker's organisation. Its look is the whole's, and so is the right to it."""
    person = asker()
    if people.hr_units(person, clock.day(clock.now(), person.organisation.zone)) is not None:
        abort(403)
    return person.organisation


@blueprint.url_value_preprocessor
def room_for_a_file(endpoint: str | None, _values: object) -> None:
    """Before anything reads the form, which the check of its token does."""
    if endpoint == "hr.change_look":
        request.max_content_length = LARGEST_FORM
