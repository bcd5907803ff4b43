"""The worker is killed between its commits, and then again and again: nothing is lost, and nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import db
from app.config import ROOT
from app.mail import outbox, states
from app.models import Delivery, DeliveryKind, Organisation
from tests.mail import post
from tests.world import NOW, World

LONG = states.SENDING_LEASE + timedelta(minutes=1)
MAILS, KILLS = 40, 3


def worker(moment: str, taken: Path, database_url: str, now: datetime) -> subprocess.Popen[str]:
    environment = os.environ | {
        "FLASK_BASE_URL": "http://localhost",
        "FLASK_SECRET_KEY": "a secret key for tests, long enough",
        "FLASK_LINK_KEYS": "a-new-key-for-links-long-enough-for-all",
        "FLASK_DATA": str(taken.parent),
        "FLASK_DATABASE_URL": database_url,
        "FLASK_MAIL_TRANSPORT": "mailbox",
        "FLASK_MAIL_DEFAULT_SENDER": "utbildning@sundby.example",
    }
    program = [sys.executable, "-m", "tests.mail.crashing", moment, str(taken), now.isoformat()]
    return subprocess.Popen(program, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def kill_at(moment: str, taken: Path, database_url: str) -> None:
    process = worker(moment, taken, database_url, NOW)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("kind", [DeliveryKind.INVITATION, DeliveryKind.LINK])
def test_killed_when_it_has_claimed_it_loses_and_doubles_nothing(
    world: World, tmp_path: Path, database_url: str, kind: DeliveryKind
) -> None:
    taken = tmp_path / "taken"
    mail = post.queue(world, kind)
    kill_at("claimed", taken, database_url)
    assert post.state(mail) == "claimed"
    assert outbox.send_due(NOW) == 0
    outbox.send_due(NOW + states.CLAIM_LEASE)
    assert post.state(mail) == "accepted"
    assert not taken.exists()


@pytest.mark.parametrize(("kind", "after"), [(DeliveryKind.INVITATION, "queued"), (DeliveryKind.LINK, "uncertain")])
@pytest.mark.parametrize("moment", ["before the dot", "after the dot"])
def test_killed_while_sending_it_says_that_nobody_knows(
    world: World, tmp_path: Path, database_url: str, moment: str, kind: DeliveryKind, after: str
) -> None:
    taken = tmp_path / "taken"
    mail = post.queue(world, kind)
    kill_at(moment, taken, database_url)
    assert post.state(mail) == "sending"
    outbox.send_due(NOW + LONG)
    assert post.state(mail) == after
    outbox.send_due(NOW + LONG + timedelta(minutes=10))
    assert post.state(mail) == ("accepted" if kind == DeliveryKind.INVITATION else "uncertain")


def test_killed_at_any_moment_nothing_is_doubled_and_nothing_lost(
    world: World, tmp_path: Path, database_url: str
) -> None:
    taken = tmp_path / "taken"
    post.change(Organisation, world.sundby.id, sends_per_minute=100_000)
    for number in range(MAILS):
        post.queue(world, DeliveryKind.LINK, key=f"link:{number}")
    chance = random.Random(4)
    for round in range(KILLS):
        process = worker("never", taken, database_url, NOW + round * LONG)
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.uniform(0.03, 0.25))
        process.kill()
        process.communicate()
    last = worker("never", taken, database_url, NOW + KILLS * LONG)
    last.communicate(timeout=60)
    with db.reading():
        rows = db.session.scalars(select(Delivery)).all()
    times = Counter(taken.read_text().split())
    assert max(times.values()) == 1
    assert {post.state(row.id) for row in rows} <= {"accepted", "uncertain"}
    assert all(row.message_id in times for row in rows if row.accepted_at)
    assert sum(row.uncertain_at is not None for row in rows) <= KILLS
