"""The help page: whom one can call, and no number that nobody has checked."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from app import help, library
from app.models import HelpCheck, Organisation
from tests.conftest import Queries
from tests.page_rules import Browser
from tests.world import NOW, TODAY, World

ALWAYS = ["112", "11414", "+4620505050", "116111"]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def numbers(client: Browser, path: str) -> list[str]:
    client.get(path)
    assert client.page is not None
    links = [str(link.get("href")) for link in client.page.all("a")]
    return [link.removeprefix("tel:") for link in links if link.startswith("tel:")]


def checked(rows: Session, organisation: Organisation, key: str, on: date) -> None:
    rows.add(HelpCheck(organisation_id=organisation.id, key=key, checked_on=on))
    rows.commit()


def test_only_the_four_that_always_hold_are_shown_before_anyone_has_confirmed(client: Browser) -> None:
    assert sorted(numbers(client, "/stod")) == sorted(ALWAYS)


def test_an_organisation_shows_what_it_has_confirmed(client: Browser, world: World, rows: Session) -> None:
    checked(rows, world.sundby, "stodlinjen-man", date(2026, 5, 3))
    assert "+4620808080" in numbers(client, "/stod?organisation=sundby")
    assert "+4620808080" not in numbers(client, "/stod?organisation=norrby")
    assert "+4620808080" not in numbers(client, "/stod")


def test_a_confirmation_holds_for_six_months(client: Browser, world: World, rows: Session) -> None:
    checked(rows, world.sundby, "stodlinjen-man", date(2026, 5, 2))
    assert "+4620808080" not in numbers(client, "/stod?organisation=sundby")


def test_hours_stand_only_on_confirmed_lines(client: Browser, world: World, rows: Session) -> None:
    hours = library.help_lines()["kvinnofridslinjen"].hours["sv"]
    assert hours not in client.get("/stod?organisation=sundby").text
    checked(rows, world.sundby, "kvinnofridslinjen", TODAY)
    assert hours in client.get("/stod?organisation=sundby").text


def test_each_number_comes_with_what_the_call_leaves_behind(client: Browser) -> None:
    text = client.get("/stod").text
    for line in library.help_lines().values():
        if line.always:
            assert line.trace["sv"] in text


def test_help_asks_the_database_nothing(client: Browser, queries: Queries) -> None:
    assert client.get("/stod").status_code == 200
    assert queries == []


def test_help_leaves_every_session_alone(client: Browser, world: World, queries: Queries) -> None:
    now = int(NOW.timestamp())
    with client.session_transaction() as cookie:
        cookie["participant"] = [1, 1, now]
        cookie["staff"] = [now, now]
        cookie["_user_id"] = f"{world.asa.id}:{world.asa.generation}"
    queries.clear()
    assert "Set-Cookie" not in client.get("/stod").headers
    assert queries == []


def test_an_unknown_organisation_gets_the_neutral_page(client: Browser, world: World) -> None:
    assert sorted(numbers(client, "/stod?organisation=%00")) == sorted(ALWAYS)


def test_help_is_there_for_the_one_who_uses_violence_too(client: Browser) -> None:
    assert "När du är rädd att du gör någon illa" in client.get("/stod").text


def test_the_lines_speak_the_language_of_the_page(client: Browser) -> None:
    assert library.help_lines()["akut"].whom["en"] in client.get("/stod?sprak=en").text


def test_development_shows_the_unconfirmed_too_and_says_so(app: Flask, client: Browser) -> None:
    app.config["DEVELOPMENT"] = True
    assert set(numbers(client, "/stod")) == {line.tel for line in library.help_lines().values() if line.tel}
    unconfirmed = [row for row in help.rows("sv", TODAY) if not row.is_confirmed]
    assert client.get("/stod").text.count("Inte bekräftad") == len(unconfirmed)
