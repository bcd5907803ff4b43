"""In by a mailed link that a choice spends, and out again.

The link may be opened in another browser than the one that asked for it: the mail is often read on another device, and
what it proves is who reads the mail. So it opens things only where it is pressed, and the browser that asked for it
gets nothing.
"""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, guards, links, people
from app.db import session
from app.forms import held as asked
from app.models import AskedFor, Credential, CredentialKind
from app.views.held import blueprint
from app.views.learn.home import masked

STAMP = "mina-uppgifter"


@blueprint.get("/bekrafta/<token>")
def confirmation(token: str) -> ResponseReturnValue:
    """Shows a choice: a scanner that fetches the link spends nothing."""
    found = links.credential(CredentialKind.CONFIRMATION, token, clock.now())
    return _page(found, asked.confirm()) if found else _spent()


@blueprint.post("/bekrafta/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """It is they, or it is somebody else: then mail stops, HR is told, and nothing is shown."""
    now, form = clock.now(), asked.confirm()
    found = links.credential(CredentialKind.CONFIRMATION, token, now)
    if found is None:
        return _spent()
    if not form.validate():
        return _page(found, form), 422
    if not links.was_read(STAMP, request.form.get("visad", ""), now):
        return _page(found, form, again=True)
    if not links.spend(found, now):
        return _spent()
    if form.who.data == asked.SOMEBODY_ELSE:
        people.ask(found.person, AskedFor.NOT_MINE, now)
        session.commit()
        return redirect(url_for("held.closed", tack=1), 303)
    session.commit()
    guards.enter_confirmed(found)
    return redirect(url_for("held.show"), 303)


@blueprint.post("/klart")
def close() -> ResponseReturnValue:
    """A new generation ends it in every browser that has a copy of the cookie."""
    g.confirmation.generation += 1
    session.commit()
    guards.leave_confirmed()
    return redirect(url_for("held.closed"), 303)


@blueprint.get("/stangd")
def closed() -> str:
    return render_template("held/closed.html", is_in=guards.participant(clock.now()) is not None)


def _page(found: Credential, form: asked.Confirm, *, again: bool = False) -> str:
    g.language = found.person.language
    return render_template(
        "held/confirm.html", form=form, faulty=bool(form.errors), again=again, masked=masked(found.person.address),
        stamp=links.shown_stamp(STAMP, clock.now()), organisation=found.person.organisation,
    )  # fmt: skip


def _spent() -> tuple[str, int]:
    """Used, expired, altered or unknown, or too many have been tried: one page for all of them."""
    session.commit()
    return render_template("held/spent.html"), 404
