"""Enrolments follow the scope of a campaign: everybody in it from their first day, nobody who has left it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import joinedload

from app import clock, db, scope
from app.db import session
from app.models import Campaign, Enrolment, Origin, Person

CHUNK = 500
"""Enrolments changed in one transaction."""


def running(now: datetime) -> list[Campaign]:
    """The campaigns that have begun, where they are, and are not closed; with their organisations."""
    open_ones = select(Campaign).where(Campaign.closed_at.is_(None)).options(joinedload(Campaign.organisation))
    found = session.scalars(open_ones.order_by(Campaign.starts_on, Campaign.id))
    return [each for each in found if each.starts_on <= clock.day(now, each.organisation.zone)]


def enrol(now: datetime) -> int:
    """Enrol, end and reopen; how many. Compares in reading sessions of its own and writes in chunks that it commits."""
    with db.reading():
        changes = [change for campaign in running(now) for change in _changes(campaign, now)]
    left = iter(changes)
    while chunk := list(islice(left, CHUNK)):
        with db.writing():
            _write(chunk)
            session.commit()
    return len(changes)


Change = dict[str, Any]
"""campaign_id, person_id and the ended_at that the enrolment should have; enrolled_at where it is not there yet."""


def _changes(campaign: Campaign, now: datetime) -> Iterator[Change]:
    due = scope.in_scope(campaign, clock.day(now, campaign.organisation.zone)).subquery()
    inside = set(session.scalars(select(due.c.person_id)))
    known = {each.person_id: each for each in session.execute(_known(campaign))}
    for person_id in inside - known.keys():
        yield {"campaign_id": campaign.id, "person_id": person_id, "enrolled_at": now, "ended_at": None}
    for person_id, row in known.items():
        if row.ended_at is None and person_id not in inside and row.leaves:
            yield {"campaign_id": campaign.id, "person_id": person_id, "ended_at": now}
        elif row.ended_at is not None and person_id in inside:
            yield {"campaign_id": campaign.id, "person_id": person_id, "ended_at": None}


def _known(campaign: Campaign) -> Any:
    """Who registered themselves is in no scope, and stays until they leave."""
    leaves = or_(Person.origin == Origin.LISTED, Person.left_at.is_not(None), Person.erased_at.is_not(None))
    return (
        select(Enrolment.person_id, Enrolment.ended_at, leaves.label("leaves"))
        .join(Person)
        .where(Enrolment.campaign_id == campaign.id)
    )


def _write(changes: list[Change]) -> None:
    new = [change for change in changes if "enrolled_at" in change]
    if new:
        session.execute(db.insert(Enrolment).values(new).on_conflict_do_nothing())
    for change in changes:
        if "enrolled_at" not in change:
            mine = (Enrolment.campaign_id == change["campaign_id"], Enrolment.person_id == change["person_id"])
            session.execute(update(Enrolment).where(*mine).values(ended_at=change["ended_at"]))
