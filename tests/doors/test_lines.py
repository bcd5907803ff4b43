"""HR's help lines: checked with a day and a name, in the organisation's own words, and never by a slip."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import library
from app.models import HelpCheck, HelpContact, Right
from tests.page_rules import Browser
from tests.world import NOW, TODAY, World

CONTACT = {
    "name": "Socialjouren i Sundby", "group": "exposed", "number": "0980-31 92 10", "whom": "Skydd, och någonstans att bo.",
    "hours": "Kvällar, nätter och helger.", "trace": "", "url": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def hr(app: Flask, world: World) -> Browser:
    """Åsa's browser, signed in."""
    return signed_in(app, world.asa.id)


def signed_in(app: Flask, person_id: int) -> Browser:
    browser = app.test_client()
    assert isinstance(browser, Browser)
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["staff"] = f"{person_id}:1", [int(NOW.timestamp())] * 2
    return browser


def add(hr: Browser, **more: str) -> str:
    """Add a contact, and give the address of its page."""
    answer = hr.submit("/hr/stod/ny", CONTACT | more)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def check(hr: Browser, path: str, on: str | None = None) -> Any:
    return hr.submit(path, {"checked_on": on} if on else {"checked_on": TODAY.isoformat()})


def shown(client: Browser, number: str) -> bool:
    return number in client.get("/stod?organisation=sundby").text


# --- checking --------------------------------------------------------------------------------------------------------


def test_a_line_is_shown_from_when_hr_says_that_it_is_right(hr: Browser, client: Browser, rows: Session) -> None:
    assert not shown(client, "020-80 80 80")
    hr.get("/hr/stod/stodlinjen-man")
    assert hr.page is not None
    day = next(field for field in hr.page.form(None).fields if field.get("name") == "checked_on")
    assert day["value"] == "2026-11-03", "today stands there"
    answer = check(hr, "/hr/stod/stodlinjen-man")
    assert (answer.status_code, answer.location) == (303, "/hr/stod")
    assert shown(client, "020-80 80 80")
    page = hr.get("/hr/stod").text
    assert "3 november 2026 av dig." in page
    assert "Gäller till 3 maj 2027." in page


def test_opening_a_line_confirms_nothing(hr: Browser, rows: Session) -> None:
    for path in ("/hr/stod", "/hr/stod/stodlinjen-man", "/hr/stod/stodlinjen-man/andra", "/hr/stod/stodlinjen-man/bort"):
        assert hr.get(path).status_code == 200
    assert rows.scalars(select(HelpCheck)).all() == []


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("2026-11-04", "har inte varit än"),
        ("2026-05-02", "mer än sex månader sedan"),
        ("", "Skriv dagen som"),
        ("i går", "Skriv dagen som"),
        ("2026-11-03\0", "dolda tecken"),
        ("20261103" * 100, "för lång"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_sentence(
    hr: Browser, client: Browser, rows: Session, on: str, why: str
) -> None:
    answer = hr.submit("/hr/stod/stodlinjen-man", {"checked_on": on})
    assert answer.status_code == 422
    assert why in answer.text
    assert "<title>Fel:" in answer.text
    assert not shown(client, "020-80 80 80")


def test_a_check_counts_from_its_own_day(hr: Browser, client: Browser, clock: time_machine.Coordinates) -> None:
    assert check(hr, "/hr/stod/stodlinjen-man", "2026-05-03").status_code == 303
    assert shown(client, "020-80 80 80")
    clock.move_to(NOW.replace(day=4))
    assert not shown(client, "020-80 80 80")


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("number", "0980-31 92 11"), ("url", "https://www.sundby.example/nytt"), ("whom", "Nya ord."),
        ("hours", "Nya tider."), ("trace", "Nya spår."), ("name", "Nytt namn"), ("group", "harming"),
    ],
)  # fmt: skip
def test_what_was_changed_meanwhile_is_not_confirmed(
    hr: Browser, client: Browser, rows: Session, column: str, written: str
) -> None:
    path = add(hr)
    hr.get(path)
    assert hr.page is not None
    as_seen = hr.page.form(None).hidden
    setattr(rows.scalars(select(HelpContact)).one(), column, written)
    rows.commit()
    answer = hr.post(path, data=as_seen | {"checked_on": "2026-11-03"})
    assert answer.status_code == 422
    assert "Någon har ändrat" in answer.text
    assert not shown(client, "0980-31 92 1")
    assert check(hr, path).status_code == 303
    assert shown(client, "0980-31 92 1")


