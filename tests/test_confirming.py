"""Who they become when they confirm that they registered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db, registering
from app.models import Campaign, Enrolment, LinkRequest, Origin, Person, RequestKind
from tests.asking import LATER, add, ask, confirm, register
from tests.world import NOW, World


def test_one_in_the_organisations_domain_is_self_declared_at_their_unit(world: World, rows: Session) -> None:
    register("ny@sundby.example", world.sundby)
    person = rows.get_one(Person, confirm(rows, world.east))
    assert (person.origin, person.declared_unit_id, person.placements) == (Origin.DECLARED, world.east.id, [])


def test_anybody_else_is_the_public_and_has_no_unit(world: World, rows: Session) -> None:
    register("grannen@mejl.example", world.sundby)
    person = rows.get_one(Person, confirm(rows, world.east))
    assert (person.origin, person.declared_unit_id) == (Origin.PUBLIC, None)


def test_confirming_enrols_in_what_runs_in_that_organisation(world: World, rows: Session) -> None:
    register("ny@sundby.example", world.sundby)
    person = confirm(rows)
    enrolments = rows.scalars(select(Enrolment).where(Enrolment.person_id == person))
    assert [each.campaign_id for each in enrolments] == [world.campaign.id]


def test_pressed_twice_it_is_still_one_person(world: World, rows: Session) -> None:
    register("ny@sundby.example", world.sundby)
    before = rows.scalars(select(func.count()).select_from(Person)).one()
    assert confirm(rows, world.east) == confirm(rows, world.west)
    assert rows.scalars(select(func.count()).select_from(Person)).one() == before + 1


def test_two_registrations_with_one_address_are_one_person(world: World, rows: Session) -> None:
    register("ny@sundby.example", world.sundby)
    first = confirm(rows)
    ask(RequestKind.REGISTER, "NY@sundby.example", world.sundby)
    assert confirm(rows) == first


def test_one_who_has_meanwhile_been_listed_is_that_person(world: World, rows: Session) -> None:
    register("ny@sundby.example", world.sundby)
    listed = add(world, "ny@sundby.example", number="77")
    assert confirm(rows, world.east) == listed.id
    assert rows.get_one(Person, listed.id).origin == Origin.LISTED


def test_confirming_at_the_same_time_makes_one_person(app: Flask, world: World, rows: Session) -> None:
    ask(RequestKind.REGISTER, "ny@sundby.example", world.sundby)
    start = Barrier(4)

    def press(_number: int) -> None:
        with app.app_context(), db.writing():
            request = db.session.scalars(select(LinkRequest)).one()
            if db.session.get_bind().dialect.name == "postgresql":
                start.wait()  # SQLite lets in one writer at a time, by itself.
            registering.confirm(request, None, LATER)
            db.session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, range(4)))
    people = select(func.count()).select_from(Person).where(Person.address_key == "ny@sundby.example")
    assert rows.scalars(people).one() == 1


def test_nobody_is_chosen_where_two_have_come_to_share_the_address(world: World, rows: Session) -> None:
    register("ny@sundby.example", world.sundby)
    add(world, "ny@sundby.example", number="77")
    add(world, "ny@sundby.example", number="78")
    assert confirm(rows) is None


def test_asking_again_enrols_one_who_registered_before_in_what_runs_now(world: World, rows: Session) -> None:
    register("grannen@mejl.example", world.sundby)
    person = confirm(rows)
    next_one = Campaign(
        organisation_id=world.sundby.id, course_id=world.course.id, name="Våren 2027", starts_on=NOW.date(),
        due_days=60, days_between=7, created_at=NOW,
    )  # fmt: skip
    rows.add(next_one)
    rows.commit()
    register("grannen@mejl.example", world.sundby)
    enrolments = rows.scalars(select(Enrolment).where(Enrolment.person_id == person))
    assert {each.campaign_id for each in enrolments} == {world.campaign.id, next_one.id}
