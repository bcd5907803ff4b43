"""Who a campaign is for on a day: a query evaluated for that day, never an event to miss (coverage.md)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.models import Absence, Campaign, CampaignUnit, Exemption, Organisation, Placement, Unit

LONG_ABSENCE_DAYS = 30
GRACE_DAYS = 14
"""One who has returned from a long absence still counts as absent for this many days."""


class days_from(FunctionElement[int]):
    """Whole days from the first date to the second."""

    type = sa.Integer()
    inherit_cache = True


@compiles(days_from, "sqlite")
def _days_in_sqlite(element: days_from, compiler: Any, **options: Any) -> str:
    first, second = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"


@compiles(days_from, "postgresql")
def _days_in_postgresql(element: days_from, compiler: Any, **options: Any) -> str:
    first, second = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({second} - {first})"


def in_scope(campaign: Campaign, on: date) -> sa.Select[int, int, date, bool, date | None]:
    """The people the campaign is for on the day: person_id, unit_id, employed_from, absent, returned_on.

    One row a person, since a person has one home placement on a day. `absent`: away 30 days or more that day,
    or back since less than 14 days; `returned_on`: the first day back from the latest long absence, if any.
    """
    away = _absences(on)
    return (
        select(
            Placement.person_id,
            Placement.unit_id,
            Placement.employed_from,
            sa.case((away.c.absent == 1, True), else_=False).label("absent"),
            away.c.returned_on,
        )
        .join(away, away.c.person_id == Placement.person_id, isouter=True)
        .where(
            Placement.unit_id.in_(select(_covered(campaign).c.id)),
            _holds(Placement, on),
            *_counted(campaign.organisation),
            Placement.person_id.not_in(select(Exemption.person_id).where(_holds(Exemption, on))),
        )
    )


def _covered(campaign: Campaign) -> sa.CTE:
    """The units of the campaign and all below them; a campaign that names none is for all, also for those to come."""
    named = select(CampaignUnit.unit_id).where(CampaignUnit.campaign_id == campaign.id)
    chosen = select(Unit.id.label("id")).where(
        Unit.organisation_id == campaign.organisation_id, or_(Unit.id.in_(named), ~named.exists())
    )
    units = chosen.cte("covered", recursive=True)
    return units.union(select(Unit.id).where(Unit.parent_id == units.c.id))


def _holds(interval: type[Placement] | type[Exemption], on: date) -> ColumnElement[bool]:
    """The day lies in the half-open interval."""
    return and_(interval.starts_on <= on, or_(interval.ends_on.is_(None), interval.ends_on > on))


def _counted(organisation: Organisation) -> list[ColumnElement[bool]]:
    """The employments that the organisation counts: by kind, and not known to be too short."""
    days = days_from(Placement.employed_from, Placement.employed_until)
    long_enough = days >= organisation.shortest_employment_days
    return [
        Placement.kind.in_(organisation.counted_kinds),
        or_(Placement.employed_until.is_(None), long_enough),
    ]


def _absences(on: date) -> sa.Subquery:
    """The long absences begun by the day, one row a person; one without an end is not known to be short."""
    days = days_from(Absence.starts_on, Absence.ends_on)
    lately = or_(Absence.ends_on.is_(None), Absence.ends_on > on - timedelta(days=GRACE_DAYS))
    back = sa.case((Absence.ends_on <= on, Absence.ends_on))
    return (
        select(
            Absence.person_id,
            sa.func.max(sa.case((lately, 1), else_=0)).label("absent"),
            sa.func.max(back).label("returned_on"),
        )
        .where(Absence.starts_on <= on, or_(Absence.ends_on.is_(None), days >= LONG_ABSENCE_DAYS))
        .group_by(Absence.person_id)
        .subquery("away")
    )
