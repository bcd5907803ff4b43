"""Courses, their modules, and the revisions that each module's text has had."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Key, Long, Model, Short, reference


class Course(Model):
    """A course that belongs to the installation (no organisation), or an organisation's own copy."""

    __tablename__ = "course"

    id: Mapped[Key]
    organisation_id: Mapped[int | None] = reference("organisation.id")
    key: Mapped[Short]
    title: Mapped[dict[str, str]]
    description: Mapped[dict[str, str]]
    days_between: Mapped[int]
    published_at: Mapped[datetime | None]

    modules: Mapped[list[Module]] = relationship(back_populates="course", order_by="Module.position")

    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    @property
    def current(self) -> list[Module]:
        """The modules the course has now, in order."""
        return [module for module in self.modules if module.retired_at is None]


class Module(Model):
    """One mail's worth of a course; `key` is the id in the front matter, which never changes."""

    __tablename__ = "module"

    id: Mapped[Key]
    course_id: Mapped[int] = reference("course.id")
    key: Mapped[Short]
    position: Mapped[int]
    retired_at: Mapped[datetime | None]

    course: Mapped[Course] = relationship(back_populates="modules")
    revisions: Mapped[list[Revision]] = relationship(back_populates="module", order_by="Revision.number")

    __table_args__ = (UniqueConstraint("course_id", "key"),)


class Revision(Model):
    """One numbered set of all language texts that a module has had."""

    __tablename__ = "revision"

    id: Mapped[Key]
    module_id: Mapped[int] = reference("module.id", index=False)
    number: Mapped[int]
    version: Mapped[int]
    retake: Mapped[bool]
    """True when those who completed an earlier version must take the module again."""
    minutes: Mapped[int]
    published_at: Mapped[datetime]
    media: Mapped[dict[str, str]]
    """Name as written in the text -> name of the stored file (its digest and ending)."""
    digest: Mapped[Short]
    """Of all texts and media, so that publishing adds a revision only where something changed."""

    module: Mapped[Module] = relationship(back_populates="revisions")
    texts: Mapped[list[RevisionText]] = relationship(back_populates="revision", cascade="all, delete-orphan")

    __table_args__ = (UniqueConstraint("module_id", "number"),)


class RevisionText(Model):
    __tablename__ = "revision_text"

    revision_id: Mapped[int] = reference("revision.id", index=False, ondelete="CASCADE", primary_key=True)
    language: Mapped[Short] = mapped_column(primary_key=True)
    title: Mapped[Short]
    source: Mapped[Long]

    revision: Mapped[Revision] = relationship(back_populates="texts")


Index(
    "uq_course_key_of_installation",
    Course.key,
    unique=True,
    sqlite_where=Course.organisation_id.is_(None),
    postgresql_where=Course.organisation_id.is_(None),
)
