"""HR writes the accessibility statement, and answers what people report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db, guards
from app.models import (
    AccessibilityReport,
    AccessibilityStatement,
    AskedFor,
    Person,
    PersonRequest,
    Right,
    Role,
    Shortcoming,
)
from tests.page_rules import Browser
from tests.world import NOW, TODAY, World

OPEN = "/tillganglighet?organisation=sundby"
WORDS = {
    "service": "Kursen för oss alla", "conformance": "partial", "tested": "own", "method": "Med tangentbord",
    "tested_on": "2026-10-01", "address": "webb@sundby.example", "answer_days": "10",
}  # fmt: skip
FAULT = {"reason": "shortcoming", "what": "Bilden saknar text", "place": "Modul 2"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(app: Flask, rows: Session, person_id: int, now: datetime = NOW) -> Browser:
    rows.expire_all()
    browser = app.test_client()
    assert isinstance(browser, Browser)
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = guards.sign_in_id(rows.get_one(Person, person_id))
        cookie["staff"] = [int(now.timestamp())] * 2
    return browser


@pytest.fixture
def asa(app: Flask, world: World, rows: Session) -> Browser:
    """HR of the whole of Sundby."""
    return signed_in(app, rows, world.asa.id)


@pytest.fixture
def amina(app: Flask, world: World, rows: Session) -> Browser:
    """HR of one unit in Sundby only."""
    rows.add(Right(person_id=world.amina.id, unit_id=world.care.id, role=Role.HR, given_at=NOW))
    rows.flush()
    return signed_in(app, rows, world.amina.id)


@pytest.fixture
def nils(app: Flask, world: World, rows: Session) -> Browser:
    """HR of Norrby."""
    return signed_in(app, rows, world.nils.id)


def report(world: World, **more: Any) -> int:
    """One in Sundby's inbox."""
    with db.writing() as session:
        said = {"what": "Knappen syns inte\n\nSå är det.", "about": "fault", "contact": "070-1", "language": "ar"}
        made = AccessibilityReport(
            organisation_id=world.sundby.id, **{"sent_at": NOW, "answer_by": TODAY + timedelta(days=5)} | said | more
        )
        session.add(made)
        session.commit()
        return made.id


# --- the statement ---------------------------------------------------------------------------------------------------


def test_a_new_statement_is_empty_and_nothing_is_chosen(asa: Browser) -> None:
    text = asa.get("/hr/tillganglighet").text
    assert "inte publicerad än" in text
    assert "checked" not in text
    assert asa.page is not None
    typed = [field for form in asa.page.forms for field in form.fields if field.get("type") in ("text", "date", "email")]
    assert len(typed) >= 6
    assert all(not field.get("value") for field in typed)


def test_a_draft_is_kept_and_shows_nowhere_else(asa: Browser, client: Browser) -> None:
    said = {"service": "Halvfärdigt", "conformance": "full"}
    assert asa.submit("/hr/tillganglighet", said).location == "/hr/tillganglighet?sparat=1"
    text = asa.get("/hr/tillganglighet").text
    assert 'value="Halvfärdigt"' in text
    assert re.search(r'<input checked[^>]*value="full"', text)
    assert "Halvfärdigt" not in client.get(OPEN).text


def test_from_nothing_to_the_open_page(asa: Browser, client: Browser, rows: Session) -> None:
    assert asa.submit("/hr/tillganglighet/brist", FAULT).location == "/hr/tillganglighet#brister"
    answer = asa.submit("/hr/tillganglighet", WORDS | {"granska": "1"})
    assert answer.location == "/hr/tillganglighet/granska"
    text = asa.get("/hr/tillganglighet/granska").text
    assert "delvis förenlig" in text
    assert "Bilden saknar text" in text
    assert "Bilden saknar text" not in client.get(OPEN).text
    assert asa.submit("/hr/tillganglighet/granska").location == "/hr/tillganglighet?publicerad=1"
    text = client.get(OPEN).text
    assert all(words in text for words in ("delvis förenlig", "Bilden saknar text", "inom 10 dagar", "3 november 2026"))


