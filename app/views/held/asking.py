"""What one may ask for: a right name, that mail stops, and to be erased."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app import clock, guards, people
from app.db import session
from app.forms import held as asked
from app.guards import person
from app.models import AskedFor, Origin
from app.views.held import blueprint


@blueprint.get("/namn")
def name() -> str:
    return _name_page(asked.Name(data={"name": _known_name()}))


@blueprint.post("/namn")
def rename() -> ResponseReturnValue:
    """The organisation's list holds when it is next read in, and the page says so."""
    _known_name()
    form = asked.Name()
    if not form.validate():
        return _name_page(form), 422
    person().name = form.name.data
    session.commit()
    return redirect(url_for("held.show", gjort="namn"), 303)


def _known_name() -> str:
    """One whose name we never had is not asked for it."""
    return person().name or abort(404)


def _name_page(form: asked.Name) -> str:
    return render_template("held/name.html", form=form, faulty=bool(form.errors))


@blueprint.get("/fel-person")
def wrong_person() -> str:
    return _wrong_page(asked.wrong_person())


@blueprint.post("/fel-person")
def stop_mail() -> ResponseReturnValue:
    form = asked.wrong_person()
    if not form.validate():
        return _wrong_page(form), 422
    return _ask(AskedFor(form.why.data))


def _wrong_page(form: asked.WrongPerson) -> str:
    return render_template("held/wrong_person.html", form=form, faulty=bool(form.errors))


@blueprint.get("/radera")
def erasure() -> str:
    return _erasure_page(asked.erasure(is_asked=_is_asked()))


@blueprint.post("/radera")
def erase() -> ResponseReturnValue:
    """One who came by themselves is erased at once; of staff the employer has a say, so they ask."""
    form = asked.erasure(is_asked=_is_asked())
    if not form.validate():
        return _erasure_page(form), 422
    if form.sure.data != asked.YES:
        return redirect(url_for("held.show"), 303)
    if _is_asked():
        return _ask(AskedFor.ERASURE)
    people.erase(person(), clock.now())
    session.commit()
    guards.leave()
    return redirect(url_for("held.closed", raderad=1), 303)


def _is_asked() -> bool:
    """Whether HR decides: of those whom the organisation's own list names, or whom HR has accepted."""
    return person().origin == Origin.LISTED


def _erasure_page(form: asked.Erasure) -> str:
    return render_template("held/erasure.html", form=form, faulty=bool(form.errors), is_asked=_is_asked())


def _ask(asked_for: AskedFor) -> Response:
    people.ask(person(), asked_for, clock.now())
    session.commit()
    return redirect(url_for("held.show", gjort="fraga"), 303)
