"""Telling those with HR's right that help lines are to be checked: rarely, and in words that say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from app import clock, help, hours
from app.db import session
from app.mail import outbox
from app.models import Delivery, DeliveryKind, Organisation, Person, Right, Role

EVERY = timedelta(days=183)
"""An organisation is told once in so long."""
GRACE = timedelta(days=14)
"""So long a new organisation is left to find its way."""
LATE = timedelta(days=2)


def notice(now: datetime) -> int:
    """Queue a mail to each person with HR's right over an organisation whose lines are to be checked; how many."""
    due = [each for each in session.scalars(select(Organisation)) if _is_due(each, now)]
    return sum(_queue(person, now) for organisation in due for person in _hr(organisation, now))


def _is_due(organisation: Organisation, now: datetime) -> bool:
    if now - organisation.created_at < GRACE or not help.stale(organisation, clock.day(now, organisation.zone)):
        return False
    told = select(Delivery.id).where(
        Delivery.organisation_id == organisation.id,
        Delivery.kind == DeliveryKind.NOTICE,
        Delivery.queued_at > now - EVERY,
    )
    return session.scalar(told.limit(1)) is None


def _hr(organisation: Organisation, now: datetime) -> Iterator[Person]:
    """Those who may change the lines: HR over the whole organisation, and still there."""
    query = select(Right).join(Right.person).where(
        Person.organisation_id == organisation.id,
        Person.address.is_not(None),
        Person.left_at.is_(None),
        Person.erased_at.is_(None),
        Right.role == Role.HR,
        Right.unit_id.is_(None),
    )  # fmt: skip
    today = clock.day(now, organisation.zone)
    yield from {right.person for right in session.scalars(query) if right.holds(today)}


def _queue(person: Person, now: datetime) -> bool:
    assert person.address is not None, "who has none is not asked for"
    at = hours.slot(now, person.organisation.zone, 0)
    key = f"notice:{person.id}:{at.date()}"
    return outbox.queue(
        DeliveryKind.NOTICE, key, organisation=person.organisation, address=person.address, language=person.language,
        now=now, person=person, due_at=at, expires_at=at + LATE,
    )  # fmt: skip
