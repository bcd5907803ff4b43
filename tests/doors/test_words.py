"""HR's own words in the course: written where a course asks, looked at before they are saved, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import LocalText, Revision, RevisionText, Right
from tests.doors.test_lines import signed_in
from tests.page_rules import Browser
from tests.test_own_words import STEP, step
from tests.world import NOW, World

RUTIN = "/hr/egna-ord/rutin/sv"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def course(world: World, rows: Session) -> World:
    """The small course with a local block in its first module, also in easy-read Swedish and in English."""
    text = rows.scalars(select(RevisionText).where(RevisionText.title == "Första stunden")).one()
    text.source += STEP
    for language, words in {"sv-simple": "Prata med chefen.", "en": "Talk to your manager."}.items():
        source = text.source.replace("Prata med din chef.", words)
        text.revision.texts.append(RevisionText(language=language, title="Första stunden", source=source))
    text.revision.digest = "ett, with a local block in three languages"
    rows.commit()
    return world


@pytest.fixture
def hr(app: Flask, course: World) -> Browser:
    return signed_in(app, course.asa.id)


def test_each_place_is_listed_with_its_languages(hr: Browser) -> None:
    page = hr.get("/hr/egna-ord").text
    assert "Det egna" in page
    for language in ("sv", "sv-simple", "en"):
        assert f'href="/hr/egna-ord/rutin/{language}"' in page
    assert page.count("Kursens ord") == 3


def test_a_course_that_asks_for_nothing_is_said_to(app: Flask, world: World) -> None:
    assert "Ingen kurs frågar efter egna ord" in signed_in(app, world.asa.id).get("/hr/egna-ord").text


def test_words_are_written_shown_to_participants_and_taken_back(hr: Browser, client: Browser, course: World) -> None:
    assert "Prata med din chef." in hr.get(RUTIN).text, "what the course says otherwise"
    assert hr.submit(RUTIN, {"text": "Ring **Lena** på HR."}).location == "/hr/egna-ord"
    assert "Ring <strong>Lena</strong> på HR." in step(client, course)
    assert "Ring **Lena** på HR.</textarea>" in hr.get(RUTIN).text
    assert "Egna ord</span>" in hr.get("/hr/egna-ord").text
    hr.submit(RUTIN, {"text": ""})
    assert "Prata med din chef." in step(client, course)


def test_looking_saves_nothing(hr: Browser, rows: Session) -> None:
    page = hr.submit(RUTIN, {"text": "Ring **Lena**.", "visa": "1"})
    assert page.status_code == 200
    assert "Ring <strong>Lena</strong>." in page.text
    assert "Ring **Lena**.</textarea>" in page.text, "what was written is kept"
    assert rows.scalars(select(LocalText)).all() == []


@pytest.mark.parametrize("text", ["Hej\n\n<script>alert(1)</script>", "[x](javascript:alert(1))", "a\0b", "x" * 50_001])
def test_what_cannot_be_shown_is_refused_with_its_line_and_kept(hr: Browser, rows: Session, text: str) -> None:
    answer = hr.submit(RUTIN, {"text": text})
    assert answer.status_code == 422
    assert "Rad " in answer.text
    assert "<script>alert" not in answer.text
    assert rows.scalars(select(LocalText)).all() == []


def test_easy_read_takes_the_plain_words_where_it_has_none_and_english_keeps_the_courses(
    hr: Browser, client: Browser, course: World, rows: Session
) -> None:
    hr.submit(RUTIN, {"text": "Ring Lena."})
    amina = course.amina
    rows.add(amina)
    for language, shown in {"sv-simple": '<div lang="sv"><p>Ring Lena.</p>', "en": "Talk to your manager."}.items():
        amina.language = language
        rows.commit()
        assert shown in step(client, course)
    hr.submit("/hr/egna-ord/rutin/sv-simple", {"text": "Ring till Lena."})
    amina.language = "sv-simple"
    rows.commit()
    assert '<div class="note"><p>Ring till Lena.</p>' in step(client, course)


@pytest.mark.parametrize("path", ["/hr/egna-ord/finns-inte/sv", "/hr/egna-ord/rutin/ar", "/hr/egna-ord/rutin/..%2Fsv"])
def test_what_no_course_asks_for_cannot_be_written(app: Flask, hr: Browser, rows: Session, path: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    assert hr.get(path).status_code == hr.post(path, data={"text": "Ring."}).status_code == 404
    assert rows.scalars(select(LocalText)).all() == []


def test_the_words_are_each_organisations_own(app: Flask, hr: Browser, course: World) -> None:
    hr.submit(RUTIN, {"text": "Ring Lena."})
    assert "Ring Lena" not in signed_in(app, course.nils.id).get(RUTIN).text


def test_a_right_over_one_unit_writes_nothing(app: Flask, hr: Browser, course: World, rows: Session) -> None:
    for right in rows.scalars(select(Right).where(Right.person_id == course.asa.id)):
        right.unit_id = course.care.id
    rows.commit()
    app.config["WTF_CSRF_ENABLED"] = False
    assert "Det egna" in hr.get("/hr/egna-ord").text
    assert hr.get(RUTIN).status_code == hr.post(RUTIN, data={"text": "Ring."}).status_code == 403
    assert rows.scalars(select(LocalText)).all() == []


def test_a_module_that_is_not_current_asks_for_nothing(hr: Browser, rows: Session) -> None:
    revision = rows.scalars(select(Revision).where(Revision.digest.contains("local block"))).one()
    revision.module.retired_at = NOW
    rows.commit()
    assert "Det egna" not in hr.get("/hr/egna-ord").text
