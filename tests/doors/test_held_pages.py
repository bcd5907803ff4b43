"""What is held about oneself: opened by a fresh confirmation alone, and closed again soon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, confirming, db, links
from app.models import (
    AskedFor,
    Credential,
    CredentialKind,
    Delivery,
    DeliveryKind,
    Organisation,
    Origin,
    Person,
    PersonRequest,
)
from app.models.credential import CONFIRMATION_LIFE
from tests.doors.registering import at_a_human_pace, count
from tests.page_rules import Browser
from tests.world import NOW, World

ASK = "/min-sida/uppgifter"


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


def way_in(person: Person) -> str:
    """The address in the mail, or in what HR hands over."""
    with db.writing():
        found = links.confirmation_for(db.session.get_one(Person, person.id), clock.now())
        db.session.commit()
    return f"/mina-uppgifter/bekrafta/{links.token(found)}"


def come_in(client: Browser, person: Person) -> None:
    answer = at_a_human_pace(client, way_in(person), {"who": "jag"})
    assert (answer.status_code, answer.location) == (303, "/mina-uppgifter")


def open_link(client: Browser, world: World) -> None:
    with db.reading():
        link = world.link(world.amina)
    client.get(link)


def now(rows: Session, person: Person) -> Person:
    rows.expire_all()
    return rows.get_one(Person, person.id)


@pytest.fixture
def neighbour(world: World, rows: Session) -> Person:
    """One of the public, who came by themselves."""
    made = Person(organisation_id=world.sundby.id, origin=Origin.PUBLIC, created_at=NOW, language="sv")
    made.reach_at("grannen@mejl.example")
    rows.add(made)
    rows.commit()
    return made


# --- asking for the mail ---------------------------------------------------------------------------------------------


def test_a_personal_link_alone_opens_nothing_of_what_is_held(app: Flask, client: Browser, world: World) -> None:
    open_link(client, world)
    app.config["WTF_CSRF_ENABLED"] = False
    adapter = app.url_map.bind("localhost")
    doors = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("held.")]
    closed = [rule for rule in doors if rule.endpoint not in ("held.confirmation", "held.confirm", "held.closed")]
    assert len(closed) >= 8
    for rule in closed:
        address = adapter.build(rule.endpoint, {"form": "json"} if rule.arguments else {})
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            answer = client.open(address, method=method, data={"name": "x", "sure": "ja", "why": "left"})
            assert answer.status_code == 403, address
            assert "Amina" not in answer.text


def test_the_mail_goes_to_the_listed_address_and_the_page_shows_nothing(
    client: Browser, world: World, rows: Session
) -> None:
    open_link(client, world)
    answer = at_a_human_pace(client, ASK, {})
    assert (answer.status_code, answer.location) == (303, f"{ASK}?skickat=1")
    assert "Titta i din mejl" in client.get(answer.location).text
    delivery = rows.scalars(select(Delivery)).one()
    assert (delivery.kind, delivery.address) == (DeliveryKind.CONFIRMATION, "amina@sundby.example")
    assert delivery.expires_at == delivery.queued_at + timedelta(minutes=15)
    assert client.get("/mina-uppgifter").status_code == 403, "the browser that asked gets nothing"


def test_another_persons_link_closes_what_was_opened_here(client: Browser, world: World) -> None:
    come_in(client, world.amina)
    assert client.get("/mina-uppgifter").status_code == 200
    with db.reading():
        link = world.link(world.jonas)
    client.get(link)
    assert client.get("/mina-uppgifter").status_code == 403


def test_an_address_that_two_share_proves_nothing(client: Browser, world: World, rows: Session) -> None:
    now(rows, world.jonas).reach_at("amina@sundby.example")
    rows.commit()
    open_link(client, world)
    assert at_a_human_pace(client, ASK, {}).location == f"{ASK}?skickat=1"
    assert count(rows, Delivery) == 0


def test_whoever_holds_the_link_cannot_plague_its_owner(
    client: Browser, world: World, rows: Session, today: time_machine.Coordinates
) -> None:
    open_link(client, world)
    for _ in range(10):
        today.shift(timedelta(hours=1))
        at_a_human_pace(client, ASK, {})
    assert count(rows, Delivery) == confirming.PER_DAY


def test_what_is_held_leaves_the_screen_when_its_time_is_up(
    client: Browser, world: World, today: time_machine.Coordinates
) -> None:
    come_in(client, world.amina)
    today.shift(timedelta(minutes=5))
    told = client.get("/mina-uppgifter").headers["Refresh"]
    assert told == "600; url=/mina-uppgifter/stangd"


def test_a_scanner_that_presses_the_button_sends_nothing(client: Browser, world: World, rows: Session) -> None:
    open_link(client, world)
    assert client.submit(ASK).location == f"{ASK}?igen=1"
    assert count(rows, Delivery) == 0


def test_the_answer_is_the_same_without_an_address_and_over_the_limit(
    client: Browser, world: World, rows: Session
) -> None:
    open_link(client, world)
    answers = [at_a_human_pace(client, ASK, {}).location for _ in range(confirming.PER_PERSON + 2)]
    assert count(rows, Delivery) == confirming.PER_PERSON
    with db.writing():
        db.session.get_one(Person, world.amina.id).reach_at(None)
        db.session.commit()
    answers.append(at_a_human_pace(client, ASK, {}).location)
    assert set(answers) == {f"{ASK}?skickat=1"}
    assert count(rows, Delivery) == confirming.PER_PERSON


# --- the mailed link -------------------------------------------------------------------------------------------------


def test_looking_spends_nothing_and_names_nobody(client: Browser, world: World) -> None:
    link = way_in(world.amina)
    for _ in range(2):
        page = client.get(link)
        assert page.status_code == client.head(link).status_code == 200
        assert "a•••@sundby.example" in page.text
        assert "Farah" not in page.text
        assert " checked" not in page.text


def test_a_button_alone_or_a_quick_choice_spends_nothing(client: Browser, world: World, rows: Session) -> None:
    link = way_in(world.amina)
    assert at_a_human_pace(client, link, {}).status_code == 422
    quick = client.submit(link, {"who": "annan"})
    assert quick.status_code == 200
    assert "Det gick fort" in quick.text
    assert count(rows, PersonRequest) == 0
    assert at_a_human_pace(client, link, {"who": "jag"}).status_code == 303


def test_the_link_works_once_and_for_a_quarter_of_an_hour(
    client: Browser, world: World, today: time_machine.Coordinates
) -> None:
    come_in(client, world.amina)
    link = way_in(world.amina)
    assert at_a_human_pace(client, link, {"who": "jag"}).status_code == 303
    assert client.get(link).status_code == 404
    late = way_in(world.amina)
    today.shift(CONFIRMATION_LIFE)
    assert client.get(late).status_code == 404
    assert "Be om en ny länk" in client.get(late).text


def test_it_opens_in_the_browser_that_reads_the_mail_and_in_no_other(
    app: Flask, client: Browser, world: World
) -> None:
    open_link(client, world)
    other = app.test_client()
    assert isinstance(other, Browser)
    come_in(other, world.amina)
    assert "Amina Farah" in other.get("/mina-uppgifter").text
    assert client.get("/mina-uppgifter").status_code == 403
    assert other.get("/min-sida").status_code == 403, "what is held is all that it opens"


def test_one_to_whom_the_mail_did_not_belong_sees_nothing_and_mail_stops(
    client: Browser, world: World, rows: Session
) -> None:
    answer = at_a_human_pace(client, way_in(world.amina), {"who": "annan"})
    assert answer.location == "/mina-uppgifter/stangd?tack=1"
    thanks = client.get(answer.location)
    assert "Tack, då slutar vi mejla" in thanks.text
    assert "Amina" not in thanks.text
    assert rows.scalars(select(PersonRequest.asked_for)).one() == AskedFor.NOT_MINE
    assert now(rows, world.amina).paused_at is not None
    assert client.get("/mina-uppgifter").status_code == 403


@pytest.mark.parametrize("kind", [CredentialKind.LINK, CredentialKind.SIGN_IN])
def test_no_other_kind_of_link_opens_it(client: Browser, world: World, rows: Session, kind: CredentialKind) -> None:
    with db.writing():
        made = Credential(
            person_id=world.asa.id if kind == CredentialKind.SIGN_IN else world.amina.id, kind=kind, created_at=NOW,
            expires_at=NOW + timedelta(minutes=15),
        )  # fmt: skip
        if kind == CredentialKind.LINK:
            made = links.link_for(db.session.get_one(Person, world.amina.id), NOW)
        else:
            db.session.add(made)
            db.session.flush()
        token = links.token(made)
        db.session.commit()
    assert client.get(f"/mina-uppgifter/bekrafta/{token}").status_code == 404


# --- how long it stays open ------------------------------------------------------------------------------------------


def test_it_closes_by_itself_after_a_quarter_of_an_hour(
    client: Browser, world: World, today: time_machine.Coordinates
) -> None:
    come_in(client, world.amina)
    assert "kl. 15:05" in client.get("/mina-uppgifter").text
    today.shift(CONFIRMATION_LIFE - timedelta(seconds=1))
    assert client.get("/mina-uppgifter").status_code == 200
    today.shift(1)
    answer = client.get("/mina-uppgifter")
    assert answer.status_code == 403
    assert "Amina" not in answer.text


def test_done_closes_it_also_in_a_copy_of_the_cookie(app: Flask, client: Browser, world: World) -> None:
    come_in(client, world.amina)
    with client.session_transaction() as cookie:
        copied = dict(cookie)
    answer = client.submit("/mina-uppgifter", action="/klart")
    assert answer.location == "/mina-uppgifter/stangd"
    assert "Nu är sidan stängd" in client.get(answer.location).text
    assert client.get("/mina-uppgifter").status_code == 403
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie |= copied
    assert thief.get("/mina-uppgifter").status_code == 403


@pytest.mark.parametrize("way_out", ["/lamna", "/inte-jag"])
def test_leaving_closes_it(client: Browser, world: World, way_out: str) -> None:
    come_in(client, world.amina)
    client.get(way_out)
    assert client.get("/mina-uppgifter").status_code == 403


def test_it_neither_gives_nor_ends_a_staff_session(client: Browser, world: World) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["staff"] = "1:1", [1, 1]
    come_in(client, world.amina)
    client.submit("/mina-uppgifter", action="/klart")
    with client.session_transaction() as cookie:
        assert cookie.keys() == {"_user_id", "staff", "csrf_token"}


# --- seeing and taking along -----------------------------------------------------------------------------------------


def test_the_page_tells_what_is_held_and_what_is_not(client: Browser, world: World) -> None:
    come_in(client, world.amina)
    text = client.get("/mina-uppgifter").text
    for each in ("Amina Farah", "0102", "amina@sundby.example", "Omsorg / Hemtjänst Öster", "Hösten 2026", "1 september"):
        assert each in text
    assert "Ingen har öppnat en lista där ditt namn står" in text
    assert "Vad du har svarat" in text
    assert text.index('href="/lamna"') < text.index("Amina Farah")


@pytest.mark.parametrize(("form", "kind"), [("json", "application/json"), ("html", "text/html")])
def test_a_file_to_take_along_has_a_name_that_tells_nothing(
    client: Browser, world: World, form: str, kind: str
) -> None:
    come_in(client, world.amina)
    answer = client.get(f"/mina-uppgifter/utbildning.{form}")
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=utbildning.{form}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Amina Farah" in answer.text
    assert not any(word in answer.text.casefold() for word in ("våld", "kvinnofrid"))


def test_the_file_for_a_program_can_be_read_by_one(client: Browser, world: World) -> None:
    come_in(client, world.amina)
    found = json.loads(client.get("/mina-uppgifter/utbildning.json").text)
    assert found["person"][0]["number"] == "0102"
    assert found["placements"][0]["starts_on"] == "2026-09-01"


# --- a right name ----------------------------------------------------------------------------------------------------


def test_ones_own_name_is_put_right_until_the_list_is_read_again(client: Browser, world: World, rows: Session) -> None:
    come_in(client, world.amina)
    answer = client.submit("/mina-uppgifter/namn", {"name": "  Amina  Färah "})
    assert answer.location == "/mina-uppgifter?gjort=namn"
    assert now(rows, world.amina).name == "Amina  Färah"
    assert "När personallistan läses in nästa gång gäller den" in client.get(answer.location).text


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "Amina\u202eFarah", "Amina\nFarah"])
def test_a_name_that_cannot_stand_in_a_field_is_a_sentence(
    client: Browser, world: World, rows: Session, name: str
) -> None:
    come_in(client, world.amina)
    answer = client.submit("/mina-uppgifter/namn", {"name": name})
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text
    assert now(rows, world.amina).name == "Amina Farah"


def test_one_whose_name_we_never_had_is_not_asked_for_it(client: Browser, neighbour: Person) -> None:
    come_in(client, neighbour)
    assert "/namn" not in client.get("/mina-uppgifter").text
    assert client.get("/mina-uppgifter/namn").status_code == 404


# --- the wrong person, and one who has left --------------------------------------------------------------------------


@pytest.mark.parametrize("why", [AskedFor.LEFT, AskedFor.NOT_MINE])
def test_mail_stops_at_once_and_hr_is_told(client: Browser, world: World, rows: Session, why: AskedFor) -> None:
    come_in(client, world.amina)
    assert client.submit("/mina-uppgifter/fel-person").status_code == 422, "nothing is chosen beforehand"
    for _ in range(2):
        answer = client.submit("/mina-uppgifter/fel-person", {"why": why.value})
        assert answer.location == "/mina-uppgifter?gjort=fraga"
    assert "Mejlen är stoppade" in client.get(answer.location).text
    asked = rows.scalars(select(PersonRequest)).one()
    assert (asked.person_id, asked.asked_for, asked.answered_at) == (world.amina.id, why, None)
    assert now(rows, world.amina).paused_at is not None


def test_only_what_is_offered_can_be_asked_for(client: Browser, world: World, rows: Session) -> None:
    come_in(client, world.amina)
    for why in ("erasure", "x", "\0"):
        assert client.submit("/mina-uppgifter/fel-person", {"why": why}).status_code == 422
    assert count(rows, PersonRequest) == 0


# --- being erased ----------------------------------------------------------------------------------------------------


def test_one_who_came_by_themselves_is_erased_at_once(client: Browser, neighbour: Person, rows: Session) -> None:
    come_in(client, neighbour)
    assert client.submit("/mina-uppgifter/radera").status_code == 422, "nothing is chosen beforehand"
    assert client.submit("/mina-uppgifter/radera", {"sure": "nej"}).location == "/mina-uppgifter"
    answer = client.submit("/mina-uppgifter/radera", {"sure": "ja"})
    assert answer.location == "/mina-uppgifter/stangd?raderad=1"
    assert "Allt om dig är raderat" in client.get(answer.location).text
    gone = now(rows, neighbour)
    assert gone.erased_at is not None
    assert (gone.address, gone.address_key, gone.name) == (None, None, None)
    assert rows.scalars(select(Credential.id).where(Credential.person_id == neighbour.id)).all() == []
    assert client.get("/mina-uppgifter").status_code == 403
    with client.session_transaction() as cookie:
        assert cookie.keys() <= {"csrf_token"}


def test_staff_ask_and_are_told_the_rule(client: Browser, world: World, rows: Session) -> None:
    come_in(client, world.amina)
    page = client.get("/mina-uppgifter/radera").text
    for each in ("så länge det behövs", "artikel 17.3 b", "beslut om gallring", "invända", "Integritetsskyddsmyndigheten"):
        assert each in page
    assert "utbildning@sundby.example" in page, "the address that mail comes from, where there is no officer"
    assert client.submit("/mina-uppgifter/radera", {"sure": "ja"}).location == "/mina-uppgifter?gjort=fraga"
    assert rows.scalars(select(PersonRequest.asked_for)).one() == AskedFor.ERASURE
    left = now(rows, world.amina)
    assert (left.name, left.erased_at, left.paused_at) == ("Amina Farah", None, None)


def test_the_data_protection_officers_address_stands_there(client: Browser, world: World, rows: Session) -> None:
    rows.get_one(Organisation, world.sundby.id).data_protection = "dso@sundby.example"
    rows.commit()
    come_in(client, world.amina)
    page = client.get("/mina-uppgifter/radera").text
    assert 'href="mailto:dso@sundby.example"' in page
    assert "utbildning@sundby.example" not in page
