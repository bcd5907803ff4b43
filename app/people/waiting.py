"""Those who say that they work here, in a unit or without knowing which, and wait for HR to accept them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.db import session
from app.models import Origin, Person
from app.people.seeing import hr_units, seen_by


def waiting(asker: Person, on: date, *, most: int, page: int = 1) -> list[Person]:
    """A page of those whom the asker may accept, the one who has waited longest first."""
    query = _waiting(asker, on).options(joinedload(Person.declared_unit)).order_by(Person.created_at, Person.id)
    return list(session.scalars(query.limit(most).offset((page - 1) * most)))


def how_many_wait(asker: Person, on: date) -> int:
    return session.scalar(select(func.count()).select_from(_waiting(asker, on).subquery())) or 0


def waiting_one(asker: Person, person_id: int, on: date) -> Person | None:
    """The one with that id, where the asker may accept them."""
    return session.scalar(_waiting(asker, on).where(Person.id == person_id))


def turn_away(asker: Person, person: Person, on: date) -> None:
    """They do not belong here: they may take the course as anybody may, and are counted apart.

    HR of one unit can only say that it is not theirs: then the whole organisation's HR sees to it.
    """
    person.declared_unit_id = None
    if hr_units(asker, on) is None:
        person.origin = Origin.PUBLIC
    session.flush()


def _waiting(asker: Person, on: date) -> Select[Person]:
    return select(Person).where(
        seen_by(asker, on),
        Person.origin == Origin.DECLARED,
        Person.left_at.is_(None),
        Person.erased_at.is_(None),
        ~Person.placements.any(),
    )
