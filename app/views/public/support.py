"""Stöd och kontakt: help without a trace, and two entries for those who wonder what it is that they live with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import abort, render_template, request
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app import clock, film, forms, help, plain
from app.db import session
from app.models import Organisation
from app.pages import language
from app.views.public import blueprint

ENTRIES = ("violence", "drinking")
"""The entries by number, from 1: an address must not say what the page is about."""


@dataclass(frozen=True)
class Found:
    """Whose page it is, whom there is to choose among when it is nobody's, and what it shows."""

    organisation: Organisation | None
    everyone: list[Organisation]
    groups: dict[str, list[help.Row]]


@blueprint.get("/stod")
def support() -> str:
    """Help without a trace: no session and no log."""
    found = _found()
    return render_template(
        "public/support.html", organisation=found.organisation, everyone=found.everyone, groups=found.groups,
        film=film.told(language()),
    )  # fmt: skip


@blueprint.get("/stod/<int:number>")
def entry(number: int) -> str:
    if not 1 <= number <= len(ENTRIES):
        abort(404)
    found = _found()
    return render_template(
        "public/entry.html", organisation=found.organisation, groups=found.groups, about=ENTRIES[number - 1]
    )


def _found() -> Found:
    """What the database says, or the lines that always hold where it does not answer."""
    today = clock.day(clock.now(), "Europe/Stockholm")
    try:
        everyone = sorted(session.scalars(select(Organisation)), key=lambda each: plain.order(each.name))
        organisation = _asked_for(everyone)
        return Found(organisation, everyone, _groups(today, organisation))
    except (DBAPIError, PoolTimeout):
        return Found(None, [], _groups(today, None))


def _asked_for(everyone: list[Organisation]) -> Organisation | None:
    """The one that the address names, or the only one there is."""
    slug = forms.shown(request.args.get("organisation", ""))
    only = everyone[0] if len(everyone) == 1 else None
    return next((each for each in everyone if each.slug == slug), only)


def _groups(on: date, organisation: Organisation | None) -> dict[str, list[help.Row]]:
    return help.by_group(help.rows(language(), on, organisation))
