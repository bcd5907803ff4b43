"""Registering: an address is asked for, and its owner confirms."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, forms, guards, registering, units
from app.db import session
from app.forms import public as asked
from app.models import LinkRequest, Organisation, RequestKind, Unit
from app.pages import LANGUAGES, language
from app.views.public import blueprint

MOST_UNITS = 20
"""Units listed at once; where there are more, one searches first."""


@blueprint.get("/registrera")
def register() -> str:
    organisations = registering.open_organisations(clock.now())
    form = asked.register(organisations, LANGUAGES, language()) if organisations else None
    return _register_page(form, organisations)


@blueprint.post("/registrera")
def ask_to_register() -> ResponseReturnValue:
    """The same answer, in the same time, whatever the address: the request only queues."""
    now = clock.now()
    organisations = registering.open_organisations(now)
    if not organisations:
        return redirect(url_for("public.register"), 303)
    form = asked.register(organisations, LANGUAGES, language())
    if not form.validate():
        return _register_page(form, organisations), 422
    chosen = form.organisation.data if "organisation" in form else organisations[0].slug
    organisation = next(each for each in organisations if each.slug == chosen)
    spoken = form.language.data
    registering.ask(RequestKind.REGISTER, form.address.data, organisation, spoken, now, client=request.remote_addr)
    session.commit()
    return redirect(url_for("public.registered", sprak=spoken), 303)


def _register_page(form: asked.Register | None, organisations: list[Organisation]) -> str:
    """Without a form: nobody takes registrations now."""
    sender = organisations[0] if len(organisations) == 1 else None
    faulty = bool(form and form.errors)
    return render_template("public/register.html", form=form, faulty=faulty, organisation=sender)


@blueprint.get("/registrera/skickat")
def registered() -> str:
    return render_template("public/registered.html")


@blueprint.get("/registrera/bekrafta/<token>")
def confirmation(token: str) -> ResponseReturnValue:
    """Shows, and writes nothing: a scanner that fetches the link confirms nothing."""
    found = registering.waiting(token, clock.now())
    return _confirm_page(found) if found else too_late()


@blueprint.post("/registrera/bekrafta/<token>")
def confirm(token: str) -> ResponseReturnValue:
    now = clock.now()
    found = registering.waiting(token, now)
    if found is None:
        return too_late()
    form = asked.confirm(_units(found))
    if not form.validate():
        return _confirm_page(found, form), 422
    unit = session.get(Unit, int(form.unit.data)) if "unit" in form and form.unit.data != asked.NO_UNIT else None
    person = registering.confirm(found, unit, now)
    if person is None:
        return too_late()
    guards.enter(registering.send_link(found, person, now), now)
    session.commit()
    return redirect(url_for("learn.home"), 303)


def _units(found: LinkRequest) -> dict[int, str] | None:
    """The units that the owner of the address chooses from, or None where there is nothing to choose."""
    if not registering.asks_for_unit(found):
        return None
    return units.offered(registering.organisation_of(found), clock.now())


def _confirm_page(found: LinkRequest, form: asked.Confirm | None = None) -> str:
    g.language = found.language
    listed = _units(found)
    form = form or asked.confirm(listed)
    words = forms.shown(forms.tidy(request.args.get("sok")) or "")[: forms.LONGEST]
    is_long = listed is not None and len(listed) > MOST_UNITS
    matches = units.narrowed(listed or {}, words)
    if is_long:
        asked.offer(form, dict(list(matches.items())[:MOST_UNITS]))
    return render_template(
        "public/confirm.html", form=form, faulty=bool(form.errors), organisation=found.organisation, words=words,
        is_long=is_long, is_ready=not is_long or bool(words), more=max(0, len(matches) - MOST_UNITS),
        is_missing=bool(words) and not matches,
    )  # fmt: skip


def too_late() -> tuple[str, int]:
    """A registration that is unknown, too old or of a campaign that has ended: one page for all of them."""
    return render_template("public/too_late.html"), 404
