"""The status of each person on a day, as SQL: one query, whatever the size (coverage.md has the rules)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import aliased

from app.coverage.words import UNREACHED_DAYS
from app.db import UtcDateTime, session
from app.models import (
    Campaign,
    Completion,
    Credential,
    CredentialKind,
    Delivery,
    Enrolment,
    How,
    Origin,
    Person,
    Revision,
)  # fmt: skip
from app.scope import in_scope

OPEN = "open"
"""Neither completed, absent nor expired: the due day decides."""


@dataclass(frozen=True)
class Group:
    """How many people of a unit (None: of the public) have one status; `unreached` where mail does not reach them."""

    unit_id: int | None
    status: str
    unreached: bool
    people: int


def groups(campaign: Campaign, on: date) -> list[Group]:
    """Everyone in scope on the day, and the public, by unit and status: a status is judged once for each person."""
    standing = _standing(campaign, on).cte("standing")
    mailed = _mailed(campaign, standing, on).subquery("mailed")
    is_open = standing.c.state == OPEN
    status = sa.case(
        (not_(is_open), standing.c.state), (_late(campaign, standing, mailed, on), "late"), else_="within_time"
    )
    unreached = sa.case((is_open, _unreached(campaign, standing, mailed, on)), else_=False)
    query = (
        select(standing.c.unit_id, status.label("status"), unreached.label("unreached"), func.count())
        .select_from(standing.join(mailed, mailed.c.person_id == standing.c.person_id, isouter=True))
        .group_by(standing.c.unit_id, "status", "unreached")
    )
    return [Group(*row) for row in session.execute(query)]


def _begins(day: date, campaign: Campaign) -> datetime:
    """The instant when the day begins where the organisation is; a day may have 23 hours, or 25."""
    return datetime.combine(day, time.min, ZoneInfo(campaign.organisation.zone))


def _ends(day: date, campaign: Campaign) -> datetime:
    return _begins(day + timedelta(days=1), campaign)


# --- who, and what they have done ------------------------------------------------------------------------------------


def _standing(campaign: Campaign, on: date) -> sa.Select[Any]:
    """Everyone in scope, and the public, each with a state: completed, absent, expired, or OPEN."""
    people = sa.union_all(_staff(campaign, on), _public(campaign, on)).subquery("people")
    lasting = _valid(campaign, on)
    states: list[tuple[ColumnElement[bool], str]] = [
        (people.c.person_id.in_(_done(campaign, on, *lasting)), "completed"),
        (people.c.absent, "absent"),
    ]
    if lasting:
        states.append((people.c.person_id.in_(_done(campaign, on)), "expired"))
    return select(people, sa.case(*states, else_=OPEN).label("state"))


def _staff(campaign: Campaign, on: date) -> sa.SelectBase:
    return in_scope(campaign, on).add_columns(sa.literal(None, UtcDateTime()).label("registered_at"))


def _public(campaign: Campaign, on: date) -> sa.SelectBase:
    """Those who registered as anyone may; registering, by a link in a mail, is what reaches them."""
    return (
        select(
            Enrolment.person_id,
            sa.literal(None, sa.Integer()).label("unit_id"),
            sa.literal(campaign.starts_on, sa.Date()).label("employed_from"),
            sa.false().label("absent"),
            sa.literal(None, sa.Date()).label("returned_on"),
            Enrolment.enrolled_at.label("registered_at"),
        )
        .join(Person)
        .where(
            Enrolment.campaign_id == campaign.id,
            Enrolment.enrolled_at < _ends(on, campaign),
            or_(Enrolment.ended_at.is_(None), Enrolment.ended_at >= _ends(on, campaign)),
            Person.organisation_id == campaign.organisation_id,
            Person.number.is_(None),  # True of all the public: by its index they are found among the many listed.
            Person.origin == Origin.PUBLIC,
        )
    )


def _done(campaign: Campaign, on: date, *conditions: ColumnElement[bool]) -> sa.Select[int]:
    """The people who by the day have completed every module of the campaign, by facts that meet the conditions."""
    mending = aliased(Completion)
    # `> 0` leaves out the many facts that correct nothing, by the index; `is not null` would read them all.
    mended = select(mending.corrects_id).where(mending.corrects_id > 0, mending.completed_on <= on)
    modules = [each.module_id for each in campaign.modules]
    return (
        select(Completion.person_id)
        .where(
            Completion.module_id.in_(modules),
            Completion.completed_on <= on,
            Completion.how != How.CORRECTION,
            Completion.id.not_in(mended),
            *conditions,
        )
        .group_by(Completion.person_id)
        .having(func.count(Completion.module_id.distinct()) == len(modules))
    )


def _valid(campaign: Campaign, on: date) -> list[ColumnElement[bool]]:
    """What makes a completion still valid on the day; empty where nothing can make it invalid."""
    conditions: list[ColumnElement[bool]] = []
    if outdated := _outdated(campaign, on):
        conditions.append(Completion.revision_id.not_in(outdated))
    if campaign.valid_days is not None:
        conditions.append(Completion.completed_on > on - timedelta(days=campaign.valid_days))
    return conditions


def _outdated(campaign: Campaign, on: date) -> list[int]:
    """The revisions after which, by the end of the day, another came that must be taken even so."""
    before: dict[int, list[int]] = {}
    outdated: list[int] = []
    revisions = select(Revision.id, Revision.module_id, Revision.retake, Revision.published_at).where(
        Revision.module_id.in_([each.module_id for each in campaign.modules])
    )
    for revision in session.execute(revisions.order_by(Revision.module_id, Revision.number)):
        earlier = before.setdefault(revision.module_id, [])
        if revision.retake and revision.published_at < _ends(on, campaign):
            outdated += earlier
        earlier.append(revision.id)
    return outdated


# --- the time they have, and whether they were reached ---------------------------------------------------------------


def _mailed(campaign: Campaign, standing: sa.CTE, on: date) -> sa.Select[Any]:
    """The campaign's mails to those who are not done: the first and last that came, the last that bounced or failed."""
    at = func.coalesce(Delivery.accepted_at, Delivery.failed_at)
    came = and_(Delivery.accepted_at.is_not(None), Delivery.bounced_at.is_(None))
    return (
        select(
            standing.c.person_id,
            func.min(sa.case((came, at))).label("first"),
            func.max(sa.case((came, at))).label("last"),
            func.max(sa.case((not_(came), at))).label("bounced"),
        )
        .join_from(standing, Enrolment, Enrolment.person_id == standing.c.person_id)
        .join(Delivery, Delivery.enrolment_id == Enrolment.id)
        .where(
            standing.c.state == OPEN,
            Enrolment.campaign_id == campaign.id,
            at < _ends(on, campaign),
        )
        .group_by(standing.c.person_id)
    )


