"""The participant's pages, behind the personal link: guarded whole, except the link itself."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app import clock, guards

blueprint = Blueprint("learn", __name__)

OPEN = {"learn.enter", "learn.not_me", "learn.sign_out", "learn.signed_out"}
"""Doors that need no session: the link that opens one, the ways out of it, and what is said after that."""
CHOICES = ("svar", "plats", "vill", "paus", "sprak", "tillbaka")
"""What a form may have asked for; without one of these there is no choice to keep."""


@blueprint.before_request
def guard() -> ResponseReturnValue | None:
    if request.endpoint in OPEN:
        return None
    if "slut" in request.form:  # The page itself says that time is up: static/page.js.
        guards.end()
    credential = guards.participant(clock.now())
    if credential is None:
        return ended()
    g.credential = credential
    g.language = guards.person().language
    return None


@blueprint.errorhandler(CSRFError)
def ended(_error: CSRFError | None = None) -> ResponseReturnValue:
    """The session is over: what was chosen stays in the page, and the page says where the way back is."""
    kept = [(name, value) for name in CHOICES for value in request.form.getlist(name)[:20]]
    if kept and "visad" in request.form:
        kept.append(("visad", request.form["visad"]))
    return render_template("learn/ended.html", kept=kept, path=request.path), 403


from app.views.learn import entering, held, home, language, staying, steps  # noqa: E402, F401  (they hang their doors on the blueprint)
