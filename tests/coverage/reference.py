"""A slow, plain count of the statuses, one person and one day at a time, to hold the real one against."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from app.models import EmploymentKind
from app.people import Employment

HORIZON = date(2027, 6, 1)
"""Later than every day in the tests: what has no end lasts until here."""


@dataclass
class Fact:
    """Module `module` completed with its revision number `revision` on a day, and perhaps declared mistaken later."""

    module: int
    revision: int
    on: date
    mended_on: date | None = None


@dataclass
class Someone:
    employments: list[Employment] = field(default_factory=list)
    away: list[tuple[date, date | None]] = field(default_factory=list)
    exempt: list[tuple[date, date | None]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    mails: list[tuple[date, bool]] = field(default_factory=list)
    """The day each mail was accepted, in order, and whether it bounced."""
    slip: date | None = None
    address: str | None = None

    @cached_property
    def employed_days(self) -> set[date]:
        return set().union(*(days(each.starts_on, each.ends_on) for each in self.employments))

    @cached_property
    def long_absences(self) -> set[tuple[date, date]]:
        """First day away and first day back of every absence of 30 days or more."""
        away: set[date] = set().union(*(days(*each) for each in self.away))
        runs = {stretch(away, day) for day in away if day - timedelta(days=1) not in away}
        return {(first, last + timedelta(days=1)) for first, last in runs if (last - first).days + 1 >= 30}


@dataclass
class Rules:
    starts_on: date
    due_days: int
    valid_days: int | None
    retakes: list[tuple[int, int, date]]
    """Module, number of the revision that must be retaken, and the day it was published."""
    modules: int = 2
    kinds: tuple[EmploymentKind, ...] = (EmploymentKind.PERMANENT, EmploymentKind.HOURLY)
    shortest: int = 30


def days(start: date, end: date | None) -> set[date]:
    return {start + timedelta(days=n) for n in range(((end or HORIZON) - start).days)}


def stretch(all_days: set[date], day: date) -> tuple[date, date]:
    """The unbroken run of days around `day`: first and last."""
    first = last = day
    while first - timedelta(days=1) in all_days:
        first -= timedelta(days=1)
    while last + timedelta(days=1) in all_days:
        last += timedelta(days=1)
    return first, last


def home(someone: Someone, on: date, rules: Rules) -> int | None:
    """The unit in which the person is counted on the day, if in any."""
    there = [each for each in someone.employments if each.starts_on <= on < (each.ends_on or HORIZON)]
    if not there or any(start <= on < (end or HORIZON) for start, end in someone.exempt):
        return None
    largest = max(each.share for each in there)
    chosen = sorted((each for each in there if each.share == largest), key=lambda each: each.starts_on)[0]
    first, last = employed(someone, on)
    known_to_be_short = last < HORIZON - timedelta(days=1) and (last - first).days + 1 < rules.shortest
    return None if known_to_be_short or chosen.kind not in rules.kinds else chosen.unit_id


def employed(someone: Someone, on: date) -> tuple[date, date]:
    return stretch(someone.employed_days, on)


def absent(someone: Someone, on: date) -> bool:
    return any(first <= on and (on - back).days < 14 for first, back in someone.long_absences)


def valid(fact: Fact, on: date, rules: Rules) -> bool:
    retaken = any(
        module == fact.module and number > fact.revision and published <= on
        for module, number, published in rules.retakes
    )
    return not retaken and (rules.valid_days is None or (on - fact.on).days < rules.valid_days)


def status(someone: Someone, on: date, rules: Rules) -> str:
    facts = [
        fact for fact in someone.facts if fact.on <= on and not (fact.mended_on is not None and fact.mended_on <= on)
    ]
    if len({fact.module for fact in facts if valid(fact, on, rules)}) == rules.modules:
        return "completed"
    if absent(someone, on):
        return "absent"
    if len({fact.module for fact in facts}) == rules.modules:
        return "expired"
    return "within_time" if on <= due(someone, on, rules) else "late"


def due(someone: Someone, on: date, rules: Rules) -> date:
    began = [rules.starts_on, employed(someone, on)[0]]
    began += [back for _first, back in someone.long_absences if back <= on]
    reached = [day for day, bounced in someone.mails if day <= on and not bounced]
    reached += [someone.slip] if someone.slip and someone.slip <= on else []
    first = min(reached) if reached else max(began) + timedelta(days=14)
    return max(*began, first) + timedelta(days=rules.due_days)


def unreached(someone: Someone, on: date, shared: set[str]) -> bool:
    if someone.slip and someone.slip <= on:
        return False
    sent = [bounced for day, bounced in someone.mails if day <= on]
    return someone.address is None or someone.address in shared or not sent or sent[-1]


def count(people: list[Someone], on: date, rules: Rules) -> dict[int, dict[str, int]]:
    """The seven counts of those placed directly in each unit."""
    held = [someone.address for someone in people if someone.address]
    shared = {address for address in held if held.count(address) > 1}
    units: dict[int, dict[str, int]] = {}
    for someone in people:
        unit = home(someone, on, rules)
        if unit is None:
            continue
        counts = units.setdefault(
            unit, dict.fromkeys(("in_scope", "completed", "absent", "expired", "within_time", "late", "unreached"), 0)
        )
        found = status(someone, on, rules)
        counts["in_scope"] += 1
        counts[found] += 1
        counts["unreached"] += found in ("within_time", "late") and unreached(someone, on, shared)
    return units
