"""Migrations keep what users have, on both databases, also where they are of the kind that has emptied tables."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine, Enum, create_engine, inspect, text

from app import migrating
from app.config import ROOT
from app.db import Model
from tests.world import World

NEXT = '''
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade() -> None:
{body}


def downgrade() -> None:
    pass
'''
REBUILDS_A_PARENT = """
    with op.batch_alter_table("person", recreate="always" if op.get_bind().dialect.name == "sqlite" else "auto") as table:
        table.add_column(sa.Column("nickname", sa.String(200)))
"""
FAILS_HALF_WAY = """
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    raise RuntimeError("the power went")
"""


def counts(url: str) -> dict[str, int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {name: connection.scalar(text(f'select count(*) from "{name}"')) for name in Model.metadata.tables}
    engine.dispose()
    return found


@pytest.fixture
def with_next(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Runs a migration that comes after ours, from a copy of the folder."""

    def run(url: str, body: str) -> None:
        folder = tmp_path / "migrations"
        head = ScriptDirectory.from_config(migrating.alembic_config(url)).get_current_head()
        shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "next.py").write_text(NEXT.format(body=body, head=head), encoding="utf-8")
        config = migrating.alembic_config(url)
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        command.upgrade(config, "head")

    return run


def test_rebuilding_a_parent_empties_no_child(app: Flask, world: World, with_next) -> None:  # type: ignore[no-untyped-def]
    url = app.config["DATABASE_URL"]
    before = counts(url)
    assert before["person"] >= 4
    assert before["credential"] >= 4
    with_next(url, REBUILDS_A_PARENT)
    assert counts(url) == before
    assert "nickname" in columns(app.extensions["database"].engine, "person")


def test_a_migration_that_fails_leaves_nothing_half_made(app: Flask, world: World, with_next) -> None:  # type: ignore[no-untyped-def]
    url = app.config["DATABASE_URL"]
    before = counts(url)
    with pytest.raises(RuntimeError, match="the power went"):
        with_next(url, FAILS_HALF_WAY)
    assert counts(url) == before
    assert "half" not in inspect(app.extensions["database"].engine).get_table_names()
    assert migrating.is_current(app.extensions["database"].engine)


def test_the_schema_can_be_taken_down_and_up_again(app: Flask) -> None:
    url, engine = app.config["DATABASE_URL"], app.extensions["database"].engine
    command.downgrade(migrating.alembic_config(url), "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrating.upgrade(url)
    assert migrating.differences(engine) == []


def columns(engine: Engine, table: str) -> set[str]:
    return {column["name"] for column in inspect(engine).get_columns(table)}


LANDINGS = sorted((Path(__file__).parent / "landings").glob("*.sql"))


def test_there_is_a_database_from_each_landing() -> None:
    assert [path.stem for path in LANDINGS] == ["0001", "0002"]


@pytest.mark.parametrize("path", LANDINGS, ids=lambda path: path.stem)
def test_what_a_landing_left_is_brought_up_to_now_with_every_row(path: Path, tmp_path: Path) -> None:
    """On SQLite only: what users of the embedded database have on their disk."""
    url = f"sqlite:///{tmp_path / 'left.sqlite3'}"
    with closing(sqlite3.connect(tmp_path / "left.sqlite3")) as left:
        left.executescript(path.read_text(encoding="utf-8"))
        before = {name: left.execute(f'select count(*) from "{name}"').fetchone()[0] for name in tables(left)}
    migrating.upgrade(url)
    engine = create_engine(url)
    assert migrating.differences(engine) == []
    engine.dispose()
    after = counts(url)
    assert before.items() <= after.items()
    assert sum(after.values()) > 40


def tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("select name from sqlite_master where type = 'table' and name != 'alembic_version'")
    return [name for (name,) in found]


def test_the_database_takes_every_word_of_every_closed_set(app: Flask) -> None:
    """Autogenerate sees no difference in a CHECK."""
    inspected = inspect(app.extensions["database"].engine)
    for table in Model.metadata.tables.values():
        checked = " ".join(each["sqltext"] for each in inspected.get_check_constraints(table.name))
        for column in table.c:
            words = column.type.enums if isinstance(column.type, Enum) else []
            assert [word for word in words if f"'{word}'" not in checked] == [], f"{table.name}.{column.name}"
