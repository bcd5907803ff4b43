"""The accessibility statement on its open page, and the form to say that something does not work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import accessibility, db, links
from app.models import (
    AccessibilityReport,
    AccessibilityStatement,
    Conformance,
    Credential,
    CredentialKind,
    Delivery,
    Judged,
    Organisation,
    Reason,
    Shortcoming,
)
from tests.page_rules import Browser
from tests.world import NOW, World

FORM = "/tillganglighet/rapport?organisation=sundby"
LANGUAGES = ("sv", "sv-simple", "en", "ar")
SAID = {"about": "fault", "what": "Knappen syns inte med skärmläsare."}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def published(world: World) -> None:
    """Sundby has judged the service: partly in line with the law, with one thing of each kind."""
    with db.writing() as session:
        draft = accessibility.begun(session.get_one(Organisation, world.sundby.id), NOW)
        draft.service, draft.conformance = "Kursen för oss alla", Conformance.PARTIAL
        draft.tested, draft.method, draft.tested_on = Judged.OWN, "Tangentbord\noch NVDA", date(2026, 10, 1)
        draft.address, draft.phone, draft.answer_days = "webb@sundby.example", "0123-45 67 89", 5
        draft.shortcomings = [
            Shortcoming(
                reason=Reason.SHORTCOMING, what="Bilden saknar text", place="Modul 2", criterion="1.1.1 Text",
                since=date(2026, 9, 1), mended_by=date(2027, 1, 1),
            ),
            Shortcoming(reason=Reason.BURDEN, what="Gammal film", place="Arkivet", why="Kostar mer än den ger"),
            Shortcoming(reason=Reason.OUTSIDE, what="Karta", place="Start", instead="Ring växeln"),
        ]  # fmt: skip
        session.flush()
        accessibility.publish(draft, NOW)
        session.commit()


def page(client: Browser, address: str = "/tillganglighet?organisation=sundby") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


# --- the statement ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_until_the_organisation_has_judged_it_the_page_says_so_and_claims_nothing(
    client: Browser, world: World, language: str
) -> None:
    text = page(client, f"/tillganglighet?organisation=sundby&sprak={language}")
    assert "https://www.digg.se/tdosanmalan" in text
    assert f'href="/tillganglighet/rapport?organisation=sundby&amp;sprak={language}"' in text
    assert "axe-core" in text


def test_what_nobody_has_judged_is_neither_fulfilled_nor_failed(client: Browser, world: World) -> None:
    text = page(client)
    assert "Tjänsten är inte bedömd än" in text
    assert "förenlig" not in text
    assert "inget känt innehåll" not in text


def test_a_published_statement_has_all_that_the_law_asks_for(client: Browser, world: World, published: None) -> None:
    text = page(client)
    for words in (
        "Sundby kommun ansvarar för tjänsten", "Kursen för oss alla", "delvis förenlig med lagen", "Bilden saknar text",
        "Modul 2", "1.1.1 Text", "1 september 2026", "1 januari 2027", "Oskäligt betungande", "Kostar mer än den ger",
        "Det som lagen inte omfattar", "Ring växeln", "webb@sundby.example", "0123-45 67 89", "svar inom 5 dagar",
        "granskat tjänsten själv", "och NVDA", "1 oktober 2026", "3 november 2026", "digg.se/tdosanmalan",
    ):  # fmt: skip
        assert words in text, words
    assert "inte bedömd" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_organisations_own_words_are_told_to_be_swedish(
    client: Browser, world: World, published: None, language: str
) -> None:
    text = page(client, f"/tillganglighet?organisation=sundby&sprak={language}")
    assert '<p lang="sv" dir="ltr">Bilden saknar text</p>' in text
    assert '<bdi lang="sv">Kursen för oss alla</bdi>' in text


def test_another_organisation_has_a_statement_of_its_own(client: Browser, world: World, published: None) -> None:
    text = page(client, "/tillganglighet?organisation=norrby")
    assert "Tjänsten är inte bedömd än" in text
    assert "Bilden saknar text" not in text


def test_without_an_organisation_one_chooses_among_several(client: Browser, world: World, published: None) -> None:
    for address in ("/tillganglighet", "/tillganglighet?organisation=finns-inte"):
        text = page(client, address)
        assert "Norrby kommun" in text
        assert "Sundby kommun" in text
        assert "Bilden saknar text" not in text


def test_with_nothing_in_the_database_the_pages_stand(client: Browser) -> None:
    for address in ("/tillganglighet", "/tillganglighet/rapport", "/tillganglighet/rapport/skickat"):
        page(client, address)
    assert client.post("/tillganglighet/rapport", data=SAID).status_code == 400, "there is no form to send"


def test_what_is_changed_after_publishing_shows_when_it_is_published_again(
    client: Browser, world: World, published: None, rows: Session
) -> None:
    draft = rows.scalars(select(AccessibilityStatement).where(AccessibilityStatement.published_at.is_(None))).one()
    draft.shortcomings[0].what = "Nya ord"
    rows.flush()
    assert "Nya ord" not in page(client)
    with time_machine.travel(NOW + timedelta(days=40), tick=False):
        with db.writing() as session:
            found = accessibility.draft(session.get_one(Organisation, world.sundby.id))
            assert found is not None
            accessibility.publish(found, NOW + timedelta(days=40))
            session.commit()
        text = page(client)
    assert "Nya ord" in text
    assert "3 november 2026" in text, "when it was published first"
    assert "13 december 2026" in text, "when it was updated"


# --- the form --------------------------------------------------------------------------------------------------------


def reports(rows: Session) -> list[AccessibilityReport]:
    rows.expire_all()
    return list(rows.scalars(select(AccessibilityReport).order_by(AccessibilityReport.id)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_is_reported_in_any_language_without_signing_in(
    client: Browser, world: World, rows: Session, language: str
) -> None:
    answer = client.submit(f"{FORM}&sprak={language}", SAID | {"page": "Anmäl dig", "contact": "070-123 45 67"})
    assert answer.status_code == 303
    assert answer.location == f"/tillganglighet/rapport/skickat?organisation=sundby&sprak={language}"
    assert client.get(answer.location).status_code == 200
    [sent] = reports(rows)
    assert (sent.organisation_id, sent.language, sent.what) == (world.sundby.id, language, SAID["what"])
    assert (sent.page, sent.contact, sent.handled_at) == ("Anmäl dig", "070-123 45 67", None)


@pytest.mark.parametrize("about", ["easy-read", "aloud", "paper", "signed", "other"])
def test_another_form_of_it_is_asked_for_the_same_way(client: Browser, world: World, rows: Session, about: str) -> None:
    assert client.submit(FORM, {"about": about, "what": "Modul ett"}).status_code == 303
    assert [each.about for each in reports(rows)] == [about]


@pytest.mark.parametrize("said", [{}, {"about": "fault"}, {"what": "x"}, {"about": "annat", "what": "x"}, {"about": "fault", "what": " \n "}])
def test_whoever_only_presses_the_button_sends_nothing(
    client: Browser, world: World, rows: Session, said: dict[str, str]
) -> None:
    answer = client.submit(FORM, said)
    assert answer.status_code == 422
    assert "<title>Fel:" in answer.text
    assert reports(rows) == []


def test_nothing_is_chosen_beforehand(client: Browser, world: World) -> None:
    assert "checked" not in page(client, FORM)


def test_the_organisation_is_chosen_where_there_are_several(client: Browser, world: World, rows: Session) -> None:
    assert client.submit("/tillganglighet/rapport", SAID).status_code == 422
    assert client.submit("/tillganglighet/rapport", SAID | {"organisation": "norrby"}).status_code == 303
    assert [each.organisation_id for each in reports(rows)] == [world.norrby.id]


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("what", "a\x00b", "ab"), ("what", "a\u202eb", "ab"), ("what", "x" * 2_001, "x" * 2_000),
        ("page", "a\nb", "ab"), ("contact", "x" * 201, "x" * 200),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_in_a_sentence_and_nothing_is_sent(
    client: Browser, world: World, rows: Session, field: str, typed: str, kept: str
) -> None:
    answer = client.submit(FORM, SAID | {field: typed})
    assert answer.status_code == 422
    assert kept in answer.text
    assert "Texten är för lång" in answer.text or "dolda tecken" in answer.text
    assert reports(rows) == []


@pytest.mark.parametrize("typed", ["En rad.\nEn till.", "می\u200cخواهم", "لا أستطيع القراءة\u200f.", "👩\u200d🦯"])
def test_lines_and_the_marks_that_languages_are_written_with_stay(
    client: Browser, world: World, rows: Session, typed: str
) -> None:
    assert client.submit(FORM, SAID | {"what": typed.replace("\n", "\r\n")}).status_code == 303
    assert [each.what for each in reports(rows)] == [typed]


def test_a_report_knows_nobody_also_where_one_has_come_in_with_ones_link(
    client: Browser, world: World, rows: Session
) -> None:
    with db.reading():
        client.get(world.link(world.amina))
    assert client.submit(FORM, SAID).status_code == 303
    [sent] = reports(rows)
    kept = [getattr(sent, column.key) for column in AccessibilityReport.__table__.columns]
    assert not any("amina" in str(each).casefold() for each in kept)
    assert sent.handled_by_id is None


def test_a_personal_link_that_is_pasted_is_not_kept(client: Browser, world: World, rows: Session) -> None:
    with db.reading():
        link = world.link(world.amina)
        found = rows.scalars(select(Credential).where(Credential.kind == CredentialKind.LINK)).all()
        tokens = [links.token(each) for each in found]
    said = {"what": f"På https://kurs.example{link} står inget", "page": tokens[-1], "contact": "amina@sundby.example"}
    assert client.submit(FORM, SAID | said).status_code == 303
    [sent] = reports(rows)
    assert (sent.what, sent.page) == ("På https://kurs.example/k/… står inget", "…")
    assert sent.contact == "amina@sundby.example"


def test_nothing_is_mailed_to_an_address_that_is_typed(client: Browser, world: World, rows: Session) -> None:
    client.submit(FORM, SAID | {"contact": "offer@annat.example"})
    assert rows.scalars(select(Delivery)).all() == []


def test_one_networks_flood_is_stopped_and_told(client: Browser, world: World, rows: Session) -> None:
    for _ in range(accessibility.PER_CLIENT):
        assert client.submit(FORM, SAID).status_code == 303
    answer = client.submit(FORM, SAID)
    assert answer.status_code == 429
    assert SAID["what"] in answer.text, "what was typed is still there"
    assert "ovanligt många" in answer.text
    assert len(reports(rows)) == accessibility.PER_CLIENT
    other = client.submit(FORM, SAID, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 303, "another network still gets through"


def test_many_networks_together_are_stopped_at_the_organisations_own_limit(world: World, app: Flask) -> None:
    with db.writing() as session:
        sundby = session.get_one(Organisation, world.sundby.id)
        norrby = session.get_one(Organisation, world.norrby.id)
        sent = [
            accessibility.report(sundby, SAID, "sv", NOW, client=f"192.0.2.{number}")
            for number in range(accessibility.PER_ORGANISATION + 1)
        ]
        assert sent == [True] * accessibility.PER_ORGANISATION + [False]
        assert accessibility.report(norrby, SAID, "sv", NOW, client="192.0.2.1")


def test_an_answer_is_promised_within_the_days_that_were_said_then(
    client: Browser, world: World, published: None, rows: Session
) -> None:
    client.submit(FORM, SAID)
    client.submit("/tillganglighet/rapport?organisation=norrby", SAID)
    assert [each.answer_by for each in reports(rows)] == [date(2026, 11, 8), date(2026, 11, 17)]
    assert "svar inom 5 dagar" in page(client, "/tillganglighet/rapport/skickat?organisation=sundby")
    assert "så snart HR kan" in page(client, "/tillganglighet/rapport/skickat?organisation=norrby")
