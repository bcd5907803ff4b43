"""The status of each person on a day, as SQL: one query, whatever the size (coverage.md has the rules)."""

from __future__ import annotations

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


def counts(campaign: Campaign, on: date) -> list[sa.Row[Any]]:
    """How many are what on the day: a row for each unit with somebody in it, and one (unit None) for the public.

    Columns: unit_id, in_scope, completed, absent, expired, within_time, late, unreached.
    """
    standing = _standing(campaign, on).cte("standing")
    mailed = _mailed(campaign, standing, on).subquery("mailed")
    open_ = standing.c.state == "open"
    late = _late(campaign, standing, mailed, on)
    query = (
        select(
            standing.c.unit_id,
            func.count().label("in_scope"),
            *(_how_many(standing.c.state == state).label(state) for state in ("completed", "absent", "expired")),
            _how_many(and_(open_, not_(late))).label("within_time"),
            _how_many(and_(open_, late)).label("late"),
            _how_many(and_(open_, _unreached(standing, mailed, on, campaign))).label("unreached"),
        )
        .select_from(standing.join(mailed, mailed.c.person_id == standing.c.person_id, isouter=True))
        .group_by(standing.c.unit_id)
    )
    return list(session.execute(query))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(sa.case((condition, 1), else_=0))


def _begins(day: date, campaign: Campaign) -> datetime:
    """The instant when the day begins where the organisation is; a day may have 23 hours, or 25."""
    return datetime.combine(day, time.min, ZoneInfo(campaign.organisation.zone))


def _ends(day: date, campaign: Campaign) -> datetime:
    return _begins(day + timedelta(days=1), campaign)


# --- who, and what they have done ------------------------------------------------------------------------------------


def _standing(campaign: Campaign, on: date) -> sa.Select[Any]:
    """Everyone in scope, and the public, each with a state: completed, absent, expired, or open."""
    people = sa.union_all(_staff(campaign, on), _public(campaign, on)).subquery("people")
    done = _done(campaign, on).subquery("done")
    required = len(campaign.modules)
    state = sa.case(
        (done.c.valid == required, "completed"),
        (people.c.absent, "absent"),
        (done.c.ever == required, "expired"),
        else_="open",
    )
    return select(people, state.label("state")).join_from(
        people, done, done.c.person_id == people.c.person_id, isouter=True
    )


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
            Person.origin == Origin.PUBLIC,
        )
    )


def _done(campaign: Campaign, on: date) -> sa.Select[Any]:
    """How many of the campaign's modules each person has completed by the day: ever, and validly."""
    mending = aliased(Completion)
    # `> 0` leaves out the many facts that correct nothing, by the index; `is not null` would read them all.
    mended = select(mending.corrects_id).where(mending.corrects_id > 0, mending.completed_on <= on)
    modules = [each.module_id for each in campaign.modules]
    facts = (
        select(
            Completion.person_id,
            func.max(sa.case((and_(*_valid(campaign, on)), 1), else_=0)).label("valid"),
        )
        .where(
            Completion.module_id.in_(modules),
            Completion.completed_on <= on,
            Completion.how != How.CORRECTION,
            Completion.id.not_in(mended),
        )
        .group_by(Completion.person_id, Completion.module_id)
        .subquery("facts")
    )
    return select(facts.c.person_id, func.count().label("ever"), func.sum(facts.c.valid).label("valid")).group_by(
        facts.c.person_id
    )


def _valid(campaign: Campaign, on: date) -> list[ColumnElement[bool]]:
    """What makes a completion valid on the day: a text that need not be retaken, and not too long ago."""
    conditions: list[ColumnElement[bool]] = [Completion.revision_id.in_(_lasting(campaign, on))]
    if campaign.valid_days is not None:
        conditions.append(Completion.completed_on > on - timedelta(days=campaign.valid_days))
    return conditions


def _lasting(campaign: Campaign, on: date) -> list[int]:
    """The revisions after which, by the end of the day, no revision has come that must be retaken."""
    lasting: dict[int, list[int]] = {}
    revisions = select(Revision.id, Revision.module_id, Revision.retake, Revision.published_at).where(
        Revision.module_id.in_([each.module_id for each in campaign.modules])
    )
    for revision in session.execute(revisions.order_by(Revision.module_id, Revision.number)):
        known = lasting.setdefault(revision.module_id, [])
        if revision.retake and revision.published_at < _ends(on, campaign):
            known.clear()
        known.append(revision.id)
    return [each for known in lasting.values() for each in known]


# --- the time they have, and whether they were reached ---------------------------------------------------------------


def _mailed(campaign: Campaign, standing: sa.CTE, on: date) -> sa.Select[Any]:
    """The campaign's mails to those who are not done: the first and last that came through, the last that bounced."""
    came = sa.case((Delivery.bounced_at.is_(None), Delivery.accepted_at))
    bounced = sa.case((Delivery.bounced_at.is_not(None), Delivery.accepted_at))
    return (
        select(
            standing.c.person_id,
            func.min(came).label("first"),
            func.max(came).label("last"),
            func.max(bounced).label("bounced"),
        )
        .join_from(standing, Enrolment, Enrolment.person_id == standing.c.person_id)
        .join(Delivery, Delivery.enrolment_id == Enrolment.id)
        .where(
            standing.c.state == "open",
            Enrolment.campaign_id == campaign.id,
            Delivery.accepted_at < _ends(on, campaign),
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


def _unreached(standing: sa.CTE, mailed: sa.Subquery, on: date, campaign: Campaign) -> ColumnElement[bool]:
    """No code, and: no address of their own, or nothing sent, or the last mail bounced. The public reached us."""
    never = mailed.c.last.is_(None)
    bounced = mailed.c.bounced > mailed.c.last
    lacking = or_(never, bounced, not_(_own_address(standing)))
    return and_(standing.c.unit_id.is_not(None), lacking, not_(_slip(standing, _ends(on, campaign))))


def _own_address(standing: sa.CTE) -> ColumnElement[bool]:
    """The person has an address that nobody else of the organisation has: a shared one is nobody's."""
    person, other = aliased(Person), aliased(Person)
    shared = select(other.id).where(
        other.organisation_id == person.organisation_id, other.address_key == person.address_key, other.id != person.id
    )
    own = select(person.id).where(
        person.id == standing.c.person_id, person.address_key.is_not(None), not_(shared.exists())
    )
    return own.exists()
