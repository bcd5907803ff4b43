"""The help page: whom one can call, and no number that nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import db, help, library
from app.models import HelpCheck, HelpContact, HelpGroup, Organisation
from app.pages import LANGUAGES
from tests.conftest import Queries
from tests.page_rules import Browser
from tests.world import NOW, TODAY, World

ALWAYS = ["112", "11414", "+4620505050", "116111"]
PAGES = ("/stod", "/stod/1", "/stod/2")


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def numbers(client: Browser, path: str) -> list[str]:
    client.get(path)
    assert client.page is not None
    links = [str(link.get("href")) for link in client.page.all("a")]
    return [link.removeprefix("tel:") for link in links if link.startswith("tel:")]


def checked(rows: Session, organisation: Organisation, key: str, on: date | None = TODAY, **more: Any) -> HelpCheck:
    made = HelpCheck(organisation_id=organisation.id, key=key, checked_on=on, **more)
    rows.add(made)
    rows.commit()
    return made


def contact(rows: Session, organisation: Organisation, on: date | None = TODAY, **more: Any) -> HelpContact:
    words: dict[str, Any] = {
        "group": HelpGroup.WORK, "name": "HR i Sundby", "number": "0980-31 92 20", "whom": "Om det som rör jobbet."
    }  # fmt: skip
    made = HelpContact(organisation_id=organisation.id, checked_on=on, **words | more)
    rows.add(made)
    rows.commit()
    return made


# --- what stands there -----------------------------------------------------------------------------------------------


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


def test_a_confirmation_is_of_one_number_and_no_other(client: Browser, world: World, rows: Session) -> None:
    """A new version of the site may bring another number to the same line."""
    held = checked(rows, world.sundby, "stodlinjen-man", checked_tel="+4620808080")
    assert "+4620808080" in numbers(client, "/stod?organisation=sundby")
    held.checked_tel = "+4620808081"
    rows.commit()
    assert "+4620808080" not in numbers(client, "/stod?organisation=sundby")


def test_hours_stand_only_on_confirmed_lines(client: Browser, world: World, rows: Session) -> None:
    hours = library.help_lines()["kvinnofridslinjen"].hours["sv"]
    assert hours not in client.get("/stod?organisation=sundby").text
    checked(rows, world.sundby, "kvinnofridslinjen")
    assert hours in client.get("/stod?organisation=sundby").text


def test_own_words_on_a_line_that_always_holds_stand_only_while_their_check_does(
    client: Browser, world: World, rows: Session
) -> None:
    ships = library.help_lines()["kvinnofridslinjen"]
    held = checked(rows, world.sundby, "kvinnofridslinjen", None, whom="Ring aldrig.", trace="Syns för alla.")
    for on, is_own in ((None, False), (TODAY, True), (date(2026, 5, 2), False)):
        held.checked_on = on
        rows.commit()
        told = client.get("/stod?organisation=sundby").text
        assert [words in told for words in ("Ring aldrig.", "Syns för alla.")] == [is_own] * 2, on
        assert [words in told for words in (ships.whom["sv"], ships.trace["sv"])] == [not is_own] * 2, on


def test_each_number_comes_with_what_the_call_leaves_behind(client: Browser) -> None:
    text = client.get("/stod").text
    for line in library.help_lines().values():
        if line.always:
            assert line.trace["sv"] in text


def test_what_an_organisation_hides_is_not_shown(app: Flask, client: Browser, world: World, rows: Session) -> None:
    checked(rows, world.sundby, "terrafem", hidden_at=NOW)
    assert "+4620521010" not in numbers(client, "/stod?organisation=sundby")
    app.config["DEVELOPMENT"] = True
    assert "+4620521010" not in numbers(client, "/stod?organisation=sundby")


def test_an_organisations_own_number_and_words_stand_in_place_of_those_that_ship(
    client: Browser, world: World, rows: Session
) -> None:
    checked(rows, world.sundby, "valj-att-sluta", number="0980-31 92 30", hours="Tisdagar 9–11.", whom="Hos oss.")
    told = client.get("/stod?organisation=sundby").text
    assert "+46980319230" in numbers(client, "/stod?organisation=sundby")
    assert "+4620555666" not in numbers(client, "/stod?organisation=sundby")
    assert "Tisdagar 9–11." in told
    assert "Hos oss." in told
    assert library.help_lines()["valj-att-sluta"].trace["sv"] in told


def test_swedish_words_on_a_page_in_another_language_are_told_to_be_swedish(
    client: Browser, world: World, rows: Session
) -> None:
    checked(rows, world.sundby, "valj-att-sluta", whom="Hos <oss>.")
    contact(rows, world.sundby)
    english = client.get("/stod?organisation=sundby&sprak=en").text
    assert '<span lang="sv" dir="ltr">Hos &lt;oss&gt;.</span>' in english
    assert '<span lang="sv" dir="ltr">HR i Sundby</span>' in english
    swedish = client.get("/stod?organisation=sundby&sprak=sv").text
    assert "<h3>HR i Sundby</h3>" in swedish


def test_an_own_contact_is_shown_where_it_belongs_once_it_is_checked(
    client: Browser, world: World, rows: Session
) -> None:
    held = contact(rows, world.sundby, on=None)
    assert "0980-31 92 20" not in client.get("/stod?organisation=sundby").text
    held.checked_on = date(2026, 5, 3)
    rows.commit()
    page = client.get("/stod?organisation=sundby").text
    assert "+46980319220" in page.partition("På jobbet</h2>")[2]
    assert "0980-31 92 20" not in client.get("/stod?organisation=norrby").text
    held.checked_on = date(2026, 5, 2)
    rows.commit()
    assert "0980-31 92 20" not in client.get("/stod?organisation=sundby").text


def test_development_shows_the_unconfirmed_too_and_says_so(app: Flask, client: Browser) -> None:
    app.config["DEVELOPMENT"] = True
    assert set(numbers(client, "/stod")) == {line.tel for line in library.help_lines().values() if line.tel}
    unconfirmed = [row for row in help.rows("sv", TODAY) if not row.is_confirmed]
    assert client.get("/stod").text.count("Inte bekräftad") == len(unconfirmed)


@pytest.mark.parametrize(
    "heading",
    [
        "När någon gör dig illa", "När du är rädd att du gör någon illa", "För dig under 18",
        "När du är orolig för någon", "Om någon tittar i din telefon",
    ],
)  # fmt: skip
def test_help_is_there_for_everybody_it_may_concern(client: Browser, heading: str) -> None:
    assert f"{heading}</h2>" in client.get("/stod").text


def test_there_is_a_way_that_does_not_pass_the_manager(client: Browser) -> None:
    assert "du behöver inte gå via chefen" in client.get("/stod").text


def test_the_page_says_where_the_quick_way_out_is(client: Browser) -> None:
    assert "”Lämna sidan snabbt” ligger högst upp på sidan" in client.get("/stod").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_the_lines_speak_the_language_of_the_page(client: Browser, path: str, language: str) -> None:
    page = client.get(f"{path}?sprak={language}").text
    line = library.help_lines()["akut"]
    assert line.whom[language] in page
    assert f'<html lang="{language}"' in page


@pytest.mark.parametrize("path", PAGES)
def test_a_number_is_read_from_left_to_right_whichever_way_the_page_is(client: Browser, path: str) -> None:
    client.get(path)
    assert client.page is not None
    dialled = [link for link in client.page.all("a") if str(link["href"]).startswith("tel:")]
    assert dialled
    assert all(link.get("dir") == "ltr" for link in dialled)


# --- the entries -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "heading"), [(1, "Våld och hot"), (2, "Våld, alkohol och droger")])
def test_each_entry_is_one_step_from_the_page_and_says_whom_to_call(
    client: Browser, world: World, rows: Session, number: int, heading: str
) -> None:
    checked(rows, world.sundby, "valj-att-sluta")
    client.get("/stod?organisation=sundby&sprak=sv")
    assert client.page is not None
    address = f"/stod/{number}?sprak=sv&organisation=sundby"
    assert address in [link.get("href") for link in client.page.all("a")]
    page = client.get(address).text
    assert f"<h1>{heading}</h1>" in page
    assert {"112", "+4620505050", "+4620555666"} <= set(numbers(client, address))


def test_what_an_entry_is_about_stands_neither_in_its_address_nor_its_title(client: Browser, world: World) -> None:
    for path in PAGES:
        text = client.get(f"{path}?organisation=sundby").text
        assert "<title>Stöd och kontakt – Sundby kommun</title>" in text
    assert client.get("/stod/0").status_code == client.get("/stod/3").status_code == 404


def test_no_anchor_of_the_page_says_what_it_is_about(client: Browser, world: World) -> None:
    client.get("/stod")
    assert client.page is not None
    anchors = {str(link["href"]) for link in client.page.all("a") if str(link["href"]).startswith("#")}
    assert anchors == {"#innehall", *(f"#del-{n}" for n in (1, 3, 4, 5, 6))}
    assert {anchor.removeprefix("#") for anchor in anchors} <= set(client.page.ids)


# --- whose page it is ------------------------------------------------------------------------------------------------


def test_an_only_organisation_need_not_be_named(client: Browser, rows: Session) -> None:
    sundby = Organisation(slug="sundby", name="Sundby kommun", created_at=NOW, counted_kinds=[])
    rows.add(sundby)
    rows.commit()
    contact(rows, sundby)
    assert "0980-31 92 20" in client.get("/stod").text


@pytest.mark.parametrize("asked", ["", "?organisation=finns-inte", "?organisation=%00"])
def test_of_several_organisations_the_reader_chooses(client: Browser, world: World, asked: str) -> None:
    assert sorted(numbers(client, f"/stod{asked}")) == sorted(ALWAYS)
    assert client.page is not None
    links = [str(link["href"]) for link in client.page.all("a")]
    assert [link for link in links if "organisation=" in link and link.startswith("/stod")] == [
        "/stod?sprak=sv&organisation=norrby", "/stod?sprak=sv&organisation=sundby"
    ]  # fmt: skip


# --- no trace --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_help_leaves_every_session_alone(client: Browser, world: World, queries: Queries, path: str) -> None:
    now = int(NOW.timestamp())
    with client.session_transaction() as cookie:
        cookie["participant"] = [1, 1, now]
        cookie["staff"] = [now, now]
        cookie["_user_id"] = f"{world.asa.id}:{world.asa.generation}"
    queries.clear()
    headers = client.get(f"{path}?organisation=sundby").headers
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")
    assert {query.partition("FROM ")[2].split()[0] for query in queries} <= {
        "organisation", "logo", "help_check", "help_contact"
    }, "nobody is looked up"  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_the_numbers_stand_also_when_the_database_does_not_answer(
    app: Flask, client: Browser, world: World, path: str
) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise OperationalError("select", {}, Exception("database is locked"))

    engine = app.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", away)
    answer = client.get(f"{path}?organisation=sundby")
    event.remove(engine, "before_cursor_execute", away)
    assert answer.status_code == 200
    assert 'href="tel:112"' in answer.text
    assert 'href="tel:+4620505050"' in answer.text


# --- in the course ---------------------------------------------------------------------------------------------------


def test_a_help_block_shows_what_it_names_and_the_first_own_contact_of_each_group(
    world: World, rows: Session
) -> None:
    for key in ("valj-att-sluta", "chefen"):
        checked(rows, world.sundby, key)
    contact(rows, world.sundby)
    contact(rows, world.sundby, name="Facket", number="0980-31 92 40")
    contact(rows, world.sundby, name="Kvinnojouren", number="0980-31 92 50", group=HelpGroup.EXPOSED)
    contact(rows, world.sundby, name="Fältarna", number="0980-31 92 60", group=HelpGroup.CHILDREN)
    with db.reading():
        shown = help.rows("sv", TODAY, db.session.get_one(Organisation, world.sundby.id))
    keys = ("akut", "kvinnofridslinjen", "valj-att-sluta", "chefen")
    assert [row.name for row in help.in_block(keys, shown)] == [
        "SOS Alarm", "Kvinnofridslinjen", "Kvinnojouren", "Välj att sluta", "Din chef, HR eller skyddsombudet", "HR i Sundby"
    ]  # fmt: skip


def test_an_own_contact_stands_in_a_step_also_where_the_line_beside_it_is_unchecked(
    client: Browser, world: World, rows: Session
) -> None:
    contact(rows, world.sundby, name="Kvinnojouren", number="0980-31 92 50", group=HelpGroup.EXPOSED)
    path = f"/modul/{world.campaign.modules[0].module_id}"
    with db.reading():
        client.get(world.link(world.amina))
    client.get(f"{path}/annat-satt")
    assert client.page is not None
    hidden = client.page.form(None).hidden
    with time_machine.travel(NOW.replace(minute=59), tick=False):
        client.post(f"{path}/annat-satt", data=hidden | {"vill": "klar"})
        assert "+46980319250" in client.get(f"{path}/3").text


def test_a_course_may_name_a_line_that_is_no_more(world: World) -> None:
    assert help.in_block(("fanns-en-gang",), help.rows("sv", TODAY)) == []


def test_contacts_have_the_groups_of_the_lines_that_ship() -> None:
    assert set(help.GROUPS) == {*HelpGroup, "urgent"}
