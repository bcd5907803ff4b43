"""The person, where they are placed and when, what they are absent or exempt from, and what they may see."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Key, Model, Short, reference
from app.models.organisation import Organisation, Unit
from app.models.types import address_key, closed_set


class Origin(StrEnum):
    """How we came to know of the person."""

    LISTED = "listed"
    """The organisation's own list, or its operator, names them."""
    DECLARED = "declared"
    """They registered with an address in the organisation's domains; counted nowhere until HR accepts."""
    PUBLIC = "public"
    """They registered as anyone may; counted apart from staff."""


class EmploymentKind(StrEnum):
    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    HOURLY = "hourly"
    CONSULTANT = "consultant"


class Role(StrEnum):
    HR = "hr"
    MANAGER = "manager"
    FACILITATOR = "facilitator"
    OBSERVER = "observer"
    AUTHOR = "author"
    OPERATOR = "operator"


class Person(Model):
    """Anyone with an address, or a code, with us. Two organisations' people are different people."""

    __tablename__ = "person"

    id: Mapped[Key]
    organisation_id: Mapped[int] = reference("organisation.id")
    origin: Mapped[Origin] = closed_set(Origin)
    number: Mapped[Short | None]
    """The employment number, as text: leading zeros stay."""
    name: Mapped[Short | None]
    address: Mapped[Short | None]
    address_key: Mapped[Short | None] = mapped_column(index=True)
    language: Mapped[Short] = mapped_column(default="sv")
    created_at: Mapped[datetime]
    declared_unit_id: Mapped[int | None] = reference("unit.id")
    """The unit a self-declared person says is theirs, until HR accepts."""
    paused_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    signed_in_at: Mapped[datetime | None]
    generation: Mapped[int] = mapped_column(default=1)
    """Raised at sign-out and when a right is taken back: every open staff session ends."""

    organisation: Mapped[Organisation] = relationship()
    declared_unit: Mapped[Unit | None] = relationship()
    placements: Mapped[list[Placement]] = relationship(
        back_populates="person", order_by="Placement.starts_on", cascade="all, delete-orphan"
    )
    rights: Mapped[list[Right]] = relationship(
        back_populates="person", foreign_keys="Right.person_id", cascade="all, delete-orphan"
    )

    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    def reach_at(self, address: str | None) -> None:
        """Set the address together with the key it is compared by."""
        self.address = address.strip() if address else None
        self.address_key = address_key(address) if address else None


class Placement(Model):
    """One person's home unit over the days from `starts_on` up to, but not including, `ends_on`."""

    __tablename__ = "placement"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("person.id", ondelete="CASCADE")
    unit_id: Mapped[int] = reference("unit.id")
    kind: Mapped[EmploymentKind] = closed_set(EmploymentKind, default=EmploymentKind.PERMANENT)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    employed_from: Mapped[date]
    """First day of the unbroken employment that this placement belongs to; kept by `people.place`."""
    employed_until: Mapped[date | None]
    """The day after the last day of that unbroken employment, where it is known."""

    person: Mapped[Person] = relationship(back_populates="placements")
    unit: Mapped[Unit] = relationship()

    __table_args__ = (
        CheckConstraint("ends_on is null or ends_on > starts_on", name="some_days"),
        # All that coverage asks of a placement: without the last three it took ten times as long for 100,000 people.
        Index(
            "ix_placement_home", "unit_id", "starts_on", "ends_on", "person_id", "kind", "employed_from",
            "employed_until",
        ),
    )


class Absence(Model):
    """Days away, without the kind: from `starts_on` up to, but not including, `ends_on`."""

    __tablename__ = "absence"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("person.id", ondelete="CASCADE")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    __table_args__ = (CheckConstraint("ends_on is null or ends_on > starts_on", name="some_days"),)


class Exemption(Model):
    """A person need not take part, by decision, from `starts_on` up to, but not including, `ends_on`."""

    __tablename__ = "exemption"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("person.id", ondelete="CASCADE")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Right(Model):
    """What a person may see and do: a role over a unit and all below it, or over the whole organisation."""

    __tablename__ = "right"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("person.id", ondelete="CASCADE")
    unit_id: Mapped[int | None] = reference("unit.id")
    role: Mapped[Role] = closed_set(Role)
    given_at: Mapped[datetime]
    ends_on: Mapped[date | None]
    """The first day on which the right no longer holds: a deputy's end."""

    person: Mapped[Person] = relationship(back_populates="rights", foreign_keys=[person_id])

    def holds(self, on: date) -> bool:
        return self.ends_on is None or on < self.ends_on