def test_own_words_that_were_changed_meanwhile_are_not_confirmed(hr: Browser, rows: Session) -> None:
    path = "/hr/stod/kvinnofridslinjen"
    hr.get(path)
    assert hr.page is not None
    as_seen = hr.page.form(None).hidden
    hr.submit(f"{path}/andra", {"trace": "Syns inte."})
    assert hr.post(path, data=as_seen | {"checked_on": "2026-11-03"}).status_code == 422
    assert rows.scalars(select(HelpCheck.checked_on)).one() is None


def test_the_four_that_always_show_get_their_hours_and_cannot_be_taken_away(hr: Browser, client: Browser) -> None:
    hours = library.help_lines()["kvinnofridslinjen"].hours["sv"]
    assert check(hr, "/hr/stod/kvinnofridslinjen").status_code == 303
    assert shown(client, hours)
    hr.get("/hr/stod/bris")
    assert hr.page is not None
    hidden = hr.page.form(None).hidden
    assert hr.post("/hr/stod/bris/bort", data=hidden).status_code == 404
    hr.get("/hr/stod/bris/andra")
    assert "number" not in {field.get("name") for field in hr.page.form(None).fields}
    hr.post("/hr/stod/bris/andra", data=hidden | {"number": "0980-31 92 10"})
    assert shown(client, "116 111")


# --- own words -------------------------------------------------------------------------------------------------------


def test_own_words_on_a_line_are_shown_when_they_have_been_checked(hr: Browser, client: Browser) -> None:
    check(hr, "/hr/stod/valj-att-sluta")
    answer = hr.submit("/hr/stod/valj-att-sluta/andra", {"number": "0980–31 92 30", "hours": "Tisdagar 9–11."})
    assert answer.location == "/hr/stod/valj-att-sluta"
    assert not shown(client, "020-555 666"), "what is new, nobody has checked"
    assert not shown(client, "0980-31 92 30")
    page = hr.get("/hr/stod/valj-att-sluta").text
    assert "0980-31 92 30" in page
    assert hr.page is not None
    day = next(field for field in hr.page.form(None).fields if field.get("name") == "checked_on")
    assert day["value"] == "", "a number that was typed here wants its day typed too"
    check(hr, "/hr/stod/valj-att-sluta")
    assert shown(client, "0980-31 92 30")
    assert shown(client, "Tisdagar 9–11.")


def test_words_that_are_emptied_are_again_as_they_ship(hr: Browser, client: Browser) -> None:
    hr.submit("/hr/stod/valj-att-sluta/andra", {"hours": "Tisdagar 9–11."})
    hr.submit("/hr/stod/valj-att-sluta/andra", {"hours": ""})
    check(hr, "/hr/stod/valj-att-sluta")
    assert shown(client, library.help_lines()["valj-att-sluta"].hours["sv"])


def test_saving_what_is_as_it_was_keeps_the_check(hr: Browser, client: Browser) -> None:
    check(hr, "/hr/stod/valj-att-sluta")
    hr.submit("/hr/stod/valj-att-sluta/andra", {"number": "", "hours": "", "whom": "", "trace": ""})
    assert shown(client, "020-555 666")


def test_a_line_can_be_taken_away_and_brought_back(hr: Browser, client: Browser) -> None:
    check(hr, "/hr/stod/terrafem")
    assert hr.submit("/hr/stod/terrafem/bort").location == "/hr/stod"
    assert not shown(client, "020-52 10 10")
    assert "Visas inte" in hr.get("/hr/stod").text
    assert hr.submit("/hr/stod/terrafem", action="/tillbaka").status_code == 303
    assert shown(client, "020-52 10 10")


# --- own contacts ----------------------------------------------------------------------------------------------------


