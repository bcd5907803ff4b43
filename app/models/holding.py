"""What people ask for about themselves, and who has looked at their names."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, relationship

from app.db import Key, Model, Short, reference
from app.models.person import Person
from app.models.types import closed_set


class AskedFor(StrEnum):
    ERASURE = "erasure"
    LEFT = "left"
    """They have left the organisation."""
    NOT_MINE = "not-mine"
    """The mail reaches somebody else."""


class Answer(StrEnum):
    """What HR did, or why not: a closed set, since nobody writes freely about a person."""

    DONE = "done"
    STILL_NEEDED = "still-needed"
    ARCHIVED = "archived"
    STILL_HERE = "still-here"
    ADDRESS_RIGHT = "address-right"


class PersonRequest(Model):
    """Something that a person has asked HR for; it waits until HR has answered."""

    __tablename__ = "person_request"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("person.id", ondelete="CASCADE")
    asked_for: Mapped[AskedFor] = closed_set(AskedFor)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = reference("person.id", ondelete="SET NULL")
    answer: Mapped[Answer | None] = closed_set(Answer)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])


class Look(Model):
    """Somebody saw a person's name on a page. Only ever added to; gone when its time is up, or the person erased."""

    __tablename__ = "look"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("person.id", index=False, ondelete="CASCADE")
    by_person_id: Mapped[int | None] = reference("person.id", ondelete="SET NULL")
    page: Mapped[Short]
    """The page's endpoint. Not a closed set: pages come and go, and what was looked at stays."""
    looked_at: Mapped[datetime]

    by_person: Mapped[Person | None] = relationship(foreign_keys=[by_person_id])

    __table_args__ = (Index("ix_look_person_id_looked_at", "person_id", "looked_at"),)
