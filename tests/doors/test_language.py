"""Everybody reads in their own language: the choice is on every page, and nothing is lost by making it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import db, links
from app.languages import LANGUAGES, direction, whole
from app.models import LinkRequest, Person
from tests.doors.test_everywhere import addresses
from tests.harness import databases
from tests.page_rules import Browser
from tests.world import NOW, World

OTHERS = sorted(LANGUAGES.keys() - {"sv"})


@pytest.fixture
def database_url(servers: dict[str, databases.Databases]) -> Iterator[str]:
    """One kind of database is enough here."""
    with servers["sqlite"].copy("migrated") as url:
        yield url


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


def read(browser: Browser, path: str, clock: time_machine.Traveller, **data: str) -> None:
    """Open the step, take the time it takes, and go on."""
    browser.get(path)
    assert browser.page is not None
    clock.shift(5)
    browser.post(path, data=browser.page.form(None).hidden | data)


def choose(browser: Browser, path: str, language: str, clock: time_machine.Traveller) -> TestResponse:
    """Open the page, read a while, and press the language's name in the choice above it."""
    browser.get(path)
    assert browser.page is not None
    form = browser.page.form("/min-sida/sprak")
    clock.shift(5)
    return browser.post("/min-sida/sprak", data=form.hidden | {"sprak": language})


def written_in(text: str) -> tuple[str | None, str | None]:
    """The language and the direction that the page says it has."""
    found = re.search(r'<html lang="([^"]*)" dir="([^"]*)">', text)
    return (found[1], found[2]) if found else (None, None)


def reads(rows: Session, world: World, language: str) -> None:
    rows.get_one(Person, world.amina.id).language = language
    rows.flush()


# --- behind the link -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_the_language_is_changed_in_the_middle_without_losing_the_step(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller, language: str
) -> None:
    first, second = (f"/modul/{module.module_id}" for module in world.campaign.modules)
    read(inside, f"{first}/1", clock)
    read(inside, f"{first}/2", clock, svar="1")
    for here in (f"{first}/2?svar=1", f"{first}/3", f"{first}/annat-satt", f"{second}/1?plats=2", "/min-sida"):
        assert choose(inside, here, language, clock).location == here
        assert written_in(inside.get(here).text) == (language, direction(language))
        assert choose(inside, here, "sv", clock).location == here
    assert inside.get(first).location == f"{first}/3"


def test_a_fault_in_the_middle_does_not_lose_the_step_either(
    inside: Browser, world: World, clock: time_machine.Traveller
) -> None:
    step = f"/modul/{world.campaign.modules[0].module_id}/2"
    read(inside, f"{step[:-1]}1", clock)
    assert inside.submit(step).status_code == 422
    assert inside.page is not None
    assert inside.page.form("/min-sida/sprak").hidden["tillbaka"] == step


@pytest.mark.parametrize(
    "back",
    ["", "//evil.example", "https://evil.example/min-sida", "/\\evil.example", "/hr", "/lamna", "/inte-jag", "/k/x", "/min-sida/sprak", "/modul/x/1", "/%00", "/[", "min-sida", "/modul/1/2/3"],
)  # fmt: skip
def test_the_way_back_is_a_page_of_the_participants_own(
    inside: Browser, clock: time_machine.Traveller, back: str
) -> None:
    inside.get("/min-sida")
    assert inside.page is not None
    form = inside.page.form("/min-sida/sprak")
    clock.shift(5)
    assert inside.post("/min-sida/sprak", data=form.hidden | {"sprak": "en", "tillbaka": back}).location == "/min-sida"


def test_what_else_stands_in_the_address_does_not_come_along(inside: Browser, clock: time_machine.Traveller) -> None:
    assert choose(inside, "/min-sida?igen=1&_external=1&svar=x", "en", clock).location == "/min-sida?svar=x"


def test_a_language_that_does_not_exist_is_refused(inside: Browser, clock: time_machine.Traveller) -> None:
    assert choose(inside, "/min-sida", "xx", clock).status_code == 400


def test_whoever_presses_at_once_is_asked_again_and_then_comes_back(
    inside: Browser, world: World, clock: time_machine.Traveller
) -> None:
    step = f"/modul/{world.campaign.modules[0].module_id}/1"
    asked = inside.submit(step, {"sprak": "en"}, action="/min-sida/sprak").location or ""
    assert "Läs i din takt" in inside.get(asked).text
    assert choose(inside, asked, "en", clock).location == step


@pytest.mark.parametrize(("language", "shown"), [("so", "sv"), ("ar-SY", "ar"), ("en-simple", "en"), ("", "sv")])
def test_a_person_whose_language_was_removed_reads_the_nearest(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller, language: str, shown: str
) -> None:
    reads(rows, world, language)
    for path in ("/min-sida", f"/modul/{world.campaign.modules[0].module_id}/1"):
        assert written_in(inside.get(path).text)[0] == shown
    assert choose(inside, "/min-sida", "en", clock).location == "/min-sida"


def test_a_text_that_lacks_the_language_is_told_to_be_in_swedish(
    inside: Browser, world: World, rows: Session
) -> None:
    reads(rows, world, "ar")
    text = inside.get(f"/modul/{world.campaign.modules[0].module_id}/1").text
    assert written_in(text) == ("ar", "rtl")
    assert re.search(r'<(form|article) class="say[^>]* lang="sv" dir="ltr"', text)


