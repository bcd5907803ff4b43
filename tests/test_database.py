"""What both databases promise."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app import db, migrating
from app.models import Organisation
from tests.world import World


def test_the_migrations_say_the_same_as_the_models(app: Flask) -> None:
    assert migrating.differences(app.extensions["database"].engine) == []


def test_a_reading_session_cannot_write(world: World) -> None:
    with db.reading(), pytest.raises(DBAPIError):
        db.session.execute(text("update organisation set name = 'x'"))


def test_a_writing_session_writes_after_a_reading_one(world: World) -> None:
    with db.reading():
        db.session.scalars(select(Organisation)).all()
    with db.writing():
        db.session.execute(text("update organisation set name = 'x'"))
        db.session.commit()
    with db.reading():
        assert {each.name for each in db.session.scalars(select(Organisation))} == {"x"}


def test_a_commit_that_fails_leaves_the_next_writer_free(app: Flask, world: World) -> None:
    with db.writing() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("pragma defer_foreign_keys = on"))
            session.execute(text("update person set organisation_id = 9999"))
        else:
            session.execute(text("update person set name = 'x'"))
            with app.extensions["database"].engine.connect() as other:
                mine = session.scalar(text("select pg_backend_pid()"))
                other.execute(text("select pg_terminate_backend(:mine)"), {"mine": mine})
        with pytest.raises(DBAPIError):
            session.commit()
    with db.writing() as session:
        session.execute(text("update person set name = 'y'"))
        session.commit()
    with db.reading() as session:
        assert set(session.scalars(text("select name from person"))) == {"y"}
