"""The outbox: one row per mail that leaves, sent with three commits each, so that a crash doubles and loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any

from flask import current_app
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from app import db, hours
from app.db import session
from app.mail import envelope, states, transport
from app.mail.faults import Deferred, Refused, Unclear
from app.mail.need import Reason, is_planned, is_waiting
from app.models import (
    Credential,
    Delivery,
    DeliveryKind,
    Enrolment,
    LinkRequest,
    Module,
    Organisation,
    Person,
    Revision,
)
from app.models.credential import random_key

BATCH = 10
"""Mails claimed at a time: few, so that a mail that somebody waits for is not long behind planned ones."""
ANSWER_LIFE = timedelta(days=1)
"""A mail that was asked for is of no use when it comes later than this."""
A_MINUTE = timedelta(minutes=1)


def queue(
    kind: DeliveryKind,
    key: str,
    *,
    organisation: Organisation,
    address: str,
    language: str,
    now: datetime,
    due_at: datetime | None = None,
    person: Person | None = None,
    enrolment: Enrolment | None = None,
    module: Module | None = None,
    revision: Revision | None = None,
    credential: Credential | None = None,
    request: LinkRequest | None = None,
    expires_at: datetime | None = None,
) -> bool:
    """Put one mail in the outbox; False where one with this key is there already."""
    session.flush()
    things = {
        "person": person, "enrolment": enrolment, "module": module, "revision": revision, "credential": credential,
        "request": request,
    }  # fmt: skip
    row: dict[str, Any] = {f"{name}_id": thing and thing.id for name, thing in things.items()}
    row |= {
        "kind": kind, "key": key, "organisation_id": organisation.id, "address": address, "language": language,
        "due_at": due_at or now, "expires_at": expires_at or (now + ANSWER_LIFE if kind.asked_for else None),
    }  # fmt: skip
    return queue_all([row], now) == 1


def queue_all(rows: Sequence[dict[str, Any]], now: datetime) -> int:
    """Put rows (column name → value, the same columns in each) in the outbox; how many were not there already."""
    if not rows:
        return 0
    domain = current_app.config["MAIL_DEFAULT_SENDER"].rpartition("@")[2]
    made = [row | {"queued_at": now, "attempts": 0, "message_id": f"<{random_key()}@{domain}>"} for row in rows]
    statement = db.insert(Delivery).values(made).on_conflict_do_nothing(index_elements=[Delivery.key])
    return len(session.scalars(statement.returning(Delivery.id)).all())


def send_due(now: datetime, *, most: int = BATCH, stopping: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, `most` at a time; how many were dealt with. Opens sessions of its own and commits in them.

    When `stopping` says so, or when the server cannot be reached, the rest is given back.
    """
    if not transport.current().is_ready():
        return 0
    watch, worker = _Watch(now), random_key()
    with db.writing():
        states.heal(now)
        states.expire(now)
        claimed = _claim(most, worker, now)
        session.commit()
    done = 0
    for delivery_id in claimed:
        if stopping() or not _send(delivery_id, worker, watch):
            break
        done += 1
    if done < len(claimed):
        with db.writing():
            states.give_back(worker)
            session.commit()
    return done


def anything_due(now: datetime) -> bool:
    """Whether there may be something to send: a question that takes no writer's place."""
    stuck = and_(is_waiting(), Delivery.sending_at.is_not(None), Delivery.lease_until <= now)
    return session.scalar(select(Delivery.id).where(or_(states.claimable(now), stuck)).limit(1)) is not None


