"""Confirming a registration: by a choice that nothing preselects, since a mail scanner presses every button."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, forms, guards, links, registering, units
from app.db import session
from app.forms import public as asked
from app.models import LinkRequest, Unit
from app.views.public import blueprint

STAMP = "anmalan"
MOST_UNITS = 20
"""Units listed at once; where there are more, one searches first."""


@blueprint.get("/registrera/bekrafta/<token>")
def confirmation(token: str) -> ResponseReturnValue:
    """Shows, and writes nothing: a scanner that fetches the link confirms nothing."""
    found = registering.waiting(token, clock.now())
    if found is None:
        return too_late()
    if found.confirmed_at is not None:
        return _already(found)
    return _unit_page(found, _unit_form(found)) if _is_at_unit(found) else _who_page(found, asked.who_registered())


@blueprint.post("/registrera/bekrafta/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """It was they who registered, and staff say where they work; or it was not, and then nothing of it is kept."""
    found = registering.waiting(token, clock.now())
    if found is None:
        return too_late()
    if found.confirmed_at is not None:
        return _already(found)
    return _with_unit(found) if _is_at_unit(found) else _with_who(found, token)


def _with_who(found: LinkRequest, token: str) -> ResponseReturnValue:
    form = asked.who_registered()
    if not form.validate():
        return _who_page(found, form), 422
    if not links.was_read(STAMP, request.form.get("visad", ""), clock.now()):
        return _who_page(found, form, again=True)
    if form.who.data == asked.NOT_ME:
        registering.forget(found)
        session.commit()
        return redirect(url_for("public.forgotten", sprak=found.language), 303)
    if registering.asks_for_unit(found):
        return redirect(url_for("public.confirmation", token=token, jag=1), 303)
    return _confirmed(found, None)


def _with_unit(found: LinkRequest) -> ResponseReturnValue:
    form = _unit_form(found)
    if not form.validate():
        return _unit_page(found, form), 422
    return _confirmed(found, session.get(Unit, int(form.unit.data)) if form.unit.data != asked.NO_UNIT else None)


def _confirmed(found: LinkRequest, unit: Unit | None) -> ResponseReturnValue:
    """They come in, this once: from now on the way in is the link that is mailed to them."""
    now = clock.now()
    person = registering.confirm(found, unit, now)
    if person is None:
        return too_late()
    guards.enter(registering.send_link(found, person, now), now)
    session.commit()
    return redirect(url_for("learn.home"), 303)


@blueprint.get("/registrera/borttagen")
def forgotten() -> str:
    return render_template("public/forgotten.html")


def _is_at_unit(found: LinkRequest) -> bool:
    """Whether they have said that it was they, and now say where they work."""
    return "jag" in request.args and registering.asks_for_unit(found)


def _who_page(found: LinkRequest, form: asked.WhoRegistered, *, again: bool = False) -> str:
    g.language = found.language
    return render_template(
        "public/confirm.html", form=form, faulty=bool(form.errors), again=again, organisation=found.organisation,
        stamp=links.shown_stamp(STAMP, clock.now()),
    )  # fmt: skip


def _unit_form(found: LinkRequest) -> asked.Confirm:
    return asked.confirm(units.offered(registering.organisation_of(found), clock.now()))


def _unit_page(found: LinkRequest, form: asked.Confirm) -> str:
    g.language = found.language
    listed = units.offered(registering.organisation_of(found), clock.now())
    words = forms.shown(forms.tidy(request.args.get("sok")) or "")[: forms.LONGEST]
    is_long = len(listed) > MOST_UNITS
    matches = units.narrowed(listed, words)
    if is_long:
        asked.offer(form, dict(list(matches.items())[:MOST_UNITS]))
    return render_template(
        "public/confirm_unit.html", form=form, faulty=bool(form.errors), organisation=found.organisation, words=words,
        is_long=is_long, is_ready=not is_long or bool(words), more=max(0, len(matches) - MOST_UNITS),
        is_missing=bool(words) and not matches,
    )  # fmt: skip


def _already(found: LinkRequest) -> ResponseReturnValue:
    """Confirmed before: the link is no way in any more. One who has just come in by it, and pressed twice, is in."""
    if guards.participant(clock.now()) is not None:
        return redirect(url_for("learn.home"), 303)
    g.language = found.language
    return render_template("public/already.html", organisation=found.organisation)


def too_late() -> tuple[str, int]:
    """A registration that is unknown, too old or of a campaign that has ended: one page for all of them."""
    return render_template("public/too_late.html"), 404