def lacking(asa: Browser) -> list[str]:
    """What the preview says is missing, by the anchors that it links to; and publishing is refused while it is."""
    text = asa.get("/hr/tillganglighet/granska").text
    missing = re.findall(r'href="/hr/tillganglighet#(\w+)"', text)
    assert (asa.post("/hr/tillganglighet/granska", data=_csrf(asa)).status_code == 422) is bool(missing)
    return missing


def test_the_preview_of_a_draft_without_a_judgement_judges_nothing(asa: Browser) -> None:
    asa.submit("/hr/tillganglighet", {"answer_days": "10"})
    text = asa.get("/hr/tillganglighet/granska").text
    assert "förenlig" not in text
    assert "inget känt innehåll" not in text


@pytest.mark.parametrize("name", WORDS)
def test_what_the_law_asks_for_must_be_there_to_publish(asa: Browser, name: str) -> None:
    asa.submit("/hr/tillganglighet/brist", FAULT)
    said = {key: words for key, words in WORDS.items() if key != name}
    asa.submit("/hr/tillganglighet", said)
    assert lacking(asa) == [name]


@pytest.mark.parametrize(
    ("conformance", "reason", "missing"),
    [
        ("full", None, []), ("full", "outside", []), ("full", "shortcoming", ["brister"]), ("full", "burden", ["brister"]),
        ("partial", None, ["brister"]), ("partial", "outside", ["brister"]), ("partial", "burden", []),
        ("none", None, ["brister"]), ("none", "shortcoming", []),
    ],
)  # fmt: skip
def test_the_judgement_and_the_list_may_not_contradict_each_other(
    asa: Browser, conformance: str, reason: str | None, missing: list[str]
) -> None:
    if reason:
        asa.submit("/hr/tillganglighet/brist", FAULT | {"reason": reason, "why": "För dyrt"})
    asa.submit("/hr/tillganglighet", WORDS | {"conformance": conformance})
    assert lacking(asa) == missing


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("tested_on", "2026-11-04"), ("tested_on", "i går"), ("launched_on", "2027-01-01"), ("address", "webb"),
        ("answer_days", "0"), ("answer_days", "91"), ("answer_days", "snart"), ("answer_days", "²"),
        ("service", "x" * 201), ("method", "a\x00b"), ("conformance", "mostly"), ("tested", "by luck"),
    ],
)  # fmt: skip
def test_what_is_impossible_is_not_kept_in_a_draft(asa: Browser, rows: Session, name: str, typed: str) -> None:
    answer = asa.submit("/hr/tillganglighet", WORDS | {name: typed})
    assert answer.status_code == 422
    assert f'href="#{name}' in answer.text  # The field, or the first of its choices.
    assert rows.scalars(select(AccessibilityStatement)).all() == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"what": ""}, "what"), ({"place": ""}, "place"), ({"reason": ""}, "reason"), ({"reason": "burden"}, "why"),
        ({"since": "2026-11-04"}, "since"), ({"mended_by": "snart"}, "mended_by"),
    ],
)  # fmt: skip
def test_a_shortcoming_says_what_where_and_why(asa: Browser, rows: Session, said: dict[str, str], field: str) -> None:
    answer = asa.submit("/hr/tillganglighet/brist", FAULT | said)
    assert answer.status_code == 422
    assert f'href="#{field}' in answer.text
    assert rows.scalars(select(Shortcoming)).all() == []


