"""Feedback in words: how an answer went, where a way led, and who to call, whatever colours one sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import Revision, RevisionText
from tests.page_rules import Browser
from tests.world import NOW, SECOND, World


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def heading(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", page.split("<h1")[1].split(">", 1)[1].split("</h1>")[0]).split())


@pytest.mark.parametrize(
    ("path", "words", "light"),
    [
        ("1/2?svar=0", "Det stämmer", "tone-good"),
        ("1/2?svar=1", "Inte riktigt", "tone-unsure"),
        ("2/2?svar=0&svar=1", "Det stämmer", "tone-good"),
        ("2/2?svar=0", "Det stämmer delvis", "tone-unsure"),
        ("2/2?svar=0&svar=2", "Det stämmer delvis", "tone-unsure"),
        ("2/2?svar=2", "Inte riktigt", "tone-unsure"),
    ],
)
def test_feedback_is_a_page_whose_heading_says_how_it_went(
    client: Browser, world: World, path: str, words: str, light: str
) -> None:
    page = client.get(f"/kurs/liten/{path}").text
    assert heading(page) == words
    assert f'<body class="{light}">' in page


@pytest.mark.parametrize(
    ("tone", "words", "light"),
    [
        (" .good", "En väg som hjälper", "tone-good"),
        (" .unsure", "En väg som kan hjälpa", "tone-unsure"),
        (" .risky", "En väg som kan göra det svårare", "tone-unsure"),
        ("", "", ""),
    ],
)
def test_where_a_way_led_is_said_in_words_too(
    client: Browser, world: World, rows: Session, tone: str, words: str, light: str
) -> None:
    source = SECOND.replace("#grans .good", f"#grans{tone}")
    rows.execute(update(RevisionText).where(RevisionText.title == "Andra stunden").values(source=source))
    rows.execute(update(Revision).where(Revision.digest == "tva").values(digest=f"tva{tone}-led"))
    page = client.get("/kurs/liten/2/1?plats=1").text
    assert heading(page) == "Du sätter en gräns"
    assert [" ".join(found.split()) for found in re.findall(r'class="verdict.*?<span>(.*?)</span>', page, re.S)] == [words] * bool(words)
    assert f'<body class="{light}">' in page


def test_a_steps_help_says_who_and_which_number_and_folds_away_the_rest(client: Browser, world: World) -> None:
    page = client.get("/kurs/liten/1/3").text
    listed, folded = page.split('<ul class="lines brief">')[1].split("</ul>")[0], page.split('<dl class="answers small">')[1]
    assert 'href="tel:112"' in listed
    assert 'href="tel:+4620505050"' in listed
    assert "samtalslista" in folded.split("</dl>")[0]
    assert "samtalslista" not in listed
