"""How long a session lives: a participant's, one at a shared computer, and staff's; and what is left when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db, guards
from app.models import Credential, CredentialKind, Person, StepPost
from tests.page_rules import Browser
from tests.world import NOW, World

WITHIN = timedelta(minutes=4, seconds=59)
AFTER = timedelta(minutes=5, seconds=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def inside(client: Browser, world: World) -> Browser:
    with db.reading():
        link = world.link(world.amina)
    client.get(link)
    return client


@pytest.fixture
def sharing(inside: Browser) -> Browser:
    assert inside.submit("/min-sida", action="delad").location == "/min-sida"
    return inside


@pytest.fixture
def hr(client: Browser, world: World, rows: Session) -> Browser:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = guards.sign_in_id(rows.get_one(Person, world.asa.id))
        cookie["staff"] = [int(NOW.timestamp())] * 2
    return client


def attributes(browser: Browser) -> dict[str, str | None]:
    """What the page knows of its session's end; empty where it has none."""
    assert browser.page is not None
    return next(iter(browser.page.all("dialog")), {})


def test_the_page_knows_when_its_session_ends_and_where_to_ask_for_more(
    inside: Browser, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=1))
    inside.get("/min-sida")
    told = attributes(inside)
    assert (told["data-left"], told["data-warning"]) == (str(11 * 3600), "120")
    assert inside.get(str(told["data-stay"])).json == {"left": 12 * 3600}
    assert inside.get(str(told["data-after"])).status_code == 200
    assert attributes(inside) == {}, "nobody's session, so nothing to warn of"


def test_a_participant_has_twelve_hours_and_twelve_more_for_asking(
    inside: Browser, clock: time_machine.Traveller
) -> None:
    for _ in range(12):
        clock.shift(timedelta(hours=12))
        assert inside.get("/min-sida/kvar").status_code == 200
    clock.shift(timedelta(hours=12, seconds=1))
    assert inside.get("/min-sida/kvar").status_code == 403


