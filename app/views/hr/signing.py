"""HR in and out: a mailed link that a button spends."""

from __future__ import annotations

from datetime import datetime

from flask import g, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from app import clock, guards, links, registering
from app.db import session
from app.forms.hr import SignIn
from app.models import CredentialKind, Person, RequestKind
from app.pages import language
from app.views.hr import Staff, asker, blueprint


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
    found = links.credential(CredentialKind.SIGN_IN, token, now)
    if found is None or not guards.roles(found.person, now) or not links.spend(found, now):
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


@blueprint.get("/kvar")
def stay() -> ResponseReturnValue:
    """Somebody is there, says the page. The guard has begun the idle limit anew; the page is told the seconds left."""
    return {"left": g.life.seconds}, {"Cache-Control": "no-store"}


@blueprint.get("/utloggad")
def signed_out() -> str:
    """Where a page goes whose time is up; what it says is made true in this browser."""
    logout_user()
    cookie.pop("staff", None)
    return render_template("hr/ask.html", form=SignIn(), ended=True)


def _spent() -> tuple[str, int]:
    return render_template("hr/spent.html"), 404


@blueprint.post("/logga-ut")
def sign_out() -> ResponseReturnValue:
    """Raising the generation ends every session the person has open, in other browsers too."""
    asker().generation += 1
    session.commit()
    logout_user()
    cookie.pop("staff", None)
    return redirect(url_for("hr.ask", ut=1), 303)
