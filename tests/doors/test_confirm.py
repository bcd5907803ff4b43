"""Confirming a registration: nothing is confirmed by looking, and staff find their unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db, registering
from app.models import (
    Campaign,
    Completion,
    Credential,
    Delivery,
    DeliveryKind,
    Enrolment,
    LinkRequest,
    Origin,
    Person,
    Unit,
)
from tests.doors.registering import at_a_human_pace, confirm, confirm_link, count, person_at, register
from tests.page_rules import Browser
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_looking_confirms_nothing(client: Browser, world: World, rows: Session) -> None:
    register(client, "grannen@mejl.example")
    before = count(rows, Person)
    for _ in range(3):
        assert client.get(confirm_link(rows)).status_code == 200
        assert client.head(confirm_link(rows)).status_code == 200
    assert (count(rows, Person), count(rows, Completion)) == (before, 0)
    assert rows.scalars(select(LinkRequest.confirmed_at)).one() is None


def test_the_public_says_that_it_was_they_and_comes_in(client: Browser, world: World, rows: Session) -> None:
    register(client, "grannen@mejl.example", language="en")
    answer = confirm(client, rows)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/min-sida")
    person = person_at(rows, "grannen@mejl.example")
    assert (person.origin, person.language, person.declared_unit_id) == (Origin.PUBLIC, "en", None)
    home = client.get("/min-sida")
    assert home.status_code == 200
    assert '<html lang="en"' in home.text


def test_nothing_is_chosen_beforehand_and_a_button_alone_confirms_nothing(
    client: Browser, world: World, rows: Session
) -> None:
    register(client, "grannen@mejl.example")
    before = count(rows, Person)
    assert " checked" not in client.get(confirm_link(rows)).text
    answer = at_a_human_pace(client, confirm_link(rows), {})
    assert answer.status_code == 422
    assert "Välj ett av alternativen." in answer.text
    assert count(rows, Person) == before


@pytest.mark.parametrize("who", ["jag", "inte-jag"])
def test_a_scanner_that_chooses_too_is_too_quick(client: Browser, world: World, rows: Session, who: str) -> None:
    register(client, "grannen@mejl.example")
    before = count(rows, Person)
    answer = client.submit(confirm_link(rows), {"who": who})
    assert answer.status_code == 200
    assert "Det gick fort" in answer.text
    assert answer.text.count(" checked") == 1, "the choice is kept"
    assert (count(rows, Person), count(rows, LinkRequest)) == (before, 1)


def test_one_who_did_not_register_is_forgotten_at_once(client: Browser, world: World, rows: Session) -> None:
    register(client, "grannen@mejl.example")
    with db.writing():
        registering.answer(NOW)
        db.session.commit()
    link, before = confirm_link(rows), count(rows, Person)
    assert count(rows, Delivery) == 1
    answer = at_a_human_pace(client, link, {"who": "inte-jag"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/registrera/borttagen?sprak=sv")
    assert "inte sparat din adress" in client.get(answer.headers["Location"]).text
    assert (count(rows, Person), count(rows, LinkRequest), count(rows, Delivery)) == (before, 0, 0)
    assert client.get(link).status_code == 404
    with client.session_transaction() as cookie:
        assert "participant" not in cookie


def test_staff_who_are_not_listed_choose_their_unit(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    refused = confirm(client, rows, "")
    assert refused.status_code == 422
    assert "Välj en enhet" in refused.text
    assert confirm(client, rows, world.east.id).status_code == 303
    person = person_at(rows, "ny@sundby.example")
    assert (person.origin, person.declared_unit_id) == (Origin.DECLARED, world.east.id)


def test_one_who_does_not_find_their_unit_comes_in_all_the_same(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    assert confirm(client, rows, "0").status_code == 303
    assert person_at(rows, "ny@sundby.example").declared_unit_id is None


@pytest.mark.parametrize("unit", ["norrby", "x", "-1", "99999999999999999999"])
def test_a_unit_of_another_organisation_cannot_be_chosen(
    client: Browser, world: World, rows: Session, unit: str
) -> None:
    register(client, "ny@sundby.example")
    chosen = world.norrby_care.id if unit == "norrby" else unit
    assert confirm(client, rows, chosen).status_code == 422


def test_the_public_is_not_asked_for_a_unit_whatever_the_address_says(
    client: Browser, world: World, rows: Session
) -> None:
    register(client, "grannen@mejl.example")
    assert "Var arbetar du?" not in client.get(f"{confirm_link(rows)}?jag=1").text
    assert client.submit(f"{confirm_link(rows)}?jag=1", {"unit": str(world.east.id)}).status_code == 422


def test_confirming_sends_the_link_once_and_enrols_once(client: Browser, world: World, rows: Session) -> None:
    register(client, "grannen@mejl.example")
    client.get(confirm_link(rows))
    assert client.page is not None
    filled = client.page.form(None).hidden | {"who": "jag"}
    with time_machine.travel(NOW + timedelta(seconds=3), tick=False):
        answers = [client.post(confirm_link(rows), data=filled) for _ in range(2)]
    assert [each.location for each in answers] == ["/min-sida", "/min-sida"], "one who presses twice is in"
    person = person_at(rows, "grannen@mejl.example")
    assert len(rows.scalars(select(Enrolment).where(Enrolment.person_id == person.id)).all()) == 1
    assert len(rows.scalars(select(Credential).where(Credential.person_id == person.id)).all()) == 1
    deliveries = rows.scalars(select(Delivery).where(Delivery.person_id == person.id)).all()
    assert [each.kind for each in deliveries] == [DeliveryKind.LINK]


def test_a_confirmed_link_is_no_way_in_any_more(app: Flask, client: Browser, world: World, rows: Session) -> None:
    register(client, "grannen@mejl.example")
    confirm(client, rows)
    other = app.test_client()
    for answer in (other.get(confirm_link(rows)), other.get(f"{confirm_link(rows)}?jag=1")):
        assert answer.status_code == 200
        assert "Du är redan anmäld" in answer.text
    with other.session_transaction() as cookie:
        assert "participant" not in cookie
    app.config["WTF_CSRF_ENABLED"] = False
    assert "Du är redan anmäld" in other.post(confirm_link(rows), data={"who": "jag"}).text
    assert other.get("/min-sida").status_code == 403


def test_one_who_has_meanwhile_been_listed_is_not_asked_for_a_unit(
    client: Browser, world: World, rows: Session
) -> None:
    register(client, "ny@sundby.example")
    with db.writing():
        listed = Person(organisation_id=world.sundby.id, origin=Origin.LISTED, created_at=NOW)
        listed.reach_at("ny@sundby.example")
        db.session.add(listed)
        db.session.commit()
    assert confirm(client, rows).headers["Location"] == "/min-sida"
    assert person_at(rows, "ny@sundby.example").id == listed.id


def test_a_registration_lives_for_seven_days(client: Browser, world: World, rows: Session) -> None:
    register(client, "grannen@mejl.example")
    link = confirm_link(rows)
    with time_machine.travel(NOW + timedelta(days=7, seconds=-1), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        answer = client.get(link)
    assert answer.status_code == 404
    assert "Anmäl dig igen" in answer.text


def test_unknown_cut_and_altered_links_get_one_neutral_page(client: Browser, world: World, rows: Session) -> None:
    register(client, "grannen@mejl.example")
    link = confirm_link(rows)
    bad = (link[:-1], link + "x", "/registrera/bekrafta/x", link.replace(".", "%00."))
    pages = {client.get(each).text for each in bad}
    assert len(pages) == 1
    assert "Länken fungerar inte längre" in pages.pop()


def test_a_registration_to_a_campaign_that_has_ended_is_too_late(client: Browser, world: World, rows: Session) -> None:
    register(client, "grannen@mejl.example")
    rows.get_one(Campaign, world.campaign.id).closed_at = NOW
    rows.commit()
    assert client.get(confirm_link(rows)).status_code == 404


# --- finding one's unit ----------------------------------------------------------------------------------------------


@pytest.fixture
def many_units(world: World, rows: Session) -> None:
    homes = [Unit(organisation_id=world.sundby.id, parent_id=world.care.id, name=f"Boende {n:02}") for n in range(30)]
    rows.add_all(homes)
    rows.commit()


@pytest.mark.usefixtures("many_units")
def test_a_long_list_is_searched_first(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    first = client.get(f"{confirm_link(rows)}?jag=1")
    assert 'type="radio"' not in first.text
    found = client.get(f"{confirm_link(rows)}?jag=1&sok=OSTER")
    assert "Omsorg / Hemtjänst Öster" in found.text
    assert "Väster" not in found.text
    answer = client.submit(f"{confirm_link(rows)}?jag=1&sok=oster", {"unit": str(world.east.id)})
    assert answer.status_code == 303
    assert person_at(rows, "ny@sundby.example").declared_unit_id == world.east.id


@pytest.mark.usefixtures("many_units")
def test_a_search_that_finds_too_much_says_how_many_are_left(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    text = client.get(f"{confirm_link(rows)}?jag=1&sok=boende").text
    assert text.count('type="radio"') == 20 + 1
    assert "10 enheter till stämmer" in text


@pytest.mark.usefixtures("many_units")
def test_a_search_that_finds_nothing_leaves_a_way_on(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    assert "Ingen enhet heter så" in client.get(f"{confirm_link(rows)}?jag=1&sok=%00brandk%C3%A5r").text
    assert client.submit(f"{confirm_link(rows)}?jag=1&sok=xyz", {"unit": "0"}).status_code == 303


@pytest.mark.usefixtures("many_units")
def test_a_fault_keeps_the_search(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    answer = client.submit(f"{confirm_link(rows)}?jag=1&sok=oster")
    assert answer.status_code == 422
    assert "Hemtjänst Öster" in answer.text
    assert 'value="oster"' in answer.text
