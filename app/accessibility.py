"""The organisation's accessibility statement, and what people report: law (2018:1937) and DIGG's MDFFS 2019:2, 6 §."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import joinedload, selectinload

from app import clock, db, guards, people
from app.db import session
from app.forms.accessibility import ABOUT
from app.inbox import Item
from app.models import (
    AccessibilityReport,
    AccessibilityStatement,
    Conformance,
    Organisation,
    Person,
    Reason,
    Shortcoming,
)

ANSWER_WITHIN = 14
"""Days within which HR's inbox wants an answer, where the organisation has promised none."""
REVIEWED_EVERY = timedelta(days=365)
"""DIGG asks that a statement is gone through once a year."""
HOUR = timedelta(hours=1)
PER_CLIENT, PER_ORGANISATION = 30, 100
"""Reports in an hour. A client is loosely held: a whole municipality is one address to the world."""
MOST_HANDLED = 50
LINK = re.compile(r"[\w-]{16,}(?:\.\d+)?\.[\w-]{43}")
"""A personal link, as links.py makes them: whoever pastes their address must not hand over their way in."""


# --- the statement ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Published:
    """A statement as it stands on the open page."""

    words: AccessibilityStatement
    updated_on: date
    first_on: date


def published(organisation: Organisation) -> Published | None:
    """What the organisation has published last, or None: then it has not judged the service."""
    at = AccessibilityStatement.published_at
    every = _of(organisation).where(at.is_not(None)).order_by(at.desc(), AccessibilityStatement.id.desc())
    latest = session.scalar(every.limit(1))
    first = session.scalar(_of(organisation).with_only_columns(func.min(at)))
    if latest is None or latest.published_at is None or first is None:
        return None
    return Published(
        latest, clock.day(latest.published_at, organisation.zone), clock.day(first, organisation.zone)
    )


def draft(organisation: Organisation) -> AccessibilityStatement | None:
    return session.scalar(_of(organisation).where(AccessibilityStatement.published_at.is_(None)))


def begun(organisation: Organisation, now: datetime) -> AccessibilityStatement:
    """The draft to write on, begun where there is none: of two that begin at once, both write on the same."""
    new = db.insert(AccessibilityStatement).values(organisation_id=organisation.id, changed_at=now)
    session.execute(new.on_conflict_do_nothing())
    found = draft(organisation)
    assert found is not None, "it has just been begun"
    found.changed_at = now
    return found


def is_due(found: Published | None, on: date) -> bool:
    """Whether it is time to go through the statement again."""
    return found is not None and on - found.updated_on > REVIEWED_EVERY


def lacks(words: AccessibilityStatement) -> list[str]:
    """What must be mended before it can be published, as the names of fields; `shortcomings` for the list of them."""
    needed = ("service", "conformance", "tested", "method", "tested_on", "address", "answer_days")
    missing = [name for name in needed if getattr(words, name) is None]
    known = any(each.reason != Reason.OUTSIDE for each in words.shortcomings)
    contradicts = words.conformance is not None and known == (words.conformance == Conformance.FULL)
    return missing + (["shortcomings"] if contradicts else [])


def publish(words: AccessibilityStatement, now: datetime) -> None:
    """Leave a copy of the draft on the open page. Raises ValueError where the draft lacks something."""
    if missing := lacks(words):
        raise ValueError(f"the statement lacks {missing}")
    copy = AccessibilityStatement(**_columns(words) | {"published_at": now})
    copy.shortcomings = [Shortcoming(**_columns(each)) for each in words.shortcomings]
    session.add(copy)
    session.flush()


def _columns(row: AccessibilityStatement | Shortcoming) -> dict[str, Any]:
    own = {"id", "statement_id"}
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key not in own}


def _of(organisation: Organisation) -> Select[AccessibilityStatement]:
    return (
        select(AccessibilityStatement)
        .where(AccessibilityStatement.organisation_id == organisation.id)
        .options(selectinload(AccessibilityStatement.shortcomings))
    )


# --- reports ---------------------------------------------------------------------------------------------------------


def report(
    organisation: Organisation, said: Mapping[str, str | None], language: str, now: datetime, *, client: str | None
) -> bool:
    """Put a report in the inbox; False over a limit. `client` is where it came from, and is not kept."""
    own = [guards.Limit("report-client", guards.network(client), PER_CLIENT, HOUR)] if client else []
    everybodys = [guards.Limit("report-organisation", organisation.slug, PER_ORGANISATION, HOUR)]
    # One client's flood stops at its own limit, and so cannot fill the one that everybody shares.
    if not (guards.within(own, now) and guards.within(everybodys, now)):
        return False
    kept = {name: LINK.sub("…", text) if text else None for name, text in said.items()}
    found = published(organisation)
    within = timedelta(days=(found and found.words.answer_days) or ANSWER_WITHIN)
    session.add(
        AccessibilityReport(
            organisation_id=organisation.id, language=language, sent_at=now,
            answer_by=clock.day(now, organisation.zone) + within, **kept,
        )
    )  # fmt: skip
    return True


def reported(asker: Person, report_id: int, on: date) -> AccessibilityReport | None:
    """The report with that id, where it is the asker's to answer."""
    return session.scalar(_reports(asker, on).where(AccessibilityReport.id == report_id))


def in_inbox(asker: Person, on: date) -> list[Item]:
    """What waits for the asker, the oldest first, and after it the latest that were handled."""
    handled_at = AccessibilityReport.handled_at
    waiting = _reports(asker, on).where(handled_at.is_(None)).order_by(AccessibilityReport.sent_at)
    handled = _reports(asker, on).where(handled_at.is_not(None)).order_by(handled_at.desc()).limit(MOST_HANDLED)
    return [_item(each) for query in (waiting, handled) for each in session.scalars(query)]


def how_many_wait(asker: Person, on: date) -> int:
    waiting = _reports(asker, on).where(AccessibilityReport.handled_at.is_(None))
    return session.scalar(waiting.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def handle(found: AccessibilityReport, by: Person, now: datetime) -> None:
    found.handled_at, found.handled_by_id = now, by.id


def reopen(found: AccessibilityReport) -> None:
    found.handled_at = found.handled_by_id = None


def _reports(asker: Person, on: date) -> Select[AccessibilityReport]:
    """They are written to the whole organisation: HR of one unit sees none."""
    own = select(AccessibilityReport).where(AccessibilityReport.organisation_id == asker.organisation_id)
    seen = own if people.hr_units(asker, on) is None else own.where(false())
    return seen.options(joinedload(AccessibilityReport.handled_by))


def _item(found: AccessibilityReport) -> Item:
    return Item(
        what=_("Tillgänglighet: ”%(words)s”", words=ABOUT[found.about]),
        since=found.sent_at,
        answer_by=found.answer_by,
        endpoint="hr.report",
        values={"report_id": found.id},
        handled_at=found.handled_at,
    )
