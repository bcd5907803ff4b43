"""Before what is held about somebody is shown, they show once more who they are: by a mail to the address we have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app import guards, links
from app.db import session
from app.mail import outbox
from app.models import DeliveryKind, Person

HOUR = timedelta(hours=1)
PER_PERSON, PER_CLIENT = 5, 300
"""Mails in an hour. A client is loosely held: a whole municipality is one address to the world."""
PER_DAY = 8
"""Mails to one person in a day: whoever holds the link must not be able to plague them."""


def ask(person: Person, now: datetime, *, client: str | None = None) -> None:
    """Queue the mail; over a limit, and without an address that is one's own, nothing is sent and the same is told."""
    if not guards.within(_limits(person, client), now) or person.address is None or _shares_address(person):
        return
    credential = links.confirmation_for(person, now)
    outbox.queue(
        DeliveryKind.CONFIRMATION, f"confirmation:{credential.id}", organisation=person.organisation,
        address=person.address, language=person.language, now=now, person=person, credential=credential,
        expires_at=credential.expires_at,
    )  # fmt: skip


def _shares_address(person: Person) -> bool:
    """Whether somebody else here has the same one: who reads its mail proves nothing then, and HR helps instead."""
    others = select(func.count()).where(
        Person.organisation_id == person.organisation_id, Person.address_key == person.address_key,
        Person.id != person.id, Person.left_at.is_(None), Person.erased_at.is_(None),
    )  # fmt: skip
    return bool(session.scalar(others))


def _limits(person: Person, client: str | None) -> Iterator[guards.Limit]:
    yield guards.Limit("confirm-person", str(person.id), PER_PERSON, HOUR)
    yield guards.Limit("confirm-person-day", str(person.id), PER_DAY, timedelta(days=1))
    if client:
        yield guards.Limit("confirm-client", guards.network(client), PER_CLIENT, HOUR)
