"""The outbox: one row per mail, whose times tell its state (mail.md)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Key, Model, Short, reference
from app.models.campaign import Enrolment
from app.models.course import Module, Revision
from app.models.credential import Credential, LinkRequest
from app.models.organisation import Organisation
from app.models.person import Person
from app.models.types import closed_set


class DeliveryKind(StrEnum):
    CONFIRM = "confirm"
    LINK = "link"
    SIGN_IN = "sign-in"
    CONFIRMATION = "confirmation"
    INVITATION = "invitation"
    REMINDER = "reminder"
    NOTICE = "notice"
    """To somebody with HR's right: something waits to be seen to."""

    @property
    def asked_for(self) -> bool:
        """Whether a person is waiting for it: then it goes at once, at any hour."""
        return self in (
            DeliveryKind.CONFIRM, DeliveryKind.LINK, DeliveryKind.SIGN_IN, DeliveryKind.CONFIRMATION
        )  # fmt: skip


class Delivery(Model):
    """One mail on its way to one person. Its unique key lets a planner crash, or run twice, with nothing doubled."""

    __tablename__ = "delivery"

    id: Mapped[Key]
    key: Mapped[Short] = mapped_column(unique=True)
    """`module:ENROLMENT:MODULE:N` (N earlier mails about the module), `confirm:REQUEST`, `link:REQUEST:PERSON`, …"""
    kind: Mapped[DeliveryKind] = closed_set(DeliveryKind)
    organisation_id: Mapped[int] = reference("organisation.id", index=False)
    person_id: Mapped[int | None] = reference("person.id", ondelete="CASCADE")
    enrolment_id: Mapped[int | None] = reference("enrolment.id", ondelete="CASCADE")
    module_id: Mapped[int | None] = reference("module.id")
    revision_id: Mapped[int | None] = reference("revision.id")
    credential_id: Mapped[int | None] = reference("credential.id", ondelete="CASCADE")
    request_id: Mapped[int | None] = reference("link_request.id", ondelete="CASCADE")
    language: Mapped[Short]
    address: Mapped[Short]
    message_id: Mapped[Short]
    """Message-ID and Date are frozen here, so that a mail sent once more is the same mail."""
    dated_at: Mapped[datetime | None]

    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    """After this a reminder is not sent any more."""
    claimed_by: Mapped[Short | None]
    claimed_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    sending_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    uncertain_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    expired_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[Short | None]
    """Why it was cancelled: one of a closed set of words."""
    response: Mapped[str | None]
    """The server's own words, cut at 500 characters."""

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person | None] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()
    module: Mapped[Module | None] = relationship()
    revision: Mapped[Revision | None] = relationship()
    credential: Mapped[Credential | None] = relationship()
    request: Mapped[LinkRequest | None] = relationship()

    __table_args__ = (Index("ix_delivery_organisation_id_accepted_at", "organisation_id", "accepted_at"),)


Index(
    "ix_delivery_waiting",
    Delivery.due_at,
    sqlite_where=Delivery.accepted_at.is_(None)
    & Delivery.failed_at.is_(None)
    & Delivery.uncertain_at.is_(None)
    & Delivery.cancelled_at.is_(None)
    & Delivery.expired_at.is_(None),
    postgresql_where=Delivery.accepted_at.is_(None)
    & Delivery.failed_at.is_(None)
    & Delivery.uncertain_at.is_(None)
    & Delivery.cancelled_at.is_(None)
    & Delivery.expired_at.is_(None),
)