def test_a_contact_is_written_checked_shown_changed_and_removed(hr: Browser, client: Browser, rows: Session) -> None:
    path = add(hr)
    assert "0980-31 92 10" in hr.get(path).text
    assert not shown(client, "0980-31 92 10")
    check(hr, path)
    assert shown(client, "0980-31 92 10")
    assert shown(client, "Kvällar, nätter och helger.")
    hr.submit(f"{path}/andra", CONTACT | {"number": "0980-31 92 11"})
    assert not shown(client, "0980-31 92 11"), "a new number, nobody has checked"
    check(hr, path)
    assert shown(client, "0980-31 92 11")
    assert hr.submit(f"{path}/bort").location == "/hr/stod"
    assert not shown(client, "0980-31 92 11")
    assert rows.scalars(select(HelpContact)).all() == []


@pytest.mark.parametrize(
    ("number", "kept"),
    [("0980-31 92 10", "0980-31 92 10"), (" 0980‑31  92 10 ", "0980-31 92 10"), ("+46 980 31 92 10", "+46 980 31 92 10")],
)
def test_a_number_is_kept_as_it_is_read(hr: Browser, rows: Session, number: str, kept: str) -> None:
    add(hr, number=number)
    assert rows.scalars(select(HelpContact.number)).one() == kept


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("number", "31 92 10", "hela numret med riktnummer"),
        ("number", "0980-31 92 1O", "hela numret med riktnummer"),
        ("number", "0980-31 92", "hela numret med riktnummer"),
        ("number", "0980-31 92 10\n0980-31 92 11", "hela numret med riktnummer"),
        ("number", "", "nummer eller en webbadress"),
        ("url", "javascript:alert(1)", "Skriv hela adressen"),
        ("url", "www.sundby.example", "Skriv hela adressen"),
        ("url", "https://1177.se@evil.example", "Skriv hela adressen"),
        ("url", "https://1177.se:443@evil.example/hjalp", "Skriv hela adressen"),
        ("url", r"https://1177.se\@evil.example", "Skriv hela adressen"),
        ("url", "https://[evil.example", "Skriv hela adressen"),
        ("name", "", "Skriv vad den heter"),
        ("name", "x" * 201, "för lång"),
        ("name", "a\u202eb", "dolda tecken"),
        ("whom", "   ", "Skriv vad de hjälper till med"),
        ("group", "urgent", "Välj vem"),
        ("group", "", "Välj vem"),
    ],
)
def test_what_cannot_be_shown_is_told_at_its_field(
    hr: Browser, rows: Session, field: str, typed: str, why: str
) -> None:
    answer = hr.submit("/hr/stod/ny", CONTACT | {field: typed})
    assert answer.status_code == 422
    assert why in answer.text
    assert f'id="{field}-error"' in answer.text
    assert rows.scalars(select(HelpContact)).all() == []


@pytest.mark.parametrize("url", ["https://www.sundby.example/hjalp", "https://sundby.example/@jouren"])
def test_a_web_address_alone_is_a_contact(hr: Browser, client: Browser, url: str) -> None:
    path = add(hr, number="", url=url)
    check(hr, path)
    assert shown(client, f'href="{url}"')


def test_words_are_shown_as_words_and_never_as_markup(hr: Browser, client: Browser) -> None:
    check(hr, add(hr, name="<b>Jouren</b>"))
    assert shown(client, "&lt;b&gt;Jouren&lt;/b&gt;")


def test_two_lines_with_the_same_number_are_told(hr: Browser) -> None:
    path = add(hr, number="+46 20 50 50 50")
    assert "Kvinnofridslinjen har samma nummer" in hr.get(path).text
    page = hr.get("/hr/stod").text
    assert "Samma nummer som Kvinnofridslinjen." in page
    assert "Samma nummer som Socialjouren i Sundby." in page


# --- what waits ------------------------------------------------------------------------------------------------------


def test_the_page_says_how_many_lines_wait_and_where_to_begin(hr: Browser) -> None:
    shipped = [line for line in library.help_lines().values() if not line.always]
    assert f"{len(shipped)} rader är dags att kontrollera" in hr.get("/hr/stod").text
    assert f"/hr/stod/{shipped[0].key}" in hr.get("/hr/stod").text
    for line in shipped:
        check(hr, f"/hr/stod/{line.key}")
    assert "dags att kontrollera" not in hr.get("/hr/stod").text.casefold()


