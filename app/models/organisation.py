"""The organisation (the wall no query crosses), its units and its domains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, LargeBinary, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from app.db import Key, Model, Short, reference
from app.models.types import closed_set


class UnitKind(StrEnum):
    """What a top unit is; everything below it is of the same kind."""

    STAFF = "staff"
    COMPANY = "company"
    ELECTED = "elected"
    PARTNER = "partner"

    @property
    def is_staff(self) -> bool:
        """Whether its people are part of "all staff"; the others are shown apart."""
        return self in (UnitKind.STAFF, UnitKind.COMPANY)


class Organisation(Model):
    __tablename__ = "organisation"

    id: Mapped[Key]
    slug: Mapped[Short] = mapped_column(unique=True)
    name: Mapped[Short]
    zone: Mapped[Short] = mapped_column(default="Europe/Stockholm")
    created_at: Mapped[datetime]
    sends_per_minute: Mapped[int] = mapped_column(default=30)
    """A Microsoft 365 mailbox takes 30 a minute (mail.md)."""
    counted_kinds: Mapped[list[str]]
    """The kinds of employment that count in scope (values of EmploymentKind)."""
    shortest_employment_days: Mapped[int] = mapped_column(default=30)
    """Employments known to be shorter than this are not in scope."""
    brand: Mapped[Short | None]
    """The one colour of its own, as #rrggbb, as it was chosen; the style sheet mends it."""
    data_protection: Mapped[Short | None]
    """Where its data protection officer is reached: a mail address."""

    domains: Mapped[list[Domain]] = relationship(back_populates="organisation", cascade="all, delete-orphan")
    units: Mapped[list[Unit]] = relationship(back_populates="organisation")
    logo: Mapped[Logo | None] = relationship(cascade="all, delete-orphan")

    def owns_address(self, address: str) -> bool:
        """Whether the address is in one of the organisation's own domains."""
        domain = address.rpartition("@")[2].lower()
        return any(own.name == domain for own in self.domains)

    def unit_at(self, path: Sequence[str]) -> Unit:
        """The unit at a path of names from the top; missing ones are created."""
        known = {(unit.parent_id, unit.name): unit for unit in self.units}
        parent: Unit | None = None
        for name in path:
            unit = known.get((parent.id if parent else None, name))
            if unit is None:
                unit = Unit(
                    organisation=self,
                    organisation_id=self.id,
                    parent_id=parent.id if parent else None,
                    name=name,
                    kind=parent.kind if parent else UnitKind.STAFF,
                )
                session = object_session(self)
                assert session is not None, "an organisation outside a session has no units"
                session.add(unit)
                session.flush()
            parent = unit
        if parent is None:
            raise ValueError("a unit needs a name")
        return parent


class Logo(Model):
    """The organisation's logo, cleaned, as it is shown at the top of a page."""

    __tablename__ = "logo"

    organisation_id: Mapped[int] = reference("organisation.id", index=False, ondelete="CASCADE", primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    media_type: Mapped[Short]
    digest: Mapped[Short] = mapped_column(index=True)
    """Of the content: its address, so that what is once fetched never changes."""
    width: Mapped[int]
    height: Mapped[int]
    """Pixels; of a drawn logo only its shape."""

    @property
    def has_words(self) -> bool:
        """Whether it is so wide that the organisation's name stands in it, and need not stand beside."""
        return self.width >= 2 * self.height


class Domain(Model):
    """A mail domain that is the organisation's own."""

    __tablename__ = "domain"

    id: Mapped[Key]
    organisation_id: Mapped[int] = reference("organisation.id", ondelete="CASCADE")
    name: Mapped[Short] = mapped_column(index=True)

    organisation: Mapped[Organisation] = relationship(back_populates="domains")

    __table_args__ = (UniqueConstraint("organisation_id", "name"),)


class Unit(Model):
    """A node in the organisation's tree; a top one is a förvaltning, a company, the elected members or partners."""

    __tablename__ = "unit"

    id: Mapped[Key]
    organisation_id: Mapped[int] = reference("organisation.id")
    parent_id: Mapped[int | None] = reference("unit.id")
    name: Mapped[Short]
    kind: Mapped[UnitKind] = closed_set(UnitKind, default=UnitKind.STAFF)
    hidden_at: Mapped[datetime | None]
    """From when the unit is left out of the list that people choose from when they register."""
    closed_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(back_populates="units")
    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id")

    __table_args__ = (UniqueConstraint("organisation_id", "parent_id", "name"),)

    def mark(self, kind: UnitKind) -> None:
        """Say what this unit is; all below it follows."""
        session = object_session(self)
        assert session is not None, "a unit outside a session has nothing below it"
        self.kind = kind
        for child in session.scalars(select(Unit).where(Unit.parent_id == self.id)):
            child.mark(kind)


Index(
    "uq_unit_organisation_id_name_at_top",
    Unit.organisation_id,
    Unit.name,
    unique=True,
    sqlite_where=Unit.parent_id.is_(None),
    postgresql_where=Unit.parent_id.is_(None),
)
