"""What was reported: monthly totals that no later fact changes."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from app.db import Key, Long, Model, Short, reference
from app.models.organisation import UnitKind
from app.models.types import closed_set


class FrozenTotal(Model):
    """All counts of one unit in one campaign on one day, with the tree and the rule as they were then."""

    __tablename__ = "frozen_total"

    id: Mapped[Key]
    organisation_id: Mapped[int] = reference("organisation.id")
    campaign_id: Mapped[int] = reference("campaign.id")
    on: Mapped[date]
    unit: Mapped[int]
    """The unit's id then; not a reference, since the unit may be gone now."""
    parent: Mapped[int | None]
    name: Mapped[Short]
    kind: Mapped[UnitKind] = closed_set(UnitKind)
    rule: Mapped[Long]
    in_scope: Mapped[int]
    completed: Mapped[int]
    absent: Mapped[int]
    expired: Mapped[int]
    within_time: Mapped[int]
    late: Mapped[int]
    unreached: Mapped[int]
    frozen_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("campaign_id", "on", "unit"),)
