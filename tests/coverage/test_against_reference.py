"""The count is the one that a patient clerk would make, person by person and day by day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, time, timedelta
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app import coverage, db
from app.models import Campaign, EmploymentKind
from app.people import Employment
from tests.coverage import reference
from tests.coverage.reference import Fact, Rules, Someone
from tests.coverage.staging import stage
from tests.world import World

FIRST = date(2026, 9, 1)
DAYS = 70
STATUSES = ("completed", "absent", "expired", "within_time", "late")


class Chance(Random):
    """Invents people whose days lie close together, so that every edge is met."""

    def day(self) -> date:
        return FIRST + timedelta(days=self.randrange(DAYS))

    def interval(self, lengths: tuple[int | None, ...]) -> tuple[date, date | None]:
        start, length = self.day(), self.choice(lengths)
        return start, start + timedelta(days=length) if length else None

    def rules(self) -> Rules:
        return Rules(
            starts_on=FIRST + timedelta(days=self.randrange(20)),
            due_days=self.choice([1, 14, 30]),
            valid_days=self.choice([None, 20]),
            retakes=[(module, 2, self.day()) for module in range(2) if self.random() < 0.5],
        )

    def employments(self, units: list[int]) -> list[Employment]:
        starts = self.sample(range(30), self.choice([1, 1, 2, 3]))
        return [
            Employment(
                self.choice(units),
                start := FIRST + timedelta(days=first),
                (length := self.choice([None, None, 10, 29, 30, 31])) and start + timedelta(days=length),
                self.choice([40, 60]),
                self.choices([EmploymentKind.PERMANENT, EmploymentKind.CONSULTANT], [9, 1])[0],
            )
            for first in starts
        ]

    def someone(self, units: list[int]) -> Someone:
        mails = sorted((self.day(), self.random() < 0.3) for _ in range(self.choice([0, 1, 1, 2, 3])))
        return Someone(
            employments=self.employments(units),
            away=[self.interval((10, 29, 30, 31, None)) for _ in range(self.choice([0, 0, 1, 2]))],
            exempt=[self.interval((5, 20)) for _ in range(self.choice([0, 0, 0, 1]))],
            facts=self.facts() if self.random() < 0.6 else [],
            mails=sorted(mails, key=lambda mail: mail[0]),
            slip=self.day() if self.random() < 0.2 else None,
            address=self.choice([None, "kok@sundby.example", *(f"{n}@sundby.example" for n in range(60))]),
        )

    def facts(self) -> list[Fact]:
        both = [Fact(module, self.choice([1, 1, 2, 3]), self.day()) for module in (0, 1, self.randrange(2))]
        for fact in both:
            fact.mended_on = self.day() if self.random() < 0.4 else None
        return both[: self.choice([1, 2, 2, 3])]


@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=4, deadline=None, phases=[Phase.generate], derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_the_count_is_what_counting_day_by_day_gives(world: World, seed: int) -> None:
    chance = Chance(seed)
    rules, units = chance.rules(), [world.east.id, world.west.id, world.school.id]
    everyone = [chance.someone(units) for _ in range(90)]
    # A mail at half past eleven at night, in the organisation's own zone, belongs to that day.
    clock = chance.choice([time(0, 30), time(23, 30)])
    with db.writing():
        campaign = db.session.get_one(Campaign, world.campaign.id)
        _without_the_worlds_own_people(world)
        stage(campaign, rules, everyone, clock)
        for on in sorted(chance.day() for _ in range(12)):
            report = coverage.by_unit(campaign, on)
            expected = reference.count(everyone, on, rules)
            counted = {line.id: asdict(line.counts) for line in report.units if line.counts.in_scope}
            assert {unit: counted.get(unit) for unit in expected} == expected, (on, rules)
            _sums_hold(report)


def _without_the_worlds_own_people(world: World) -> None:
    for person in (world.asa, world.amina, world.jonas):
        db.session.merge(person).placements.clear()


def _sums_hold(report: coverage.Report) -> None:
    """Children sum to their parent, the top ones to the total, and the statuses to the denominator."""
    for line in report.units:
        children = [each.counts for each in report.units if each.parent == line.id]
        assert not children or sum(children, coverage.Counts()) == line.counts
        assert sum(getattr(line.counts, status) for status in STATUSES) == line.counts.in_scope
        assert line.counts.unreached <= line.counts.within_time + line.counts.late
    tops = [line.counts for line in report.units if line.parent is None]
    assert sum(tops, coverage.Counts()) == report.total
