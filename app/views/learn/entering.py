"""The personal link: GET and HEAD write nothing, and there is nothing to use up."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from app import clock, guards, links
from app.models import CredentialKind
from app.views.learn import blueprint


@blueprint.get("/k/<token>")
def enter(token: str) -> ResponseReturnValue:
    now = clock.now()
    credential = links.credential(CredentialKind.LINK, token, now)
    if credential is None or credential.person.erased_at is not None:
        return redirect(url_for("public.lost_link", gammal=1), 303)
    guards.enter(credential, now)
    return redirect(url_for("learn.home"), 303)


@blueprint.route("/inte-jag", methods=["GET"])
def not_me() -> ResponseReturnValue:
    """Somebody else's link: nothing is noted, the session ends here, and one's own link can be asked for."""
    guards.leave()
    return redirect(url_for("public.lost_link"), 303)


