"""Alembic's environment: the same migrations for SQLite and PostgreSQL.

On SQLite a batch migration drops and rebuilds its table; with foreign keys on, CASCADE then empties the child tables
and nothing fails. So they are off while migrating, each migration is one transaction, and afterwards every reference
is checked.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, create_engine, event, make_url, pool, text

from app.db import Model, UtcDateTime
from app.models import Organisation

assert Organisation.metadata is Model.metadata


def run() -> None:
    given = context.config.attributes.get("url") or context.config.get_main_option("sqlalchemy.url")
    assert given, "alembic needs a database URL"
    engine = create_engine(given, poolclass=pool.NullPool)
    if make_url(given).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _foreign_keys_off)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_as_batch=True,
            compare_type=True,
            transactional_ddl=True,
            transaction_per_migration=True,
            render_item=_render,
        )
        with context.begin_transaction():
            context.run_migrations()
        _check_references(connection)
    engine.dispose()


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations say what the database has, and import nothing of ours that may change later."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def _foreign_keys_off(connection: sqlite3.Connection, _entry: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and (broken := connection.execute(text("PRAGMA foreign_key_check")).all()):
        raise RuntimeError(f"rows point at nothing after the migration: {broken[:5]}")


run()
