"""Each promise of coverage.md that needs no page, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app import coverage, db, people
from app.models import (
    Campaign,
    Delivery,
    DeliveryKind,
    Enrolment,
    FrozenTotal,
    Origin,
    Person,
    Revision,
    Unit,
    UnitKind,
)  # fmt: skip
from app.people import Employment
from tests.coverage.reference import Fact, Rules, Someone
from tests.coverage.staging import complete, publish, stage
from tests.world import NOW, TODAY, World

RULES = Rules(starts_on=date(2026, 10, 5), due_days=30, valid_days=None, retakes=[])
LONG_AGO = date(2020, 1, 1)
BOTH = [Fact(0, 1, date(2026, 10, 10)), Fact(1, 1, date(2026, 10, 12))]


@pytest.fixture
def campaign(world: World) -> Iterator[Campaign]:
    """The world's campaign, with nobody in scope yet; nothing is committed."""
    with db.writing():
        for person in (world.asa, world.amina, world.jonas):
            db.session.merge(person).placements.clear()
        yield db.session.get_one(Campaign, world.campaign.id)


def line(report: coverage.Report, name: str) -> coverage.Counts:
    return next(each.counts for each in report.units + report.apart if each.name == name)


def statuses(campaign: Campaign, on: date) -> dict[str, int]:
    """The counts of the whole that are not nought."""
    return {status: n for status, n in asdict(coverage.by_unit(campaign, on).total).items() if n}


def test_a_transfer_on_the_day_counts_once(world: World, campaign: Campaign) -> None:
    moves = [Employment(world.east.id, LONG_AGO, TODAY), Employment(world.west.id, TODAY)]
    stage(campaign, RULES, [Someone(employments=moves)])
    before, after = (coverage.by_unit(campaign, on) for on in (TODAY - timedelta(days=1), TODAY))
    assert (line(before, "Hemtjänst Öster").in_scope, line(before, "Hemtjänst Väster").in_scope) == (1, 0)
    assert (line(after, "Hemtjänst Öster").in_scope, line(after, "Hemtjänst Väster").in_scope) == (0, 1)
    assert before.total.in_scope == after.total.in_scope == 1


def test_a_campaign_that_names_no_unit_is_also_for_a_top_unit_that_comes_later(world: World, campaign: Campaign) -> None:
    new = Unit(organisation_id=campaign.organisation_id, name="Brandkåren")
    db.session.add(new)
    db.session.flush()
    stage(campaign, RULES, [Someone(employments=[Employment(new.id, LONG_AGO)])])
    assert coverage.by_unit(campaign, TODAY).total.in_scope == 0
    campaign.units.clear()
    db.session.flush()
    assert coverage.by_unit(campaign, TODAY).total.in_scope == 1
    norrbys = db.session.get_one(Campaign, world.norrby_campaign.id)
    norrbys.units.clear()
    db.session.flush()
    assert coverage.by_unit(norrbys, TODAY).total.in_scope == 1, "its own, and nobody of Sundby's"


def test_an_absence_covers_its_first_day_and_a_fortnight_after_its_last(world: World, campaign: Campaign) -> None:
    away = (date(2026, 9, 1), date(2026, 10, 1))
    stage(campaign, RULES, [Someone(employments=[Employment(world.east.id, LONG_AGO)], away=[away])])
    days = [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 14), date(2026, 10, 15)]
    assert [coverage.by_unit(campaign, day).total.absent for day in days] == [0, 1, 1, 1, 0]


def test_a_retroactive_absence_changes_as_of_and_not_what_was_frozen(world: World, campaign: Campaign) -> None:
    [person] = stage(campaign, RULES, [Someone(employments=[Employment(world.east.id, LONG_AGO)])])
    assert coverage.freeze(campaign, TODAY, NOW)
    people.absent(person, date(2026, 9, 1), None)
    assert coverage.by_unit(campaign, TODAY).total.absent == 1
    assert not coverage.freeze(campaign, TODAY, NOW + timedelta(days=1))
    assert [row.absent for row in frozen(campaign, "Omsorg")] == [0]


def frozen(campaign: Campaign, name: str) -> list[FrozenTotal]:
    kept = select(FrozenTotal).where(FrozenTotal.campaign_id == campaign.id, FrozenTotal.name == name)
    return list(db.session.scalars(kept.order_by(FrozenTotal.on)))


