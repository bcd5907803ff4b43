"""The personal page: what is next and how long it takes, what is done, language, pause."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, library, planning, progress
from app.db import session
from app.guards import person
from app.pages import LANGUAGES
from app.progress import Standing
from app.views.learn import blueprint

COURSE_LANGUAGES = LANGUAGES | {"sv-simple": "Lättläst svenska"}


@blueprint.get("/min-sida")
def home() -> ResponseReturnValue:
    now = clock.now()
    modules = progress.standings(person(), now)
    upcoming = next((each for each in modules if each.has_begun and not each.is_complete), None)
    upcoming = upcoming or next((each for each in modules if not each.is_complete), None)
    return render_template(
        "learn/home.html",
        modules=modules,
        upcoming=upcoming,
        open_ids=open_ids(modules),
        opens_on=planning.opens_on(person(), now),
        languages=languages(modules),
        masked=masked(person().address),
        organisation=person().organisation,
        person=person(),
    )


def open_ids(modules: list[Standing]) -> set[int]:
    """What may be opened now: all that is done or begun, and the first of the rest."""
    known = {each.module_id for each in modules if each.has_begun}
    first = next((each.module_id for each in modules if not each.is_complete), None)
    return known | ({first} if first else set())


def languages(modules: list[Standing]) -> dict[str, str]:
    """The languages to choose from: those that pages have, and those that some course text has."""
    written = {language for each in modules for language in library.texts(each.revision)}
    return {code: name for code, name in COURSE_LANGUAGES.items() if code in LANGUAGES or code in written}


def masked(address: str | None) -> str | None:
    """Whose link it is, for the owner to recognise and nobody else to learn: a•••@kommun.se."""
    if not address:
        return None
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}"


@blueprint.get("/min-sida/sprak")
def choose_language() -> ResponseReturnValue:
    modules = progress.standings(person(), clock.now())
    return render_template(
        "learn/language.html",
        languages=languages(modules),
        module=request.args.get("modul", type=int),
        step=request.args.get("steg", type=int),
        organisation=person().organisation,
        person=person(),
    )


@blueprint.post("/min-sida/sprak")
def change_language() -> ResponseReturnValue:
    """Progress belongs to the module, so nothing is lost; back to the step that was open."""
    language = request.form.get("sprak", "")
    if language not in languages(progress.standings(person(), clock.now())):
        abort(400)
    person().language = language
    session.commit()
    module, step = request.form.get("modul", type=int), request.form.get("steg", type=int)
    if module and step:
        return redirect(url_for("learn.step", module_id=module, number=step), 303)
    return redirect(url_for("learn.home"), 303)


@blueprint.post("/min-sida/paus")
def pause() -> ResponseReturnValue:
    """Mails pause, without a reason; the link works all the same."""
    person().paused_at = clock.now() if request.form.get("paus") == "1" else None
    session.commit()
    return redirect(url_for("learn.home"), 303)