def test_more_time_costs_one_look_in_the_database_and_writes_nothing(inside: Browser, queries: list[str]) -> None:
    queries.clear()
    answer = inside.get("/min-sida/kvar")
    assert [each.split()[0] for each in queries] == ["SELECT"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_shared_computer_forgets_five_minutes_after_the_last_page(
    sharing: Browser, clock: time_machine.Traveller
) -> None:
    for _ in range(3):
        clock.shift(WITHIN)
        assert sharing.get("/min-sida").status_code == 200, "each page begins the five minutes anew"
    assert (attributes(sharing)["data-left"], attributes(sharing)["data-warning"]) == ("300", "60")
    clock.shift(AFTER)
    assert sharing.get("/min-sida").status_code == 403


def test_a_shared_computer_stays_one_for_whoever_opens_a_link_after_the_end(
    sharing: Browser, world: World, clock: time_machine.Traveller
) -> None:
    clock.shift(AFTER)
    with db.reading():
        link = world.link(world.amina)
    sharing.get(link)
    clock.shift(AFTER)
    assert sharing.get("/min-sida").status_code == 403


def test_the_session_cookie_goes_with_the_browser(inside: Browser) -> None:
    answer = inside.submit("/min-sida", action="delad")
    assert answer.headers.getlist("Set-Cookie")
    for made in answer.headers.getlist("Set-Cookie"):
        assert "Expires" not in made
        assert "Max-Age" not in made


def test_signing_out_is_at_hand_on_every_page_of_a_shared_computer_and_of_no_other(
    inside: Browser, world: World
) -> None:
    module = f"/modul/{world.campaign.modules[0].module_id}"
    paths = ("/min-sida", "/min-sida/sprak", "/min-sida/uppgifter", f"{module}/1", f"{module}/annat-satt")
    assert [path for path in paths if "Delad dator" in inside.get(path).text] == []
    inside.submit("/min-sida", action="delad")
    assert [path for path in paths if "Delad dator" not in inside.get(path).text] == []
    assert "Jag sitter vid en delad dator" not in inside.get("/min-sida").text


def test_signing_out_ends_the_participants_session_and_leaves_the_staffs(
    sharing: Browser, world: World, rows: Session
) -> None:
    with sharing.session_transaction() as cookie:
        cookie["_user_id"] = guards.sign_in_id(rows.get_one(Person, world.asa.id))
        cookie["staff"] = [int(NOW.timestamp())] * 2
    answer = sharing.submit("/min-sida", action="logga-ut?sprak=sv")
    assert answer.location == "/utloggad?sprak=sv"
    assert "Du är utloggad" in sharing.get(answer.location).text
    assert sharing.get("/min-sida").status_code == 403
    assert sharing.get("/hr").status_code == 200
    with sharing.session_transaction() as cookie:
        assert not {"participant", "confirmed", "shared"} & cookie.keys()


def test_signing_out_works_when_the_session_is_over_already(sharing: Browser, clock: time_machine.Traveller) -> None:
    sharing.get("/min-sida")
    assert sharing.page is not None
    form = sharing.page.form("logga-ut?sprak=sv")
    clock.shift(AFTER)
    assert sharing.post(str(form.action), data=form.hidden).location == "/utloggad?sprak=sv"


def test_what_a_confirmation_opened_ends_with_the_shared_computers_session(
    sharing: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    made = {"created_at": NOW, "used_at": NOW, "expires_at": NOW + timedelta(days=1)}
    confirmation = Credential(person_id=world.amina.id, kind=CredentialKind.CONFIRMATION, **made)
    rows.add(confirmation)
    rows.commit()
    with sharing.session_transaction() as cookie:
        cookie["confirmed"] = [confirmation.id, confirmation.generation]
    clock.shift(WITHIN)
    page = sharing.get("/mina-uppgifter")
    assert page.status_code == 200
    assert "Delad dator" in page.text
    clock.shift(AFTER)
    assert sharing.get("/mina-uppgifter").status_code == 403


def test_time_that_is_up_in_the_page_keeps_the_choice_and_posts_nothing(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    """Also where another tab has kept the session open: nobody pressed the button."""
    path = f"/modul/{world.campaign.modules[0].module_id}/1"
    inside.get(path)
    assert inside.page is not None
    hidden = inside.page.form(None).hidden
    clock.shift(5)
    answer = inside.post(path, data=hidden | {"svar": "1", "slut": "1"})
    assert answer.status_code == 403
    assert inside.page.form("/1").hidden["svar"] == "1"
    assert "slut" not in inside.page.form("/1").hidden
    assert rows.scalars(select(StepPost)).all() == []


def test_time_that_is_up_in_the_page_ends_the_session_on_the_server_too(inside: Browser) -> None:
    inside.get("/min-sida")
    assert inside.page is not None
    hidden = inside.page.form("paus").hidden
    assert inside.post("/min-sida/paus", data=hidden | {"paus": "1", "slut": "1"}).status_code == 403
    assert inside.page.form("paus").hidden["paus"] == "1", "the wish is kept, and not turned into another"
    assert inside.get("/min-sida").status_code == 403


def test_a_form_without_a_choice_is_not_said_to_be_kept(client: Browser) -> None:
    answer = client.post("/min-sida/paus", data={"visad": "x"})
    assert answer.status_code == 403
    assert "Ditt val finns kvar" not in answer.text


def test_the_page_that_says_you_are_out_makes_it_true(inside: Browser) -> None:
    assert "Du är utloggad" in inside.get("/utloggad").text
    assert inside.get("/min-sida").status_code == 403


def test_the_page_that_says_staff_are_out_makes_it_true(hr: Browser) -> None:
    assert hr.get("/hr/utloggad").status_code == 200
    assert hr.get("/hr").status_code == 303


def test_staff_have_twenty_idle_minutes_and_each_page_or_a_sign_begins_them_anew(
    hr: Browser, clock: time_machine.Traveller
) -> None:
    hr.get("/hr")
    told = attributes(hr)
    assert (told["data-left"], told["data-warning"], told["data-room"]) == ("1200", "120", "hr")
    for path in ("/hr", "/hr/kvar", "/hr/kvar"):
        clock.shift(timedelta(minutes=20))
        assert hr.get(path).status_code == 200
    clock.shift(timedelta(minutes=20, seconds=1))
    assert hr.get("/hr/kvar").status_code == 303
    assert "stod öppen länge" in hr.get(str(told["data-after"])).text


def test_staff_have_twelve_hours_at_most_and_the_page_knows(hr: Browser, clock: time_machine.Traveller) -> None:
    for _ in range(47):
        clock.shift(timedelta(minutes=15))
        assert hr.get("/hr/kvar").status_code == 200
    assert hr.get("/hr/kvar").json == {"left": 15 * 60}
    clock.shift(timedelta(minutes=15, seconds=1))
    assert hr.get("/hr/kvar").status_code == 303


def test_one_can_sign_in_from_the_page_that_says_that_time_is_up(client: Browser, world: World) -> None:
    answer = client.submit("/hr/utloggad", {"address": "asa@sundby.example"})
    assert answer.location == "/hr/logga-in?skickat=1"
