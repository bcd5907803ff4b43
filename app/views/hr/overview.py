"""How far the organisation has come: the coverage of a campaign, by unit, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app import campaigns, clock, coverage, help, people, plain
from app.db import session
from app.models import Campaign, Heartbeat
from app.views.hr import asker, blueprint

SILENT = timedelta(minutes=10)
"""A worker that has not gone round for this long is told of."""


@dataclass(frozen=True)
class Chosen:
    """The day asked for, as a day, or a sentence about why not; and what was written."""

    on: date
    written: str
    fault: str | None = None


@blueprint.get("")
def overview() -> ResponseReturnValue:
    now, person = clock.now(), asker()
    today = clock.day(now, person.organisation.zone)
    chosen = _day(request.args.get("dag", ""), today)
    running = campaigns.running(person.organisation, chosen.on)
    campaign = _campaign(running)
    report = coverage.by_unit(campaign, chosen.on, people.hr_units(person, today)) if campaign else None
    page = render_template(
        "hr/overview.html", chosen=chosen, campaigns=running,
        campaign=campaign, report=report, levels=report and _levels(report), of=coverage.of, share=coverage.share,
        faulty=bool(chosen.fault), waiting=people.how_many_wait(person, today), silence=_silence(now),
        stale=len(help.stale(person.organisation, today)),
    )  # fmt: skip
    return page, 422 if chosen.fault else 200


def _day(written: str, today: date) -> Chosen:
    if not written.strip():
        return Chosen(today, today.isoformat())
    try:
        on = plain.day(written)
    except ValueError:
        return Chosen(today, "", _("Skriv dagen som 2026-11-20. Här är hur det ser ut i dag."))
    if on > today:
        return Chosen(today, on.isoformat(), _("Den dagen har inte varit än. Här är hur det ser ut i dag."))
    return Chosen(on, on.isoformat())


def _campaign(running: list[Campaign]) -> Campaign | None:
    """The campaign asked for among those that run, else the latest. What is not the asker's is not there."""
    asked = request.args.get("omgang")
    if asked is None:
        return next(iter(running), None)
    return next((each for each in running if str(each.id) == asked), None) or abort(404)


def _levels(report: coverage.Report) -> dict[int | None, int]:
    """How deep each unit lies in the tree, with the top ones at 0."""
    levels: dict[int | None, int] = {}
    for line in report.units + report.apart:
        levels[line.id] = levels[line.parent] + 1 if line.parent is not None else 0
    return levels


def _silence(now: datetime) -> int | None:
    """For how many minutes the worker has been silent, where that is too long; 0 where it has never gone round."""
    last = session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == "worker"))
    if last is None:
        return 0
    return int((now - last).total_seconds() // 60) if now - last > SILENT else None
