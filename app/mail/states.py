"""The states of a delivery and every way from one to the next: each is one filtered UPDATE in the session that is open.

queued → claimed → sending → accepted, failed or uncertain; back to queued only while nothing can have left the house.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Result, Update, and_, bindparam, case, func, or_, select, update

from app.db import UtcDateTime, session
from app.mail.need import AT, Reason, is_planned, is_waiting, reason_not_to_send
from app.models import Delivery, DeliveryKind

CLAIM_LEASE = timedelta(minutes=5)
SENDING_LEASE = timedelta(minutes=15)
"""Longer than a server may take over one mail: 10 s to connect, 60 s a command, 600 s to answer the final dot."""
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240))
RESPONSE_LENGTH = 500

_UNCLAIMED: dict[str, Any] = {"claimed_by": None, "claimed_at": None, "lease_until": None, "sending_at": None}


def claimable(now: datetime) -> ColumnElement[bool]:
    """Due, and nobody's: never claimed, given back, or the lease of whoever claimed it has run out unsent."""
    free = or_(Delivery.claimed_by.is_(None), Delivery.lease_until <= now)
    return and_(is_waiting(), Delivery.due_at <= now, Delivery.sending_at.is_(None), free)


def claim(which: ColumnElement[bool], most: int, worker: str, now: datetime) -> list[int]:
    """Take up to `most` of the claimable rows under a lease; no two workers get the same."""
    picked = (
        select(Delivery.id).where(claimable(now), which).order_by(Delivery.due_at, Delivery.id).limit(most)
        .with_for_update(skip_locked=True).cte("picked")
    )  # fmt: skip
    taken = session.execute(
        update(Delivery)
        .where(Delivery.id.in_(select(picked.c.id)))
        .values(claimed_by=worker, claimed_at=now, lease_until=now + CLAIM_LEASE)
        .returning(Delivery.id, Delivery.due_at)
        .execution_options(synchronize_session=False)
    )
    return [row.id for row in sorted(taken, key=lambda row: (row.due_at, row.id))]


def mark(delivery_id: int, worker: str, now: datetime) -> bool:
    """Claimed → sending: the fence against a second worker, the check that it is still needed, and a renewed lease."""
    told = {"which": delivery_id, "who": worker, "at": now, "until": now + SENDING_LEASE}
    return _rows(session.execute(_marking(), told)) > 0


@cache
def _marking() -> Update:
    return _quick(
        update(Delivery)
        .where(Delivery.id == bindparam("which"), Delivery.claimed_by == bindparam("who"), Delivery.lease_until > AT)
        .where(is_waiting(), Delivery.sending_at.is_(None), reason_not_to_send().is_(None))
        .values(
            sending_at=AT,
            dated_at=func.coalesce(Delivery.dated_at, AT),
            lease_until=bindparam("until", type_=UtcDateTime()),
            attempts=Delivery.attempts + 1,
        )
    )


def drop_claimed(delivery_id: int, worker: str, now: datetime) -> bool:
    """Claimed → cancelled, where it is ours and there is a reason; otherwise it is left alone."""
    return _cancel(_held(delivery_id, worker), now)


def cancel_unneeded(now: datetime) -> bool:
    """Queued → cancelled, for every planned mail that there is a reason not to send."""
    return _cancel(and_(is_waiting(), is_planned(), Delivery.sending_at.is_(None)), now)


def expire(now: datetime) -> bool:
    """Queued → expired: a day-bound mail whose day has passed."""
    late = and_(is_waiting(), Delivery.sending_at.is_(None), Delivery.expires_at <= now)
    return _change(late, expired_at=now, reason=Reason.LATE.value)


def accept(delivery_id: int, now: datetime, *, response: str) -> bool:
    """Sending → accepted. The server's word stands, also over somebody who has called the mail uncertain meanwhile."""
    ours = and_(Delivery.id == delivery_id, Delivery.accepted_at.is_(None))
    return _change(ours, accepted_at=now, uncertain_at=None, lease_until=None, response=_cut(response))


def put_back(delivery_id: int, worker: str, now: datetime, *, response: str) -> bool:
    """Sending → queued, for a server that says "later" or went away before the final dot."""
    wait = case(
        *((Delivery.attempts <= number, now + _about(pause)) for number, pause in enumerate(BACK_OFF[:-1], start=1)),
        else_=now + _about(BACK_OFF[-1]),
    )
    return _change(_sent_by(delivery_id, worker), **_UNCLAIMED, due_at=wait, response=_cut(response))


def fail(delivery_id: int, worker: str, now: datetime, *, response: str, reason: Reason) -> bool:
    which = _sent_by(delivery_id, worker)
    return _change(which, failed_at=now, reason=reason.value, response=_cut(response), lease_until=None)


def leave_uncertain(delivery_id: int, worker: str, now: datetime, *, response: str) -> bool:
    """Sending → uncertain, or once more to queued for an invitation whose first copy nobody can tell of."""
    which = _sent_by(delivery_id, worker)
    return _once_more(which, now, _cut(response)) or _change(which, uncertain_at=now, response=_cut(response))


def heal(now: datetime) -> None:
    """What a worker left when it died while sending: whether that mail left the house, nobody can tell."""
    left = and_(is_waiting(), Delivery.sending_at.is_not(None), Delivery.lease_until <= now)
    _once_more(left, now, None)
    _change(left, uncertain_at=now)


def give_back(worker: str) -> bool:
    """Claimed → queued, for everything that this worker has claimed and not begun to send."""
    return _change(and_(is_waiting(), Delivery.claimed_by == worker, Delivery.sending_at.is_(None)), **_UNCLAIMED)


def _once_more(which: ColumnElement[bool], now: datetime, response: str | None) -> bool:
    """An invitation is sent a second time, and never a third, with the same Message-ID and Date."""
    first = and_(which, Delivery.kind == DeliveryKind.INVITATION, Delivery.reason.is_(None))
    return _change(first, **_UNCLAIMED, due_at=now + BACK_OFF[0], reason=Reason.ONCE_MORE.value, response=response)


def _cancel(which: ColumnElement[bool], now: datetime) -> bool:
    reason = reason_not_to_send()
    change = update(Delivery).where(which, reason.is_not(None))
    change = _quick(change.values(cancelled_at=AT, reason=reason, lease_until=None))
    return _rows(session.execute(change, {"at": now})) > 0


def _held(delivery_id: int, worker: str) -> ColumnElement[bool]:
    ours = and_(Delivery.id == delivery_id, Delivery.claimed_by == worker)
    return and_(ours, is_waiting(), Delivery.sending_at.is_(None))


def _sent_by(delivery_id: int, worker: str) -> ColumnElement[bool]:
    ours = and_(Delivery.id == delivery_id, Delivery.claimed_by == worker)
    return and_(ours, is_waiting(), Delivery.sending_at.is_not(None))


def _change(which: ColumnElement[bool], **values: Any) -> bool:
    """Whether any row was changed."""
    return _rows(session.execute(_quick(update(Delivery).where(which).values(**values)))) > 0


def _quick(statement: Update) -> Update:
    """Objects that are loaded in the session are not looked through for those the statement changes."""
    return statement.execution_options(synchronize_session=False)


def _rows(result: Result[Any]) -> int:
    return cast(CursorResult[Any], result).rowcount


def _about(pause: timedelta) -> timedelta:
    """Give or take a fifth, so that a crowd that was turned away does not come back as one."""
    return pause * random.uniform(0.8, 1.2)  # noqa: S311


def _cut(response: str) -> str:
    return response[:RESPONSE_LENGTH]
