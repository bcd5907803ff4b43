"""Ways in: a person's credentials, and the requests for one that somebody has made."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_urlsafe

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Key, Model, Short, reference
from app.models.organisation import Organisation
from app.models.person import Person
from app.models.types import closed_set

LINK_LIFE = timedelta(days=400)
"""A personal link lives this long from last use, so that any old mail is a way back (safety.md)."""
USE_NOTED_EVERY = timedelta(hours=1)
"""A use is noted at most this often, so that each step of a module need not write it anew."""
SIGN_IN_LIFE = timedelta(minutes=15)
CONFIRMATION_LIFE = timedelta(minutes=15)
"""For so long a mailed confirmation waits, and for so long what it opens stays open (safety.md)."""
REGISTRATION_LIFE = timedelta(days=7)
"""An unconfirmed registration is gone after this."""


def random_key() -> str:
    """128 random bits as text: nothing to guess and nothing to count."""
    return token_urlsafe(16)


class CredentialKind(StrEnum):
    LINK = "link"
    SLIP = "slip"
    SIGN_IN = "sign-in"
    CONFIRMATION = "confirmation"
    """Proves once more who somebody is, before what is held about them is shown."""


class Credential(Model):
    """One way in for one person, for one purpose, with its own end and generation."""

    __tablename__ = "credential"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("person.id", ondelete="CASCADE")
    kind: Mapped[CredentialKind] = closed_set(CredentialKind)
    key: Mapped[Short] = mapped_column(unique=True, default=random_key)
    generation: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """When it was last used for something that was written."""
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    def opens(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at

    def use(self, now: datetime) -> None:
        """A personal link lives on from its last use, give or take an hour; a sign-in link is spent by its first."""
        if self.kind == CredentialKind.LINK and self.used_at and now - self.used_at < USE_NOTED_EVERY:
            return
        self.used_at = now
        if self.kind == CredentialKind.LINK:
            self.expires_at = now + LINK_LIFE
        elif self.kind == CredentialKind.SIGN_IN:
            self.revoked_at = now


class RequestKind(StrEnum):
    REGISTER = "register"
    LINK = "link"
    SIGN_IN = "sign-in"


class LinkRequest(Model):
    """Somebody asked for a way in. The request only queues; the worker finds out whether the address is known."""

    __tablename__ = "link_request"

    id: Mapped[Key]
    kind: Mapped[RequestKind] = closed_set(RequestKind)
    organisation_id: Mapped[int | None] = reference("organisation.id", ondelete="CASCADE")
    """The one chosen when registering; None for a request that any organisation may answer."""
    key: Mapped[Short] = mapped_column(unique=True, default=random_key)
    address: Mapped[Short]
    address_key: Mapped[Short]
    language: Mapped[Short]
    requested_at: Mapped[datetime] = mapped_column(index=True)
    handled_at: Mapped[datetime | None]
    """When the worker queued the mail that answers it, or found nobody to answer."""
    confirmed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation | None] = relationship()

    __table_args__ = (Index("ix_link_request_handled_at_id", "handled_at", "id"),)


Index(
    "uq_credential_person_id_of_link",
    Credential.person_id,
    unique=True,
    sqlite_where=Credential.kind == CredentialKind.LINK,
    postgresql_where=Credential.kind == CredentialKind.LINK,
)
