"""A campaign, who is enrolled in it, the steps they have posted, and the fact of completion."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Key, Model, Short, reference
from app.models.course import Course, Module, Revision
from app.models.organisation import Organisation, Unit
from app.models.person import Person
from app.models.types import closed_set


class How(StrEnum):
    """How a module was completed, or that the fact mends an earlier one."""

    LINK = "link"
    MEETING = "meeting"
    CERTIFICATE = "certificate"
    CORRECTION = "correction"


class Campaign(Model):
    """One course, to some units, from a day, at a pace, due by a number of days."""

    __tablename__ = "campaign"

    id: Mapped[Key]
    organisation_id: Mapped[int] = reference("organisation.id")
    course_id: Mapped[int] = reference("course.id")
    name: Mapped[Short]
    starts_on: Mapped[date]
    due_days: Mapped[int]
    """Days that a person has, from the latest of the dates that coverage.md names."""
    days_between: Mapped[int]
    """Days between the mails that open one module and the next."""
    valid_days: Mapped[int | None]
    """For how long a completion is valid; None: always."""
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    course: Mapped[Course] = relationship()
    units: Mapped[list[CampaignUnit]] = relationship(cascade="all, delete-orphan")
    modules: Mapped[list[CampaignModule]] = relationship(
        order_by="CampaignModule.position", cascade="all, delete-orphan"
    )


class CampaignUnit(Model):
    """The campaign covers this unit and all below it. One that names no unit covers the whole organisation."""

    __tablename__ = "campaign_unit"

    campaign_id: Mapped[int] = reference("campaign.id", index=False, ondelete="CASCADE", primary_key=True)
    unit_id: Mapped[int] = reference("unit.id", primary_key=True)

    unit: Mapped[Unit] = relationship()


class CampaignModule(Model):
    """A module that the campaign requires, fixed when it started: a change of the course changes no figure."""

    __tablename__ = "campaign_module"

    campaign_id: Mapped[int] = reference("campaign.id", index=False, ondelete="CASCADE", primary_key=True)
    module_id: Mapped[int] = reference("module.id", primary_key=True)
    position: Mapped[int]

    module: Mapped[Module] = relationship()


class Enrolment(Model):
    """One person in one campaign."""

    __tablename__ = "enrolment"

    id: Mapped[Key]
    campaign_id: Mapped[int] = reference("campaign.id", index=False)
    person_id: Mapped[int] = reference("person.id", ondelete="CASCADE")
    enrolled_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """When the person left the campaign's scope; their facts stay."""

    campaign: Mapped[Campaign] = relationship()
    person: Mapped[Person] = relationship()

    __table_args__ = (UniqueConstraint("campaign_id", "person_id"),)


class StepPost(Model):
    """The person has posted a step, never what they chose. It belongs to the module and ends with completion."""

    __tablename__ = "step_post"

    person_id: Mapped[int] = reference("person.id", index=False, ondelete="CASCADE", primary_key=True)
    module_id: Mapped[int] = reference("module.id", index=False, primary_key=True)
    step: Mapped[Short] = mapped_column(primary_key=True)
    posted_at: Mapped[datetime]


class Completion(Model):
    """The fact that a person completed a module. Never edited: a mistake is mended by a new fact."""

    __tablename__ = "completion"

    id: Mapped[Key]
    person_id: Mapped[int] = reference("person.id", index=False, ondelete="CASCADE")
    module_id: Mapped[int] = reference("module.id")
    revision_id: Mapped[int] = reference("revision.id")
    completed_at: Mapped[datetime]
    completed_on: Mapped[date]
    """The day of `completed_at` in the organisation's time zone: what as-of figures compare."""
    how: Mapped[How] = closed_set(How)
    by_person_id: Mapped[int | None] = reference("person.id", ondelete="SET NULL")
    corrects_id: Mapped[int | None] = reference("completion.id", ondelete="CASCADE")
    """The completion that this correction declares mistaken."""
    reason: Mapped[Short | None]
    once: Mapped[Short | None] = mapped_column(unique=True)
    """What makes the fact single: a second press, tab or scanner meets this key and changes nothing."""

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    module: Mapped[Module] = relationship()
    revision: Mapped[Revision] = relationship()

    __table_args__ = (
        CheckConstraint("(how = 'correction') = (corrects_id is not null)", name="correction_corrects"),
        Index("ix_completion_facts", "person_id", "module_id", "completed_on", "revision_id", "how"),
    )
