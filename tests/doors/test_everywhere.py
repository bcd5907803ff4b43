"""What holds behind every door: headers, walls, errors that help, and GET that writes nothing."""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, make_url
from sqlalchemy.exc import OperationalError

from app import audit, db, guards, library, links
from app.models import AskedFor, Organisation, Origin, Person, PersonRequest
from tests.page_rules import Browser
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lines(app: Flask) -> Iterator[list[str]]:
    """The lines that the app writes in its log."""
    written: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(app.logger.handlers[0].format(record))

    keep = Keep()
    app.logger.addHandler(keep)
    yield written
    app.logger.removeHandler(keep)


def addresses(app: Flask, world: World) -> list[str]:
    """An address behind every door that answers GET."""
    return list(doors(app, world).values())


def doors(app: Flask, world: World) -> dict[str, str]:
    """Every endpoint that answers GET, and an address behind it."""
    known: dict[str, Any] = {
        "module_id": world.campaign.modules[0].module_id, "number": 1, "position": 1, "key": "liten", "token": "x",
        "name": "x.svg", "word": "x", "spoken": "sv", "report_id": 1, "shortcoming_id": 1,
        "person_id": 1, "request_id": 1, "form": "json", "version": "x", "colour": "0a5c36", "digest": "x",
    }  # fmt: skip
    adapter = app.url_map.bind("localhost")
    return {
        rule.endpoint: adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments})
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
    }


def written(queries: list[str]) -> list[str]:
    """The statements that do more than read."""
    return [each for each in queries if not each.lstrip().upper().startswith(("SELECT", "WITH"))]


def in_every_way(app: Flask, world: World) -> dict[str, Any]:
    """The cookie of one who has come in by a link, has confirmed who they are, and has signed in as HR."""
    with db.writing():
        link = links.link_for(db.session.get_one(Person, world.amina.id), NOW)
        confirmation = links.confirmation_for(db.session.get_one(Person, world.amina.id), NOW)
        links.spend(confirmation, NOW)
        db.session.commit()
    at = int(NOW.timestamp())
    return {
        "participant": [link.id, link.generation, at], "confirmed": [confirmation.id, confirmation.generation],
        "_user_id": guards.sign_in_id(world.asa), "staff": [at, at],
    }  # fmt: skip


def test_no_door_writes_when_it_is_only_opened(app: Flask, world: World, client: Browser, queries: list[str]) -> None:
    """The one exception: a look at a named list is noted, which test_a_look_is_all_that_a_named_list_writes allows."""
    came_in, answered = in_every_way(app, world), dict[str, int]()
    for endpoint, address in doors(app, world).items():
        with client.session_transaction() as cookie:
            cookie.clear()
            cookie |= came_in
        queries.clear()
        answered[endpoint] = client.get(address).status_code
        assert client.head(address).status_code == answered[endpoint] < 500, address
        assert written(queries) == [], address
    assert [answered[each] for each in ("learn.home", "held.show", "hr.overview", "hr.waiting")] == [200] * 4


def test_a_look_is_all_that_a_named_list_writes(app: Flask, world: World, client: Browser, queries: list[str]) -> None:
    with db.writing():
        waiting = Person(organisation_id=world.sundby.id, origin=Origin.DECLARED, created_at=NOW, language="sv")
        asked = PersonRequest(person_id=world.amina.id, asked_for=AskedFor.ERASURE, asked_at=NOW)
        db.session.add_all([waiting, asked])
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie |= in_every_way(app, world)
    noting = {
        "hr.waiting": "/hr/vantar", "hr.newcomer": f"/hr/vantar/{waiting.id}", "hr.asked_for": f"/hr/begaran/{asked.id}",
    }  # fmt: skip
    assert noting.keys() == audit.PAGES.keys()
    for address in noting.values():
        queries.clear()
        assert client.head(address).status_code == 200
        assert written(queries) == [], address
        assert client.get(address).status_code == 200
        assert [each.split("(")[0] for each in written(queries)] == ["INSERT INTO look "], address