def test_a_shortcoming_is_changed_and_taken_away(asa: Browser, rows: Session) -> None:
    asa.submit("/hr/tillganglighet/brist", FAULT | {"since": "2026-09-01"})
    [made] = rows.scalars(select(Shortcoming))
    path = f"/hr/tillganglighet/brist/{made.id}"
    assert 'value="2026-09-01"' in asa.get(path).text
    assert asa.submit(path, FAULT | {"what": "Filmen saknar text"}).status_code == 303
    rows.expire_all()
    assert (made.what, made.since) == ("Filmen saknar text", None)
    assert asa.submit(path, action="/bort").location == "/hr/tillganglighet#brister"
    assert rows.scalars(select(Shortcoming)).all() == []
    assert asa.get(path).status_code == 404


def test_what_is_published_is_no_draft_to_change(asa: Browser, client: Browser, rows: Session) -> None:
    asa.submit("/hr/tillganglighet/brist", FAULT)
    asa.submit("/hr/tillganglighet", WORDS)
    asa.submit("/hr/tillganglighet/granska")
    [draft, copy] = rows.scalars(select(Shortcoming).order_by(Shortcoming.id))
    assert asa.get(f"/hr/tillganglighet/brist/{copy.id}").status_code == 404
    asa.submit(f"/hr/tillganglighet/brist/{draft.id}", FAULT | {"what": "Nya ord"})
    text = client.get(OPEN).text
    assert "Bilden saknar text" in text
    assert "Nya ord" not in text


def test_after_a_year_hr_is_reminded_and_publishing_again_is_a_review(
    app: Flask, asa: Browser, world: World, rows: Session
) -> None:
    asa.submit("/hr/tillganglighet/brist", FAULT)
    asa.submit("/hr/tillganglighet", WORDS)
    asa.submit("/hr/tillganglighet/granska")
    assert "Dags att gå igenom" not in asa.get("/hr/tillganglighet").text
    later = NOW + timedelta(days=366)
    with time_machine.travel(later, tick=False):
        asa = signed_in(app, rows, world.asa.id, later)
        assert "Dags att gå igenom" in asa.get("/hr/tillganglighet").text
        asa.submit("/hr/tillganglighet/granska")
        assert "Dags att gå igenom" not in asa.get("/hr/tillganglighet").text


def test_hr_of_one_unit_may_look_and_not_change(amina: Browser, asa: Browser, rows: Session) -> None:
    asa.submit("/hr/tillganglighet/brist", FAULT)
    [made] = rows.scalars(select(Shortcoming))
    text = amina.get("/hr/tillganglighet").text
    assert "behörighet över hela organisationen" in text
    assert "<textarea" not in text
    for path in ("/granska", "/brist", f"/brist/{made.id}"):
        assert amina.get(f"/hr/tillganglighet{path}").status_code == 403
    token = _csrf(amina)
    for path in ("", "/granska", "/brist", f"/brist/{made.id}", f"/brist/{made.id}/bort"):
        assert amina.post(f"/hr/tillganglighet{path}", data=token | WORDS | FAULT).status_code == 403


def test_another_organisations_statement_is_not_there(nils: Browser, asa: Browser, rows: Session) -> None:
    asa.submit("/hr/tillganglighet/brist", FAULT)
    asa.submit("/hr/tillganglighet", WORDS)
    [made] = rows.scalars(select(Shortcoming))
    assert "Kursen för oss alla" not in nils.get("/hr/tillganglighet").text
    assert nils.get("/hr/tillganglighet/granska").status_code == 404
    assert nils.get(f"/hr/tillganglighet/brist/{made.id}").status_code == 404
    token = _csrf(nils)
    for path in (f"/brist/{made.id}", f"/brist/{made.id}/bort", "/granska"):
        assert nils.post(f"/hr/tillganglighet{path}", data=token | FAULT).status_code == 404
    rows.expire_all()
    assert made.what == "Bilden saknar text"


def _csrf(browser: Browser) -> dict[str, str]:
    browser.get("/hr")
    assert browser.page is not None
    return browser.page.form("logga-ut").hidden


# --- the inbox -------------------------------------------------------------------------------------------------------


