"""What tests stand on: an app of their own over a fresh copy of a migrated database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session

from app import create_app, db, migrating
from tests.harness import browsers, databases, judges
from tests.page_rules import Browser
from tests.world import World

CI = os.environ.get("CI") == "true"


ON_ONE = {
    "accessibility", "brand", "confirm", "dev", "document", "feedback", "help", "hr_people", "hr_statement", "language",
    "lines", "public", "register", "staying", "words",
}  # fmt: skip
"""Modules of tests/doors about what pages say: on SQLite alone. test_walls and test_everywhere open every door on both."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = [each for each in items if not _is_once_more(each)]


def _is_once_more(item: pytest.Item) -> bool:
    on = getattr(item, "callspec", None)
    of = item.path.stem.removeprefix("test_")
    return item.path.parent.name == "doors" and of in ON_ONE and on is not None and "postgresql" in on.params.values()


def missing(reason: str) -> None:
    """Skip loudly, or fail where nothing may be missing."""
    (pytest.fail if CI else pytest.skip)(reason)


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, databases.Databases]]:
    """The kinds of database that tests have asked for, each started once and filled with the schema."""
    started: dict[str, databases.Databases] = {}
    with ExitStack() as stack:

        class Started(dict[str, databases.Databases]):
            def __missing__(self, kind: str) -> databases.Databases:
                self[kind] = stack.enter_context(databases.on(kind))
                self[kind].fill("migrated", migrating.upgrade)
                return self[kind]

        yield Started(started)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, servers: dict[str, databases.Databases]) -> Iterator[str]:
    """A fresh migrated database, once on SQLite and once on PostgreSQL."""
    if request.param == "postgresql" and (reason := databases.unavailable()):
        missing(f"PostgreSQL: {reason}")
    with servers[request.param].copy("migrated") as url:
        yield url


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for the whole run (static files are compressed into it once); each test has its own mailbox."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def app(database_url: str, data: Path, tmp_path: Path) -> Iterator[Flask]:
    made = create_app(
        {
            "FLASK_BASE_URL": "http://localhost",
            "FLASK_SECRET_KEY": "a secret key for tests, long enough",
            "FLASK_LINK_KEYS": "an-old-key-for-links-long-enough-for-all,a-new-key-for-links-long-enough-for-all",
            "FLASK_DATA": str(data),
            "FLASK_DATABASE_URL": database_url,
            "FLASK_MAIL_TRANSPORT": "mailbox",
            "FLASK_MAIL_DEFAULT_SENDER": "utbildning@sundby.example",
        },
        TESTING=True,
        DATA=data,
        MAILBOX=tmp_path / "mailbox",
    )
    made.test_client_class = Browser
    with made.app_context():
        yield made
    made.extensions["database"].engine.dispose()


@pytest.fixture
def client(app: Flask) -> Browser:
    made = app.test_client()
    assert isinstance(made, Browser)
    return made


@pytest.fixture
def rows(app: Flask) -> Iterator[Session]:
    """A session of the test's own: what it sees is what was committed, and what it writes is there at once."""
    engine = create_engine(app.config["DATABASE_URL"], isolation_level="AUTOCOMMIT")
    with Session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def world(app: Flask) -> World:
    """A small named world: Sundby with its people, and Nils in Norrby, who must see nothing of it."""
    with db.writing():
        made = World()
        db.session.commit()
    return made


class Queries(list[str]):
    """The statements that the app sends to the database while this is in use."""


@pytest.fixture
def queries(app: Flask) -> Iterator[Queries]:
    seen = Queries()
    engine = app.extensions["database"].engine

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """pytest-playwright starts the system's Chromium."""
    if reason := browsers.unavailable():
        missing(f"Browser: {reason}")
    return browsers.launch_options()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What is missing on this machine is said in one loud line each."""
    needed = {"PostgreSQL": databases, "Browser": browsers, "HTML_CodeSniffer, Nu and Lighthouse": judges}
    for what, kind in needed.items():
        if reason := kind.unavailable():
            terminalreporter.write_line(f"!!! {what} tests were skipped: {reason}", red=True, bold=True)
