"""flask db …: migrate."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from app import db, migrating

group = AppGroup("db", help="The database and its migrations.")


@group.command("upgrade")
def upgrade() -> None:
    """Run every migration that the database lacks."""
    migrating.upgrade(current_app.config["DATABASE_URL"])
    click.echo("Databasen är aktuell.")


@group.command("revision")
@click.argument("message")
def revision(message: str) -> None:
    """Write a migration from what the models have and the database lacks."""
    migrating.write_revision(current_app.config["DATABASE_URL"], message)


@group.command("check")
def check() -> None:
    """Say how the database differs from the models; exit 1 where it does."""
    found = migrating.differences(db.current_database().engine)
    for difference in found:
        click.echo(str(difference))
    raise SystemExit(1 if found else 0)
