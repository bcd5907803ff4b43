"""HR's named lists: who may see whom, what a decision does, and that every look is noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db, guards, people
from app.models import (
    Answer,
    AskedFor,
    Credential,
    Look,
    Origin,
    Person,
    PersonRequest,
    Placement,
    Right,
    Role,
    Unit,
)
from tests.page_rules import Browser
from tests.world import NOW, TODAY, World


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def sign_in(client: Browser, rows: Session, person: Person) -> None:
    """As the sign-in link leaves it; the link itself is tried in test_hr."""
    rows.expire_all()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = guards.sign_in_id(rows.get_one(Person, person.id))
        cookie["staff"] = [int(NOW.timestamp())] * 2


def newcomer(world: World, address: str, unit: Unit | None) -> Person:
    with db.writing():
        made = Person(
            organisation_id=world.sundby.id, origin=Origin.DECLARED, created_at=NOW - timedelta(days=2), language="sv",
            declared_unit_id=unit.id if unit else None,
        )  # fmt: skip
        made.reach_at(address)
        db.session.add(made)
        db.session.commit()
    return made


def ask(person: Person, asked_for: AskedFor) -> int:
    with db.writing():
        people.ask(db.session.get_one(Person, person.id), asked_for, NOW)
        found = db.session.scalars(select(PersonRequest.id).order_by(PersonRequest.id.desc())).first()
        db.session.commit()
    assert found is not None
    return found


def looks(rows: Session) -> list[tuple[int, int | None, str]]:
    rows.expire_all()
    return [(each.person_id, each.by_person_id, each.page) for each in rows.scalars(select(Look).order_by(Look.id))]


def now(rows: Session, person: Person) -> Person:
    rows.expire_all()
    return rows.get_one(Person, person.id)


@pytest.fixture
def hr(client: Browser, world: World, rows: Session) -> Browser:
    """Åsa, HR of the whole of Sundby."""
    sign_in(client, rows, world.asa)
    return client


@pytest.fixture
def hr_of_east(app: Flask, world: World, rows: Session) -> Browser:
    """Jonas, who is HR of Hemtjänst Öster alone."""
    rows.add(Right(person_id=world.jonas.id, unit_id=world.east.id, role=Role.HR, given_at=NOW))
    rows.commit()
    made = app.test_client()
    assert isinstance(made, Browser)
    sign_in(made, rows, world.jonas)
    return made


# --- those who wait --------------------------------------------------------------------------------------------------


def test_those_who_wait_are_listed_and_the_look_is_noted(hr: Browser, world: World, rows: Session) -> None:
    first, second = newcomer(world, "ny@sundby.example", world.east), newcomer(world, "vik@sundby.example", None)
    text = hr.get("/hr/vantar").text
    assert "ny@sundby.example" in text
    assert "Omsorg / Hemtjänst Öster" in text
    assert "vik@sundby.example" in text
    assert looks(rows) == [(each.id, world.asa.id, "hr.waiting") for each in (first, second)]
    hr.get("/hr/vantar")
    assert len(looks(rows)) == 4, "each time"


def test_a_head_shows_nothing_and_notes_nothing(hr: Browser, world: World, rows: Session) -> None:
    newcomer(world, "ny@sundby.example", world.east)
    assert hr.head("/hr/vantar").status_code == 200
    assert looks(rows) == []


def test_names_are_not_shown_where_the_look_cannot_be_noted(
    hr: Browser, world: World, rows: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer(world, "ny@sundby.example", world.east)
    monkeypatch.setattr(Look.__table__, "name", "gone")
    answer = hr.get("/hr/vantar")
    assert answer.status_code == 503
    assert "ny@sundby.example" not in answer.text


def test_one_press_accepts_into_the_unit_that_was_named(hr: Browser, world: World, rows: Session) -> None:
    who = newcomer(world, "ny@sundby.example", world.east)
    answer = hr.submit("/hr/vantar", {"decision": "uppgiven"}, action=f"/{who.id}")
    assert answer.location == "/hr/vantar?gjort=ja"
    assert "räknas nu i sin enhet" in hr.get(answer.location).text
    accepted = now(rows, who)
    assert accepted.origin == Origin.LISTED
    assert [(each.unit_id, each.starts_on) for each in accepted.placements] == [(world.east.id, TODAY)]


def test_hr_may_choose_another_unit(hr: Browser, world: World, rows: Session) -> None:
    who = newcomer(world, "ny@sundby.example", None)
    page = f"/hr/vantar/{who.id}"
    assert " checked" not in hr.get(page).text
    assert hr.submit(page).status_code == 422
    assert "Välj en enhet" in hr.submit(page, {"decision": "annan", "unit": ""}).text
    assert hr.submit(page, {"decision": "annan", "unit": str(world.norrby_care.id)}).status_code == 422
    assert hr.submit(page, {"decision": "annan", "unit": str(world.west.id)}).status_code == 303
    assert [each.unit_id for each in now(rows, who).placements] == [world.west.id]


def test_one_who_does_not_belong_becomes_the_public(hr: Browser, world: World, rows: Session) -> None:
    who = newcomer(world, "ny@sundby.example", world.east)
    assert hr.submit(f"/hr/vantar/{who.id}", {"decision": "nej"}).location == "/hr/vantar?gjort=nej"
    left = now(rows, who)
    assert (left.origin, left.declared_unit_id, left.placements) == (Origin.PUBLIC, None, [])
    assert "Ingen väntar just nu" in hr.get("/hr/vantar").text


def test_only_one_who_waits_can_be_decided_on(hr: Browser, world: World, rows: Session) -> None:
    foreign = newcomer(world, "ny@sundby.example", world.east)
    with db.writing():
        db.session.get_one(Person, foreign.id).organisation_id = world.norrby.id
        db.session.commit()
    for person in (world.amina, world.nils, foreign):
        assert hr.get(f"/hr/vantar/{person.id}").status_code == 404
    assert looks(rows) == []


def test_hr_of_one_unit_sees_and_accepts_only_there(hr_of_east: Browser, world: World, rows: Session) -> None:
    mine, other = newcomer(world, "ny@sundby.example", world.east), newcomer(world, "vik@sundby.example", world.west)
    lost = newcomer(world, "vilse@sundby.example", None)
    text = hr_of_east.get("/hr/vantar").text
    assert "ny@sundby.example" in text
    assert not any(each in text for each in ("vik@", "vilse@"))
    for person in (other, lost):
        assert hr_of_east.get(f"/hr/vantar/{person.id}").status_code == 404
    page = hr_of_east.get(f"/hr/vantar/{mine.id}").text
    assert "Hemtjänst Öster" in page
    assert "Hemtjänst Väster" not in page
    answer = hr_of_east.submit(f"/hr/vantar/{mine.id}", {"decision": "annan", "unit": str(world.west.id)})
    assert answer.status_code == 422


def test_hr_of_one_unit_passes_on_one_who_is_not_theirs(hr_of_east: Browser, world: World, rows: Session) -> None:
    who = newcomer(world, "ny@sundby.example", world.east)
    assert hr_of_east.submit(f"/hr/vantar/{who.id}", {"decision": "nej"}).status_code == 303
    left = now(rows, who)
    assert (left.origin, left.declared_unit_id) == (Origin.DECLARED, None), "for the whole organisation's HR to see to"


def test_a_long_list_is_shown_page_by_page_and_only_who_is_shown_is_noted(
    hr: Browser, world: World, rows: Session
) -> None:
    for n in range(53):
        newcomer(world, f"ny{n}@sundby.example", world.east)
    assert "Sida 1 av 2" in hr.get("/hr/vantar").text
    assert len(looks(rows)) == 50
    assert "ny52@sundby.example" in hr.get("/hr/vantar?sida=2").text
    assert len(looks(rows)) == 53
    for odd in ("0", "-1", "x", "99", "99999999999999999999"):
        assert hr.get(f"/hr/vantar?sida={odd}").status_code == 200


# --- what people ask for ---------------------------------------------------------------------------------------------


def test_the_inbox_names_nobody_and_leads_to_the_page_that_does(hr: Browser, world: World, rows: Session) -> None:
    asked = ask(world.amina, AskedFor.ERASURE)
    inbox = hr.get("/hr/inkorg").text
    assert "Någon vill bli raderad" in inbox
    assert f'href="/hr/begaran/{asked}"' in inbox
    assert "Amina" not in inbox
    assert looks(rows) == []
    page = hr.get(f"/hr/begaran/{asked}").text
    for each in ("Amina Farah", "0102", "Omsorg / Hemtjänst Öster", "3 december 2026"):
        assert each in page
    assert " checked" not in page
    assert looks(rows) == [(world.amina.id, world.asa.id, "hr.asked_for")]


def test_an_answer_must_be_chosen_and_be_one_of_those_there_are(hr: Browser, world: World, rows: Session) -> None:
    page = f"/hr/begaran/{ask(world.amina, AskedFor.ERASURE)}"
    for given in ({}, {"answer": "still-here"}, {"answer": "x"}):
        assert hr.submit(page, given).status_code == 422
    assert len(looks(rows)) == 6, "the page was shown three times, and three times with a fault"


def test_erasing_takes_all_of_it_and_the_request_too(hr: Browser, world: World, rows: Session) -> None:
    page = f"/hr/begaran/{ask(world.amina, AskedFor.ERASURE)}"
    assert hr.submit(page, {"answer": "done"}).location == "/hr/inkorg"
    gone = now(rows, world.amina)
    assert (gone.name, gone.number, gone.address, gone.erased_at) == (None, None, None, NOW)
    assert hr.get(page).status_code == 404
    assert looks(rows) == []
    assert "raderad" not in hr.get("/hr/inkorg").text


@pytest.mark.parametrize("answer", [Answer.STILL_NEEDED, Answer.ARCHIVED])
def test_a_no_keeps_all_and_is_told_to_the_one_who_asked(
    hr: Browser, world: World, rows: Session, answer: Answer
) -> None:
    page = f"/hr/begaran/{ask(world.amina, AskedFor.ERASURE)}"
    hr.submit(page, {"answer": answer.value})
    kept = now(rows, world.amina)
    assert (kept.name, kept.erased_at, kept.paused_at) == ("Amina Farah", None, None)
    found = rows.scalars(select(PersonRequest)).one()
    assert (found.answer, found.answered_at, found.answered_by_id) == (answer, NOW, world.asa.id)
    assert "Besvarades 3 november 2026" in hr.get(page).text
    assert 'name="answer"' not in hr.get(page).text


def test_one_who_has_left_is_counted_no_more_and_keeps_what_is_done(hr: Browser, world: World, rows: Session) -> None:
    hr.submit(f"/hr/begaran/{ask(world.amina, AskedFor.LEFT)}", {"answer": "done"})
    left = now(rows, world.amina)
    assert left.left_at == NOW
    assert [(each.ends_on, each.employed_until) for each in left.placements] == [(TODAY, TODAY)]


def test_one_who_still_works_here_is_mailed_again(hr: Browser, world: World, rows: Session) -> None:
    asked = ask(world.amina, AskedFor.LEFT)
    assert now(rows, world.amina).paused_at == NOW
    hr.submit(f"/hr/begaran/{asked}", {"answer": "still-here"})
    assert now(rows, world.amina).paused_at is None


def test_a_pause_of_their_own_is_left_alone(hr: Browser, world: World, rows: Session) -> None:
    rows.get_one(Person, world.amina.id).paused_at = NOW - timedelta(days=3)
    rows.commit()
    hr.submit(f"/hr/begaran/{ask(world.amina, AskedFor.NOT_MINE)}", {"answer": "address-right"})
    assert now(rows, world.amina).paused_at == NOW - timedelta(days=3)


def test_an_address_that_is_somebody_elses_is_taken_away_and_its_link_dies(
    app: Flask, hr: Browser, world: World, rows: Session
) -> None:
    with db.reading():
        link = world.link(world.amina)
    hr.submit(f"/hr/begaran/{ask(world.amina, AskedFor.NOT_MINE)}", {"answer": "done"})
    left = now(rows, world.amina)
    assert (left.address, left.address_key, left.name, left.paused_at) == (None, None, "Amina Farah", None)
    opened = rows.scalars(select(func.count()).where(Credential.person_id == left.id, Credential.revoked_at.is_(None)))
    assert opened.one() == 0
    assert app.test_client().get(link).location == "/ny-lank?gammal=1"


def test_hr_of_one_unit_sees_what_its_own_people_ask_for(hr_of_east: Browser, world: World, rows: Session) -> None:
    mine, others = ask(world.amina, AskedFor.ERASURE), ask(world.jonas, AskedFor.ERASURE)
    assert hr_of_east.get(f"/hr/begaran/{mine}").status_code == 200
    assert hr_of_east.get(f"/hr/begaran/{others}").status_code == 404
    inbox = hr_of_east.get("/hr/inkorg").text
    assert f"/hr/begaran/{mine}" in inbox
    assert f"/hr/begaran/{others}" not in inbox


def test_one_who_has_moved_on_is_their_new_units(hr_of_east: Browser, world: World, rows: Session) -> None:
    asked = ask(world.amina, AskedFor.ERASURE)
    old = rows.scalars(select(Placement).where(Placement.person_id == world.amina.id)).one()
    old.ends_on = TODAY - timedelta(days=5)
    moved = Placement(person_id=world.amina.id, unit_id=world.west.id, starts_on=old.ends_on, employed_from=old.starts_on)
    rows.add(moved)
    rows.commit()
    assert hr_of_east.get(f"/hr/begaran/{asked}").status_code == 404
    moved.starts_on = TODAY + timedelta(days=1)
    rows.commit()
    assert hr_of_east.get(f"/hr/begaran/{asked}").status_code == 200, "until the day, and after the last one too"


def test_what_nils_asks_for_is_not_sundbys(hr: Browser, world: World, rows: Session) -> None:
    asked = ask(world.nils, AskedFor.ERASURE)
    assert hr.get(f"/hr/begaran/{asked}").status_code == 404
    assert "raderad" not in hr.get("/hr/inkorg").text
