"""Asking to register, or for a new link: the same answer to everyone, and a sentence at the field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import registering
from app.models import Campaign, Delivery, LinkRequest
from tests.conftest import Queries
from tests.doors.registering import count, register
from tests.page_rules import Browser
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


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
