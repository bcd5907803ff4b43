"""HR's pages, closed as a whole: signing in by a mailed link, and the coverage of the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from flask import Blueprint, Flask, abort, g, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import CursorResult, func, select, update

from app import campaigns, clock, coverage, guards, links, plain, registering
from app.db import session
from app.forms.hr import SignIn
from app.models import Campaign, Credential, CredentialKind, Heartbeat, Origin, Person, RequestKind, Role
from app.pages import LANGUAGES, language

blueprint = Blueprint("hr", __name__, url_prefix="/hr")

OPEN = {"hr.ask", "hr.ask_post", "hr.enter", "hr.enter_post"}
SILENT = timedelta(minutes=10)
"""A worker that has not gone round for this long is told of."""
TRIES_AN_HOUR = 300


# --- the guard -------------------------------------------------------------------------------------------------------


class Staff(UserMixin):  # type: ignore[misc]
    """A person as Flask-Login wants one."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        return guards.sign_in_id(self.person)


def init_login(app: Flask) -> None:
    # Without a context processor: a page that does not ask who is signed in, such as help, leaves the session alone.
    login = LoginManager(app, add_context_processor=False)
    login.user_loader(_load)


def _load(remembered: str) -> Staff | None:
    person = guards.signed_in(remembered) if guards.staff_session_alive(clock.now()) else None
    return Staff(person) if person else None


@blueprint.before_request
def admit() -> ResponseReturnValue | None:
    """Nobody comes further than the doors of OPEN without being signed in, twice proved, and HR today."""
    if request.endpoint in OPEN:
        return None
    if not current_user.is_authenticated or not guards.second_factor(current_user.person):
        return redirect(url_for("hr.ask"), 303)
    g.person = current_user.person
    g.language = g.person.language if g.person.language in LANGUAGES else "sv"
    if request.endpoint != "hr.sign_out" and Role.HR not in guards.roles(g.person, clock.now()):
        abort(403)
    return None


def _asker() -> Person:
    return cast(Person, g.person)


# --- in and out ------------------------------------------------------------------------------------------------------


@blueprint.get("/logga-in")
def ask() -> str:
    return render_template("hr/asked.html" if "skickat" in request.args else "hr/ask.html", form=SignIn())


@blueprint.post("/logga-in")
def ask_post() -> ResponseReturnValue:
    """The same answer for every address: the request only queues."""
    form = SignIn()
    if not form.validate():
        return render_template("hr/ask.html", form=form, faulty=True), 422
    registering.ask(
        RequestKind.SIGN_IN, form.address.data, None, language(), clock.now(), client=request.remote_addr
    )
    session.commit()
    return redirect(url_for("hr.ask", skickat=1), 303)


@blueprint.get("/in/<token>")
def enter(token: str) -> ResponseReturnValue:
    """Shows a button: a scanner that fetches the link spends nothing."""
    found = links.credential(CredentialKind.SIGN_IN, token, clock.now())
    return render_template("hr/enter.html", organisation=found.person.organisation) if found else _spent()


@blueprint.post("/in/<token>")
def enter_post(token: str) -> ResponseReturnValue:
    now = clock.now()
    tries = guards.Limit("sign-in", guards.network(request.remote_addr or ""), TRIES_AN_HOUR, timedelta(hours=1))
    found = links.credential(CredentialKind.SIGN_IN, token, now) if guards.within([tries], now) else None
    if found is None or not guards.roles(found.person, now) or not _spend(found, now):
        session.commit()
        return _spent()
    sign_in(found.person, now)
    session.commit()
    return redirect(url_for("hr.overview"), 303)


def sign_in(person: Person, now: datetime) -> None:
    """Open a staff session in this browser."""
    person.signed_in_at = now
    cookie["staff"] = [int(now.timestamp())] * 2
    login_user(Staff(person))


def _spend(credential: Credential, now: datetime) -> bool:
    """Use the link up, in one statement: of two that press at once, one comes in."""
    unspent = update(Credential).where(Credential.id == credential.id, Credential.revoked_at.is_(None))
    spent = session.execute(unspent.values(used_at=now, revoked_at=now))
    return cast(CursorResult[Any], spent).rowcount == 1


def _spent() -> tuple[str, int]:
    return render_template("hr/spent.html"), 404


@blueprint.post("/logga-ut")
def sign_out() -> ResponseReturnValue:
    """Raising the generation ends every session the person has open, in other browsers too."""
    _asker().generation += 1
    session.commit()
    logout_user()
    cookie.pop("staff", None)
    return redirect(url_for("hr.ask"), 303)


# --- the overview ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chosen:
    """The day asked for, as a day, or a sentence about why not; and what was written."""

    on: date
    written: str
    fault: str | None = None


@blueprint.get("")
def overview() -> ResponseReturnValue:
    now, person = clock.now(), _asker()
    chosen = _day(request.args.get("dag", ""), clock.day(now, person.organisation.zone))
    running = campaigns.running(person.organisation, chosen.on)
    campaign = _campaign(running)
    report = coverage.by_unit(campaign, chosen.on, _own_units(person, now)) if campaign else None
    page = render_template(
        "hr/overview.html", person=person, organisation=person.organisation, chosen=chosen, campaigns=running,
        campaign=campaign, report=report, levels=report and _levels(report), of=coverage.of, share=coverage.share,
        faulty=bool(chosen.fault), waiting=_waiting(person), silence=_silence(now),
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


def _own_units(person: Person, now: datetime) -> set[int] | None:
    """The units over which the person is HR; None for the whole organisation."""
    today = clock.day(now, person.organisation.zone)
    units = {right.unit_id for right in person.rights if right.role == Role.HR and right.holds(today)}
    return None if None in units else {unit for unit in units if unit is not None}


def _levels(report: coverage.Report) -> dict[int | None, int]:
    """How deep each unit lies in the tree, with the top ones at 0."""
    levels: dict[int | None, int] = {}
    for line in report.units + report.apart:
        levels[line.id] = levels[line.parent] + 1 if line.parent is not None else 0
    return levels


def _waiting(person: Person) -> int:
    """How many say that they work here, in a unit or without knowing which, and wait for HR to accept them."""
    declared = select(func.count()).where(
        Person.organisation_id == person.organisation_id,
        Person.origin == Origin.DECLARED,
        Person.left_at.is_(None),
        Person.erased_at.is_(None),
        ~Person.placements.any(),
    )
    return session.scalar(declared) or 0


def _silence(now: datetime) -> int | None:
    """For how many minutes the worker has been silent, where that is too long; 0 where it has never gone round."""
    last = session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == "worker"))
    if last is None:
        return 0
    return int((now - last).total_seconds() // 60) if now - last > SILENT else None
