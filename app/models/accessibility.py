"""The organisation's accessibility statement, the shortcomings it names, and what people report."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, relationship

from app.db import Key, Long, Model, Short, reference
from app.models.person import Person
from app.models.types import closed_set


class Conformance(StrEnum):
    """How well the service meets the law (2018:1937), in the law's three steps."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Judged(StrEnum):
    """How the organisation came to its judgement."""

    OWN = "own"
    EXTERNAL = "external"
    BOTH = "both"
    ESTIMATED = "estimated"


class Reason(StrEnum):
    """Why something is not accessible, as the law sorts it."""

    SHORTCOMING = "shortcoming"
    BURDEN = "burden"
    """To mend it would be a disproportionate burden (12 §)."""
    OUTSIDE = "outside"
    """The law does not reach it (9 §)."""


class About(StrEnum):
    """What somebody reports: a fault, or another form that they need."""

    FAULT = "fault"
    EASY_READ = "easy-read"
    ALOUD = "aloud"
    PAPER = "paper"
    SIGNED = "signed"
    OTHER = "other"


class AccessibilityStatement(Model):
    """What the organisation says of the service. Each publishing leaves a copy; the draft goes on, and is one.

    Nothing is filled in but by the organisation: a new draft is empty.
    """

    __tablename__ = "accessibility_statement"

    id: Mapped[Key]
    organisation_id: Mapped[int] = reference("organisation.id", ondelete="CASCADE")
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    """Of the draft never."""
    service: Mapped[Short | None]
    conformance: Mapped[Conformance | None] = closed_set(Conformance)
    tested: Mapped[Judged | None] = closed_set(Judged)
    tester: Mapped[Short | None]
    method: Mapped[Long | None]
    tested_on: Mapped[date | None]
    launched_on: Mapped[date | None]
    address: Mapped[Short | None]
    phone: Mapped[Short | None]
    answer_days: Mapped[int | None]
    """Within how many days somebody who reports is answered."""

    shortcomings: Mapped[list[Shortcoming]] = relationship(cascade="all, delete-orphan", order_by="Shortcoming.id")


Index(
    "uq_accessibility_statement_draft",
    AccessibilityStatement.organisation_id,
    unique=True,
    sqlite_where=AccessibilityStatement.published_at.is_(None),
    postgresql_where=AccessibilityStatement.published_at.is_(None),
)


class Shortcoming(Model):
    """One thing that is not accessible, in the organisation's own words."""

    __tablename__ = "shortcoming"

    id: Mapped[Key]
    statement_id: Mapped[int] = reference("accessibility_statement.id", ondelete="CASCADE")
    reason: Mapped[Reason] = closed_set(Reason)
    what: Mapped[Long]
    place: Mapped[Short | None]
    """Where it is met: a page, or a part of one."""
    criterion: Mapped[Short | None]
    """Of WCAG, by number and name."""
    why: Mapped[Long | None]
    instead: Mapped[Long | None]
    """Another way to the same content."""
    since: Mapped[date | None]
    mended_by: Mapped[date | None]


class AccessibilityReport(Model):
    """What somebody has reported. It knows nobody: only what was written, and how they wish to be answered."""

    __tablename__ = "accessibility_report"

    id: Mapped[Key]
    organisation_id: Mapped[int] = reference("organisation.id", ondelete="CASCADE")
    about: Mapped[About] = closed_set(About)
    what: Mapped[Long]
    page: Mapped[Short | None]
    contact: Mapped[Short | None]
    language: Mapped[Short]
    """Of the page that it was written on: what an answer may be written in."""
    sent_at: Mapped[datetime]
    answer_by: Mapped[date]
    """The last day of the time that was promised when it was sent."""
    handled_at: Mapped[datetime | None]
    handled_by_id: Mapped[int | None] = reference("person.id", ondelete="SET NULL")

    handled_by: Mapped[Person | None] = relationship()
