"""Registering through the doors: the same answer to everyone, nothing confirmed by looking, and a sentence at the field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import db, links, registering
from app.models import (
    Campaign, Completion, Credential, Delivery, DeliveryKind, Enrolment, LinkRequest, Origin, Person, Unit,
)  # fmt: skip
from app.models.types import address_key
from tests.conftest import Queries
from tests.page_rules import Browser
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def register(client: Browser, address: str, organisation: str = "sundby", language: str = "sv") -> TestResponse:
    data = {"address": address, "organisation": organisation, "language": language}
    return client.submit("/registrera", data)


def confirm_link(rows: Session) -> str:
    """The address in the mail to the latest who registered."""
    rows.expire_all()
    request = rows.scalars(select(LinkRequest).order_by(LinkRequest.id.desc())).first()
    assert request is not None
    return f"/registrera/bekrafta/{links.registration_token(request)}"


def count(rows: Session, model: type) -> int:
    rows.expire_all()
    return rows.scalars(select(func.count()).select_from(model)).one()


def person_at(rows: Session, address: str) -> Person:
    rows.expire_all()
    return rows.scalars(select(Person).where(Person.address_key == address_key(address))).one()


# --- asking ----------------------------------------------------------------------------------------------------------


def test_help_is_offered_before_anything_is_asked(client: Browser, world: World) -> None:
    text = client.get("/registrera").text
    main = text[text.index("<main") :]
    assert main.index("Behöver du stöd nu?") < main.index("Du behöver inte anmäla dig") < main.index("<h1")
    assert main.index('href="/stod') < main.index("<form")


def test_the_answer_is_the_same_whatever_the_address(client: Browser, world: World, queries: Queries) -> None:
    answers, asked = [], []
    for address in ("amina@sundby.example", "okand@sundby.example", "grannen@mejl.example"):
        client.get("/registrera")
        assert client.page is not None
        data = {**client.page.form(None).hidden, "address": address, "organisation": "sundby", "language": "sv"}
        queries.clear()
        answer = client.post("/registrera", data=data)
        asked.append(list(queries))
        answers.append((answer.status_code, answer.headers["Location"], client.get(answer.headers["Location"]).text))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 303
    assert asked[0] == asked[1] == asked[2]


def test_asking_only_queues(client: Browser, world: World, rows: Session) -> None:
    register(client, "amina@sundby.example")
    assert (count(rows, LinkRequest), count(rows, Delivery)) == (1, 0)


def test_over_the_limit_the_answer_is_the_same_and_nothing_is_queued(
    client: Browser, world: World, rows: Session
) -> None:
    answers = [register(client, "amina@sundby.example") for _ in range(registering.PER_ADDRESS + 2)]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (303, "/registrera/skickat?sprak=sv")
    }
    assert count(rows, LinkRequest) == registering.PER_ADDRESS


def test_the_organisation_is_asked_for_only_where_there_are_several(
    client: Browser, world: World, rows: Session
) -> None:
    assert 'name="organisation"' in client.get("/registrera").text
    rows.get_one(Campaign, world.norrby_campaign.id).closed_at = NOW
    rows.commit()
    assert 'name="organisation"' not in client.get("/registrera").text
    assert register(client, "ny@sundby.example").status_code == 303
    assert rows.scalars(select(LinkRequest.organisation_id)).one() == world.sundby.id


def test_where_nothing_runs_reading_is_still_open(client: Browser, rows: Session) -> None:
    text = client.get("/registrera").text
    assert "utan anmälan" in text
    assert "<form" not in text
    with client.session_transaction() as cookie:
        assert not cookie


BAD_ADDRESSES = [
    "",
    "farah.sundby",
    "två ord@sundby.example",
    "a@b",
    "x" * 10_000,
    "x" * 10_000 + "@sundby.example",
    "a\0b@sundby.example",
    "a@sundby.example\r\nBcc: b@sundby.example",
    "\u202ea@sundby.example",
    "a@sundby.example,b@sundby.example",
    "Anna <a@sundby.example>",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
@pytest.mark.parametrize("door", ["/registrera", "/ny-lank"])
def test_a_bad_address_is_a_sentence_at_the_field(
    client: Browser, world: World, rows: Session, door: str, address: str
) -> None:
    data = {"organisation": "sundby", "language": "sv"} if door == "/registrera" else {}
    answer = client.submit(door, data | {"address": address})
    assert answer.status_code == 422
    assert answer.text.count('id="address-error"') == 1
    assert 'aria-describedby="address-hint address-error"' in answer.text
    assert 'href="#address"' in answer.text
    assert "<title>Fel:" in answer.text
    assert "\0" not in answer.text
    assert "\u202e" not in answer.text
    assert count(rows, LinkRequest) == 0


def test_what_was_typed_stays_in_the_field(client: Browser, world: World) -> None:
    answer = client.submit("/registrera", {"address": "farah.sundby", "organisation": "sundby", "language": "en"})
    assert 'value="farah.sundby"' in answer.text
    assert answer.text.count(" checked") == 2


@pytest.mark.parametrize("chosen", [{}, {"organisation": "finns-inte"}, {"organisation": "\0"}])
def test_an_organisation_that_is_not_there_is_a_sentence(
    client: Browser, world: World, rows: Session, chosen: dict[str, str]
) -> None:
    answer = client.submit("/registrera", {"address": "ny@sundby.example", "language": "sv"} | chosen)
    assert answer.status_code == 422
    assert "Välj en organisation." in answer.text
    assert count(rows, LinkRequest) == 0


def test_an_address_with_dots_in_its_domain_is_welcome(client: Browser, world: World, rows: Session) -> None:
    assert register(client, " ny@sundby-å.example ").status_code == 303
    assert rows.scalars(select(LinkRequest.address)).one() == "ny@sundby-å.example"


def test_a_posted_registration_must_come_from_our_own_page(client: Browser, world: World, rows: Session) -> None:
    data = {"address": "ny@sundby.example", "organisation": "sundby", "language": "sv"}
    assert client.post("/registrera", data=data).status_code == 400
    assert client.submit("/registrera", data, headers={"Origin": "https://evil.example"}).status_code == 403
    assert count(rows, LinkRequest) == 0


def test_asking_for_a_new_link_answers_the_same_and_queues(client: Browser, world: World, rows: Session) -> None:
    answers = [client.submit("/ny-lank", {"address": f"{name}@sundby.example"}) for name in ("amina", "okand")]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(303, "/ny-lank/skickat")}
    assert count(rows, LinkRequest) == 2


def test_an_old_link_is_told_so_without_blame(client: Browser, world: World) -> None:
    assert "Länken fungerar inte längre" in client.get("/ny-lank?gammal=1").text
    assert "Länken fungerar inte längre" not in client.get("/ny-lank").text


# --- confirming ------------------------------------------------------------------------------------------------------


def test_looking_confirms_nothing(client: Browser, world: World, rows: Session) -> None:
    register(client, "grannen@mejl.example")
    before = count(rows, Person)
    for _ in range(3):
        assert client.get(confirm_link(rows)).status_code == 200
        assert client.head(confirm_link(rows)).status_code == 200
    assert (count(rows, Person), count(rows, Completion)) == (before, 0)
    assert rows.scalars(select(LinkRequest.confirmed_at)).one() is None


def test_the_public_confirms_with_one_button_and_comes_in(client: Browser, world: World, rows: Session) -> None:
    register(client, "grannen@mejl.example", language="en")
    assert 'type="radio"' not in client.get(confirm_link(rows)).text
    answer = client.submit(confirm_link(rows))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/min-sida")
    person = person_at(rows, "grannen@mejl.example")
    assert (person.origin, person.language, person.declared_unit_id) == (Origin.PUBLIC, "en", None)
    home = client.get("/min-sida")
    assert home.status_code == 200
    assert '<html lang="en"' in home.text


def test_staff_who_are_not_listed_choose_their_unit(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    refused = client.submit(confirm_link(rows))
    assert refused.status_code == 422
    assert "Välj en enhet" in refused.text
    assert client.submit(confirm_link(rows), {"unit": str(world.east.id)}).status_code == 303
    person = person_at(rows, "ny@sundby.example")
    assert (person.origin, person.declared_unit_id) == (Origin.DECLARED, world.east.id)


def test_one_who_does_not_find_their_unit_comes_in_all_the_same(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    assert client.submit(confirm_link(rows), {"unit": "0"}).status_code == 303
    assert person_at(rows, "ny@sundby.example").declared_unit_id is None


@pytest.mark.parametrize("unit", ["norrby", "x", "-1", "99999999999999999999"])
def test_a_unit_of_another_organisation_cannot_be_chosen(
    client: Browser, world: World, rows: Session, unit: str
) -> None:
    register(client, "ny@sundby.example")
    chosen = str(world.norrby_care.id) if unit == "norrby" else unit
    assert client.submit(confirm_link(rows), {"unit": chosen}).status_code == 422


def test_confirming_sends_the_link_once_and_enrols_once(client: Browser, world: World, rows: Session) -> None:
    register(client, "grannen@mejl.example")
    for _ in range(2):
        assert client.submit(confirm_link(rows)).status_code == 303
    person = person_at(rows, "grannen@mejl.example")
    assert len(rows.scalars(select(Enrolment).where(Enrolment.person_id == person.id)).all()) == 1
    assert len(rows.scalars(select(Credential).where(Credential.person_id == person.id)).all()) == 1
    deliveries = rows.scalars(select(Delivery).where(Delivery.person_id == person.id)).all()
    assert [each.kind for each in deliveries] == [DeliveryKind.LINK]


def test_one_who_has_meanwhile_been_listed_is_not_asked_for_a_unit(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    with db.writing():
        listed = Person(organisation_id=world.sundby.id, origin=Origin.LISTED, created_at=NOW)
        listed.reach_at("ny@sundby.example")
        db.session.add(listed)
        db.session.commit()
    assert 'type="radio"' not in client.get(confirm_link(rows)).text
    assert client.submit(confirm_link(rows)).status_code == 303
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
    pages = {client.get(bad).text for bad in (link[:-1], link + "x", "/registrera/bekrafta/x", link.replace(".", "%00."))}
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
    first = client.get(confirm_link(rows))
    assert 'type="radio"' not in first.text
    found = client.get(f"{confirm_link(rows)}?sok=OSTER")
    assert "Omsorg / Hemtjänst Öster" in found.text
    assert "Väster" not in found.text
    answer = client.submit(f"{confirm_link(rows)}?sok=oster", {"unit": str(world.east.id)})
    assert answer.status_code == 303
    assert person_at(rows, "ny@sundby.example").declared_unit_id == world.east.id


@pytest.mark.usefixtures("many_units")
def test_a_search_that_finds_too_much_says_how_many_are_left(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    text = client.get(f"{confirm_link(rows)}?sok=boende").text
    assert text.count('type="radio"') == 20 + 1
    assert "10 enheter till stämmer" in text


@pytest.mark.usefixtures("many_units")
def test_a_search_that_finds_nothing_leaves_a_way_on(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    assert "Ingen enhet heter så" in client.get(f"{confirm_link(rows)}?sok=%00brandk%C3%A5r").text
    assert client.submit(f"{confirm_link(rows)}?sok=xyz", {"unit": "0"}).status_code == 303


@pytest.mark.usefixtures("many_units")
def test_a_fault_keeps_the_search(client: Browser, world: World, rows: Session) -> None:
    register(client, "ny@sundby.example")
    answer = client.submit(f"{confirm_link(rows)}?sok=oster")
    assert answer.status_code == 422
    assert "Hemtjänst Öster" in answer.text
    assert 'value="oster"' in answer.text
