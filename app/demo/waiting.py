"""What waits for Sundby's HR when the demo opens: people who registered by themselves, and what two have asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from app import db, organisations, people, registering, units
from app.db import session
from app.models import AskedFor, LinkRequest, Organisation, Person, RequestKind, Unit
from app.models.types import address_key

NEW = {
    "elin.vikarie@sundby.example": "Hemtjänst norr",
    "samir.haddad@sundby.example": "Måltid",
    "sommarvikarie@sundby.example": None,
}
"""Address → the last part of the unit they named, or None where they did not find it."""


def for_hr(slug: str, now: datetime) -> None:
    with db.writing():
        organisation = organisations.find(slug)
        for days, (address, unit) in enumerate(NEW.items(), start=1):
            _register(organisation, address, unit, now - timedelta(days=days))
        staff = select(Person).where(Person.organisation_id == organisation.id, Person.number.is_not(None))
        eldest, next_one = session.scalars(staff.order_by(Person.number.desc()).limit(2))
        people.ask(eldest, AskedFor.ERASURE, now - timedelta(days=6))
        people.ask(next_one, AskedFor.LEFT, now - timedelta(days=1))
        session.commit()


def _register(organisation: Organisation, address: str, named: str | None, at: datetime) -> None:
    """As by the mail that they got, and the page that they answered on."""
    request = LinkRequest(
        kind=RequestKind.REGISTER, organisation=organisation, address=address, address_key=address_key(address),
        language="sv", requested_at=at, handled_at=at,
    )  # fmt: skip
    session.add(request)
    paths = units.paths(organisation).items()
    found = next((id for id, path in paths if named and path.endswith(f" / {named}")), None)
    registering.confirm(request, session.get(Unit, found) if found else None, at)
