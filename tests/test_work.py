"""The worker: it goes round, says so, stops when told to, and outlives a database that goes away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import clock, db, registering, work
from app.config import ROOT
from app.models import Delivery, DeliveryKind, FrozenTotal, Heartbeat, LinkRequest, RequestKind
from tests.mail import post
from tests.page_rules import Browser
from tests.world import NOW, World


def beat(name: str) -> datetime | None:
    with db.reading():
        return db.session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == name))


def ask(address: str, now: datetime = NOW) -> None:
    with db.writing():
        registering.ask(RequestKind.LINK, address, None, "sv", now)
        db.session.commit()


def letters(app: Flask) -> list[Path]:
    folder = Path(app.config["MAILBOX"])
    return sorted(folder.glob("*.eml")) if folder.exists() else []


def test_one_round_answers_plans_sends_and_prunes(world: World, app: Flask) -> None:
    ask("amina@sundby.example")
    work.once(NOW)
    with db.reading():
        kinds = set(db.session.scalars(select(Delivery.kind)))
        assert db.session.scalar(select(LinkRequest.handled_at)) == NOW
        assert db.session.scalars(select(FrozenTotal)).first() is not None
    assert kinds == {DeliveryKind.LINK, DeliveryKind.INVITATION}
    assert len(letters(app)) == 1, "the invitations are spread over the rest of the day"
    assert beat("worker") == beat("daily") == NOW


def test_a_second_round_changes_nothing(world: World, app: Flask) -> None:
    ask("amina@sundby.example")
    work.once(NOW)
    before = letters(app)
    work.once(NOW)
    assert letters(app) == before


def test_the_command_goes_round_once(world: World, app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["work", "--once"])
    assert answer.exit_code == 0, answer.output
    assert beat("worker") is not None


def test_the_mail_command_sends_what_is_due(world: World, app: Flask) -> None:
    post.queue(world, DeliveryKind.LINK, now=clock.now())
    answer = app.test_cli_runner().invoke(args=["mail", "send"])
    assert answer.output == "1 mejl.\n"
    assert len(letters(app)) == 1


def in_background(app: Flask, tick: Callable[[], datetime], stop: Event) -> Thread:
    def run() -> None:
        with app.app_context():
            work.loop(tick, stop)

    thread = Thread(target=run)
    thread.start()
    return thread


def wait_until(true: Callable[[], bool], seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come true"
        time.sleep(0.02)


def test_a_mail_that_somebody_waits_for_is_soon_on_its_way(world: World, app: Flask) -> None:
    stop = Event()
    thread = in_background(app, clock.now, stop)
    try:
        wait_until(lambda: beat("daily") is not None)
        ask("amina@sundby.example", clock.now())
        began = time.monotonic()
        wait_until(lambda: len(letters(app)) == 1)
        assert time.monotonic() - began < 5  # Two seconds on a machine that does nothing else.
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def test_a_database_that_goes_away_and_comes_back_is_waited_for(
    world: World, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "AWAY_S", 0.01)
    away, stop, rounds = Event(), Event(), []

    def tick() -> datetime:
        rounds.append(1)
        if away.is_set():
            raise OperationalError("select 1", {}, Exception("the database is away"))
        return NOW

    away.set()
    thread = in_background(app, tick, stop)
    try:
        wait_until(lambda: len(rounds) > 3)
        assert beat("worker") is None
        away.clear()
        wait_until(lambda: beat("worker") == NOW)
    finally:
        stop.set()
        thread.join(10)


def test_the_rest_is_done_when_its_time_has_come(world: World, app: Flask) -> None:
    def go(now: datetime) -> None:
        work._round(now, lambda: False)

    go(NOW)
    go(NOW + timedelta(seconds=5))
    assert beat("worker") == beat("plan") == NOW
    go(NOW + timedelta(seconds=30))
    assert beat("worker") == NOW + timedelta(seconds=30)
    assert beat("plan") == NOW
    go(NOW + timedelta(seconds=70))
    assert beat("plan") == NOW + timedelta(seconds=70)
    assert beat("daily") == NOW
    go(NOW + timedelta(days=1))
    assert beat("daily") == NOW + timedelta(days=1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_worker_in_good_order(
    world: World, app: Flask, tmp_path: Path, database_url: str, number: signal.Signals
) -> None:
    environment = os.environ | {
        "FLASK_DEVELOPMENT": "1", "FLASK_DATA": str(tmp_path / "data"), "FLASK_DATABASE_URL": database_url,
    }  # fmt: skip
    program = [sys.executable, "-m", "flask", "--app", "wsgi", "work"]
    process = subprocess.Popen(program, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: beat("daily") is not None, 60)
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "worker ended" in said
    assert "example" not in said, "no address in the log"
    with db.reading():
        held = select(Delivery.id).where(Delivery.claimed_by.is_not(None), Delivery.accepted_at.is_(None))
        assert db.session.scalars(held).all() == []


def test_health_says_how_long_ago_the_worker_went_round(world: World, client: Browser) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"database": "ok", "worker": None})
    work.once(clock.now() - timedelta(seconds=90))
    seconds = (client.get("/healthz").json or {})["worker"]
    assert 90 <= seconds < 120


def test_health_says_when_the_database_is_away(app: Flask, client: Browser, tmp_path: Path) -> None:
    app.extensions["database"] = db.Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.sqlite'}")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (503, {"database": "away", "worker": None})
