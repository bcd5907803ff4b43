"""Staying and leaving: more time, a shared computer, and out again."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock, guards, staying
from app.pages import language
from app.views.learn import blueprint


@blueprint.get("/min-sida/kvar")
def stay() -> ResponseReturnValue:
    """Somebody is there, says the page: time begins anew, in the cookie alone; the page is told the seconds left."""
    return {"left": staying.stay(clock.now()).seconds}, {"Cache-Control": "no-store"}


@blueprint.post("/min-sida/delad")
def share() -> ResponseReturnValue:
    """From now on the session ends soon when nobody is there. It only narrows, so no time is asked for before it."""
    staying.share(clock.now())
    return redirect(url_for("learn.home"), 303)


@blueprint.post("/min-sida/logga-ut")
def sign_out() -> ResponseReturnValue:
    """The participant's session ends, and no other; it may have ended already."""
    guards.leave()
    return redirect(url_for("learn.signed_out", sprak=language()), 303)


@blueprint.get("/utloggad")
def signed_out() -> str:
    """Where a page goes whose time is up; what it says is made true in this browser."""
    guards.end()
    return render_template("learn/signed_out.html")
