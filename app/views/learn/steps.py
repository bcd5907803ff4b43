"""The steps of a module: read, answer, go on, and be done."""

from __future__ import annotations

from datetime import datetime

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock, links, planning, progress, staying
from app.content import Scenario, Step
from app.db import session
from app.guards import person
from app.progress import Standing
from app.views.learn import blueprint
from app.views.steps import Chosen, chosen, local_words, place_number, show_step


@blueprint.get("/modul/<int:module_id>")
def module(module_id: int) -> ResponseReturnValue:
    """Where I left off, on any device."""
    return onward(find(module_id))


@blueprint.get("/modul/<int:module_id>/<int:number>")
def step(module_id: int, number: int) -> ResponseReturnValue:
    standing = find(module_id)
    if not 1 <= number <= min(standing.next_step, len(standing.steps)):
        return onward(standing)
    this = standing.steps[number - 1]
    answered = chosen(this, request.args) if standing.was_posted(this) else None
    return page(standing, number, answered)


@blueprint.post("/modul/<int:module_id>/<int:number>")
def post(module_id: int, number: int) -> ResponseReturnValue:
    now = clock.now()
    standing = find(module_id)
    if not 1 <= number <= min(standing.next_step, len(standing.steps)):
        return onward(standing)
    this = standing.steps[number - 1]
    choice = chosen(this, request.form)
    if choice is None:
        return page(standing, number, error=_("Välj ett svar, så går vi vidare.")), 422
    if standing.awaits(this) and standing.too_quick(shown_at(standing, number), now):
        return page(standing, number, kept=choice, again=True)
    progress.post_step(standing, this, now)
    g.credential.use(now)
    session.commit()
    staying.stay(now)  # A new cookie also makes the browser drop its copy of the page, with what was written there.
    if this.question:
        return redirect(url_for("learn.step", module_id=module_id, number=number, svar=choice.options), 303)
    return after(standing, number)


@blueprint.get("/modul/<int:module_id>/annat-satt")
def another_way(module_id: int) -> ResponseReturnValue:
    return another_page(find(module_id))


@blueprint.post("/modul/<int:module_id>/annat-satt")
def take_another_way(module_id: int) -> ResponseReturnValue:
    now = clock.now()
    standing = find(module_id)
    wish = request.form.get("vill")
    if wish == "hela":
        return onward(standing)
    if wish != "klar":
        return another_page(standing, error=_("Välj ett av alternativen, så går vi vidare.")), 422
    if not standing.is_complete and standing.too_quick(shown_at(standing, 0), now):
        return another_page(standing, again=True)
    progress.take_another_way(standing, now)
    g.credential.use(now)
    session.commit()
    return redirect(url_for("learn.done", module_id=module_id), 303)


@blueprint.get("/modul/<int:module_id>/klar")
def done(module_id: int) -> ResponseReturnValue:
    now = clock.now()
    modules = progress.standings(person(), now)
    standing = next((each for each in modules if each.module_id == module_id), None) or abort(404)
    if not standing.is_complete:
        return onward(standing)
    upcoming = next((each for each in modules if not each.is_complete), None)
    return render_template(
        "learn/done.html",
        standing=standing,
        modules=modules,
        upcoming=upcoming,
        opens_on=planning.opens_on(person(), now) if upcoming else {},
        organisation=person().organisation,
    )


def find(module_id: int) -> Standing:
    """The module, through the asker's own enrolments; what is not theirs is not there."""
    return progress.standing(person(), module_id, clock.now()) or abort(404)


def onward(standing: Standing) -> Response:
    """To the first step not yet done, or to the end where all are."""
    if standing.is_complete:
        return redirect(url_for("learn.done", module_id=standing.module_id), 303)
    return redirect(url_for("learn.step", module_id=standing.module_id, number=standing.next_step), 303)


def after(standing: Standing, number: int) -> Response:
    """The step after this one, or the end after the last."""
    if number == len(standing.steps):
        return redirect(url_for("learn.done", module_id=standing.module_id), 303)
    return redirect(url_for("learn.step", module_id=standing.module_id, number=number + 1), 303)


def page(
    standing: Standing,
    number: int,
    answered: Chosen | None = None,
    *,
    kept: Chosen | None = None,
    error: str = "",
    again: bool = False,
) -> str:
    this = standing.steps[number - 1]
    last = number == len(standing.steps)
    home, module = url_for("learn.home"), url_for("learn.module", module_id=standing.module_id)
    return show_step(
        this,
        number,
        standing,
        place=place_of(this),
        answered=answered,
        kept=kept,
        error=error,
        again=again,
        mine=True,
        local=local_words(this, person().organisation_id, standing.language),
        stamp=links.shown_stamp(stamped(standing, number), clock.now()),
        organisation=person().organisation,
        home=home,
        module=module,
        here=f"{module}/{number}",
        back=f"{module}/{number - 1}" if number > 1 else home,
        onward=f"{module}/klar" if last else f"{module}/{number + 1}",
    )


def another_page(standing: Standing, *, error: str = "", again: bool = False) -> str:
    return render_template(
        "learn/another_way.html",
        standing=standing,
        error=error,
        again=again,
        stamp=links.shown_stamp(stamped(standing, 0), clock.now()),
        organisation=person().organisation,
    )


def stamped(standing: Standing, number: int) -> str:
    return f"{standing.module_id}:{number}"


def shown_at(standing: Standing, number: int) -> datetime | None:
    return links.shown_at(stamped(standing, number), request.form.get("visad", ""))


def place_of(this: Step) -> int | None:
    scenario = this.scenario
    return place_number(scenario, request.values.get("plats")) if isinstance(scenario, Scenario) else None
