"""How tests ask for a way in, let the worker answer, and confirm."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db, registering
from app.models import LinkRequest, Organisation, Origin, Person, RequestKind, Unit
from tests.world import NOW, World

LATER = NOW + timedelta(minutes=1)


def ask(kind: RequestKind, address: str, organisation: Organisation | None = None, **more: str) -> None:
    with db.writing():
        mine = db.session.get(Organisation, organisation.id) if organisation else None
        registering.ask(kind, address, mine, more.get("language", "sv"), NOW, client=more.get("client"))
        db.session.commit()


def answer() -> int:
    with db.writing():
        handled = registering.answer(LATER)
        db.session.commit()
    return handled


def register(address: str, organisation: Organisation) -> None:
    ask(RequestKind.REGISTER, address, organisation)
    answer()


def confirm(rows: Session, unit: Unit | None = None) -> int | None:
    """Confirm the latest registration, and say who it was."""
    with db.writing():
        request = db.session.scalars(select(LinkRequest).order_by(LinkRequest.id.desc())).first()
        assert request is not None
        chosen = db.session.get(Unit, unit.id) if unit else None
        person = registering.confirm(request, chosen, LATER)
        db.session.commit()
    rows.expire_all()
    return person.id if person else None


def add(world: World, address: str, **more: object) -> Person:
    """One more person in Sundby."""
    with db.writing():
        values = {"organisation_id": world.sundby.id, "origin": Origin.LISTED, "created_at": NOW} | more
        person = Person(**values)
        person.reach_at(address)
        db.session.add(person)
        db.session.commit()
    return person
