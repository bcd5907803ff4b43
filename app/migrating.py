"""Bringing the database to the form that the models have.

Alembic is imported where it is used: it takes 8 MB, and a web worker, which never migrates, has no use for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Engine

from app.config import ROOT
from app.db import Model

if TYPE_CHECKING:
    from alembic.config import Config


def alembic_config(url: str) -> Config:
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(ROOT / "migrations").replace("%", "%%"))
    made.attributes["url"] = url
    return made


def upgrade(url: str) -> None:
    """Run every migration that the database lacks, each in a transaction of its own."""
    from alembic import command

    command.upgrade(alembic_config(url), "head")


def write_revision(url: str, message: str) -> None:
    """Write a migration from what the models have and the database lacks."""
    from alembic import command

    command.revision(alembic_config(url), message, autogenerate=True)


def is_current(engine: Engine) -> bool:
    """Whether the database has had every migration."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with engine.connect() as connection:
        heads = set(ScriptDirectory.from_config(alembic_config("")).get_heads())
        return set(MigrationContext.configure(connection).get_current_heads()) == heads


def differences(engine: Engine) -> list[object]:
    """How the database differs from the models; empty when the migrations say the same as they do."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Model.metadata))
