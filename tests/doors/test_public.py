"""The open pages: start, what is stored, the quick way out. They know nobody and leave nothing behind."""

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from app.models import Campaign, Course
from tests.conftest import Queries
from tests.page_rules import Browser
from tests.world import NOW, World


@pytest.mark.parametrize("path", ["/", "/stod", "/uppgifter", "/registrera/skickat", "/ny-lank/skickat"])
def test_the_open_pages_set_no_cookie(client: Browser, world: World, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/registrera", "/ny-lank", "/stod", "/uppgifter", "/registrera/bekrafta/x"])
def test_no_title_or_address_says_what_the_course_is_about(client: Browser, world: World, path: str) -> None:
    text = client.get(path).text
    title = text.partition("<title>")[2].partition("</title>")[0]
    assert title.strip()
    assert "våld" not in title.casefold()


@time_machine.travel(NOW, tick=False)
def test_the_start_page_lists_the_modules_with_their_minutes(client: Browser, world: World) -> None:
    text = client.get("/").text
    assert text.index("Första stunden") < text.index("Andra stunden")
    assert text.count("3 min<") == 2
    assert 'href="/kurs/liten"' in text


@time_machine.travel(NOW, tick=False)
def test_the_start_page_names_no_organisation_while_there_are_several(client: Browser, world: World) -> None:
    assert "Sundby" not in client.get("/").text


@time_machine.travel(NOW, tick=False)
def test_the_start_page_names_the_only_organisation_that_takes_registrations(
    client: Browser, world: World, rows: Session
) -> None:
    campaign = rows.get(Campaign, world.norrby_campaign.id)
    assert campaign is not None
    campaign.closed_at = NOW
    rows.commit()
    assert "Sundby kommun" in client.get("/").text


def test_an_unpublished_course_is_not_on_the_start_page(client: Browser, world: World, rows: Session) -> None:
    course = rows.get(Course, world.course.id)
    assert course is not None
    course.published_at = None
    rows.commit()
    assert "Första stunden" not in client.get("/").text


def test_the_start_page_stands_with_nothing_in_the_database(client: Browser) -> None:
    assert client.get("/").status_code == 200


def test_the_pages_speak_english_to_those_who_ask_for_it(client: Browser, world: World) -> None:
    assert '<html lang="en"' in client.get("/stod?sprak=en").text
    assert '<html lang="en"' in client.get("/stod", headers={"Accept-Language": "en-GB,en"}).text
    assert '<html lang="sv"' in client.get("/stod?sprak=xx").text


@pytest.mark.parametrize(
    "path", ["/kurs/liten", "/kurs/liten/1/1", "/kurs/liten/1/2", "/kurs/liten/2/1", "/finns-inte"]
)
def test_the_language_asked_for_goes_along(client: Browser, world: World, path: str) -> None:
    """Nothing remembers it, neither for one who reads without registering nor on the way to help."""
    client.get(f"{path}?sprak=en")
    assert client.page is not None
    links = [str(link["href"]) for link in client.page.all("a")]
    onward = [link for link in links if link.startswith(("/kurs", "/stod", "/ny-lank"))]
    assert onward
    assert [link for link in onward if "sprak=en" not in link.partition("?")[2].split("&")] == []


def test_an_answer_keeps_the_language_asked_for(client: Browser, world: World) -> None:
    client.get("/kurs/liten/1/2?sprak=en")
    assert client.page is not None
    assert client.page.forms[0].hidden["sprak"] == "en"


def test_quick_exit_ends_the_session_and_opens_a_neutral_site(app: Flask, client: Browser, world: World) -> None:
    with client.session_transaction() as cookie:
        cookie["participant"] = [1, 1, 0]
    answer = client.get("/lamna")
    assert answer.status_code == 303
    assert answer.headers["Location"] == app.config["EXIT_URL"]
    assert answer.headers["Cache-Control"] == "no-store"
    with client.session_transaction() as cookie:
        assert not cookie


def test_quick_exit_asks_the_database_nothing(client: Browser, queries: Queries) -> None:
    client.get("/lamna")
    assert queries == []


@pytest.mark.parametrize("path", ["/stod", "/lamna"])
def test_help_and_quick_exit_leave_no_line_in_the_log(
    client: Browser, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    client.get(path)
    assert '"request"' not in capsys.readouterr().err


def test_every_open_page_has_the_quick_exit_as_a_plain_link(client: Browser, world: World) -> None:
    for path in ("/", "/registrera", "/ny-lank", "/stod", "/uppgifter"):
        client.get(path)
        assert client.page is not None
        assert [link.get("href") for link in client.page.all("a") if link.get("class") == "exit"] == ["/lamna"]
