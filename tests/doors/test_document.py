"""The whole course on one page: nothing is left out, nothing is asked, and nothing is kept."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from app import content, library
from app.models import Course
from app.views.reading import deeper
from tests.page_rules import Browser
from tests.world import FIRST, NOW, SECOND, World


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def said(markup: str) -> str:
    """The words of a text, without what is around them."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_every_step_answer_and_place_is_there(client: Browser, world: World) -> None:
    page = said(client.get("/kurs/liten/hela").text)
    for source in (FIRST, SECOND):
        module = content.parse(source)
        assert module.title in page
        for step in module.steps:
            assert step.title in page
            for option in step.question.options if step.question else ():
                assert said(option.html) in page
                assert said(option.feedback) in page
            for place in step.scenario.places if step.scenario else ():
                assert place.title in page
                assert all(said(choice.html) in page for choice in place.choices)


def test_each_choice_leads_to_a_place_on_the_page(client: Browser, world: World) -> None:
    client.get("/kurs/liten/hela")
    assert client.page is not None
    ways = [str(link["href"])[1:] for link in client.page.all("a") if str(link.get("href")).startswith("#modul-")]
    assert len(ways) > 2
    assert set(ways) <= set(client.page.ids)


def test_nothing_is_asked_and_nothing_is_kept(client: Browser, world: World) -> None:
    answer = client.get("/kurs/liten/hela")
    assert "Set-Cookie" not in answer.headers
    assert client.page is not None
    assert not client.page.all("textarea")
    assert not [each for each in client.page.all("input") if each.get("type") in ("radio", "checkbox")]


def test_a_text_that_lacks_the_language_says_which_it_is_in(client: Browser, world: World) -> None:
    page = client.get("/kurs/liten/hela?sprak=en").text
    assert '<html lang="en" dir="ltr"' in page
    assert re.search(r'<h1 lang="sv" dir="ltr">Liten kurs</h1>', page)
    assert re.search(r'<section class="chapter" id="modul-1"[^>]* lang="sv" dir="ltr"', page)
    assert re.search(r'<p class="verdict good" lang="en" dir="ltr">', page), "what is ours stays in the page's language"


def test_a_course_that_is_not_published_is_not_there(client: Browser, world: World, rows: Session) -> None:
    rows.execute(update(Course).values(published_at=None))
    assert client.get("/kurs/liten/hela").status_code == 404
    assert client.get("/kurs/finns-inte/hela").status_code == 404


def test_an_authors_headings_stand_a_level_below_the_step() -> None:
    assert deeper("<h3>A</h3><p>h3</p><h4>B</h4><hr>") == "<h4>A</h4><p>h3</p><h5>B</h5><hr>"


def test_a_drawing_is_sent_compressed_and_kept_for_a_year(app: Flask, client: Browser, world: World) -> None:
    drawing = library.media_folder() / "0123.svg"
    drawing.parent.mkdir(parents=True, exist_ok=True)
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg">' + "<g/>" * 500 + "</svg>", encoding="utf-8")
    answer = client.get("/media/0123.svg", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == drawing.read_bytes()
    assert len(answer.data) < 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert client.get("/media/0123.svg").data == drawing.read_bytes()
    again = client.get("/media/0123.svg", headers={"If-None-Match": client.get("/media/0123.svg").headers["ETag"]})
    assert again.status_code == 304
