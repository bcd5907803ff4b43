"""Before what is held about somebody is shown, they show once more who they are: by a mail to the address we have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from app import guards, links
from app.mail import outbox
from app.models import DeliveryKind, Person

HOUR = timedelta(hours=1)
PER_PERSON, PER_CLIENT = 5, 300
"""Mails in an hour. A client is loosely held: a whole municipality is one address to the world."""


def ask(person: Person, now: datetime, *, client: str | None = None) -> None:
    """Queue the mail. Without an address, and over a limit, nothing is sent; whoever asks is told the same."""
    if not guards.within(_limits(person, client), now) or person.address is None:
        return
    credential = links.confirmation_for(person, now)
    outbox.queue(
        DeliveryKind.CONFIRMATION, f"confirmation:{credential.id}", organisation=person.organisation,
        address=person.address, language=person.language, now=now, person=person, credential=credential,
        expires_at=credential.expires_at,
    )  # fmt: skip


def _limits(person: Person, client: str | None) -> Iterator[guards.Limit]:
    yield guards.Limit("confirm-person", str(person.id), PER_PERSON, HOUR)
    if client:
        yield guards.Limit("confirm-client", guards.network(client), PER_CLIENT, HOUR)
