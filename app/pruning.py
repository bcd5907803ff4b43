"""Gallring: what has had its time is deleted or made nameless, class by class."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, delete, or_, update

from app import db
from app.db import Model, session
from app.models import (
    AccessibilityReport,
    Credential,
    CredentialKind,
    Delivery,
    LinkRequest,
    Look,
    PersonRequest,
    RateCount,
)
from app.models.credential import REGISTRATION_LIFE

SPENT_SIGN_IN = timedelta(days=1)
DELIVERY_NAMED = timedelta(days=365)
"""How long a delivery says which address it went to: as long as somebody may ask why they got no mail."""
REPORT_NAMED = timedelta(days=90)
REPORT_KEPT = timedelta(days=730)
LOOK_KEPT = ANSWER_KEPT = timedelta(days=730)


def requests(now: datetime) -> int:
    """Registrations nobody confirmed, and requests that were answered, with their mails: the links are dead by then."""
    return _delete(LinkRequest, LinkRequest.requested_at <= now - REGISTRATION_LIFE)


def sign_ins(now: datetime) -> int:
    """Links that work once and have been used or have ended, with their mails: they open nothing."""
    over = Credential.expires_at <= now - SPENT_SIGN_IN
    return _delete(Credential, and_(Credential.kind.in_((CredentialKind.SIGN_IN, CredentialKind.CONFIRMATION)), over))


def rate_counts(now: datetime) -> int:
    """Counts whose window is over: they hold nobody back."""
    return _delete(RateCount, RateCount.window_ends_at <= now)


def delivery_addresses(now: datetime) -> int:
    """The address in old deliveries, and the server's words, which often repeat it. That a mail was sent stays."""
    old = and_(Delivery.queued_at <= now - DELIVERY_NAMED, or_(Delivery.address != "", Delivery.response.is_not(None)))
    changed = session.execute(update(Delivery).where(old).values(address="", response=None))
    return cast(CursorResult[Any], changed).rowcount


def report_contacts(now: datetime) -> int:
    """How to reach whoever reported something, once it has long been handled."""
    over = and_(AccessibilityReport.handled_at <= now - REPORT_NAMED, AccessibilityReport.contact.is_not(None))
    changed = session.execute(update(AccessibilityReport).where(over).values(contact=None))
    return cast(CursorResult[Any], changed).rowcount


def reports(now: datetime) -> int:
    """What people have reported of the pages, handled or not."""
    return _delete(AccessibilityReport, AccessibilityReport.sent_at <= now - REPORT_KEPT)


def looks(now: datetime) -> int:
    """Who has looked at whose name, once nobody asks any more."""
    return _delete(Look, Look.looked_at <= now - LOOK_KEPT)


def answered(now: datetime) -> int:
    """What people have asked HR for, long after they got their answer."""
    return _delete(PersonRequest, PersonRequest.answered_at <= now - ANSWER_KEPT)


CLASSES: dict[str, Callable[[datetime], int]] = {
    "requests": requests,
    "sign-ins": sign_ins,
    "rate counts": rate_counts,
    "delivery addresses": delivery_addresses,
    "reports": reports,
    "report contacts": report_contacts,
    "looks": looks,
    "answered": answered,
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
