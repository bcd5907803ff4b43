"""What is answered to one who asks for a way in, and who they become when they confirm."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db, links, registering, units
from app.models import (
    Campaign, Credential, CredentialKind, Delivery, DeliveryKind, Enrolment, LinkRequest, Organisation, Origin, Person,
    RequestKind, Right, Role, Unit,
)  # fmt: skip
from tests.world import NOW, World

LATER = NOW + timedelta(minutes=1)


def ask(kind: RequestKind, address: str, organisation: Organisation | None = None, **more: str) -> None:
    with db.writing():
        mine = db.session.get(Organisation, organisation.id) if organisation else None
        registering.ask(kind, address, mine, more.get("language", "sv"), NOW, client=more.get("client"))
        db.session.commit()


def answer() -> int:
    with db.writing():
        handled = registering.answer(LATER)
        db.session.commit()
    return handled


def register(address: str, organisation: Organisation) -> None:
    ask(RequestKind.REGISTER, address, organisation)
    answer()


def confirm(rows: Session, unit: Unit | None = None) -> int | None:
    """Confirm the latest registration, and say who it was."""
    with db.writing():
        request = db.session.scalars(select(LinkRequest).order_by(LinkRequest.id.desc())).first()
        assert request is not None
        chosen = db.session.get(Unit, unit.id) if unit else None
        person = registering.confirm(request, chosen, LATER)
        db.session.commit()
    rows.expire_all()
    return person.id if person else None


def sent(rows: Session) -> list[tuple[DeliveryKind, str, int | None]]:
    rows.expire_all()
    deliveries = rows.scalars(select(Delivery).order_by(Delivery.id))
    return [(each.kind, each.address, each.person_id) for each in deliveries]


def add(world: World, address: str, **more: object) -> Person:
    """One more person in Sundby."""
    with db.writing():
        values = {"organisation_id": world.sundby.id, "origin": Origin.LISTED, "created_at": NOW} | more
        person = Person(**values)
        person.reach_at(address)
        db.session.add(person)
        db.session.commit()
    return person


# --- answering -------------------------------------------------------------------------------------------------------


def test_a_listed_address_gets_its_ordinary_link(world: World, rows: Session) -> None:
    register("Amina@SUNDBY.example", world.sundby)
    assert sent(rows) == [(DeliveryKind.LINK, "Amina@SUNDBY.example", world.amina.id)]
    with db.reading():
        ordinary = world.link(world.amina)
    delivery = rows.scalars(select(Delivery)).one()
    assert delivery.credential is not None
    assert ordinary == f"/k/{links.token(delivery.credential)}"


def test_an_unlisted_address_gets_a_registration_to_confirm(world: World, rows: Session) -> None:
    register("ny@sundby.example", world.sundby)
    assert sent(rows) == [(DeliveryKind.CONFIRM, "ny@sundby.example", None)]
    assert rows.scalars(select(Delivery.expires_at)).one() == NOW + timedelta(days=7)


def test_an_address_is_listed_only_in_its_own_organisation(world: World, rows: Session) -> None:
    register("nils@norrby.example", world.sundby)
    assert sent(rows) == [(DeliveryKind.CONFIRM, "nils@norrby.example", None)]


def test_an_address_that_two_people_share_gets_nothing(world: World, rows: Session) -> None:
    add(world, "amina@sundby.example")
    register("amina@sundby.example", world.sundby)
    ask(RequestKind.LINK, "amina@sundby.example")
    assert answer() == 1
    assert sent(rows) == []


def test_an_address_shared_with_one_who_has_left_is_not_shared(world: World, rows: Session) -> None:
    add(world, "amina@sundby.example", left_at=NOW)
    register("amina@sundby.example", world.sundby)
    assert sent(rows) == [(DeliveryKind.LINK, "amina@sundby.example", world.amina.id)]


def test_a_lost_link_comes_from_every_organisation_that_knows_the_address(world: World, rows: Session) -> None:
    other = add(world, "nils@norrby.example")
    ask(RequestKind.LINK, "nils@norrby.example", language="en")
    answer()
    assert {person for _kind, _address, person in sent(rows)} == {world.nils.id, other.id}
    assert set(rows.scalars(select(Delivery.language))) == {"en"}


def test_a_lost_link_to_an_unknown_address_is_answered_with_nothing(world: World, rows: Session) -> None:
    ask(RequestKind.LINK, "okand@sundby.example")
    assert answer() == 1
    assert sent(rows) == []


def test_only_those_with_a_right_get_a_way_to_sign_in(world: World, rows: Session) -> None:
    for address in ("asa@sundby.example", "amina@sundby.example", "okand@sundby.example"):
        ask(RequestKind.SIGN_IN, address)
    assert answer() == 3
    assert sent(rows) == [(DeliveryKind.SIGN_IN, "asa@sundby.example", world.asa.id)]
    credential = rows.scalars(select(Credential).where(Credential.kind == CredentialKind.SIGN_IN)).one()
    assert credential.expires_at == LATER + timedelta(minutes=15)


def test_a_right_that_has_ended_signs_nobody_in(world: World, rows: Session) -> None:
    with db.writing():
        db.session.add(Right(person_id=world.jonas.id, role=Role.MANAGER, given_at=NOW, ends_on=NOW.date()))
        db.session.commit()
    ask(RequestKind.SIGN_IN, "jonas@sundby.example")
    answer()
    assert sent(rows) == []


def test_an_address_shared_with_one_who_has_no_right_signs_nobody_in(world: World, rows: Session) -> None:
    add(world, "asa@sundby.example")
    ask(RequestKind.SIGN_IN, "asa@sundby.example")
    answer()
    assert sent(rows) == []


def test_a_request_is_answered_once(world: World, rows: Session) -> None:
    register("amina@sundby.example", world.sundby)
    assert answer() == 0
    assert len(sent(rows)) == 1


def test_an_expired_link_gets_a_new_life_and_a_revoked_one_a_new_generation(world: World, rows: Session) -> None:
    def credential() -> Credential:
        rows.expire_all()
        return rows.scalars(select(Credential).where(Credential.person_id == world.amina.id)).one()

    credential().expires_at = NOW
    rows.commit()
    register("amina@sundby.example", world.sundby)
    assert (credential().opens(LATER), credential().generation) == (True, 1)
    credential().revoked_at = NOW
    rows.commit()
    register("amina@sundby.example", world.sundby)
    assert (credential().opens(LATER), credential().generation) == (True, 2)


# --- limits ----------------------------------------------------------------------------------------------------------


def waiting(rows: Session) -> int:
    rows.expire_all()
    return rows.scalars(select(func.count()).select_from(LinkRequest)).one()


def test_one_address_is_mailed_five_times_an_hour_whatever_is_asked(world: World, rows: Session) -> None:
    for kind in (RequestKind.REGISTER, RequestKind.LINK, RequestKind.SIGN_IN) * 3:
        ask(kind, "amina@sundby.example", world.sundby)
    assert waiting(rows) == registering.PER_ADDRESS
    ask(RequestKind.LINK, "jonas@sundby.example")
    assert waiting(rows) == registering.PER_ADDRESS + 1


@pytest.mark.parametrize(
    ("limit", "client"), [("PER_CLIENT", "192.0.2.1"), ("PER_ORGANISATION", None), ("PER_INSTALLATION", None)]
)
def test_each_limit_holds_by_itself(
    world: World, rows: Session, monkeypatch: pytest.MonkeyPatch, limit: str, client: str | None
) -> None:
    monkeypatch.setattr(registering, limit, 3)
    more = {"client": client} if client else {}
    for number in range(5):
        ask(RequestKind.REGISTER, f"n{number}@sundby.example", world.sundby, **more)
    assert waiting(rows) == 3


def test_the_limits_remember_no_address(world: World, rows: Session) -> None:
    ask(RequestKind.LINK, "amina@sundby.example", client="192.0.2.1")
    kept = rows.connection().exec_driver_sql("select key from rate_count").scalars().all()
    assert kept
    assert not any("amina" in key or "192" in key for key in kept)


# --- confirming ------------------------------------------------------------------------------------------------------


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


def test_one_who_registered_before_is_enrolled_in_the_next_campaign_by_asking_again(world: World, rows: Session) -> None:
    register("grannen@mejl.example", world.sundby)
    person = confirm(rows)
    next_one = Campaign(
        organisation_id=world.sundby.id, course_id=world.course.id, name="Våren 2027", starts_on=NOW.date(), due_days=60,
        days_between=7, created_at=NOW,
    )  # fmt: skip
    rows.add(next_one)
    rows.commit()
    register("grannen@mejl.example", world.sundby)
    enrolments = rows.scalars(select(Enrolment).where(Enrolment.person_id == person))
    assert {each.campaign_id for each in enrolments} == {world.campaign.id, next_one.id}


# --- where one can register ------------------------------------------------------------------------------------------


def names() -> list[str]:
    with db.reading():
        return [each.name for each in registering.open_organisations(NOW)]


def change(rows: Session, campaign: Campaign, **values: object) -> None:
    found = rows.get_one(Campaign, campaign.id)
    for name, value in values.items():
        setattr(found, name, value)
    rows.commit()


def test_registrations_are_taken_where_a_campaign_runs(world: World, rows: Session) -> None:
    assert names() == ["Norrby kommun", "Sundby kommun"]
    change(rows, world.campaign, closed_at=NOW)
    change(rows, world.norrby_campaign, starts_on=NOW.date() + timedelta(days=1))
    assert names() == []


def paths(world: World, words: str = "") -> list[str]:
    with db.reading():
        organisation = db.session.get_one(Organisation, world.sundby.id)
        return list(units.narrowed(units.paths(organisation, NOW), words).values())


def test_units_are_paths_in_swedish_order(world: World, rows: Session) -> None:
    rows.add_all(Unit(organisation_id=world.sundby.id, name=name) for name in ("Ö", "Å", "Ä", "Zoo"))
    rows.commit()
    assert paths(world) == [
        "Förtroendevalda", "Omsorg", "Omsorg / Hemtjänst Väster", "Omsorg / Hemtjänst Öster", "Skola", "Zoo", "Å", "Ä",
        "Ö",
    ]  # fmt: skip


@pytest.mark.parametrize("column", ["hidden_at", "closed_at"])
def test_a_unit_that_is_hidden_or_closed_is_not_offered_nor_what_is_below_it(
    world: World, rows: Session, column: str
) -> None:
    setattr(rows.get_one(Unit, world.care.id), column, NOW)
    rows.commit()
    assert paths(world) == ["Förtroendevalda", "Skola"]


@pytest.mark.parametrize("words", ["hemtjanst oster", "ÖSTER", "Ost hem", "omsorg öster", " o\u0308ster "])
def test_units_are_found_with_and_without_dots_and_in_any_order(world: World, words: str) -> None:
    assert paths(world, words) == ["Omsorg / Hemtjänst Öster"]


def test_words_that_no_unit_has_find_none(world: World) -> None:
    assert paths(world, "brandkår") == []
