"""The coverage of a campaign on a day, unit by unit, rolled up the tree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from app import plain
from app.coverage import words
from app.coverage.statuses import Group, groups
from app.db import session
from app.models import Campaign, Unit

PUBLIC = "public"
"""The kind of the row for those who are nobody's staff, beside the values of UnitKind."""


@dataclass(frozen=True)
class Counts:
    """How many are in scope, and how many of them have each status; `unreached` are among the last two."""

    in_scope: int = 0
    completed: int = 0
    absent: int = 0
    expired: int = 0
    within_time: int = 0
    late: int = 0
    unreached: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(mine + theirs for mine, theirs in zip(_values(self), _values(other), strict=True)))

    @property
    def on_duty(self) -> int:
        return self.in_scope - self.absent

    @property
    def on_track(self) -> int:
        return self.completed + self.within_time


def _values(counts: Counts) -> tuple[int, ...]:
    return tuple(vars(counts).values())


@dataclass(frozen=True)
class Line:
    """A unit with all below it. `parent` is None for one that stands at the top of the report."""

    id: int | None
    name: str
    parent: int | None
    kind: str
    counts: Counts


@dataclass(frozen=True)
class Report:
    organisation: str
    on: date
    rule: str
    total: Counts
    units: list[Line] = field(default_factory=list)
    """Staff and companies, each line after its parent's; the top ones sum to `total`."""
    apart: list[Line] = field(default_factory=list)
    """Elected members, partners and the public: never part of `total`."""

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "organisation": self.organisation,
            "on": self.on.isoformat(),
            "rule": self.rule,
            "total": asdict(self.total),
            "units": [_flat(line) for line in self.units],
            "apart": [_flat(line) | {"kind": line.kind} for line in self.apart],
        }


def _flat(line: Line) -> dict[str, Any]:
    return {"id": line.id, "name": line.name, "parent": line.parent} | asdict(line.counts)


def by_unit(campaign: Campaign, on: date, within: Collection[int] | None = None) -> Report:
    """Every unit that the campaign covers, with all below it, as the facts stand now about that day.

    `within`: only these units and all below them, as one with a right over some units sees it, without the public.
    """
    direct = _by_home_unit(groups(campaign, on))
    tree = _Tree(campaign, direct, on, within)
    staff = [line for top in tree.tops if top.kind.is_staff for line in tree.lines(top, None)]
    apart = [line for top in tree.tops if not top.kind.is_staff for line in tree.lines(top, None)]
    public = [Line(None, words.public(), None, PUBLIC, direct.get(None, Counts()))] if within is None else []
    return Report(
        organisation=campaign.organisation.name,
        on=on,
        rule=words.rule(campaign),
        total=_sum(line.counts for line in staff if line.parent is None),
        units=staff,
        apart=apart + public,
    )


def _by_home_unit(groups: Iterable[Group]) -> dict[int | None, Counts]:
    """The counts of those placed directly in each unit."""
    found: dict[int | None, Counter[str]] = defaultdict(Counter)
    for group in groups:
        found[group.unit_id].update({"in_scope": group.people, group.status: group.people})
        found[group.unit_id]["unreached"] += group.people * group.unreached
    return {unit: Counts(**counted) for unit, counted in found.items()}


def _sum(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


class _Tree:
    """The units that a campaign covers, as they hang together today."""

    def __init__(
        self, campaign: Campaign, direct: dict[int | None, Counts], on: date, within: Collection[int] | None
    ) -> None:
        found = session.scalars(select(Unit).where(Unit.organisation_id == campaign.organisation_id))
        self.units = {unit.id: unit for unit in sorted(found, key=lambda unit: plain.order(unit.name))}
        self.below: dict[int | None, list[Unit]] = {}
        for unit in self.units.values():
            self.below.setdefault(unit.parent_id, []).append(unit)
        self.direct, self.on = direct, on
        covered = self._with_all_below({each.unit_id for each in campaign.units} or set(self.units))
        shown = covered if within is None else covered & self._with_all_below(set(within))
        self.tops = [unit for unit in self.units.values() if unit.id in shown and unit.parent_id not in shown]

    def _with_all_below(self, tops: set[int]) -> set[int]:
        found, next_ = set(tops), set(tops)
        while next_:
            next_ = {unit.id for each in next_ for unit in self.below.get(each, ())} - found
            found |= next_
        return found

    def lines(self, unit: Unit, parent: int | None) -> list[Line]:
        """The unit's line, then those below it; without units that are closed and empty."""
        below = [line for child in self.below.get(unit.id, ()) for line in self.lines(child, unit.id)]
        total = _sum(line.counts for line in below if line.parent == unit.id) + self.direct.get(unit.id, Counts())
        closed = unit.closed_at is not None and unit.closed_at.date() <= self.on
        if closed and not total.in_scope:
            return []
        return [Line(unit.id, unit.name, parent, unit.kind.value, total), *below]