def test_a_line_is_told_of_before_it_stops_being_shown(
    hr: Browser, client: Browser, clock: time_machine.Coordinates, app: Flask, world: World
) -> None:
    for line in library.help_lines().values():
        check(hr, f"/hr/stod/{line.key}")
    for month, day, told in ((4, 18, False), (4, 20, True), (5, 3, True)):
        clock.move_to(NOW.replace(year=2027, month=month, day=day))
        browser = app.test_client()
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = f"{world.asa.id}:1"
            cookie["staff"] = [int(NOW.replace(year=2027, month=month, day=day).timestamp())] * 2
        assert ("8 rader är dags att kontrollera" in browser.get("/hr/stod").text) is told
        assert shown(client, "020-80 80 80")


def test_the_overview_says_that_lines_wait(hr: Browser) -> None:
    assert 'href="/hr/stod"' in hr.get("/hr").text
    assert "dags att kontrollera" in hr.get("/hr").text
    for line in library.help_lines().values():
        check(hr, f"/hr/stod/{line.key}")
    assert "dags att kontrollera" not in hr.get("/hr").text


# --- whose they are --------------------------------------------------------------------------------------------------


def test_a_right_over_one_unit_looks_and_does_not_touch(app: Flask, hr: Browser, world: World, rows: Session) -> None:
    path = add(hr)
    for right in rows.scalars(select(Right).where(Right.person_id == world.asa.id)):
        right.unit_id = world.care.id
    rows.commit()
    page = hr.get("/hr/stod")
    assert page.status_code == 200
    assert "Socialjouren i Sundby" in page.text
    assert path not in page.text
    assert "/hr/stod/ny" not in page.text
    app.config["WTF_CSRF_ENABLED"] = False
    for door in ("/hr/stod/ny", path, f"{path}/andra", f"{path}/bort", f"{path}/tillbaka"):
        assert hr.post(door, data=CONTACT).status_code == 403, door
    assert rows.scalars(select(HelpContact.name)).all() == ["Socialjouren i Sundby"]


def test_one_organisation_changes_nothing_of_anothers(
    app: Flask, hr: Browser, client: Browser, world: World, rows: Session
) -> None:
    check(hr, add(hr))
    nils = signed_in(app, world.nils.id)
    key = f"egen-{rows.scalars(select(HelpContact.id)).one()}"
    app.config["WTF_CSRF_ENABLED"] = False
    assert "Socialjouren i Sundby" not in nils.get("/hr/stod").text
    for door in (f"/hr/stod/{key}", f"/hr/stod/{key}/andra", f"/hr/stod/{key}/bort", f"/hr/stod/{key}/tillbaka"):
        assert nils.post(door, data=CONTACT | {"checked_on": "2026-11-03", "seen": "+46980319210"}).status_code == 404
    check(nils, "/hr/stod/stodlinjen-man")
    assert not shown(client, "020-80 80 80")
    assert shown(client, "0980-31 92 10")


def test_the_tab_does_not_tell_which_line_it_is(hr: Browser) -> None:
    contact = add(hr)
    for path in ("/hr/stod/kvinnofridslinjen", contact):
        for door in ("", "/andra", "/bort"):
            assert "<title>Stöd och kontakt – Sundby kommun" in hr.get(path + door).text, path + door
    assert "<title>Stöd och kontakt – Sundby kommun" in hr.get("/hr/stod/ny").text


def test_another_who_checked_is_told_of_as_hr(hr: Browser, world: World, rows: Session) -> None:
    check(hr, "/hr/stod/stodlinjen-man")
    rows.scalars(select(HelpCheck)).one().checked_by_id = world.jonas.id
    rows.commit()
    for path in ("/hr/stod", "/hr/stod/stodlinjen-man"):
        text = hr.get(path).text
        assert "3 november 2026 av HR." in text
        assert "Jonas" not in text


def test_who_checked_is_forgotten_with_the_person_and_the_check_stays(
    hr: Browser, client: Browser, world: World, rows: Session
) -> None:
    check(hr, "/hr/stod/stodlinjen-man")
    held = rows.scalars(select(HelpCheck)).one()
    assert (held.checked_on, held.checked_by_id) == (date(2026, 11, 3), world.asa.id)
    held.checked_by_id = None
    rows.commit()
    assert "3 november 2026." in hr.get("/hr/stod").text
    assert shown(client, "020-80 80 80")
