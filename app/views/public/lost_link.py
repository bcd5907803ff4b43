"""A new link to one's own page, for whoever has lost theirs."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, registering
from app.db import session
from app.forms import public as asked
from app.models import RequestKind
from app.pages import language
from app.views.public import blueprint


@blueprint.get("/ny-lank")
def lost_link() -> str:
    return _lost_link_page(asked.LostLink())


@blueprint.post("/ny-lank")
def ask_for_link() -> ResponseReturnValue:
    form = asked.LostLink()
    if not form.validate():
        return _lost_link_page(form), 422
    registering.ask(RequestKind.LINK, form.address.data, None, language(), clock.now(), client=request.remote_addr)
    session.commit()
    return redirect(url_for("public.link_sent", sprak=request.args.get("sprak")), 303)


def _lost_link_page(form: asked.LostLink) -> str:
    """`gammal` in the address: they come from a link that no longer works."""
    return render_template(
        "public/lost_link.html", form=form, faulty=bool(form.errors), is_old="gammal" in request.args
    )


@blueprint.get("/ny-lank/skickat")
def link_sent() -> str:
    return render_template("public/link_sent.html")
