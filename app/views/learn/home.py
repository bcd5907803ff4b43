"""The personal page: what is next and how long it takes, what is done, pause."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, links, planning, progress
from app.db import session
from app.guards import person
from app.views.learn import blueprint

STAMP = "min-sida"


@blueprint.get("/min-sida")
def home() -> ResponseReturnValue:
    now = clock.now()
    modules = progress.standings(person(), now)
    upcoming = next((each for each in modules if each.has_begun and not each.is_complete), None)
    upcoming = upcoming or next((each for each in modules if not each.is_complete), None)
    return render_template(
        "learn/home.html",
        modules=modules,
        upcoming=upcoming,
        opens_on=planning.opens_on(person(), now),
        masked=masked(person().address),
        **by_hand(now),
        organisation=person().organisation,
        person=person(),
    )


def masked(address: str | None) -> str | None:
    """Whose link it is, for the owner to recognise and nobody else to learn: a•••@kommun.se."""
    if not address:
        return None
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}"


@blueprint.post("/min-sida/paus")
def pause() -> ResponseReturnValue:
    """Mails pause, without a reason; the link works all the same."""
    now = clock.now()
    if not was_by_hand(now):
        return redirect(url_for("learn.home", igen=1), 303)
    wish = request.form.get("paus")
    if wish not in ("0", "1"):
        abort(400)
    person().paused_at = now if wish == "1" else None
    session.commit()
    return redirect(url_for("learn.home"), 303)


def by_hand(now: datetime) -> dict[str, Any]:
    """What forms that change something for good carry, so that a scanner that presses every button changes nothing."""
    return {"stamp": links.shown_stamp(STAMP, now), "again": "igen" in request.args}


def was_by_hand(now: datetime) -> bool:
    return links.was_read(STAMP, request.form.get("visad", ""), now)
