"""Who gets which mail on which day: weeks in a small organisation, lived through with a clock of our own."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from app import db, hours, planning
from app.mail import outbox
from app.mail.transport import NullTransport
from app.models import (
    Absence,
    Campaign,
    CampaignModule,
    CampaignUnit,
    Delivery,
    DeliveryKind,
    Enrolment,
    Exemption,
    Module,
    Origin,
    Person,
    Placement,
    Revision,
)
from app.planning.chain import REST, Chain, Mail
from tests.mail import post
from tests.world import NOW, START, TODAY, World

ZONE = ZoneInfo("Europe/Stockholm")
ONE, TWO = 1, 2
Got = list[tuple[str, str, int]]


@pytest.fixture(autouse=True)
def nowhere(request: pytest.FixtureRequest) -> None:
    """Mail goes nowhere here: what counts is the outbox."""
    if "app" in request.fixturenames:
        request.getfixturevalue("app").extensions["mail_transport"] = NullTransport()


def live(first: date, last: date, *at: time) -> None:
    """Plan and send through the days: in the morning, and when the hours are soon over."""
    day = first
    while day <= last:
        for hour in at or (time(6), time(15, 59)):
            now = datetime.combine(day, hour, ZONE)
            planning.plan(now)
            while outbox.send_due(now):
                pass
        day += timedelta(days=1)


def got(person: Person) -> Got:
    """Day, kind and module of each mail that the person has had."""
    with db.reading():
        rows = db.session.scalars(
            select(Delivery)
            .where(Delivery.person_id == person.id, Delivery.accepted_at.is_not(None))
            .order_by(Delivery.accepted_at)
        )
        return [(f"{each.accepted_at.astimezone(ZONE):%a %m-%d}", each.kind.value, each.module_id or 0) for each in rows]


def fresh(world: World, **more: Any) -> None:
    """As if the campaign began on Monday 2 November, and nobody were enrolled in it."""
    with db.writing():
        campaign = db.session.get_one(Campaign, world.campaign.id)
        for name, value in ({"starts_on": date(2026, 11, 2)} | more).items():
            setattr(campaign, name, value)
        for each in db.session.scalars(select(Enrolment)):
            db.session.delete(each)
        db.session.commit()


def test_one_who_does_nothing_gets_one_a_week_and_then_three_reminders(world: World) -> None:
    fresh(world)
    live(date(2026, 10, 30), date(2026, 12, 4))
    assert got(world.amina) == [
        ("Mon 11-02", "invitation", ONE),
        ("Mon 11-09", "invitation", TWO),
        ("Thu 11-12", "reminder", ONE),
        ("Tue 11-17", "reminder", ONE),
        ("Mon 11-23", "reminder", ONE),
    ]


def test_one_who_is_done_gets_nothing_more(world: World) -> None:
    fresh(world)
    live(date(2026, 11, 2), date(2026, 11, 2))
    post.complete(world, 1, NOW)
    live(date(2026, 11, 3), date(2026, 11, 9))
    assert got(world.amina)[1:] == [("Mon 11-09", "invitation", TWO)]
    post.complete(world, 2, datetime(2026, 11, 9, 16, tzinfo=UTC))
    live(date(2026, 11, 10), date(2026, 11, 25))
    assert len(got(world.amina)) == 2


def test_a_reminder_is_of_the_first_that_is_unfinished(world: World) -> None:
    fresh(world)
    live(date(2026, 11, 2), date(2026, 11, 9))
    post.complete(world, 1, datetime(2026, 11, 9, 16, tzinfo=UTC))
    live(date(2026, 11, 10), date(2026, 11, 12))
    assert got(world.amina)[-1] == ("Thu 11-12", "reminder", TWO)


def test_one_ahead_of_the_pace_is_invited_to_what_is_left(world: World) -> None:
    fresh(world)
    post.complete(world, 1, NOW)
    live(date(2026, 11, 2), date(2026, 11, 3))
    assert got(world.amina) == [("Mon 11-02", "invitation", TWO)]


def test_one_who_has_done_everything_before_is_never_mailed(world: World) -> None:
    fresh(world)
    post.complete(world, 1, NOW)
    post.complete(world, 2, NOW)
    live(date(2026, 11, 2), date(2026, 11, 10), time(15, 59))
    assert got(world.amina) == []


def test_the_reminders_stop_when_the_unfinished_is_finished(world: World) -> None:
    fresh(world)
    live(date(2026, 11, 2), date(2026, 11, 12))
    assert got(world.amina)[-1] == ("Thu 11-12", "reminder", ONE)
    post.complete(world, 1, datetime(2026, 11, 13, 9, tzinfo=UTC))
    post.complete(world, 2, datetime(2026, 11, 13, 9, tzinfo=UTC))
    live(date(2026, 11, 16), date(2026, 11, 24), time(15, 59))
    assert got(world.amina)[-1] == ("Thu 11-12", "reminder", ONE)


def test_a_slow_pace_has_room_for_reminders_between(world: World) -> None:
    fresh(world, days_between=14)
    live(date(2026, 11, 2), date(2026, 11, 16))
    assert [(day, kind) for day, kind, _ in got(world.amina)] == [
        ("Mon 11-02", "invitation"),
        ("Thu 11-05", "reminder"),
        ("Tue 11-10", "reminder"),
        ("Mon 11-16", "invitation"),
    ]


def test_no_mail_outside_the_hours_and_never_two_in_three_working_days(world: World) -> None:
    fresh(world)
    live(date(2026, 12, 7), date(2027, 1, 12), time(7), time(8, 30), time(15, 59), time(22))
    with db.reading():
        sent = db.session.scalars(select(Delivery).order_by(Delivery.accepted_at)).all()
    assert len(sent) > 10
    last: dict[int | None, date] = {}
    for each in sent:
        assert each.accepted_at
        assert hours.is_open(each.accepted_at, "Europe/Stockholm")
        day = each.accepted_at.astimezone(ZONE).date()
        if each.person_id in last:
            assert hours.after(last[each.person_id], REST) <= day
        last[each.person_id] = day


def test_two_campaigns_share_one_pace(world: World) -> None:
    fresh(world)
    with db.writing():
        db.session.add(
            Campaign(
                organisation_id=world.sundby.id, course_id=world.course.id, name="En till", due_days=60, created_at=NOW,
                starts_on=date(2026, 11, 2), days_between=7, units=[CampaignUnit(unit_id=world.care.id)],
                modules=[CampaignModule(module_id=TWO, position=1)],
            )
        )  # fmt: skip
        db.session.commit()
    live(date(2026, 11, 2), date(2026, 11, 6))
    assert [day for day, *_ in got(world.amina)] == ["Mon 11-02", "Thu 11-05"]


def test_everybody_in_scope_is_enrolled_and_only_they(world: World) -> None:
    fresh(world)
    planning.plan(NOW)
    assert _enrolled(world) == {world.asa.id, world.amina.id, world.jonas.id}


def test_a_late_joiner_is_in_from_their_first_day(world: World) -> None:
    fresh(world)
    live(date(2026, 11, 2), date(2026, 11, 10))
    with db.writing():
        new = Person(organisation_id=world.sundby.id, origin=Origin.LISTED, number="9", created_at=NOW, language="sv")
        new.reach_at("ny@sundby.example")
        new.placements.append(
            Placement(unit_id=world.east.id, starts_on=date(2026, 11, 12), employed_from=date(2026, 11, 12))
        )
        db.session.add(new)
        db.session.commit()
    live(date(2026, 11, 11), date(2026, 11, 19))
    assert got(new) == [("Thu 11-12", "invitation", ONE), ("Thu 11-19", "invitation", TWO)]


def test_one_who_leaves_the_scope_is_ended_and_one_who_returns_goes_on(world: World) -> None:
    fresh(world)
    live(date(2026, 11, 2), date(2026, 11, 3))
    with db.writing():
        away = Exemption(person_id=world.amina.id, starts_on=date(2026, 11, 4), ends_on=date(2026, 11, 20))
        db.session.add(away)
        db.session.commit()
    live(date(2026, 11, 4), date(2026, 11, 13))
    assert world.amina.id not in _enrolled(world)
    live(date(2026, 11, 20), date(2026, 11, 20))
    assert got(world.amina) == [("Mon 11-02", "invitation", ONE), ("Fri 11-20", "invitation", TWO)]


def test_a_self_declared_person_stays_enrolled_though_in_no_scope(world: World) -> None:
    post.change(Person, world.jonas.id, origin=Origin.PUBLIC)
    with db.writing():
        for placement in db.session.scalars(select(Placement).where(Placement.person_id == world.jonas.id)):
            db.session.delete(placement)
        db.session.commit()
    live(TODAY, TODAY + timedelta(days=7))
    assert world.jonas.id in _enrolled(world)
    assert [kind for _, kind, _ in got(world.jonas)] == ["invitation", "invitation"]
    post.change(Person, world.jonas.id, left_at=NOW)
    planning.plan(NOW)
    assert world.jonas.id not in _enrolled(world)


SILENT: dict[str, dict[str, Any]] = {
    "no address": {"address": None, "address_key": None},
    "a shared address": {"address": "jonas@sundby.example", "address_key": "jonas@sundby.example"},
    "paused": {"paused_at": NOW},
}


@pytest.mark.parametrize("why", SILENT)
def test_one_whom_mail_does_not_reach_is_enrolled_without_a_mail(world: World, why: str) -> None:
    fresh(world)
    post.change(Person, world.amina.id, **SILENT[why])
    live(date(2026, 11, 2), date(2026, 11, 3))
    assert world.amina.id in _enrolled(world)
    assert got(world.amina) == []
    assert bool(got(world.jonas)) is (why != "a shared address")


def test_one_who_is_away_gets_no_mail(world: World) -> None:
    fresh(world)
    with db.writing():
        db.session.add(Absence(person_id=world.amina.id, starts_on=START, ends_on=None))
        db.session.commit()
    live(date(2026, 11, 2), date(2026, 11, 10))
    assert got(world.amina) == []
    assert got(world.jonas)


def test_one_who_pauses_and_comes_back_goes_on_where_they_were(world: World) -> None:
    fresh(world)
    planning.plan(datetime(2026, 11, 2, 5, tzinfo=UTC))
    post.change(Person, world.amina.id, paused_at=NOW)
    live(date(2026, 11, 2), date(2026, 11, 17))
    assert got(world.amina) == []
    post.change(Person, world.amina.id, paused_at=None)
    live(date(2026, 11, 18), date(2026, 11, 25))
    assert got(world.amina) == [("Wed 11-18", "invitation", ONE), ("Wed 11-25", "invitation", TWO)]


def test_an_address_that_does_not_exist_is_left_alone_until_it_changes(world: World) -> None:
    fresh(world)
    live(date(2026, 11, 2), date(2026, 11, 2))
    with db.writing():
        failed = db.session.scalars(select(Delivery).where(Delivery.person_id == world.amina.id)).one()
        failed.accepted_at, failed.failed_at, failed.reason = None, failed.accepted_at, "no-such-address"
        db.session.commit()
    live(date(2026, 11, 3), date(2026, 11, 13))
    assert got(world.amina) == []
    post.change(Person, world.amina.id, address="amina.farah@sundby.example", address_key="amina.farah@sundby.example")
    live(date(2026, 11, 16), date(2026, 11, 16))
    assert got(world.amina) == [("Mon 11-16", "invitation", ONE)]


def test_a_refused_invitation_is_planned_anew_at_the_pace(world: World) -> None:
    fresh(world)
    live(date(2026, 11, 2), date(2026, 11, 2))
    with db.writing():
        failed = db.session.scalars(select(Delivery).where(Delivery.person_id == world.amina.id)).one()
        failed.accepted_at, failed.failed_at, failed.reason = None, failed.accepted_at, "refused"
        db.session.commit()
    live(date(2026, 11, 3), date(2026, 11, 9))
    assert got(world.amina) == [("Mon 11-09", "invitation", ONE)]


def test_planning_twice_queues_nothing_twice(world: World) -> None:
    fresh(world)
    morning = datetime(2026, 11, 3, 5, tzinfo=UTC)
    assert planning.plan(morning) == 4  # three in Sundby, and Nils
    assert planning.plan(morning) == 0
    assert planning.plan(morning + timedelta(hours=5)) == 0


def test_the_days_mails_are_spread_over_the_day(world: World) -> None:
    fresh(world)
    planning.plan(datetime(2026, 11, 3, 5, tzinfo=UTC))
    with db.reading():
        due = db.session.scalars(select(Delivery.due_at)).all()
    assert len(set(due)) == 4
    assert all(hours.is_open(each, "Europe/Stockholm") for each in due)


def test_the_mail_says_which_text_it_opens_and_carries_the_one_link(world: World) -> None:
    fresh(world)
    live(date(2026, 11, 2), date(2026, 11, 9))
    with db.reading():
        mails = db.session.scalars(select(Delivery).where(Delivery.person_id == world.amina.id)).all()
        newest = dict(db.session.execute(select(Revision.module_id, Revision.id)).all())
    assert [each.revision_id for each in mails] == [newest[each.module_id or 0] for each in mails]
    assert len({each.credential_id for each in mails}) == 1


def test_the_personal_page_can_say_when_the_next_mail_comes(world: World) -> None:
    fresh(world)
    planning.enrol(NOW)
    assert _opens(world, NOW) == {ONE: date(2026, 11, 3), TWO: date(2026, 11, 10)}
    live(date(2026, 11, 3), date(2026, 11, 3))
    later = NOW + timedelta(days=1)
    assert _opens(world, later) == {TWO: date(2026, 11, 10)}
    post.complete(world, 1, later)
    assert _opens(world, later) == {TWO: date(2026, 11, 10)}
    live(date(2026, 11, 4), date(2026, 11, 9))
    planning.plan(datetime(2026, 11, 10, 4, tzinfo=UTC))
    assert _opens(world, datetime(2026, 11, 10, 5, tzinfo=UTC)) == {TWO: date(2026, 11, 10)}
    post.change(Person, world.amina.id, paused_at=later)
    assert _opens(world, later) == {}


def test_the_number_of_questions_to_the_database_does_not_grow(world: World, queries: list[str]) -> None:
    fresh(world)
    queries.clear()
    planning.plan(NOW)
    few = len(queries)
    with db.writing():
        for number in range(95):
            person = Person(
                organisation_id=world.sundby.id, origin=Origin.LISTED, number=f"9{number}", created_at=NOW, language="sv"
            )
            person.reach_at(f"nr{number}@sundby.example")
            person.placements.append(Placement(unit_id=world.east.id, starts_on=START, employed_from=START))
            db.session.add(person)
        db.session.commit()
    queries.clear()
    assert planning.plan(NOW) == 95
    assert len(queries) <= few + 1
    with db.reading():
        assert db.session.scalar(select(func.count()).select_from(Delivery)) == 99


def test_a_chain_never_puts_two_mails_close_together_whatever_the_pace() -> None:
    for days_between in range(1, 30):
        chain, today = Chain(date(2026, 12, 1), days_between, (1, 2, 3)), date(2026, 12, 1)
        while today < date(2027, 5, 1):
            if (mail := chain.next(today)) and mail.day <= today:
                assert not chain.mails or hours.after(chain.mails[-1].day, REST) <= today
                assert hours.is_sending_day(today)
                chain = Chain(chain.begins, days_between, chain.modules, mails=(*chain.mails, mail))
            today += timedelta(days=1)
        invitations = [mail.module_id for mail in chain.mails if mail.kind == DeliveryKind.INVITATION]
        assert invitations == [1, 2, 3]
        assert [mail.kind for mail in chain.mails[-2:]] == [DeliveryKind.REMINDER] * 2
        assert len([mail for mail in chain.mails if mail.day > max(_invited(chain))]) <= 3


def test_a_reminder_that_would_come_late_is_left_out() -> None:
    sent = Mail(DeliveryKind.INVITATION, 1, date(2026, 11, 2))
    chain = Chain(date(2026, 11, 2), 7, (1,), mails=(sent,))
    coming = chain.next(date(2026, 11, 8))
    assert coming is not None
    assert coming.day == date(2026, 11, 9)
    assert chain.next(date(2026, 12, 24)) is None


def _invited(chain: Chain) -> list[date]:
    return [mail.day for mail in chain.mails if mail.kind == DeliveryKind.INVITATION]


def _enrolled(world: World) -> set[int]:
    with db.reading():
        open_ones = select(Enrolment.person_id).where(
            Enrolment.campaign_id == world.campaign.id, Enrolment.ended_at.is_(None)
        )
        return set(db.session.scalars(open_ones))


def _opens(world: World, now: datetime) -> dict[int, date]:
    with db.reading():
        modules = dict(db.session.execute(select(Module.id, Module.position)).all())
        found = planning.opens_on(db.session.get_one(Person, world.amina.id), now)
        return {modules[module_id]: day for module_id, day in found.items()}
