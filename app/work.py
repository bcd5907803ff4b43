"""What the worker does, in turn: answer, plan, send, prune; and a heartbeat that says when it last went round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app import coverage, db, planning, pruning, registering
from app.db import session
from app.mail import outbox, transport
from app.models import Heartbeat, LinkRequest

PAUSE_S = 1.0
"""Between rounds: a mail that somebody waits for is on its way within two seconds."""
AWAY_S = 10.0
"""Before we try again when the database is away."""
BEAT, PLAN, DAILY = timedelta(seconds=10), timedelta(minutes=1), timedelta(days=1)


def once(now: datetime) -> None:
    """Everything that is to be done, once, however lately it was done."""
    _beat("worker", now)
    _answer(now)
    _plan(now)
    while _send(now, lambda: False):
        pass
    _daily(now)


def loop(tick: Callable[[], datetime], stop: Event) -> None:
    """Go round until told to stop. The database may go away and come back; the worker says so and waits."""
    current_app.logger.info("worker began")
    while not stop.is_set():
        try:
            if not _round(tick(), stop.is_set):
                stop.wait(PAUSE_S)
        except (DBAPIError, PoolTimeout) as error:
            current_app.logger.error("worker waits for the database", extra={"error": type(error).__name__})
            stop.wait(AWAY_S)
        except Exception:
            current_app.logger.exception("worker met the unforeseen")
            stop.wait(AWAY_S)
    transport.current().close()
    current_app.logger.info("worker ended")


def _round(now: datetime, stopping: Callable[[], bool]) -> bool:
    """One round; whether there was mail to send, and so perhaps more. What somebody waits for comes first, in each."""
    if _is_time("worker", BEAT, now):
        _beat("worker", now)
    _answer(now)
    sent = _send(now, stopping)
    if not stopping() and _is_time("plan", PLAN, now):
        _plan(now)
    if not stopping() and _is_time("daily", DAILY, now):
        _daily(now)
    return sent


def _answer(now: datetime) -> None:
    with db.reading():
        asked = session.scalar(select(LinkRequest.id).where(LinkRequest.handled_at.is_(None)).limit(1)) is not None
    while asked:
        with db.writing():
            asked = registering.answer(now) > 0
            session.commit()


def _plan(now: datetime) -> None:
    planning.plan(now)
    _beat("plan", now)


def _send(now: datetime, stopping: Callable[[], bool]) -> bool:
    """Some of what is due; whether there was any."""
    with db.reading():
        due = outbox.anything_due(now)
    return due and outbox.send_due(now, stopping=stopping) > 0


def _daily(now: datetime) -> None:
    with db.writing():
        coverage.freeze_due(now)
        session.commit()
    with db.writing():
        planning.notice(now)
        session.commit()
    with db.writing():
        pruned = pruning.prune(now)
        session.commit()
    pruning.forget()
    current_app.logger.info("pruned", extra={name: count for name, count in pruned.items() if count})
    _beat("daily", now)


def _is_time(name: str, every: timedelta, now: datetime) -> bool:
    """Whether nobody, in this process or another, has done it within `every`."""
    with db.reading():
        last = session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == name))
    return last is None or now - last >= every


def _beat(name: str, now: datetime) -> None:
    with db.writing():
        session.merge(Heartbeat(name=name, beat_at=now))
        session.commit()
