"""The quick way out."""

from __future__ import annotations

from flask import current_app, redirect
from flask import session as cookie
from flask.typing import ResponseReturnValue

from app.views.public import blueprint


@blueprint.get("/lamna")
def leave() -> ResponseReturnValue:
    """The quick way out: every session in this browser ends, and a neutral site opens."""
    cookie.clear()
    answer = redirect(current_app.config["EXIT_URL"], 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer
