"""The database: engine, sessions and the base of every model, the same for web, worker and commands.

A reading session is held read-only by the database itself; a writing one takes SQLite's single writer's place at once
(BEGIN IMMEDIATE: with plain BEGIN eight threads lost 478–1,132 of 1,600 updates to "database is locked").
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Annotated, Any, ClassVar, cast

from flask import Flask, current_app
from sqlalchemy import Engine, ForeignKey, MetaData, String, Text, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import JSON, DateTime, TypeDecorator
from werkzeug.local import LocalProxy

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BUSY_TIMEOUT_MS = 5_000
RETRY_S = 0.0003


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, kept in UTC: SQLite gives naive times back, and this gives them their zone again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


Key = Annotated[int, mapped_column(primary_key=True)]
Short = Annotated[str, mapped_column(String(200))]
Long = Annotated[str, mapped_column(Text)]


def insert(model: type[Model]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT in the database's own words, which know ON CONFLICT: of two that write the same row, one does."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)


def reference(target: str, *, index: bool = True, ondelete: str = "RESTRICT", **more: Any) -> Any:
    """A column that points at `target` ("table.id")."""
    return mapped_column(ForeignKey(target, ondelete=ondelete), index=index, **more)


class Model(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        dict[str, str]: JSON,
        list[str]: JSON,
    }


class Database:
    """One engine and its two kinds of session."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._reader = self.engine.execution_options(reading=True, postgresql_readonly=True)

    def session(self, *, reading: bool) -> Session:
        return Session(self._reader if reading else self.engine, expire_on_commit=False)


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=8, max_overflow=4, pool_timeout=5)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "checkin", _end_sqlite)
    _queue_writers(engine)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # Transactions are begun by `_begin_sqlite`, not by the driver.
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        "secure_delete=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    driver = cast(sqlite3.Connection, connection.connection.dbapi_connection)
    if connection.info.get("reading") is not reading:  # After this pragma SQLite compiles every statement anew.
        driver.execute(f"PRAGMA query_only={int(reading)}")
        connection.info["reading"] = reading
    if reading:  # Each statement sees what is committed, as on PostgreSQL, and two turns at the interpreter are saved.
        return
    try:
        _begin_immediate(driver)
    except sqlite3.OperationalError as error:  # SQLAlchemy wraps what its own statements raise, and this is not one.
        raise OperationalError("BEGIN IMMEDIATE", None, error) from error


def _begin_immediate(driver: sqlite3.Connection) -> None:
    """Take the writer's place. Where another process has it, try again at once: SQLite's own waits grow to 100 ms."""
    until = monotonic() + BUSY_TIMEOUT_MS / 1000
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                    raise
            sleep(RETRY_S)
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _end_sqlite(driver: sqlite3.Connection | None, _entry: ConnectionPoolEntry) -> None:
    """After a commit that failed SQLite is still in its transaction, which SQLAlchemy holds for ended."""
    if driver is not None and driver.in_transaction:
        driver.rollback()


def _queue_writers(engine: Engine) -> None:
    """Let the writers of one process wait in line: SQLite makes them sleep and try again, up to 100 ms at a time."""
    turn = Lock()

    @event.listens_for(engine, "begin")
    def take(connection: Connection) -> None:
        if not connection.get_execution_options().get("reading", False) and not connection.info.get("has_turn"):
            connection.info["has_turn"] = turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000)

    @event.listens_for(engine, "checkin")
    def leave(_driver: sqlite3.Connection | None, entry: ConnectionPoolEntry) -> None:
        if entry.info.pop("has_turn", False):
            turn.release()


_current: ContextVar[Session | None] = ContextVar("session", default=None)


def _session() -> Session:
    found = _current.get()
    if found is None:
        raise RuntimeError("No database session is open here: wrap the work in db.reading() or db.writing()")
    return found


session = cast(Session, LocalProxy(_session))
"""The session of the request, or of the enclosing `reading()` or `writing()`."""


@contextmanager
def reading() -> Iterator[Session]:
    """A session in which the database refuses to write."""
    with _bound(current_database().session(reading=True)) as opened:
        yield opened


@contextmanager
def writing() -> Iterator[Session]:
    """A session that may write; whoever opens it commits. Without a commit everything is undone."""
    with _bound(current_database().session(reading=False)) as opened:
        yield opened


@contextmanager
def _bound(opened: Session) -> Iterator[Session]:
    token = _current.set(opened)
    try:
        with opened:
            yield opened
    finally:
        _current.reset(token)


def current_database() -> Database:
    return cast(Database, current_app.extensions["database"])


def init_app(app: Flask) -> None:
    app.extensions["database"] = Database(app.config["DATABASE_URL"])


def sqlite_url(folder: Path) -> str:
    """Where the embedded database lies when nothing else is said."""
    return f"sqlite:///{folder / 'vagase.sqlite3'}"
