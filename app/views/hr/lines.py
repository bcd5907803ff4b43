"""The organisation's help lines: HR checks each, writes words and contacts of its own, and takes away."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import checking, clock, help, people
from app.db import session
from app.forms import lines as asked
from app.help import Line
from app.views.hr import asker, blueprint


@blueprint.get("/stod")
def lines() -> str:
    """Every line, by how it stands; those with a right over one unit only may look."""
    found = help.lines(asker().organisation)
    return render_template(
        "hr/lines.html", lines=found, stale=help.stale(asker().organisation, _today()), today=_today(),
        alike={line.key: help.alike(line, found) for line in found}, may_change=_may_change(),
    )  # fmt: skip


@blueprint.get("/stod/ny")
def new_contact() -> str:
    _must_change()
    return _contact_page(asked.contact())


@blueprint.post("/stod/ny")
def add_contact() -> ResponseReturnValue:
    _must_change()
    form = asked.contact()
    if not form.validate():
        return _contact_page(form), 422
    line = checking.add(asker().organisation, asked.words(form))
    session.commit()
    return redirect(url_for("hr.line", key=line.key), 303)


@blueprint.get("/stod/<key>")
def line(key: str) -> str:
    found = _line(key)
    return _line_page(found, asked.check(found, _today()))


@blueprint.post("/stod/<key>")
def confirm_line(key: str) -> ResponseReturnValue:
    """What is confirmed is what stood on the page: a line that was changed meanwhile is shown again."""
    found = _line(key)
    form = asked.check(found, _today())
    if not form.validate():
        return _line_page(found, form), 422
    if form.seen.data != asked.as_seen(found):
        form.checked_on.errors = [_("Någon har ändrat raden sedan du öppnade sidan. Se efter att den stämmer nu.")]
        form.seen.data = asked.as_seen(found)
        return _line_page(found, form), 422
    checking.confirm(asker().organisation, found, form.day, asker())
    session.commit()
    return redirect(url_for("hr.lines"), 303)


@blueprint.get("/stod/<key>/andra")
def own_words(key: str) -> str:
    found = _line(key)
    return _words_page(found, _form(found))


@blueprint.post("/stod/<key>/andra")
def change_line(key: str) -> ResponseReturnValue:
    found = _line(key)
    form = _form(found)
    if not form.validate():
        return _words_page(found, form), 422
    checking.change(asker().organisation, found, asked.words(form))
    session.commit()
    return redirect(url_for("hr.line", key=key), 303)


@blueprint.post("/stod/<key>/tillbaka")
def bring_back(key: str) -> ResponseReturnValue:
    checking.bring_back(_line(key))
    session.commit()
    return redirect(url_for("hr.line", key=key), 303)


@blueprint.get("/stod/<key>/bort")
def away(key: str) -> str:
    return render_template("hr/away.html", line=_line(key))


@blueprint.post("/stod/<key>/bort")
def take_away(key: str) -> ResponseReturnValue:
    found = _line(key)
    if found.always:
        abort(404)
    checking.take_away(asker().organisation, found, clock.now())
    session.commit()
    return redirect(url_for("hr.lines"), 303)


def _line(key: str) -> Line:
    """One of the asker's own lines, by its key; what is not theirs is not there."""
    _must_change()
    return help.find(asker().organisation, key) or abort(404)


def _must_change() -> None:
    if not _may_change():
        abort(403)


def _may_change() -> bool:
    """The lines are the whole organisation's, and so is the right to change them."""
    return people.hr_units(asker(), _today()) is None


def _today() -> date:
    return clock.day(clock.now(), asker().organisation.zone)


def _form(line: Line) -> asked.OwnWords | asked.Contact:
    return asked.own_words(line) if line.shipped else asked.contact(line)


def _line_page(line: Line, form: asked.Check) -> str:
    alike = help.alike(line, help.lines(asker().organisation))
    return render_template(
        "hr/line.html", line=line, form=form, alike=alike, today=_today(), faulty=bool(form.errors)
    )


def _words_page(line: Line, form: asked.OwnWords | asked.Contact) -> str:
    if line.shipped is None:
        return _contact_page(form, line)
    return render_template("hr/line_words.html", line=line, form=form, faulty=bool(form.errors))


def _contact_page(form: asked.OwnWords | asked.Contact, line: Line | None = None) -> str:
    return render_template("hr/contact.html", line=line, form=form, faulty=bool(form.errors))
