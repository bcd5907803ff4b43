"""The development doors: the mailbox as a person sees it, HR's side in one press, and none of it in production."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app import create_app, db
from app.config import ROOT
from tests.page_rules import Browser
from tests.world import NOW, World

MAIL = """\
From: =?utf-8?q?Sundby_kommun?= <utbildning@sundby.example>
To: amina@sundby.example
Subject: =?utf-8?q?En_kort_utbildning=2C_{number}_minuter?=
Date: Tue, 03 Nov 2026 13:50:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="x"

--x
Content-Type: text/plain; charset=utf-8

Oppna din lank: http://localhost/k/abc{number}

--x
Content-Type: text/html; charset=utf-8

<html lang="sv"><body style="color: #222"><a href="http://localhost/k/abc{number}">Oppna</a></body></html>

--x--
"""


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    folder = tmp_path / "mailbox"
    folder.mkdir()
    return folder


@pytest.fixture
def developing(database_url: str, data: Path, mailbox: Path) -> Iterator[Flask]:
    made = create_app(
        {"FLASK_DEVELOPMENT": "1", "FLASK_DATA": str(data), "FLASK_DATABASE_URL": database_url},
        TESTING=True,
        MAILBOX=mailbox,
        BASE_URL="http://localhost",
    )
    made.test_client_class = Browser
    with made.app_context():
        yield made
    made.extensions["database"].engine.dispose()


@pytest.fixture
def developer(developing: Flask) -> Browser:
    made = developing.test_client()
    assert isinstance(made, Browser)
    return made


def put(mailbox: Path, number: int, text: str = MAIL) -> str:
    name = f"20261103T1350{number:02}.000000Z-{number}.eml"
    (mailbox / name).write_bytes(text.replace("{number}", str(number)).encode())
    return name


@pytest.mark.parametrize("path", ["/dev/mailbox", "/dev/mailbox/x.eml", "/dev/in/hr", "/dev/komponenter"])
def test_production_has_none_of_these_doors(client: Browser, path: str) -> None:
    assert client.get(path).status_code == 404


def test_mails_are_shown_newest_first_with_working_links(developer: Browser, mailbox: Path) -> None:
    for number in (1, 2):
        put(mailbox, number)
    text = developer.get("/dev/mailbox").text
    assert text.index("En kort utbildning, 2 minuter") < text.index("En kort utbildning, 1 minuter")
    assert "Sundby kommun" in text
    assert "amina@sundby.example" in text
    assert "14:50:00" in text
    assert 'href="http://localhost/k/abc1"' in text


def test_the_body_is_sandboxed_and_its_links_open_in_the_whole_window(
    developing: Flask, developer: Browser, mailbox: Path
) -> None:
    name = put(mailbox, 1)
    page = developer.get("/dev/mailbox")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert developer.page is not None
    frame = developer.page.all("iframe")[0]
    assert frame["src"] == f"/dev/mailbox/{name}"
    assert "allow-scripts" not in str(frame["sandbox"])
    assert "allow-same-origin" not in str(frame["sandbox"])
    body = FlaskClient(developing, developing.response_class).get(str(frame["src"]))
    assert body.text.startswith('<!doctype html><base target="_top"><html lang="sv">')
    assert body.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = body.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script" not in policy


def test_a_broken_mail_does_not_hide_the_others(developer: Browser, mailbox: Path) -> None:
    put(mailbox, 1)
    broken = put(mailbox, 2, MAIL.replace("charset=utf-8", "charset=klingon"))
    put(mailbox, 3, "\0\xff inte ett mejl")
    text = developer.get("/dev/mailbox").text
    assert f"{broken} går inte att läsa" in text
    assert "En kort utbildning, 1 minuter" in text


def test_only_files_of_the_mailbox_are_shown(developer: Browser, mailbox: Path) -> None:
    (mailbox.parent / "secret.eml").write_text(MAIL)
    for name in ("..%2Fsecret.eml", "secret.eml", "%00.eml"):
        assert developer.get(f"/dev/mailbox/{name}").status_code == 404


def test_a_full_mailbox_is_shown_by_the_page(developer: Browser, mailbox: Path) -> None:
    for number in range(60):
        put(mailbox, number)
    assert developer.get("/dev/mailbox").text.count("<details") == 50
    second = developer.get("/dev/mailbox?sida=2").text
    assert second.count("<details") == 10
    assert developer.get("/dev/mailbox?sida=99").text == second


def test_an_empty_mailbox_says_so(developer: Browser) -> None:
    assert "Inga mejl än" in developer.get("/dev/mailbox").text


@time_machine.travel(NOW, tick=False)
def test_hr_comes_in_with_one_press(developer: Browser) -> None:
    with db.writing():
        world = World()
        db.session.commit()
    text = developer.get("/dev/in/hr").text
    assert "Åsa Nyström, Sundby kommun" in text
    assert "Nils Ek, Norrby kommun" in text
    assert "Amina" not in text
    assert developer.submit("/dev/in/hr", {"person": str(world.amina.id)}).status_code == 404
    answer = developer.submit("/dev/in/hr", {"person": str(world.asa.id)})
    assert answer.status_code == 303
    overview = developer.get(answer.headers["Location"])
    assert overview.status_code == 200
    assert "Sundby kommun" in overview.text


def test_every_macro_that_pages_are_built_from_has_a_specimen(developer: Browser, app: Flask) -> None:
    answer = developer.get("/dev/komponenter")
    assert answer.status_code == 200
    source = (ROOT / "templates" / "dev" / "components.html").read_text(encoding="utf-8")
    inner = {"csrf", "described", "error", "ours", "sign", "verdict"}
    for file, name in (("components.html", "c"), ("steps/blocks.html", "b")):
        macros = re.findall(r"{% macro (\w+)", (ROOT / "templates" / file).read_text(encoding="utf-8"))
        lacking = [macro for macro in macros if macro not in inner and f"{name}.{macro}(" not in source]
        assert not lacking, f"{file}: {lacking}"
