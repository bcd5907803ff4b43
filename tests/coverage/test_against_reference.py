"""The count is the one that a patient clerk would make, person by person and day by day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, time, timedelta

from hypothesis import HealthCheck, given, settings, strategies as st

from app import coverage, db
from app.models import Campaign, EmploymentKind
from app.people import Employment
from tests.coverage import reference
from tests.coverage.reference import Fact, Rules, Someone
from tests.coverage.staging import stage
from tests.world import World

FIRST = date(2026, 9, 1)
STATUSES = ("completed", "absent", "expired", "within_time", "late")

day = st.integers(0, 90).map(lambda n: FIRST + timedelta(days=n))
length = st.sampled_from([1, 13, 14, 15, 29, 30, 31, 45, None])


def after(start: date, days: int | None) -> date | None:
    return start + timedelta(days=days) if days else None


interval = st.builds(lambda start, days: (start, after(start, days)), day, length)


def employments(units: list[int]) -> st.SearchStrategy[list[Employment]]:
    one = st.builds(
        lambda unit, span, share, kind: Employment(unit, span[0], span[1], share, kind),
        st.sampled_from(units), interval, st.sampled_from([40, 60]),
        st.sampled_from([EmploymentKind.PERMANENT, EmploymentKind.CONSULTANT]),
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda each: each.starts_on)


fact = st.builds(Fact, st.integers(0, 1), st.integers(1, 3), day, st.none() | day)
mails = st.lists(st.tuples(day, st.booleans()), max_size=3).map(lambda found: sorted(found, key=lambda each: each[0]))
address = st.sampled_from([None, "kok@sundby.example", "a@sundby.example", "b@sundby.example"])
rules = st.builds(
    Rules,
    starts_on=day,
    due_days=st.sampled_from([1, 14, 30]),
    valid_days=st.sampled_from([None, None, 20]),
    retakes=st.lists(st.tuples(st.integers(0, 1), st.integers(2, 3), day), max_size=2, unique_by=lambda each: each[:2]),
)


def people(units: list[int]) -> st.SearchStrategy[list[Someone]]:
    someone = st.builds(
        Someone, employments=employments(units), away=st.lists(interval, max_size=2),
        exempt=st.lists(interval, max_size=1), facts=st.lists(fact, max_size=4), mails=mails, slip=st.none() | day,
        address=address,
    )  # fmt: skip
    return st.lists(someone, min_size=1, max_size=5)


@given(data=st.data())
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_the_count_is_what_counting_day_by_day_gives(world: World, data: st.DataObject) -> None:
    told, everyone = data.draw(rules), data.draw(people([world.east.id, world.west.id, world.school.id]))
    # A mail at half past eleven at night, in the day's own zone, belongs to that day.
    clock = data.draw(st.sampled_from([time(0, 30), time(10), time(23, 30)]))
    with db.writing():
        campaign = db.session.get_one(Campaign, world.campaign.id)
        _without_the_worlds_own_people(world)
        stage(campaign, told, everyone, clock)
        for on in data.draw(st.lists(day, min_size=3, max_size=3)):
            report = coverage.by_unit(campaign, on)
            expected = reference.count(everyone, on, told)
            for line in report.units:
                if line.name != "Omsorg":
                    assert asdict(line.counts) == expected.get(line.id or 0, asdict(coverage.Counts())), (on, line.name)
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
