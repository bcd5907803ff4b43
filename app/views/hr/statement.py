"""HR writes the accessibility statement: a draft, the shortcomings in it, a preview, and publishing."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import accessibility, clock, people
from app.db import session
from app.forms import hr_statement as asked
from app.models import AccessibilityStatement, Shortcoming
from app.views.hr import asker, blueprint


@blueprint.get("/tillganglighet")
def statement() -> str:
    """How it stands, and the draft; those with a right over one unit only may look."""
    return _statement_page(asked.statement(accessibility.draft(asker().organisation), _today()))


@blueprint.post("/tillganglighet")
def change_statement() -> ResponseReturnValue:
    _must_change()
    form = asked.statement(None, _today())
    if not form.validate():
        return _statement_page(form), 422
    _write(accessibility.begun(asker().organisation, clock.now()), form)
    session.commit()
    if "granska" in request.form:
        return redirect(url_for("hr.preview"), 303)
    return redirect(url_for("hr.statement", sparat=1), 303)


@blueprint.get("/tillganglighet/granska")
def preview() -> str:
    """The draft as it would stand on the open page, and the button that publishes it."""
    return _preview_page(_draft())


@blueprint.post("/tillganglighet/granska")
def publish() -> ResponseReturnValue:
    draft = _draft()
    if accessibility.lacks(draft):
        return _preview_page(draft), 422
    accessibility.publish(draft, clock.now())
    session.commit()
    return redirect(url_for("hr.statement", publicerad=1), 303)


@blueprint.get("/tillganglighet/brist")
def new_shortcoming() -> str:
    _must_change()
    return _shortcoming_page(asked.fault(None, _today()))


@blueprint.post("/tillganglighet/brist")
def add_shortcoming() -> ResponseReturnValue:
    _must_change()
    form = asked.fault(None, _today())
    if not form.validate():
        return _shortcoming_page(form), 422
    made = Shortcoming()
    accessibility.begun(asker().organisation, clock.now()).shortcomings.append(made)
    return _written(made, form)


@blueprint.get("/tillganglighet/brist/<int:shortcoming_id>")
def shortcoming(shortcoming_id: int) -> str:
    found = _shortcoming(shortcoming_id)
    return _shortcoming_page(asked.fault(found, _today()), found)


@blueprint.post("/tillganglighet/brist/<int:shortcoming_id>")
def change_shortcoming(shortcoming_id: int) -> ResponseReturnValue:
    found = _shortcoming(shortcoming_id)
    form = asked.fault(None, _today())
    if not form.validate():
        return _shortcoming_page(form, found), 422
    accessibility.begun(asker().organisation, clock.now())
    return _written(found, form)


@blueprint.post("/tillganglighet/brist/<int:shortcoming_id>/bort")
def remove_shortcoming(shortcoming_id: int) -> ResponseReturnValue:
    found = _shortcoming(shortcoming_id)
    accessibility.begun(asker().organisation, clock.now()).shortcomings.remove(found)
    session.commit()
    return redirect(url_for("hr.statement", _anchor="brister"), 303)


def _statement_page(form: asked.Statement) -> str:
    organisation = asker().organisation
    draft, published = accessibility.draft(organisation), accessibility.published(organisation)
    return render_template(
        "hr/statement.html", form=form, faulty=bool(form.errors), draft=draft, published=published,
        is_due=accessibility.is_due(published, _today()), may_change=_may_change(), reasons=asked.REASON,
    )  # fmt: skip


def _preview_page(draft: AccessibilityStatement) -> str:
    return render_template(
        "hr/statement_preview.html", draft=draft, lacks=accessibility.lacks(draft), today=_today(),
        labels=asked.statement(draft, _today()), faulty=request.method == "POST",
    )  # fmt: skip


def _shortcoming_page(form: asked.Fault, found: Shortcoming | None = None) -> str:
    return render_template("hr/shortcoming.html", form=form, faulty=bool(form.errors), found=found)


def _write(row: AccessibilityStatement | Shortcoming, form: asked.Dated) -> None:
    for name, value in asked.words(form).items():
        setattr(row, name, value)


def _written(row: Shortcoming, form: asked.Fault) -> ResponseReturnValue:
    _write(row, form)
    session.commit()
    return redirect(url_for("hr.statement", _anchor="brister"), 303)


def _draft() -> AccessibilityStatement:
    _must_change()
    return accessibility.draft(asker().organisation) or abort(404)


def _shortcoming(shortcoming_id: int) -> Shortcoming:
    """One of the draft's; what has been published stays as it was."""
    return next((each for each in _draft().shortcomings if each.id == shortcoming_id), None) or abort(404)


def _must_change() -> None:
    if not _may_change():
        abort(403)


def _may_change() -> bool:
    """The statement is the whole organisation's, and so is the right to write it."""
    return people.hr_units(asker(), _today()) is None


def _today() -> date:
    return clock.day(clock.now(), asker().organisation.zone)
