"""A door to HR's side without a mail."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import clock, guards
from app.db import session
from app.models import Person, Right, Role
from app.views.dev import blueprint
from app.views.hr import signing


@blueprint.get("/in/hr")
def staff() -> str:
    return render_template("dev/staff.html", people=_staff())


@blueprint.post("/in/hr")
def enter() -> ResponseReturnValue:
    found = next((each for each in _staff() if str(each.id) == request.form.get("person")), None)
    if found is None:
        abort(404)
    signing.sign_in(found, clock.now())
    session.commit()
    return redirect(url_for("hr.overview"), 303)


def _staff() -> list[Person]:
    """Those with HR's right today, by organisation."""
    query = select(Person).join(Right, Right.person_id == Person.id).where(Right.role == Role.HR)
    query = query.options(joinedload(Person.organisation)).order_by(Person.organisation_id, Person.id).distinct()
    return [person for person in session.scalars(query) if Role.HR in guards.roles(person, clock.now())]
