"""What waits for HR: what people report of the pages, and what they ask for about themselves."""

from __future__ import annotations

from datetime import date, datetime
from operator import attrgetter

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import accessibility, clock, people
from app.db import session
from app.forms.accessibility import ABOUT
from app.inbox import Item
from app.models import AccessibilityReport
from app.views.hr import asker, blueprint

MOST_HANDLED = 50


@blueprint.get("/inkorg")
def inbox() -> str:
    on = _today()
    items: list[Item] = accessibility.in_inbox(asker(), on) + people.in_inbox(asker(), on)
    handled = sorted((each for each in items if each.handled_at), key=attrgetter("handled_at"), reverse=True)
    return render_template(
        "hr/inbox.html", today=on, local=_day, handled=handled[:MOST_HANDLED],
        waiting=sorted((each for each in items if not each.handled_at), key=attrgetter("since")),
    )  # fmt: skip


def how_many_wait() -> int:
    """For the way around."""
    return accessibility.how_many_wait(asker(), _today()) + people.how_many_ask(asker(), _today())


@blueprint.get("/inkorg/rapport/<int:report_id>")
def report(report_id: int) -> str:
    return render_template("hr/report.html", found=_report(report_id), about=ABOUT, today=_today(), local=_day)


@blueprint.post("/inkorg/rapport/<int:report_id>/klar")
def answer_report(report_id: int) -> ResponseReturnValue:
    accessibility.handle(_report(report_id), asker(), clock.now())
    session.commit()
    return redirect(url_for("hr.inbox"), 303)


@blueprint.post("/inkorg/rapport/<int:report_id>/oppna")
def reopen_report(report_id: int) -> ResponseReturnValue:
    accessibility.reopen(_report(report_id))
    session.commit()
    return redirect(url_for("hr.report", report_id=report_id), 303)


def _report(report_id: int) -> AccessibilityReport:
    return accessibility.reported(asker(), report_id, _today()) or abort(404)


def _today() -> date:
    return clock.day(clock.now(), asker().organisation.zone)


def _day(moment: datetime) -> date:
    """The day it was, where the organisation is."""
    return clock.day(moment, asker().organisation.zone)