def test_every_answer_has_the_strict_headers(app: Flask, world: World, client: Browser) -> None:
    for address in [*addresses(app, world), "/finns-inte"]:
        headers = client.get(address).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"] or "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe-inline' 'self'" not in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_pages_are_neither_kept_nor_indexed(client: Browser, world: World) -> None:
    for address in ("/", "/registrera", "/stod", "/kurs/liten/1/1"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex"


def test_reading_and_help_leave_no_cookie(client: Browser, world: World) -> None:
    for address in ("/stod", "/kurs/liten", "/kurs/liten/1/1", "/kurs/liten/1/2?svar=0", "/kurs/liten/2/1?plats=1"):
        assert "Set-Cookie" not in client.get(address).headers, address


def test_titles_and_addresses_are_neutral(app: Flask, world: World, client: Browser) -> None:
    for address in addresses(app, world):
        assert not any(word in address for word in ("våld", "vald", "kvinnofrid"))
        text = client.get(address).text
        if "<title>" in text:
            title = text.split("<title>")[1].split("</title>")[0].casefold()
            assert not any(word in title for word in ("våld", "vald", "kvinnofrid", "hot"))


@pytest.mark.parametrize(
    ("address", "status"), [("/finns-inte", 404), ("/k/x/y", 404), ("/media/x.exe", 404), ("/media/..%2Fsecret", 404)]
)
def test_an_error_page_helps_and_carries_the_four_numbers(client: Browser, world: World, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    numbers = re.findall(r'<bdi class="nowrap" dir="ltr">([0-9 -]+)</bdi>', response.text)
    assert numbers == [line.number for line in library.help_lines().values() if line.always]
    assert 'href="/lamna"' in response.text


@pytest.mark.parametrize(
    "address",
    ["/kurs/a%00b", "/k/a%00b", "/media/a%00.svg", "/registrera/bekrafta/%00", "/hr/in/%00", "/stod?organisation=%00"],
)
def test_a_nul_in_an_address_is_a_page_and_not_a_fault(client: Browser, world: World, address: str) -> None:
    assert client.get(address).status_code < 500


def test_a_body_over_the_limit_gets_a_page(client: Browser, world: World) -> None:
    assert client.post("/ny-lank", data={"address": "x" * 70_000}).status_code == 413
    assert "större än vi tar emot" in client.post("/ny-lank", data={"address": "x" * 70_000}).text


def test_a_stranger_host_is_refused(client: Browser, world: World) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_wrong_method_gets_a_page(client: Browser, world: World) -> None:
    assert client.get("/min-sida/paus").status_code in (403, 405)


def test_a_database_that_is_away_says_try_again(app: Flask, client: Browser, world: World) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise OperationalError("select", {}, Exception("database is locked"))

    engine = app.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", away)
    response = client.get("/kurs/liten")
    event.remove(engine, "before_cursor_execute", away)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "försök igen" in response.text


def test_a_post_while_another_holds_the_writers_place_says_try_again(
    app: Flask, client: Browser, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = make_url(app.config["DATABASE_URL"])
    if address.get_backend_name() != "sqlite":
        return  # PostgreSQL has many writers.
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 50)
    app.extensions["database"].engine.dispose()
    client.get("/ny-lank")
    assert client.page is not None
    data = client.page.form(None).hidden | {"address": "amina@sundby.example"}
    with closing(sqlite3.connect(str(address.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert client.post("/ny-lank", data=data).status_code == 503
        other.execute("ROLLBACK")
    assert client.post("/ny-lank", data=data).status_code == 303


def test_a_post_while_the_database_is_away_is_not_acknowledged_and_can_be_sent_again(
    app: Flask, client: Browser, world: World, queries: list[str]
) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise OperationalError("insert", {}, Exception("database is locked"))

    with db.reading():
        client.get(world.link(world.amina))
    path = f"/modul/{world.campaign.modules[0].module_id}/1"
    client.get(path)
    assert client.page is not None
    hidden = client.page.form(None).hidden
    with time_machine.travel(NOW.replace(minute=59), tick=False):
        event.listen(app.extensions["database"].engine, "before_cursor_execute", away)
        assert client.post(path, data=hidden).status_code == 503
        event.remove(app.extensions["database"].engine, "before_cursor_execute", away)
        assert client.post(path, data=hidden).location == f"{path[:-1]}2"


def test_a_fault_of_ours_is_a_page_and_not_a_trace(app: Flask, world: World) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["reading.contents"] = lambda **_: 1 / 0
    client = app.test_client()
    response = client.get("/kurs/liten")
    assert response.status_code == 500
    assert "Det är inte ditt fel" in response.text
    assert "Traceback" not in response.text


def test_the_log_has_no_address_and_no_link(world: World, client: Browser, lines: list[str]) -> None:
    with db.reading():
        link = world.link(world.amina)
    client.get(link)
    client.get("/min-sida")
    client.submit("/ny-lank", {"address": "amina@sundby.example"})
    for path in ("/stod", "/stod/1", "/stod/9", "/lamna"):
        client.get(path)
    assert [json.loads(line)["rule"] for line in lines if "rule" in json.loads(line)] == [
        "/k/<token>", "/min-sida", "/ny-lank", "/ny-lank"
    ]  # fmt: skip
    written = "\n".join(lines)
    assert link.removeprefix("/k/") not in written
    assert "amina" not in written


def test_a_fault_is_logged_without_what_was_asked_for_or_typed(app: Flask, world: World, lines: list[str]) -> None:
    def faulty(*_: Any, **__: Any) -> Any:
        typed = "hemlig"
        raise ValueError(f"{typed}@sundby.example is not an address") from KeyError(f"{typed}.2")

    app.testing = app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["learn.enter"] = faulty
    app.error_handler_spec[None][None][Exception] = faulty
    with db.reading():
        link = world.link(world.amina)
    assert app.test_client().get(link).status_code == 500
    written = "\n".join(lines)
    assert all(kind in written for kind in ("KeyError", "ValueError", "in faulty"))
    assert not any(typed in written for typed in ("hemlig@", "hemlig.2"))
    assert link.removeprefix("/k/") not in written


def test_a_database_fault_is_logged_by_its_code(app: Flask, world: World, lines: list[str]) -> None:
    def taken(**_: Any) -> Any:
        with db.writing() as session:
            session.add(Organisation(slug="sundby", name="Hemliga kommun", created_at=NOW, counted_kinds=[]))
            session.flush()

    app.view_functions["reading.contents"] = taken
    assert app.test_client().get("/kurs/liten").status_code == 503
    fault = next(line for line in lines if '"what": "database"' in line)
    assert json.loads(fault)["code"] in ("SQLITE_CONSTRAINT_UNIQUE", "23505")
    assert "sundby" not in fault


def test_static_files_are_cached_under_an_address_that_changes(client: Browser, world: World) -> None:
    page = client.get("/stod").text
    sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
    response = client.get(sheet, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    assert "max-age=31536000" in response.headers["Cache-Control"]
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    response.close()
