"""flask setup: everything between an empty folder and a house that can be opened."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import make_url

from app import clock, db, demo, library, migrating
from app.models import Organisation


@click.command("setup")
@click.option("--empty", is_flag=True, help="Load no demo.")
@with_appcontext
def group(empty: bool) -> None:
    """Migrate, publish courses/ and, in development and the first time, load the demo. Says only what it changed."""
    mark = current_app.config["DATA"] / "demo.half-made"
    if mark.exists():
        _begin_again(mark)
    if not migrating.is_current(db.current_database().engine):
        migrating.upgrade(current_app.config["DATABASE_URL"])
        click.echo("Databasen är skapad.")
    with db.writing() as session:
        done, faults = library.publish(library.course_folders(library.COURSES), clock.now())
        session.commit()
    for sentence in (*done, *map(str, faults)):
        click.echo(sentence)
    with db.reading() as session:
        first_time = session.query(Organisation).first() is None
    if first_time and not empty and current_app.config["DEVELOPMENT"]:
        click.echo("Demon läggs in. Det tar en liten stund, bara den här gången.")
        mark.touch()
        demo.load(clock.now())
        mark.unlink()


def _begin_again(mark: Path) -> None:
    """A demo that was interrupted half-way is no demo: what there is of it goes, and it is made anew."""
    url = make_url(current_app.config["DATABASE_URL"])
    if url.get_backend_name() != "sqlite" or not url.database:
        raise click.ClickException("Demon blev avbruten förra gången. Töm databasen och börja om.")
    db.current_database().engine.dispose()
    for left in Path(url.database).parent.glob(f"{Path(url.database).name}*"):
        left.unlink()
    shutil.rmtree(current_app.config["DATA"] / "mailbox", ignore_errors=True)
    mark.unlink()
