"""HR is told that help lines are to be checked: seldom, neutrally, and only those who can do it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import checking, db, library, planning, work
from app.mail import outbox
from app.models import Delivery, DeliveryKind, Organisation, Person, Right, Role
from tests.world import NOW, TODAY, World

OLD = NOW - timedelta(days=60)


@pytest.fixture(autouse=True)
def settled(world: World, rows: Session) -> None:
    """Both organisations have been here for two months."""
    for organisation in rows.scalars(select(Organisation)):
        organisation.created_at = OLD
    rows.commit()


def confirm(world: World, on: date, *, but: int = 0) -> None:
    """Everything in Sundby is checked, less so many lines."""
    with db.writing():
        sundby = db.session.get_one(Organisation, world.sundby.id)
        keys = list(library.help_lines())
        checking.confirm_all(sundby, keys[: len(keys) - but], on)
        db.session.commit()


def notice(now: datetime = NOW) -> int:
    with db.writing():
        queued = planning.notice(now)
        db.session.commit()
    return queued


def told(rows: Session) -> list[str]:
    rows.expire_all()
    query = select(Delivery.address).where(Delivery.kind == DeliveryKind.NOTICE).order_by(Delivery.id)
    return list(rows.scalars(query))


def test_hr_of_each_organisation_is_told_once_in_half_a_year(world: World, rows: Session) -> None:
    assert notice() == 2
    assert told(rows) == ["asa@sundby.example", "nils@norrby.example"]
    assert notice() == notice(NOW + timedelta(days=182)) == 0
    assert notice(NOW + timedelta(days=184)) == 2


def test_nobody_is_told_while_all_is_checked(world: World, rows: Session) -> None:
    confirm(world, TODAY)
    notice()
    assert told(rows) == ["nils@norrby.example"]


def test_hr_is_told_a_fortnight_before_the_first_line_stops_being_shown(world: World, rows: Session) -> None:
    confirm(world, TODAY)
    last = datetime(2027, 5, 3, 12, tzinfo=NOW.tzinfo)
    notice(last - timedelta(days=15))
    assert "asa@sundby.example" not in told(rows)
    notice(last - timedelta(days=13))
    assert "asa@sundby.example" in told(rows)


def test_a_new_organisation_is_left_to_find_its_way(world: World, rows: Session) -> None:
    for organisation in rows.scalars(select(Organisation)):
        organisation.created_at = NOW - timedelta(days=13)
    rows.commit()
    assert notice() == 0


def test_only_those_who_may_change_the_lines_are_told(world: World, rows: Session) -> None:
    def give(person: Person, **more: object) -> None:
        rows.add(Right(person_id=person.id, given_at=NOW, **{"role": Role.HR} | more))

    give(world.amina, unit_id=world.care.id)
    give(world.jonas, role=Role.MANAGER)
    rows.commit()
    notice()
    assert told(rows) == ["asa@sundby.example", "nils@norrby.example"]


@pytest.mark.parametrize("gone", [{"left_at": NOW}, {"erased_at": NOW}, {"address": None, "address_key": None}])
def test_one_who_is_gone_is_not_told(world: World, rows: Session, gone: dict[str, object]) -> None:
    person = rows.get_one(Person, world.asa.id)
    for name, value in gone.items():
        setattr(person, name, value)
    rows.commit()
    notice()
    assert told(rows) == ["nils@norrby.example"]


def test_a_right_that_has_ended_is_none(world: World, rows: Session) -> None:
    rows.scalars(select(Right).where(Right.person_id == world.asa.id)).one().ends_on = TODAY
    rows.commit()
    notice()
    assert told(rows) == ["nils@norrby.example"]


def test_the_mail_waits_for_working_hours_and_says_nothing(app: Flask, world: World, rows: Session) -> None:
    night = datetime(2026, 11, 8, 1, tzinfo=NOW.tzinfo)
    notice(night)
    outbox.send_due(night)
    folder = app.config["MAILBOX"]
    assert not folder.exists() or not list(folder.glob("*.eml"))
    outbox.send_due(datetime(2026, 11, 9, 7, 30, tzinfo=NOW.tzinfo))
    sent = [path.read_text(encoding="ascii") for path in folder.glob("*.eml")]
    assert len(sent) == 2
    assert any("/hr/stod" in mail for mail in sent)


def test_a_mail_to_one_who_has_moved_meanwhile_is_not_sent(app: Flask, world: World, rows: Session) -> None:
    notice()
    rows.get_one(Person, world.asa.id).reach_at("ny@sundby.example")
    rows.get_one(Person, world.nils.id).left_at = NOW
    rows.commit()
    outbox.send_due(NOW)
    reasons = rows.scalars(select(Delivery.reason).where(Delivery.kind == DeliveryKind.NOTICE).order_by(Delivery.id))
    assert list(reasons) == ["address-changed", "left"]


def test_the_worker_tells_hr_of_its_own_accord(world: World, rows: Session) -> None:
    work.once(NOW)
    assert "asa@sundby.example" in told(rows)
