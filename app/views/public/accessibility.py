"""How accessible the service is, in the organisation's own words, and the form to say that something does not work."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from app import accessibility, clock, forms
from app.db import session
from app.forms.accessibility import Report
from app.forms.accessibility import report as report_form
from app.models import Organisation
from app.pages import language
from app.views.public import blueprint

SUPERVISOR = "https://www.digg.se/tdosanmalan"
"""Where DIGG, which has the supervision, is told of faults."""


@blueprint.get("/tillganglighet", endpoint="accessibility")
def statement() -> str:
    """Without `organisation`, where there are several: the choice of one, and what holds for all of them."""
    organisations = _organisations()
    organisation = organisations[0] if len(organisations) == 1 else None
    return render_template(
        "public/accessibility.html", organisation=organisation, organisations=organisations, supervisor=SUPERVISOR,
        published=accessibility.published(organisation) if organisation else None,
    )  # fmt: skip


@blueprint.get("/tillganglighet/rapport")
def report() -> str:
    organisations = _organisations()
    return _report_page(report_form(organisations), organisations)


@blueprint.post("/tillganglighet/rapport")
def send_report() -> ResponseReturnValue:
    organisations = _organisations()
    form = report_form(organisations)
    if not form.validate():
        return _report_page(form, organisations), 422
    slug = form.organisation.data if "organisation" in form else organisations[0].slug
    organisation = next(each for each in organisations if each.slug == slug)
    said = {name: form[name].data or None for name in ("about", "what", "page", "contact")}
    if not accessibility.report(organisation, said, language(), clock.now(), client=request.remote_addr):
        session.commit()
        form.form_errors.append(_("Det kommer in ovanligt många just nu. Vänta en timme och skicka igen."))
        return _report_page(form, organisations), 429
    session.commit()
    return redirect(url_for("public.reported", organisation=slug, sprak=request.args.get("sprak")), 303)


@blueprint.get("/tillganglighet/rapport/skickat")
def reported() -> str:
    organisations = _organisations()
    organisation = organisations[0] if len(organisations) == 1 else None
    return render_template(
        "public/reported.html", organisation=organisation,
        published=accessibility.published(organisation) if organisation else None,
    )  # fmt: skip


def _organisations() -> Sequence[Organisation]:
    """The one asked for, or all there are."""
    every = select(Organisation).order_by(Organisation.name)
    slug = forms.shown(request.args.get("organisation", ""))
    asked = session.scalars(every.where(Organisation.slug == slug)).all() if slug else []
    return asked or session.scalars(every).all()


def _report_page(form: Report, organisations: Sequence[Organisation]) -> str:
    organisation = organisations[0] if len(organisations) == 1 else None
    return render_template(
        "public/report.html", form=form, faulty=bool(form.errors), organisation=organisation,
    )