def _claim(most: int, worker: str, now: datetime) -> list[int]:
    """What somebody waits for first, at any hour; then planned mail, the same share for every organisation."""
    claimed = states.claim(~is_planned(), most, worker, now)
    lanes = list(_lanes(now))
    for organisation_id, room in lanes:
        share = min(room, max(1, (most - len(claimed)) // len(lanes)), most - len(claimed))
        if share > 0:
            which = and_(is_planned(), Delivery.organisation_id == organisation_id)
            claimed += states.claim(which, share, worker, now)
    return claimed


def _lanes(now: datetime) -> Iterator[tuple[int, int]]:
    """The organisations that have planned mail due in their sending hours, and how many more this minute may take."""
    due = select(Delivery.organisation_id).where(states.claimable(now), is_planned())
    for organisation in session.scalars(select(Organisation).where(Organisation.id.in_(due)).order_by(func.random())):
        if hours.is_open(now, organisation.zone):
            yield organisation.id, organisation.sends_per_minute - _under_way(organisation.id, now)


def _under_way(organisation_id: int, now: datetime) -> int:
    """What the organisation has sent within the last minute, and what other workers hold of it: all obey one pace."""
    held = and_(is_waiting(), Delivery.claimed_by.is_not(None), Delivery.lease_until > now)
    recent = or_(Delivery.accepted_at > now - A_MINUTE, held)
    return session.scalar(
        select(func.count()).select_from(Delivery).where(Delivery.organisation_id == organisation_id, recent)
    ) or 0  # fmt: skip


def _send(delivery_id: int, worker: str, watch: _Watch) -> bool:
    """Mark, send, and write down what became of it. False where the server could not be reached at all."""
    delivery = _marked(delivery_id, worker, watch.now())
    if delivery is None:
        return True
    outcome = _outcome(delivery)
    with db.writing():
        outcome.write(delivery_id, worker, watch.now())
        session.commit()
    said = {"delivery": delivery_id, "kind": delivery.kind.value, "outcome": outcome.name}
    current_app.logger.info("mail", extra=said)
    if not outcome.reached:
        current_app.logger.error("mail server away", extra={"said": outcome.said})
    return outcome.reached


def _marked(delivery_id: int, worker: str, now: datetime) -> Delivery | None:
    """The delivery, now sending; or None where it is somebody else's or nobody needs it any more, which is noted."""
    with db.writing():
        if states.mark(delivery_id, worker, now):
            found = session.get_one(Delivery, delivery_id, options=[joinedload(each) for each in envelope.NEEDS])
        else:
            states.drop_claimed(delivery_id, worker, now)
            found = None
        session.commit()
    return found


@dataclass(frozen=True)
class _Outcome:
    name: str
    write: Callable[[int, str, datetime], bool]
    reached: bool = True
    """Whether there was a server to talk to."""
    said: str = ""
    """The first word of what it said: a code, or the kind of error. The rest may hold an address, and is not logged."""


def _outcome(delivery: Delivery) -> _Outcome:
    """Send, with no transaction open, and say how the row is to be changed."""
    try:
        made = envelope.of(delivery)
    except Exception:
        current_app.logger.exception("unwritable mail", extra={"delivery": delivery.id})
        return _failure("", Reason.UNWRITABLE)
    try:
        response = transport.current().send(made)
    except Deferred as error:
        back = partial(states.put_back, response=str(error))
        return _Outcome("queued", back, error.reached, str(error).partition(" ")[0])
    except Unclear as error:
        return _Outcome("uncertain", partial(states.leave_uncertain, response=str(error)))
    except Refused as error:
        return _failure(str(error), Reason.NO_SUCH_ADDRESS if error.no_such_address else Reason.REFUSED)
    return _Outcome("accepted", lambda mail, _worker, at: states.accept(mail, at, response=response))


def _failure(response: str, reason: Reason) -> _Outcome:
    return _Outcome("failed", partial(states.fail, response=response, reason=reason))


class _Watch:
    """The time we were told, and what has passed since: a mail may take minutes, and its lease is counted in them."""

    def __init__(self, now: datetime) -> None:
        self._told, self._began = now, monotonic()

    def now(self) -> datetime:
        return self._told + timedelta(seconds=monotonic() - self._began)
