"""Whose names HR may see: everybody's in the organisation, or with a right over a unit those who belong there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from app.models import Person, Placement, Role, Unit


def hr_units(asker: Person, on: date) -> set[int] | None:
    """The units over which the asker is HR on the day; None for the whole organisation."""
    units = {right.unit_id for right in asker.rights if right.role == Role.HR and right.holds(on)}
    return None if None in units else {unit for unit in units if unit is not None}


def seen_by(asker: Person, on: date) -> ColumnElement[bool]:
    """Which people's names the asker may see, as HR.

    One belongs to the unit of one's latest placement, also when it has ended; before any, to the unit one has named.
    """
    own = Person.organisation_id == asker.organisation_id
    units = hr_units(asker, on)
    if units is None:
        return own
    named = and_(~Person.placements.any(), Person.declared_unit_id.in_(_and_below(units)))
    return and_(own, or_(_placed_in(units, on), named))


def _placed_in(units: Collection[int], on: date) -> ColumnElement[bool]:
    later = aliased(Placement)
    newer = select(later.id).where(
        later.person_id == Placement.person_id, later.starts_on <= on, later.starts_on > Placement.starts_on
    )
    return (
        select(Placement.id)
        .where(Placement.person_id == Person.id, Placement.starts_on <= on, ~newer.exists())
        .where(Placement.unit_id.in_(_and_below(units)))
        .exists()
    )


def may_place_in(asker: Person, on: date, paths: dict[int, str]) -> dict[int, str]:
    """Of the units (id → path), those into which the asker may accept somebody."""
    units = hr_units(asker, on)
    if units is None:
        return paths
    tops = [paths[unit] for unit in units if unit in paths]
    return {id: path for id, path in paths.items() if any(f"{path} / ".startswith(f"{top} / ") for top in tops)}


def _and_below(units: Collection[int]) -> Select[int]:
    """The units and all below them, as a query of ids."""
    tree = select(Unit.id.label("id")).where(Unit.id.in_(units)).cte(recursive=True)
    tree = tree.union(select(Unit.id).where(Unit.parent_id == tree.c.id))
    return select(tree.c.id)
