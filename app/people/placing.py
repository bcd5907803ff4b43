"""One home unit a person and day, from all their employments."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.db import session
from app.models import EmploymentKind, Person, Placement

EVER = date.max
"""Stands for the end of what has no end, while days are compared."""


@dataclass(frozen=True)
class Employment:
    """From `starts_on` up to, but not including, `ends_on`; `share` is the part of full time, in per cent."""

    unit_id: int
    starts_on: date
    ends_on: date | None = None
    share: int = 100
    kind: EmploymentKind = EmploymentKind.PERMANENT

    @property
    def end(self) -> date:
        return self.ends_on or EVER


@dataclass(frozen=True)
class Interval:
    """A home unit over some days, and the unbroken employment that they belong to; all half-open."""

    unit_id: int
    kind: EmploymentKind
    starts_on: date
    ends_on: date | None
    employed_from: date
    employed_until: date | None


def home_placements(employments: Iterable[Employment]) -> list[Interval]:
    """The home unit over time: the largest share wins, then the oldest employment; never two on one day."""
    real = [each for each in employments if each.end > each.starts_on]
    stretches = _unbroken(real)
    homes: list[Interval] = []
    for begin, end in pairwise(sorted({day for each in real for day in (each.starts_on, each.end)})):
        there = [each for each in real if each.starts_on <= begin < each.end]
        if there:
            home = min(there, key=lambda each: (-each.share, each.starts_on, each.unit_id, each.kind))
            whole = next(stretch for stretch in stretches if stretch[0] <= begin < stretch[1])
            homes.append(Interval(home.unit_id, home.kind, begin, _known(end), whole[0], _known(whole[1])))
    return _joined(homes)


def _unbroken(employments: Collection[Employment]) -> list[tuple[date, date]]:
    """The stretches of employment without a day's gap."""
    stretches: list[tuple[date, date]] = []
    for each in sorted(employments, key=lambda each: each.starts_on):
        if stretches and each.starts_on <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], each.end))
        else:
            stretches.append((each.starts_on, each.end))
    return stretches


def _known(end: date) -> date | None:
    return None if end == EVER else end


def _joined(homes: list[Interval]) -> list[Interval]:
    """Neighbours with the same home become one."""
    joined: list[Interval] = []
    for home in homes:
        last = joined[-1] if joined else None
        if last and (last.unit_id, last.kind, last.ends_on) == (home.unit_id, home.kind, home.starts_on):
            joined[-1] = Interval(
                last.unit_id, last.kind, last.starts_on, home.ends_on, last.employed_from, last.employed_until
            )
        else:
            joined.append(home)
    return joined


def place(person: Person, employments: Iterable[Employment]) -> bool:
    """Give the person the placements that these employments make, in place of those they had. True if any changed."""
    wanted = home_placements(employments)
    if [_as_interval(each) for each in person.placements] == wanted:
        return False
    if person.placements:
        person.placements.clear()
        session.flush()  # The old rows leave before the new ones come.
    person.placements.extend(
        Placement(
            unit_id=each.unit_id,
            kind=each.kind,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            employed_from=each.employed_from,
            employed_until=each.employed_until,
        )
        for each in wanted
    )
    return True


def _as_interval(placement: Placement) -> Interval:
    return Interval(
        placement.unit_id,
        placement.kind,
        placement.starts_on,
        placement.ends_on,
        placement.employed_from,
        placement.employed_until,
    )
