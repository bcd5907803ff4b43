"""What happens to a person while they are with us: away, exempt, accepted, erased."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import delete, exists, or_, select

from app.db import session
from app.models import (
    Absence,
    AccessibilityReport,
    Completion,
    Credential,
    Delivery,
    Enrolment,
    Exemption,
    LinkRequest,
    Look,
    Origin,
    Person,
    PersonRequest,
    Right,
    StepPost,
    Unit,
)
from app.people.placing import Employment, place


def absent(person: Person, starts_on: date, ends_on: date | None) -> Absence:
    """Note days away, up to but not including `ends_on`. Days that touch an absence already noted join it."""
    last = ends_on or date.max
    touching = session.scalars(
        select(Absence).where(
            Absence.person_id == person.id,
            Absence.starts_on <= last,
            or_(Absence.ends_on.is_(None), Absence.ends_on >= starts_on),
        )
    ).all()
    first = min([starts_on, *(each.starts_on for each in touching)])
    end = max([last, *(each.ends_on or date.max for each in touching)])
    for each in touching:
        session.delete(each)
    made = Absence(person_id=person.id, starts_on=first, ends_on=None if end == date.max else end)
    session.add(made)
    session.flush()
    return made


def exempt(person: Person, starts_on: date, ends_on: date | None = None) -> None:
    """The person need not take part, by decision, up to but not including `ends_on`."""
    session.add(Exemption(person_id=person.id, starts_on=starts_on, ends_on=ends_on))
    session.flush()


def accept(person: Person, on: date, unit: Unit | None = None) -> None:
    """HR accepts one who said that they work here: they are placed in the unit, or the one they named, from the day.

    Raises ValueError for one without either, or who is known already.
    """
    unit_id = unit.id if unit else person.declared_unit_id
    if person.origin != Origin.DECLARED or unit_id is None:
        raise ValueError("Bara den som själv har anmält sig till en enhet kan godkännas.")
    place(person, [Employment(unit_id, on)])
    person.origin, person.declared_unit_id = Origin.LISTED, None
    session.flush()


def leave(person: Person, on: date, now: datetime) -> None:
    """The person no longer works here from the day: what they have done stays, nothing more is asked of them."""
    person.left_at = now
    for placement in list(person.placements):
        if placement.starts_on >= on:
            person.placements.remove(placement)
            continue
        placement.ends_on = min(placement.ends_on or on, on)
        placement.employed_until = min(placement.employed_until or on, on)
    person.generation += 1  # Whatever right they had is not theirs any more.
    session.flush()


def erase(person: Person, now: datetime) -> None:
    """Make the person nameless and forget what they did; only frozen totals still count them."""
    _forget_requests(person)
    _forget_contact(person)
    theirs = (
        Delivery, Credential, Completion, StepPost, Enrolment, Absence, Exemption, Right, PersonRequest, Look
    )  # fmt: skip
    for kind in theirs:
        session.execute(delete(kind).where(kind.person_id == person.id))
    session.expire(person, ["rights"])
    person.placements.clear()
    person.reach_at(None)
    person.number = person.name = person.declared_unit_id = person.paused_at = person.signed_in_at = None
    person.language = "sv"
    person.generation += 1
    person.erased_at = now
    session.flush()


def _forget_requests(person: Person) -> None:
    """What was asked for with their address; a request that another organisation has answered is left to it."""
    elsewhere = exists().where(
        Delivery.request_id == LinkRequest.id, Delivery.organisation_id != person.organisation_id
    )
    session.execute(
        delete(LinkRequest).where(
            LinkRequest.address_key == person.address_key,
            or_(LinkRequest.organisation_id.is_(None), LinkRequest.organisation_id == person.organisation_id),
            ~elsewhere,
        )
    )
    session.flush()


def _forget_contact(person: Person) -> None:
    """How reports were to be answered, where that is at their address, alone or among other words.

    Compared here, since databases differ in what is a small letter.
    """
    if not person.address:
        return
    theirs = re.compile(rf"(?<![\w.+-]){re.escape(person.address.casefold())}(?![\w-]|\.\w)")
    reports = select(AccessibilityReport).where(
        AccessibilityReport.organisation_id == person.organisation_id, AccessibilityReport.contact.is_not(None)
    )
    for report in session.scalars(reports):
        if report.contact and theirs.search(report.contact.casefold()):
            report.contact = None