def _late(campaign: Campaign, standing: sa.CTE, mailed: sa.Subquery, on: date) -> ColumnElement[bool]:
    """The due day has been: the latest of the dates that coverage.md names lies more than `due_days` before the day."""
    latest = on - timedelta(days=campaign.due_days)
    begins = _begins(latest, campaign)
    reached_in_time = or_(standing.c.registered_at < begins, mailed.c.first < begins, _slip(standing, begins))
    reached = or_(
        standing.c.registered_at.is_not(None), mailed.c.first.is_not(None), _slip(standing, _ends(on, campaign))
    )
    unreached_in_time = _began_before(campaign, standing, latest - timedelta(days=UNREACHED_DAYS))
    late = and_(_began_before(campaign, standing, latest), or_(reached_in_time, and_(not_(reached), unreached_in_time)))
    return func.coalesce(late, sa.false())


def _began_before(campaign: Campaign, standing: sa.CTE, day: date) -> ColumnElement[bool]:
    """Campaign, employment and the return from absence all lie before the day."""
    if campaign.starts_on >= day:
        return sa.false()
    return and_(standing.c.employed_from < day, or_(standing.c.returned_on.is_(None), standing.c.returned_on < day))


def _slip(standing: sa.CTE, before: datetime) -> ColumnElement[bool]:
    """A code on paper was handed out to the person before the instant."""
    slip = select(Credential.id).where(
        Credential.person_id == standing.c.person_id,
        Credential.kind == CredentialKind.SLIP,
        Credential.created_at < before,
    )
    return slip.exists()


def _unreached(campaign: Campaign, standing: sa.CTE, mailed: sa.Subquery, on: date) -> ColumnElement[bool]:
    """No code, and: no address of their own, or nothing sent, or the last mail bounced. The public reached us."""
    never = mailed.c.last.is_(None)
    bounced = func.coalesce(mailed.c.bounced > mailed.c.last, sa.false())
    lacking = or_(never, bounced, not_(_own_address(standing)))
    return and_(standing.c.unit_id.is_not(None), lacking, not_(_slip(standing, _ends(on, campaign))))


def _own_address(standing: sa.CTE) -> ColumnElement[bool]:
    """The person has an address that nobody else of the organisation has: a shared one is nobody's."""
    person, other = aliased(Person), aliased(Person)
    shared = select(other.id).where(
        other.organisation_id == person.organisation_id,
        other.address_key == person.address_key,
        other.id != person.id,
        other.left_at.is_(None),
    )
    own = select(person.id).where(
        person.id == standing.c.person_id, person.address_key.is_not(None), not_(shared.exists())
    )
    return own.exists()
