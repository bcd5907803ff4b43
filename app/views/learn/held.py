"""From one's own page to what is held about oneself: by a mail to the address that is held, whoever has the link."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, confirming
from app.db import session
from app.guards import person
from app.views.learn import blueprint
from app.views.learn.home import by_hand, masked, was_by_hand


@blueprint.get("/min-sida/uppgifter")
def ask_held() -> str:
    return render_template(
        "learn/held.html", **by_hand(clock.now()), is_sent="skickat" in request.args,
        masked=masked(person().address), organisation=person().organisation,
    )  # fmt: skip


@blueprint.post("/min-sida/uppgifter")
def mail_held() -> ResponseReturnValue:
    """The same answer whether a mail goes or not."""
    now = clock.now()
    if not was_by_hand(now):
        return redirect(url_for("learn.ask_held", igen=1), 303)
    confirming.ask(person(), now, client=request.remote_addr)
    session.commit()
    return redirect(url_for("learn.ask_held", skickat=1), 303)
