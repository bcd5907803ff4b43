"""The organisation's own words where a course asks for them: a definition, a routine."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, content, organisations, people, wording
from app.db import session
from app.forms.words import Words
from app.views.hr import asker, blueprint
from app.wording import Asked


@blueprint.get("/egna-ord")
def words() -> str:
    """Every place, and which languages the organisation has written in."""
    written = wording.written(asker().organisation)
    return render_template("hr/words.html", places=wording.asked(), written=written, may_change=_may_change())


@blueprint.get("/egna-ord/<word>/<spoken>")
def own_text(word: str, spoken: str) -> str:
    place = _place(word, spoken)
    text = wording.written(asker().organisation).get((word, spoken), "")
    return _page(place, spoken, Words(data={"text": text}))


@blueprint.post("/egna-ord/<word>/<spoken>")
def change_text(word: str, spoken: str) -> ResponseReturnValue:
    """Save, or only show what it would look like."""
    place, form = _place(word, spoken), Words()
    if not form.validate():
        return _page(place, spoken, form), 422
    if "visa" in request.form:
        return _page(place, spoken, form, preview=content.passage(form.text.data))
    organisations.say(asker().organisation, word, spoken, form.text.data)
    session.commit()
    return redirect(url_for("hr.words"), 303)


def _place(word: str, spoken: str) -> Asked:
    if not _may_change():
        abort(403)
    return next((each for each in wording.asked() if each.key == word and spoken in each.words), None) or abort(404)


def _may_change() -> bool:
    """The words are the whole organisation's, and so is the right to change them."""
    return people.hr_units(asker(), clock.day(clock.now(), asker().organisation.zone)) is None


def _page(place: Asked, spoken: str, form: Words, preview: str | None = None) -> str:
    return render_template(
        "hr/word.html", place=place, spoken=spoken, form=form, preview=preview, faulty=bool(form.errors)
    )
