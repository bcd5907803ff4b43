"""Registering: an address is asked for, and its owner gets a mail."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, registering
from app.db import session
from app.forms import public as asked
from app.languages import offered
from app.models import Organisation, RequestKind
from app.pages import language
from app.views.public import blueprint


@blueprint.get("/registrera")
def register() -> str:
    organisations = registering.open_organisations(clock.now())
    form = asked.register(organisations, offered(language()), language()) if organisations else None
    return _register_page(form, organisations)


@blueprint.post("/registrera")
def ask_to_register() -> ResponseReturnValue:
    """The same answer, in the same time, whatever the address: the request only queues."""
    now = clock.now()
    organisations = registering.open_organisations(now)
    if not organisations:
        return redirect(url_for("public.register"), 303)
    form = asked.register(organisations, offered(language()), language())
    if not form.validate():
        return _register_page(form, organisations), 422
    chosen = form.organisation.data if "organisation" in form else organisations[0].slug
    organisation = next(each for each in organisations if each.slug == chosen)
    spoken = form.language.data
    registering.ask(RequestKind.REGISTER, form.address.data, organisation, spoken, now, client=request.remote_addr)
    session.commit()
    return redirect(url_for("public.registered", sprak=spoken), 303)


def _register_page(form: asked.Register | None, organisations: list[Organisation]) -> str:
    """Without a form: nobody takes registrations now."""
    sender = organisations[0] if len(organisations) == 1 else None
    faulty = bool(form and form.errors)
    return render_template("public/register.html", form=form, faulty=faulty, organisation=sender)


@blueprint.get("/registrera/skickat")
def registered() -> str:
    return render_template("public/registered.html")
