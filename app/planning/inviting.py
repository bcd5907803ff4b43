"""Who is due a mail today, and putting it in the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from app import clock, db, hours, links, scope
from app.db import session
from app.mail import need, outbox, states
from app.models import Campaign, Credential, CredentialKind, Delivery, DeliveryKind, Organisation, Person, Revision
from app.models.credential import LINK_LIFE
from app.planning.chain import LATE, Mail
from app.planning.enrolling import enrol, running
from app.planning.reading import candidates, chains_of

CHUNK = 100
"""Mails queued in one transaction."""
GOLDEN = 0.6180339887
"""Multiples of it, less the whole part, lie evenly spread however many there are."""


@dataclass(frozen=True)
class Due:
    """A mail that should be queued."""

    mail: Mail
    person_id: int
    enrolment_id: int
    organisation_id: int
    language: str
    address: str
    at: datetime
    number: int
    """How many mails there have been in the enrolment about the module."""


def plan(now: datetime) -> int:
    """Bring enrolments up to date and queue what is due today; how many mails. Commits in chunks of its own."""
    enrol(now)
    with db.writing():
        states.cancel_unneeded(now)
        session.commit()
    with db.reading():
        found = iter([due for each in _lanes(now) for due in _due(each, now)])
    queued = 0
    while chunk := list(islice(found, CHUNK)):
        with db.writing():
            queued += _queue(chunk, now)
            session.commit()
    return queued


def opens_on(person: Person, now: datetime) -> dict[int, date]:
    """The day of the mail that opens each coming module, by module id; nothing where no mail will come."""
    zone = person.organisation.zone
    today = clock.day(hours.slot(now, zone, 0), zone)
    days: dict[int, date] = {}
    for each in chains_of(person):
        coming = [mail for mail in each.chain.mails if mail.waiting and mail.module_id not in each.chain.completed]
        days |= {mail.module_id: mail.day for mail in (*coming, *each.chain.coming(today))}
    return days


# --- finding ---------------------------------------------------------------------------------------------------------


def _lanes(now: datetime) -> Iterator[list[Campaign]]:
    """What runs in each organisation that has some of today's sending hours left."""
    for _, group in groupby(sorted(running(now), key=_lane), _lane):
        campaigns = list(group)
        zone = campaigns[0].organisation.zone
        if clock.day(hours.slot(now, zone, 0), zone) == clock.day(now, zone):
            yield campaigns


def _lane(campaign: Campaign) -> int:
    return campaign.organisation_id


def _due(campaigns: list[Campaign], now: datetime) -> Iterator[Due]:
    """At most one mail a person, however many of the organisation's campaigns they are in."""
    organisation = campaigns[0].organisation
    today = clock.day(now, organisation.zone)
    away = {person_id for campaign in campaigns for person_id in _absent(campaign, today)}
    for person_id, theirs in groupby(candidates(organisation, today), lambda each: each.person_id):
        found = [(mail, each) for each in theirs if (mail := each.chain.next(today)) and mail.day <= today]
        if found and person_id not in away:
            mail, each = found[0]
            at = hours.slot(now, organisation.zone, person_id * GOLDEN % 1)
            yield Due(
                mail, person_id, each.enrolment_id, organisation.id, each.language, each.address, at, each.had(mail)
            )


def _absent(campaign: Campaign, on: date) -> Iterator[int]:
    due = scope.in_scope(campaign, on).subquery()
    yield from session.scalars(select(due.c.person_id).where(due.c.absent))


# --- queueing --------------------------------------------------------------------------------------------------------


def _queue(chunk: list[Due], now: datetime) -> int:
    """Once for each person, also where two workers plan at the same time: the later waits here, and then sees."""
    lanes = select(Organisation.id).where(Organisation.id.in_({due.organisation_id for due in chunk}))
    session.execute(lanes.order_by(Organisation.id).with_for_update(key_share=True)).all()
    people = [due.person_id for due in chunk]
    waiting = select(Delivery.person_id).where(Delivery.person_id.in_(people), need.is_planned(), need.is_waiting())
    busy = set(session.scalars(waiting))
    chunk = [due for due in chunk if due.person_id not in busy]
    keys, texts = _link_ids(people, now), _newest_revisions({due.mail.module_id for due in chunk})
    return outbox.queue_all([_row(due, keys[due.person_id], texts[due.mail.module_id]) for due in chunk], now)


def _row(due: Due, credential_id: int, revision_id: int) -> dict[str, Any]:
    reminding = due.mail.kind == DeliveryKind.REMINDER
    return {
        "kind": due.mail.kind,
        "key": f"module:{due.enrolment_id}:{due.mail.module_id}:{due.number}",
        "organisation_id": due.organisation_id,
        "person_id": due.person_id,
        "enrolment_id": due.enrolment_id,
        "module_id": due.mail.module_id,
        "revision_id": revision_id,
        "credential_id": credential_id,
        "language": due.language,
        "address": due.address,
        "due_at": due.at,
        "expires_at": due.at + LATE if reminding else None,
    }


def _link_ids(people: list[int], now: datetime) -> dict[int, int]:
    """The id of each person's one link, which is made where there is none and renewed where it does not open."""
    theirs = select(Credential).where(Credential.person_id.in_(people), Credential.kind == CredentialKind.LINK)
    found = {each.person_id: each for each in session.scalars(theirs.options(joinedload(Credential.person)))}
    for credential in found.values():
        if not credential.opens(now):
            links.link_for(credential.person, now)
    if missing := set(people) - found.keys():
        more = {"kind": CredentialKind.LINK, "created_at": now, "expires_at": now + LINK_LIFE}
        session.execute(insert(Credential), [more | {"person_id": each} for each in missing])
        found |= {each.person_id: each for each in session.scalars(theirs)}
    return {person_id: credential.id for person_id, credential in found.items()}


def _newest_revisions(modules: set[int]) -> dict[int, int]:
    numbered = select(Revision.module_id, Revision.id).where(Revision.module_id.in_(modules)).order_by(Revision.number)
    return dict(session.execute(numbered).all())
