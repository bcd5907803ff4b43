"""Writers in one process wait in line, and whoever is done or fails makes room for the next."""

from __future__ import annotations

from threading import Thread
from time import monotonic

import pytest
from flask import Flask
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app import db
from app.models import Organisation
from tests.world import World

WRITERS, TIMES = 4, 10


def count_up(organisation_id: int) -> None:
    db.session.get_one(Organisation, organisation_id, with_for_update=True).sends_per_minute += 1


def test_writers_at_once_lose_nothing(app: Flask, world: World, rows: Session) -> None:
    before = world.sundby.sends_per_minute

    def write() -> None:
        with app.app_context():
            for _ in range(TIMES):
                with db.writing():
                    count_up(world.sundby.id)
                    db.session.commit()

    threads = [Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows.get_one(Organisation, world.sundby.id).sends_per_minute == before + WRITERS * TIMES


def test_a_writer_that_fails_keeps_nobody_waiting(app: Flask, world: World) -> None:
    began = monotonic()
    for _ in range(3):
        with pytest.raises(NoResultFound), db.writing():
            count_up(0)
    with db.writing():
        count_up(world.sundby.id)
        db.session.commit()
    assert monotonic() - began < db.BUSY_TIMEOUT_MS / 1000
