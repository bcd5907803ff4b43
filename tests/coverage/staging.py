"""Puts invented people, with all that happened to them, into the small world."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import db, people
from app.models import (
    Campaign,
    Completion,
    Credential,
    CredentialKind,
    Delivery,
    DeliveryKind,
    Enrolment,
    How,
    Module,
    Origin,
    Person,
    Revision,
)  # fmt: skip
from tests.coverage.reference import Rules, Someone
from tests.world import NOW

ZONE = ZoneInfo("Europe/Stockholm")


def at(day: date, clock: time = time(10)) -> datetime:
    return datetime.combine(day, clock, ZONE)


def stage(campaign: Campaign, rules: Rules, everyone: list[Someone], clock: time = time(10)) -> list[Person]:
    """Write it all, through the functions that write it in earnest where there are such; nothing is committed."""
    organisation = campaign.organisation
    organisation.counted_kinds = [kind.value for kind in rules.kinds]
    organisation.shortest_employment_days = rules.shortest
    campaign.starts_on, campaign.due_days, campaign.valid_days = rules.starts_on, rules.due_days, rules.valid_days
    revisions = publish(campaign, rules)
    return [_person(campaign, someone, revisions, clock) for someone in everyone]


def publish(campaign: Campaign, rules: Rules) -> dict[tuple[int, int], Revision]:
    """Three revisions of each module, by place in the campaign and number; those of `rules.retakes` must be retaken."""
    published = {(module, number): day for module, number, day in rules.retakes}
    found: dict[tuple[int, int], Revision] = {}
    for index, each in enumerate(campaign.modules):
        module = db.session.get_one(Module, each.module_id)
        found[index, 1] = db.session.scalars(
            select(Revision).where(Revision.module_id == module.id, Revision.number == 1)
        ).one()
        for number in (2, 3):
            day = published.get((index, number))
            found[index, number] = Revision(
                module_id=module.id, number=number, version=number, retake=day is not None, minutes=3,
                published_at=at(day, time(23, 30)) if day else NOW, media={}, digest=f"{index}{number}",
            )  # fmt: skip
            db.session.add(found[index, number])
    db.session.flush()
    return found


def _person(campaign: Campaign, someone: Someone, revisions: dict[tuple[int, int], Revision], clock: time) -> Person:
    person = Person(organisation=campaign.organisation, origin=Origin.LISTED, created_at=NOW)
    person.reach_at(someone.address)
    db.session.add(person)
    db.session.flush()
    people.place(person, someone.employments)
    for start, end in someone.away:
        people.absent(person, start, end)
    for start, end in someone.exempt:
        people.exempt(person, start, end)
    for fact in someone.facts:
        complete(person, revisions[fact.module, fact.revision], fact.on, fact.mended_on)
    _mail(campaign, person, someone, clock)
    if someone.slip:
        made = at(someone.slip, clock)
        db.session.add(
            Credential(
                person_id=person.id, kind=CredentialKind.SLIP, created_at=made, expires_at=made + timedelta(days=400)
            )
        )
    db.session.flush()
    return person


def complete(person: Person, revision: Revision, on: date, mended_on: date | None = None) -> Completion:
    made = Completion(
        person_id=person.id, module_id=revision.module_id, revision_id=revision.id, completed_at=at(on),
        completed_on=on, how=How.LINK,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    if mended_on:
        mend = Completion(
            person_id=person.id, module_id=revision.module_id, revision_id=revision.id, completed_at=at(mended_on),
            completed_on=mended_on, how=How.CORRECTION, corrects_id=made.id, reason="fel person",
        )  # fmt: skip
        db.session.add(mend)
        db.session.flush()
    return made


def _mail(campaign: Campaign, person: Person, someone: Someone, clock: time) -> None:
    enrolment = Enrolment(person_id=person.id, campaign_id=campaign.id, enrolled_at=NOW)
    db.session.add(enrolment)
    db.session.flush()
    for number, (day, bounced) in enumerate(someone.mails):
        accepted = at(day, clock) + timedelta(seconds=number)
        db.session.add(
            Delivery(
                key=f"module:{enrolment.id}:1:{number}",
                kind=DeliveryKind.INVITATION,
                person_id=person.id,
                organisation_id=person.organisation_id,
                enrolment_id=enrolment.id,
                language="sv",
                address="x@y.example",
                message_id=f"{enrolment.id}.{number}@y.example",
                queued_at=accepted,
                due_at=accepted,
                accepted_at=accepted,
                bounced_at=accepted if bounced else None,
            )
        )
