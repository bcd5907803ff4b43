"""Campaigns: starting one, and finding it again."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import exists, or_, select

from app import plain
from app.db import session
from app.models import (
    Campaign,
    CampaignModule,
    Course,
    Module,
    Organisation,
    Person,
    Placement,
)  # fmt: skip

DUE_DAYS = 60
LONGEST_DUE_DAYS = 1_000


def start(
    key: str, organisation: Organisation, *, starts_on: date, now: datetime,
    due_days: int = DUE_DAYS, name: str | None = None,
) -> Campaign:  # fmt: skip
    """A campaign with the course's modules as they are now, to the whole organisation.

    Raises ValueError with a sentence: unknown course, not published, nobody listed, the name taken.
    """
    course, modules = _course(key, organisation)
    _somebody_is_listed(organisation)
    if not 1 <= due_days <= LONGEST_DUE_DAYS:
        raise ValueError(f"Antalet dagar ska vara mellan 1 och {LONGEST_DUE_DAYS}.")
    made = Campaign(
        organisation=organisation, course=course, name=_free_name(organisation, course, name, starts_on),
        starts_on=starts_on, due_days=due_days, days_between=course.days_between, created_at=now,
    )  # fmt: skip
    made.modules = [CampaignModule(module_id=each.id, position=each.position) for each in modules]
    session.add(made)
    session.flush()
    return made


def _course(key: str, organisation: Organisation) -> tuple[Course, list[Module]]:
    """The organisation's own course by that key before the installation's, with its modules that have a text."""
    found = session.scalar(
        select(Course)
        .where(Course.key == key, or_(Course.organisation_id.is_(None), Course.organisation_id == organisation.id))
        .order_by(Course.organisation_id.is_(None))
        .limit(1)
    )
    if found is None:
        known = ", ".join(session.scalars(select(Course.key).where(Course.organisation_id.is_(None))))
        raise ValueError(f"Det finns ingen kurs {key}. De som finns: {known or 'ingen'}.")
    modules = [module for module in found.current if module.revisions]
    if found.published_at is None or not modules:
        raise ValueError(f"Kursen {key} är inte publicerad. Publicera den med: flask courses publish")
    return found, modules


def _somebody_is_listed(organisation: Organisation) -> None:
    placed = Placement.person_id.in_(select(Person.id).where(Person.organisation_id == organisation.id))
    if not session.scalar(select(exists().where(placed))):
        raise ValueError(
            f"Ingen i {organisation.name} har en placering ännu. Lägg till personerna först: flask people add"
        )


def _free_name(organisation: Organisation, course: Course, given: str | None, starts_on: date) -> str:
    try:
        name = plain.text(given or f"{course.title.get('sv', course.key)} {starts_on.year}")
    except ValueError as error:
        raise ValueError(f"Namnet {error}.") from None
    taken = select(Campaign.id).where(Campaign.organisation_id == organisation.id, Campaign.name == name)
    if session.scalar(taken):
        raise ValueError(f"Det finns redan en kursomgång som heter {name}. Ge den nya ett eget namn med --name.")
    return name


def running(organisation: Organisation, on: date) -> list[Campaign]:
    """The campaigns that have started by the day and are not closed, the latest first."""
    return list(
        session.scalars(
            select(Campaign)
            .where(Campaign.organisation_id == organisation.id, Campaign.starts_on <= on, Campaign.closed_at.is_(None))
            .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
        )
    )


def find(organisation: Organisation, which: str | None, on: date) -> Campaign:
    """The campaign with that number or name; without one, the latest running. Raises ValueError with a sentence."""
    if which is None:
        if found := next(iter(running(organisation, on)), None):
            return found
        raise ValueError(f"{organisation.name} har ingen kursomgång som pågår {on}.")
    own = session.scalars(select(Campaign).where(Campaign.organisation_id == organisation.id)).all()
    for campaign in own:
        if which in (str(campaign.id), campaign.name):
            return campaign
    known = ", ".join(f"{each.id} ({each.name})" for each in own)
    raise ValueError(f"{organisation.name} har ingen kursomgång {which!r}. De som finns: {known or 'ingen'}.")
