"""People by name: those who wait to be accepted, and what somebody asks for. Every look at a name is noted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import audit, clock, people, units
from app.db import session
from app.forms import people as asked
from app.models import Answer, Person, PersonRequest, Unit
from app.views.hr import asker, blueprint

A_PAGE = 50
DONE = {"ja", "nej"}
"""What may just have been done, as the address says it."""


@blueprint.get("/vantar")
def waiting() -> str:
    """Those who say that they work here, the longest wait first."""
    now, on = clock.now(), _today()
    total = people.how_many_wait(asker(), on)
    pages = max(1, -(-total // A_PAGE))
    page = min(max(1, request.args.get("sida", 1, type=int)), pages)
    found = people.waiting(asker(), on, most=A_PAGE, page=page)
    _see(found, "hr.waiting", now)
    done = request.args.get("gjort")
    return render_template(
        "hr/waiting.html", found=found, paths=_paths(), total=total, page=page, pages=pages, local=_day,
        done=done if done in DONE else None,
    )  # fmt: skip


@blueprint.get("/vantar/<int(max=2147483647):person_id>")
def newcomer(person_id: int) -> str:
    found = _waiting_one(person_id)
    return _newcomer_page(found, _decision(found))


@blueprint.post("/vantar/<int(max=2147483647):person_id>")
def decide(person_id: int) -> ResponseReturnValue:
    found = _waiting_one(person_id)
    form = _decision(found)
    if not form.validate():
        page = _newcomer_page(found, form)
        session.commit()
        return page, 422
    if form.decision.data == asked.AWAY:
        people.turn_away(asker(), found, _today())
    else:
        other = session.get(Unit, int(form.unit.data)) if form.decision.data == asked.OTHER else None
        people.accept(found, _today(), other)
    session.commit()
    done = "nej" if form.decision.data == asked.AWAY else "ja"
    return redirect(url_for("hr.waiting", gjort=done), 303)


def _waiting_one(person_id: int) -> Person:
    return people.waiting_one(asker(), person_id, _today()) or abort(404)


def _decision(found: Person) -> asked.Newcomer:
    listed = people.may_place_in(asker(), _today(), _paths())
    return asked.newcomer(listed.get(found.declared_unit_id or 0), listed)


def _newcomer_page(found: Person, form: asked.Newcomer) -> str:
    _see([found], "hr.newcomer", clock.now())
    return render_template("hr/newcomer.html", found=found, form=form, faulty=bool(form.errors), local=_day)


@blueprint.get("/begaran/<int(max=2147483647):request_id>")
def asked_for(request_id: int) -> str:
    found = _asked(request_id)
    return _request_page(found, asked.answer_to(people.ANSWERS[found.asked_for]))


@blueprint.post("/begaran/<int(max=2147483647):request_id>")
def answer(request_id: int) -> ResponseReturnValue:
    found = _asked(request_id)
    if found.answered_at is not None:
        return redirect(url_for("hr.asked_for", request_id=request_id), 303)
    form = asked.answer_to(people.ANSWERS[found.asked_for])
    if not form.validate():
        page = _request_page(found, form)
        session.commit()
        return page, 422
    people.answer(found, Answer(form.answer.data), asker(), clock.now(), _today())
    session.commit()
    return redirect(url_for("hr.inbox"), 303)


def _asked(request_id: int) -> PersonRequest:
    return people.asked(asker(), request_id, _today()) or abort(404)


def _request_page(found: PersonRequest, form: asked.AnswerTo) -> str:
    person, on = found.person, _today()
    _see([person], "hr.asked_for", clock.now())
    homes = [each.unit_id for each in person.placements if each.starts_on <= on]
    return render_template(
        "hr/request.html", found=found, who=person, form=form, faulty=bool(form.errors), local=_day,
        home=_paths()[homes[-1]] if homes else None, answer_by=people.answer_by(found), answers=people.ANSWERS,
    )  # fmt: skip


def _see(found: Iterable[Person], page: str, now: datetime) -> None:
    """HEAD shows nobody anything."""
    if request.method != "HEAD":
        audit.looked(asker(), found, page, now)


def _paths() -> dict[int, str]:
    return units.paths(asker().organisation)


def _today() -> date:
    return clock.day(clock.now(), asker().organisation.zone)


def _day(moment: datetime) -> date:
    """The day it was, where the organisation is."""
    return moment.astimezone(ZoneInfo(asker().organisation.zone)).date()
