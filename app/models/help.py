"""What the organisation says of help: the lines it has checked, contacts of its own, and its own words in courses."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from app.db import Key, Long, Model, Short, reference
from app.models.person import Person
from app.models.types import closed_set


class HelpGroup(StrEnum):
    """Whom a contact is for: the groups of help.yaml, less the urgent ones, which are the country's."""

    EXPOSED = "exposed"
    HARMING = "harming"
    CHILDREN = "children"
    WORK = "work"
    OTHER = "other"


class HelpCheck(Model):
    """What the organisation says of a help line that ships (a key in help.yaml)."""

    __tablename__ = "help_check"

    id: Mapped[Key]
    organisation_id: Mapped[int] = reference("organisation.id", ondelete="CASCADE")
    key: Mapped[Short]
    checked_on: Mapped[date | None]
    checked_by_id: Mapped[int | None] = reference("person.id", ondelete="SET NULL")
    checked_tel: Mapped[Short | None]
    """The number that was checked, as it is dialled: another number has not been, though the line is the same."""
    number: Mapped[Short | None]
    """Its own words, in Swedish, in place of those that ship."""
    hours: Mapped[Short | None]
    whom: Mapped[Short | None]
    trace: Mapped[Short | None]
    hidden_at: Mapped[datetime | None]
    """From when the organisation does not want the line on its pages."""

    checked_by: Mapped[Person | None] = relationship()

    __table_args__ = (UniqueConstraint("organisation_id", "key"),)


class HelpContact(Model):
    """Somebody of the organisation's own to turn to; its words are Swedish."""

    __tablename__ = "help_contact"

    id: Mapped[Key]
    organisation_id: Mapped[int] = reference("organisation.id", ondelete="CASCADE")
    group: Mapped[HelpGroup] = closed_set(HelpGroup)
    name: Mapped[Short]
    number: Mapped[Short | None]
    url: Mapped[Short | None]
    whom: Mapped[Short]
    hours: Mapped[Short | None]
    trace: Mapped[Short | None]
    checked_on: Mapped[date | None]
    checked_by_id: Mapped[int | None] = reference("person.id", ondelete="SET NULL")

    checked_by: Mapped[Person | None] = relationship()


class LocalText(Model):
    """The organisation's own words for a `::: local` block, in Markdown."""

    __tablename__ = "local_text"

    id: Mapped[Key]
    organisation_id: Mapped[int] = reference("organisation.id", ondelete="CASCADE")
    key: Mapped[Short]
    language: Mapped[Short]
    text: Mapped[Long]

    __table_args__ = (UniqueConstraint("organisation_id", "key", "language"),)
