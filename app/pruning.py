"""Gallring: what has had its time is deleted or made nameless, class by class."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, delete, or_, update

from app import db
from app.db import Model, session
from app.models import Credential, CredentialKind, Delivery, LinkRequest, RateCount
from app.models.credential import REGISTRATION_LIFE

SPENT_SIGN_IN = timedelta(days=1)
DELIVERY_NAMED = timedelta(days=365)
"""How long a delivery says which address it went to: as long as somebody may ask why they got no mail."""


def requests(now: datetime) -> int:
    """Registrations nobody confirmed, and requests that were answered, with their mails: the links are dead by then."""
    return _delete(LinkRequest, LinkRequest.requested_at <= now - REGISTRATION_LIFE)


def sign_ins(now: datetime) -> int:
    """Sign-in links that have been used or have ended, with their mails: they open nothing."""
    over = Credential.expires_at <= now - SPENT_SIGN_IN
    return _delete(Credential, and_(Credential.kind == CredentialKind.SIGN_IN, over))


def rate_counts(now: datetime) -> int:
    """Counts whose window is over: they hold nobody back."""
    return _delete(RateCount, RateCount.window_ends_at <= now)


def delivery_addresses(now: datetime) -> int:
    """The address in old deliveries, and the server's words, which often repeat it. That a mail was sent stays."""
    old = and_(Delivery.queued_at <= now - DELIVERY_NAMED, or_(Delivery.address != "", Delivery.response.is_not(None)))
    changed = session.execute(update(Delivery).where(old).values(address="", response=None))
    return cast(CursorResult[Any], changed).rowcount


CLASSES: dict[str, Callable[[datetime], int]] = {
    "requests": requests,
    "sign-ins": sign_ins,
    "rate counts": rate_counts,
    "delivery addresses": delivery_addresses,
}


def prune(now: datetime) -> dict[str, int]:
    """Prune every class; how many rows each lost. The caller commits, and then calls `forget`."""
    return {name: prune_class(now) for name, prune_class in CLASSES.items()}


def forget() -> None:
    """Let the files forget as well: on SQLite what was deleted stays readable in the write-ahead log until this."""
    engine = db.current_database().engine
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    finally:
        connection.close()


def _delete(model: type[Model], which: ColumnElement[bool]) -> int:
    gone = session.execute(delete(model).where(which).execution_options(synchronize_session=False))
    return cast(CursorResult[Any], gone).rowcount
