"""Who can be mailed, and what has been mailed to them: a few queries, whatever the number of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from app import clock, hours
from app.db import UtcDateTime, session
from app.mail import need
from app.models import Campaign, CampaignModule, Delivery, Enrolment, Organisation, Person
from app.planning.chain import REST, Chain, Mail

AT_ONCE = 5_000
"""Enrolments whose mails are read in one query: a database takes only so many parameters."""

# The statements below are made once, and told their values: making one takes longer than reading a hundred rows.
_OTHER, _REQUIRED = aliased(Person), aliased(CampaignModule)
_BAD, _BETTER = aliased(Delivery), aliased(Delivery)


@dataclass(frozen=True)
class Mailed:
    """An open enrolment, its chain, and how many mails there have been about each module, however they ended."""

    enrolment_id: int
    person_id: int
    language: str
    address: str
    chain: Chain
    numbers: dict[int, int]

    def had(self, mail: Mail) -> int:
        return self.numbers.get(mail.module_id, 0)


def reachable() -> ColumnElement[bool]:
    """Whether mail reaches a person: at an address that nobody else in the organisation has, not known to be bad."""
    here = and_(Person.left_at.is_(None), Person.erased_at.is_(None), Person.address_key.is_not(None))
    return and_(here, not_(_shared()), not_(_known_bad()))


def candidates(organisation: Organisation, today: date) -> list[Mailed]:
    """Those who can be reached, are not done, and have had no mail in the last working days and have none waiting."""
    since = hours.midnight(hours.before(today, REST) + hours.ONE_DAY, organisation.zone)
    return _chains(_candidates(), {"which": organisation.id, "today": today, "since": since}, organisation.zone)


def chains_of(person: Person) -> list[Mailed]:
    """The person's chains, where mail reaches them. Two queries."""
    return _chains(_persons(), {"which": person.id}, person.organisation.zone)


Rows = Select[*tuple[Any, ...]]


@cache
def _candidates() -> Rows:
    lately = exists().where(
        Delivery.person_id == Person.id,
        need.is_planned(),
        or_(need.is_waiting(), _tried_at() >= bindparam("since", type_=UtcDateTime())),
    )
    unfinished = exists().where(
        _REQUIRED.campaign_id == Campaign.id, not_(need.completed(Person.id, _REQUIRED.module_id))
    )
    here = and_(Campaign.organisation_id == bindparam("which"), Campaign.starts_on <= bindparam("today"))
    return _enrolments().where(here, unfinished, not_(lately))


@cache
def _persons() -> Rows:
    return _enrolments().where(Person.id == bindparam("which"))


def _chains(rows: Rows, told: dict[str, Any], zone: str) -> list[Mailed]:
    """The chain of each enrolment among the rows, days being those of the zone."""
    found = [list(group) for _, group in groupby(session.execute(rows, told), attrgetter("enrolment_id"))]
    mails = _mails([group[0].enrolment_id for group in found])
    return [_mailed(group, mails.get(group[0].enrolment_id, []), zone) for group in found]


def _shared() -> ColumnElement[bool]:
    # A difference, so that SQLite looks up the address: by organisation it would read everybody, for everybody.
    same_organisation = _OTHER.organisation_id - Person.organisation_id == 0
    return exists().where(
        same_organisation,
        _OTHER.address_key == Person.address_key,
        _OTHER.id != Person.id,
        _OTHER.left_at.is_(None),
        _OTHER.erased_at.is_(None),
    )


def _known_bad() -> ColumnElement[bool]:
    """The address did not exist when we last mailed it. The mark clears with a new address, or a later acceptance."""
    bad, better = aliased(Delivery), aliased(Delivery)
    since = func.coalesce(bad.bounced_at, bad.failed_at)
    later = select(better.id).where(
        better.person_id == Person.id, better.address == bad.address, better.accepted_at > since
    )
    return exists().where(
        bad.person_id == Person.id,
        bad.address == Person.address,
        or_(bad.bounced_at.is_not(None), bad.reason == need.Reason.NO_SUCH_ADDRESS.value),
        ~later.correlate_except(better).exists(),
    )


def _enrolments() -> Rows:
    """A row for each open enrolment and module of its campaign, in order of person, enrolment and position."""
    return (
        select(
            Enrolment.id.label("enrolment_id"),
            Enrolment.enrolled_at,
            Enrolment.person_id,
            Person.language,
            Person.address,
            Campaign.starts_on,
            Campaign.days_between,
            CampaignModule.module_id,
            need.completed(Enrolment.person_id, CampaignModule.module_id).label("completed"),
        )
        .join(Person, Person.id == Enrolment.person_id)
        .join(Campaign, Campaign.id == Enrolment.campaign_id)
        .join(CampaignModule, CampaignModule.campaign_id == Campaign.id)
        .where(Enrolment.ended_at.is_(None), Campaign.closed_at.is_(None), Person.paused_at.is_(None), reachable())
        .order_by(Enrolment.person_id, Enrolment.id, CampaignModule.position)
    )


def _mails(enrolments: list[int]) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    """What the outbox has for each enrolment."""
    found: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for start in range(0, len(enrolments), AT_ONCE):
        for row in session.execute(_sent(), {"enrolments": enrolments[start : start + AT_ONCE]}):
            found.setdefault(row.enrolment_id, []).append(row)
    return found


@cache
def _sent() -> Rows:
    return select(
        Delivery.enrolment_id,
        Delivery.module_id,
        Delivery.kind,
        Delivery.due_at,
        Delivery.failed_at,
        _tried_at().label("tried_at"),
        need.is_waiting().label("waiting"),
    ).where(Delivery.enrolment_id.in_(bindparam("enrolments", expanding=True)), need.is_planned())


def _tried_at() -> ColumnElement[Any]:
    """When a mail went, perhaps went, or was refused."""
    return func.coalesce(Delivery.accepted_at, Delivery.uncertain_at, Delivery.failed_at)


def _mailed(rows: list[Row[*tuple[Any, ...]]], mails: Iterable[Row[*tuple[Any, ...]]], zone: str) -> Mailed:
    first = rows[0]
    numbers: dict[int, int] = {}
    for row in mails:
        numbers[row.module_id] = numbers.get(row.module_id, 0) + 1
    chain = Chain(
        begins=max(first.starts_on, clock.day(first.enrolled_at, zone)),
        days_between=first.days_between,
        modules=tuple(row.module_id for row in rows),
        completed=frozenset(row.module_id for row in rows if row.completed),
        mails=tuple(_mail(row, zone) for row in mails if row.tried_at or row.waiting),
    )
    return Mailed(first.enrolment_id, first.person_id, first.language, first.address, chain, numbers)


def _mail(row: Row[*tuple[Any, ...]], zone: str) -> Mail:
    day = clock.day(row.tried_at or row.due_at, zone)
    return Mail(row.kind, row.module_id, day, went=row.failed_at is None, waiting=bool(row.waiting))
