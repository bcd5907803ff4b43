"""Stöd och kontakt: help without a trace."""

from __future__ import annotations

from flask import render_template, request
from sqlalchemy import select

from app import clock, forms, help
from app.db import session
from app.models import Organisation
from app.pages import language
from app.views.public import blueprint


@blueprint.get("/stod")
def support() -> str:
    """Help without a trace: no session, no log, and without `organisation` not even a query."""
    slug = forms.shown(request.args.get("organisation", ""))
    organisation = session.scalar(select(Organisation).where(Organisation.slug == slug)) if slug else None
    rows = help.rows(language(), clock.day(clock.now(), "Europe/Stockholm"), organisation)
    return render_template("public/support.html", groups=help.by_group(rows), organisation=organisation)