def test_one_rehired_after_a_gap_keeps_a_completion_and_gets_a_new_due_day(world: World, campaign: Campaign) -> None:
    gap = [Employment(world.east.id, LONG_AGO, date(2026, 9, 1)), Employment(world.east.id, date(2026, 11, 2))]
    mailed = [(date(2026, 10, 6), False)]
    stage(
        campaign, RULES,
        [Someone(employments=gap, facts=BOTH, mails=mailed), Someone(employments=gap, facts=BOTH[:1], mails=mailed)],
    )  # fmt: skip
    assert statuses(campaign, date(2026, 10, 20)) == {}
    last = date(2026, 12, 2)
    assert statuses(campaign, last) == {"in_scope": 2, "completed": 1, "within_time": 1, "unreached": 1}
    assert statuses(campaign, last + timedelta(days=1))["late"] == 1


def test_the_due_day_lasts_to_its_end_where_the_organisation_is(world: World, campaign: Campaign) -> None:
    """A mail at half past eleven on Saturday night, before the clocks change, is of Saturday, with 30 days to go."""
    stage(campaign, RULES, [Someone(employments=[Employment(world.east.id, LONG_AGO)], address="a@sundby.example")])
    late_evening = datetime(2026, 10, 24, 23, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
    send(campaign, late_evening)
    assert statuses(campaign, date(2026, 11, 23)) == {"in_scope": 1, "within_time": 1}
    assert statuses(campaign, date(2026, 11, 24)) == {"in_scope": 1, "late": 1}


def send(campaign: Campaign, at: datetime) -> None:
    enrolment = db.session.scalars(
        select(Enrolment).where(Enrolment.campaign_id == campaign.id).order_by(Enrolment.id.desc())
    ).first()
    assert enrolment is not None
    mail = Delivery(
        key="module:x", kind=DeliveryKind.INVITATION, organisation_id=campaign.organisation_id, language="sv",
        person_id=enrolment.person_id, enrolment_id=enrolment.id, address="a@sundby.example", message_id="x",
        queued_at=at, due_at=at, accepted_at=at,
    )  # fmt: skip
    db.session.add(mail)
    db.session.flush()


def test_on_the_day_the_clocks_change_an_evening_still_belongs_to_it(world: World, campaign: Campaign) -> None:
    stage(campaign, RULES, [Someone(employments=[Employment(world.east.id, LONG_AGO)], address="a@sundby.example")])
    send(campaign, datetime(2026, 10, 25, 23, 30, tzinfo=ZoneInfo("Europe/Stockholm")))
    assert statuses(campaign, date(2026, 11, 24)) == {"in_scope": 1, "within_time": 1}
    assert statuses(campaign, date(2026, 11, 25)) == {"in_scope": 1, "late": 1}
    assert statuses(campaign, date(2026, 10, 24))["unreached"] == 1
    assert "unreached" not in statuses(campaign, date(2026, 10, 25))


def test_the_twenty_ninth_of_february_is_a_day(world: World, campaign: Campaign) -> None:
    leap = date(2028, 2, 29)
    rules = Rules(starts_on=date(2028, 1, 30), due_days=30, valid_days=365, retakes=[])
    done = [Fact(0, 1, leap), Fact(1, 1, leap)]
    there = [Employment(world.east.id, date(2028, 1, 1))]
    stage(
        campaign, rules,
        [Someone(employments=there, slip=date(2028, 1, 30)), Someone(employments=there, facts=done)],
    )  # fmt: skip
    assert statuses(campaign, leap) == {"in_scope": 2, "completed": 1, "within_time": 1}
    assert statuses(campaign, date(2028, 3, 1)) == {"in_scope": 2, "completed": 1, "late": 1}
    assert statuses(campaign, date(2029, 2, 27))["completed"] == 1
    assert statuses(campaign, date(2029, 2, 28))["expired"] == 1


def test_a_text_that_must_be_retaken_makes_a_completion_expire_the_day_it_comes(
    world: World, campaign: Campaign
) -> None:
    rules = Rules(starts_on=RULES.starts_on, due_days=30, valid_days=None, retakes=[(0, 2, date(2026, 11, 1))])
    stage(campaign, rules, [Someone(employments=[Employment(world.east.id, LONG_AGO)], facts=BOTH)])
    assert statuses(campaign, date(2026, 10, 31)) == {"in_scope": 1, "completed": 1}
    assert statuses(campaign, date(2026, 11, 1)) == {"in_scope": 1, "expired": 1}


def test_a_correction_voids_the_fact_it_points_at_from_its_own_day(world: World, campaign: Campaign) -> None:
    facts = [BOTH[0], Fact(1, 1, date(2026, 10, 12), mended_on=date(2026, 10, 20))]
    stage(campaign, RULES, [Someone(employments=[Employment(world.east.id, LONG_AGO)], facts=facts)])
    assert statuses(campaign, date(2026, 10, 19))["completed"] == 1
    assert statuses(campaign, date(2026, 10, 20)) == {"in_scope": 1, "within_time": 1, "unreached": 1}


def test_a_unit_moved_mid_year_keeps_last_months_frozen_tree(world: World, campaign: Campaign) -> None:
    stage(campaign, RULES, [Someone(employments=[Employment(world.east.id, LONG_AGO)])])
    coverage.freeze(campaign, date(2026, 10, 31), NOW)
    east = db.session.get_one(Unit, world.east.id)
    east.parent_id, east.name = world.school.id, "Öster"
    db.session.flush()
    moved = coverage.by_unit(campaign, date(2026, 10, 31))
    assert (line(moved, "Omsorg").in_scope, line(moved, "Skola").in_scope) == (0, 1)
    [kept] = frozen(campaign, "Hemtjänst Öster")
    assert (kept.parent, kept.in_scope, kept.rule) == (world.care.id, 1, coverage.rule(campaign))
    assert [row.in_scope for row in frozen(campaign, "Omsorg")] == [1]


def test_an_erased_person_leaves_frozen_totals_whole_and_is_counted_no_more(world: World, campaign: Campaign) -> None:
    [person] = stage(campaign, RULES, [Someone(employments=[Employment(world.east.id, LONG_AGO)], facts=BOTH)])
    coverage.freeze(campaign, TODAY, NOW)
    people.erase(person, NOW)
    assert statuses(campaign, TODAY) == {}
    assert [(row.in_scope, row.completed) for row in frozen(campaign, "Omsorg")] == [(1, 1)]


def test_months_end_is_frozen_once_when_the_month_is_over_where_the_organisation_is(
    world: World, campaign: Campaign
) -> None:
    stage(campaign, RULES, [Someone(employments=[Employment(world.east.id, LONG_AGO)])])
    zone = ZoneInfo("Europe/Stockholm")
    assert coverage.freeze_due(datetime(2026, 10, 31, 23, 59, tzinfo=zone)) == 0
    assert coverage.freeze_due(datetime(2026, 11, 1, 0, 1, tzinfo=zone)) == 2, "Sundby's and Norrby's"
    assert coverage.freeze_due(datetime(2026, 11, 2, tzinfo=zone)) == 0
    assert [row.on for row in frozen(campaign, "Omsorg")] == [date(2026, 10, 31)]


def test_a_campaign_that_was_closed_before_months_end_is_not_frozen(world: World, campaign: Campaign) -> None:
    campaign.closed_at = datetime(2026, 10, 20, tzinfo=ZoneInfo("Europe/Stockholm"))
    assert coverage.freeze_due(NOW) == 1, "Norrby's"


def test_elected_members_and_the_public_are_shown_apart(world: World, campaign: Campaign) -> None:
    stage(campaign, RULES, [Someone(employments=[Employment(world.elected.id, LONG_AGO)], facts=BOTH)])
    public = Person(organisation=campaign.organisation, origin=Origin.PUBLIC, created_at=NOW)
    db.session.add(public)
    db.session.flush()
    db.session.add(Enrolment(person_id=public.id, campaign_id=campaign.id, enrolled_at=NOW))
    for revision in db.session.scalars(select(Revision).where(Revision.number == 1)):
        complete(public, revision, TODAY)
    report = coverage.by_unit(campaign, TODAY)
    assert report.total == coverage.Counts()
    assert [(each.name, each.kind, each.counts.completed) for each in report.apart] == [
        ("Förtroendevalda", UnitKind.ELECTED, 1),
        ("Allmänheten", coverage.PUBLIC, 1),
    ]
    assert coverage.by_unit(campaign, TODAY - timedelta(days=1)).apart[-1].counts.in_scope == 0


def test_the_public_have_the_campaigns_days_from_when_they_register(world: World, campaign: Campaign) -> None:
    stage(campaign, RULES, [])
    public = Person(organisation=campaign.organisation, origin=Origin.PUBLIC, created_at=NOW)
    db.session.add(public)
    db.session.flush()
    db.session.add(Enrolment(person_id=public.id, campaign_id=campaign.id, enrolled_at=NOW))
    within, after = (coverage.by_unit(campaign, TODAY + timedelta(days=n)).apart[-1].counts for n in (30, 31))
    assert (within.within_time, within.late, within.unreached) == (1, 0, 0)
    assert (after.within_time, after.late) == (0, 1)


def test_one_with_a_code_is_reached_without_an_address(world: World, campaign: Campaign) -> None:
    there = [Employment(world.east.id, LONG_AGO)]
    stage(campaign, RULES, [Someone(employments=there, slip=date(2026, 10, 6)), Someone(employments=there)])
    assert coverage.by_unit(campaign, TODAY).total.unreached == 1


def test_those_who_share_an_address_are_not_reached_by_it(world: World, campaign: Campaign) -> None:
    mailed = [(date(2026, 10, 6), False)]
    cook = Someone(employments=[Employment(world.east.id, LONG_AGO)], mails=mailed, address="kok@sundby.example")
    stage(campaign, RULES, [cook, cook])
    assert coverage.by_unit(campaign, TODAY).total.unreached == 2


def test_exempt_people_are_not_in_scope(world: World, campaign: Campaign) -> None:
    there = [Employment(world.east.id, LONG_AGO)]
    stage(campaign, RULES, [Someone(employments=there, exempt=[(TODAY, None)])])
    assert coverage.by_unit(campaign, TODAY).total.in_scope == 0
    assert coverage.by_unit(campaign, TODAY - timedelta(days=1)).total.in_scope == 1


def test_one_with_a_right_over_a_unit_sees_it_and_nothing_beside_or_above(world: World, campaign: Campaign) -> None:
    stage(
        campaign,
        RULES,
        [Someone(employments=[Employment(unit, LONG_AGO)]) for unit in (world.east.id, world.school.id)],
    )
    report = coverage.by_unit(campaign, TODAY, {world.east.id})
    assert [(each.name, each.parent) for each in report.units] == [("Hemtjänst Öster", None)]
    assert report.apart == []
    assert report.total.in_scope == 1


@pytest.mark.parametrize("size", [10, 100])
def test_counting_takes_a_handful_of_queries_whatever_the_size(
    world: World, campaign: Campaign, queries: list[str], size: int
) -> None:
    stage(campaign, RULES, [Someone(employments=[Employment(world.east.id, LONG_AGO)]) for _ in range(size)])
    db.session.flush()
    queries.clear()
    assert coverage.by_unit(campaign, TODAY).total.in_scope == size
    assert len(queries) == 4


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (18, 23, "18 av 23 (78 %)"),
        (999, 1000, "999 av 1000 (99 %)"),
        (2, 3, "2 av 3 (66 %)"),
        (1, 1, "1 av 1 (100 %)"),
        (0, 0, "0 av 0"),
    ],
)
def test_a_share_is_rounded_down_and_written_with_its_denominator(
    world: World, part: int, whole: int, words: str
) -> None:
    assert coverage.of(part, whole) == words


def test_the_rule_says_what_the_organisation_has_chosen(world: World, campaign: Campaign) -> None:
    campaign.organisation.counted_kinds = ["permanent"]
    campaign.organisation.shortest_employment_days = 90
    campaign.valid_days = 730
    rule = coverage.rule(campaign)
    assert "tillsvidareanställda" in rule
    assert "timanställda" not in rule
    assert "kortare än 90 dagar" in rule
    assert "gäller i 730 dagar" in rule
    assert "på annat sätt" in rule


def test_nobody_of_another_organisation_is_counted(world: World, campaign: Campaign) -> None:
    publish(campaign, RULES)
    other = db.session.get_one(Campaign, world.norrby_campaign.id)
    assert coverage.by_unit(campaign, TODAY).total.in_scope == 0
    assert coverage.by_unit(other, TODAY).total.in_scope == 1