def test_easy_read_is_a_language_of_pages(inside: Browser, world: World, rows: Session) -> None:
    reads(rows, world, "sv-simple")
    assert written_in(inside.get(f"/modul/{world.campaign.modules[0].module_id}/1").text) == ("sv-simple", "ltr")


def test_when_the_session_is_over_the_page_still_speaks_the_readers_language(client: Browser, world: World) -> None:
    answer = client.get("/min-sida", headers={"Accept-Language": "ar"})
    assert (answer.status_code, written_in(answer.text)) == (403, ("ar", "rtl"))
    assert written_in(client.get("/min-sida?sprak=en").text)[0] == "en"


# --- where anybody reads ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_open_page_is_there_in_every_language(
    app: Flask, world: World, client: Browser, language: str
) -> None:
    """The client reads each of them as a careful reader would."""
    for address in addresses(app, world):
        answer = client.get(f"{address}?sprak={language}")
        if answer.mimetype == "text/html" and not 300 <= answer.status_code < 400:
            expected = whole(language) if address.startswith(("/hr", "/dev")) else language
            assert written_in(answer.text) == (expected, direction(expected)), address


def test_each_language_is_offered_by_its_own_name_and_the_present_one_is_marked(client: Browser, world: World) -> None:
    for path in ("/", "/registrera", "/stod", "/ny-lank", "/kurs/liten", "/kurs/liten/1/1", "/finns-inte", "/uppgifter"):
        text = client.get(f"{path}?sprak=ar").text
        offered = text[text.index('<nav class="languages"') : text.index("</nav>")]
        for language, name in LANGUAGES.items():
            assert f'<bdi lang="{language}" dir="{direction(language)}">{name}</bdi>' in offered, path
        (current,) = re.findall(r'<a href="[^"]*" hreflang="([^"]*)" aria-current="true">', offered)
        assert current == "ar"


def test_a_change_of_language_keeps_the_place_in_an_open_page(client: Browser, world: World) -> None:
    for path in ("/kurs/liten/1/2?svar=0&svar=1", "/kurs/liten/2/1?plats=2", "/stod?organisation=sundby"):
        client.get(path)
        assert client.page is not None
        (link,) = [a["href"] for a in client.page.all("a") if a.get("hreflang") == "en"]
        asked = parse_qsl(path.partition("?")[2])
        assert parse_qsl((link or "").removeprefix("?")) == [*asked, ("sprak", "en")]


def test_a_change_of_language_never_leads_elsewhere(client: Browser, world: World) -> None:
    """The link holds no path: `//evil.example/` would be another site's."""
    for path in ("//evil.example/x", "/%2F%2Fevil.example", "/finns-inte?a=%22%3E%3Cscript%3E"):
        text = client.get(path, follow_redirects=True).text
        assert all(link.startswith("?") for link in re.findall(r'<a href="([^"]*)" hreflang', text))
        assert "<script>" not in text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ar-SY,ar;q=0.9,en;q=0.8", "ar"),
        ("sv-SE,sv;q=0.9", "sv"),
        ("sv-SE", "sv"),
        ("en-GB", "en"),
        ("fi,en;q=0.5", "en"),
        ("sv-simple", "sv-simple"),
        ("fi", "sv"),
        ("*", "sv"),
        ("", "sv"),
        ("\x7f;q=,,", "sv"),
    ],
)
def test_the_browsers_own_language_is_used_until_somebody_chooses(
    client: Browser, accepted: str, language: str
) -> None:
    headers = {"Accept-Language": accepted}
    assert written_in(client.get("/stod", headers=headers).text)[0] == language
    assert written_in(client.get("/stod?sprak=en", headers=headers).text)[0] == "en"
    assert written_in(client.get("/stod?sprak=xx", headers=headers).text)[0] == language


def test_one_who_registers_chooses_among_all_the_languages(client: Browser, world: World) -> None:
    text = client.get("/registrera?sprak=sv-simple").text
    for language, name in LANGUAGES.items():
        assert f'<bdi lang="{language}" dir="{direction(language)}">{name}</bdi>' in text
    assert re.search(r'<input[^>]*checked[^>]*value="sv-simple"', text)


def test_a_confirmation_is_in_the_language_that_was_chosen_and_can_be_had_in_another(
    client: Browser, world: World, rows: Session
) -> None:
    chosen = {"address": "ny@annat.example", "organisation": "sundby", "language": "ar"}
    sent = client.submit("/registrera", chosen).location or ""
    assert written_in(client.get(sent).text) == ("ar", "rtl")
    page = f"/registrera/bekrafta/{links.registration_token(rows.scalars(select(LinkRequest)).one())}"
    assert written_in(client.get(page).text) == ("ar", "rtl")
    assert written_in(client.get(f"{page}?sprak=en").text) == ("en", "ltr")
    assert client.submit(f"{page}?sprak=en").status_code == 422


# --- the other way ---------------------------------------------------------------------------------------------------


def test_nothing_on_a_page_or_in_a_mail_says_left_or_right(app: Flask) -> None:
    """Sides are named by where a line begins and ends; the style sheet has a test of its own."""
    sided = re.compile(r"\b(?:align=\"(?:left|right)|(?:text-align|float|clear):\s*(?:left|right)|(?:margin|padding|border)-(?:left|right))")
    assert app.jinja_env.loader is not None
    for name in app.jinja_env.loader.list_templates():
        if name.endswith(".html"):
            source, _file, _is_fresh = app.jinja_env.loader.get_source(app.jinja_env, name)
            assert not sided.search(source), name
