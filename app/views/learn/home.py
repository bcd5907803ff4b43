"""The personal page: what is next and how long it takes, what is done, language, pause."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, library, links, planning, progress
from app.db import session
from app.guards import person
from app.pages import LANGUAGES
from app.progress import Standing
from app.views.learn import blueprint

STAMP = "min-sida"
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
        opens_on=planning.opens_on(person(), now),
        languages=languages(modules),
        masked=masked(person().address),
        **by_hand(now),
        organisation=person().organisation,
        person=person(),
    )


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
    now = clock.now()
    return render_template(
        "learn/language.html",
        languages=languages(progress.standings(person(), now)),
        **by_hand(now),
        module=request.args.get("modul", type=int),
        step=request.args.get("steg", type=int),
        organisation=person().organisation,
        person=person(),
    )


@blueprint.post("/min-sida/sprak")
def change_language() -> ResponseReturnValue:
    """Progress belongs to the module, so nothing is lost; back to the step that was open."""
    now, language = clock.now(), request.form.get("sprak", "")
    if language not in languages(progress.standings(person(), now)):
        abort(400)
    module, step = request.form.get("modul", type=int), request.form.get("steg", type=int)
    if not was_by_hand(now):
        return redirect(url_for("learn.choose_language", modul=module, steg=step, igen=1), 303)
    person().language = language
    session.commit()
    if module and step:
        return redirect(url_for("learn.step", module_id=module, number=step), 303)
    return redirect(url_for("learn.home"), 303)


@blueprint.post("/min-sida/paus")
def pause() -> ResponseReturnValue:
    """Mails pause, without a reason; the link works all the same."""
    now = clock.now()
    if not was_by_hand(now):
        return redirect(url_for("learn.home", igen=1), 303)
    person().paused_at = now if request.form.get("paus") == "1" else None
    session.commit()
    return redirect(url_for("learn.home"), 303)


def by_hand(now: datetime) -> dict[str, Any]:
    """What forms that change something for good carry, so that a scanner that presses every button changes nothing."""
    return {"stamp": links.shown_stamp(STAMP, now), "again": "igen" in request.args}


def was_by_hand(now: datetime) -> bool:
    return links.was_read(STAMP, request.form.get("visad", ""), now)