def test_the_inbox_has_the_oldest_first_with_the_days_it_has_waited(asa: Browser, world: World) -> None:
    young = report(world, about="paper")
    old = report(world, sent_at=NOW - timedelta(days=9), answer_by=TODAY - timedelta(days=1))
    text = asa.get("/hr/inkorg").text
    assert text.index(f"/hr/inkorg/rapport/{old}") < text.index(f"/hr/inkorg/rapport/{young}")
    assert "9 dagar" in text
    assert "sedan i dag" in text
    assert text.count("Försenat") == 1
    assert "2 saker väntar" in text


def test_an_empty_inbox_says_what_comes_there(asa: Browser) -> None:
    assert "Inget väntar" in asa.get("/hr/inkorg").text


def test_the_way_around_says_how_many_wait(asa: Browser, world: World) -> None:
    assert re.search(r"Inkorg</span></a>", asa.get("/hr").text)
    report(world)
    report(world, handled_at=NOW)
    assert re.search(r'Inkorg <span class="number">\(1\)</span>', asa.get("/hr").text)


def test_what_people_ask_for_themselves_lies_in_the_same_inbox(asa: Browser, world: World, rows: Session) -> None:
    rows.add(PersonRequest(person_id=world.jonas.id, asked_for=AskedFor.ERASURE, asked_at=NOW - timedelta(days=2)))
    rows.flush()
    report(world)
    text = asa.get("/hr/inkorg").text
    assert "Någon vill bli raderad" in text
    assert text.index("raderad") < text.index("Tillgänglighet: ”")
    assert "Jonas" not in text, "the inbox names nobody"


def test_a_report_is_read_marked_and_opened_again(asa: Browser, world: World, rows: Session) -> None:
    number = report(world)
    path = f"/hr/inkorg/rapport/{number}"
    text = asa.get(path).text
    assert '<p dir="auto">Knappen syns inte</p>' in text
    assert all(words in text for words in ("070-1", "العربية", "8 november 2026"))
    assert asa.submit(path, action="/klar").location == "/hr/inkorg"
    found = rows.get_one(AccessibilityReport, number)
    assert (found.handled_at, found.handled_by_id) == (NOW, world.asa.id)
    assert "Klart 3 november 2026. Det skötte du." in asa.get(path).text
    found.handled_by_id = world.jonas.id
    rows.commit()
    text = asa.get(path).text
    assert "Klart 3 november 2026. Det skötte HR." in text
    assert "Jonas" not in text
    assert "Inget väntar" in asa.get("/hr/inkorg").text
    assert asa.submit(path, action="/oppna").location == path
    rows.expire_all()
    assert (found.handled_at, found.handled_by_id) == (None, None)


def test_looking_marks_nothing(asa: Browser, world: World, rows: Session) -> None:
    number = report(world)
    asa.get(f"/hr/inkorg/rapport/{number}")
    assert rows.get_one(AccessibilityReport, number).handled_at is None


def test_markup_in_a_report_is_words(asa: Browser, world: World) -> None:
    number = report(world, what="<script>alert(1)</script>", page="<b>x</b>", contact="javascript:alert(1)")
    text = asa.get(f"/hr/inkorg/rapport/{number}").text
    assert "<script>alert" not in text
    assert "<b>x</b>" not in text
    assert "&lt;script&gt;" in text
    assert 'href="javascript' not in text


def test_a_report_is_anothers_for_norrby_and_for_hr_of_one_unit(
    nils: Browser, amina: Browser, world: World, rows: Session
) -> None:
    number = report(world)
    for browser in (nils, amina):
        assert "rapport/" not in browser.get("/hr/inkorg").text
        assert "(1)" not in browser.get("/hr").text
        assert browser.get(f"/hr/inkorg/rapport/{number}").status_code == 404
        token = _csrf(browser)
        for action in ("klar", "oppna"):
            assert browser.post(f"/hr/inkorg/rapport/{number}/{action}", data=token).status_code == 404
    assert rows.get_one(AccessibilityReport, number).handled_at is None
