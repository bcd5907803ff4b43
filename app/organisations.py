"""Organisations: setting one up from nothing, and finding it and its units again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app import config, content, plain, units
from app.db import session
from app.models import (
    Domain,
    EmploymentKind,
    LocalText,
    Organisation,
    Origin,
    Person,
    Right,
    Role,
    Unit,
    UnitKind,
)  # fmt: skip

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 50
COUNTED = (EmploymentKind.PERMANENT, EmploymentKind.TEMPORARY, EmploymentKind.HOURLY)


def add(name: str, slug: str, domains: Sequence[str], hr: str, now: datetime) -> Organisation:
    """A new organisation with its domains and one person, at the address `hr`, who has HR's right over the whole.

    Raises ValueError with a sentence where something cannot be used.
    """
    made = Organisation(
        slug=_free_slug(slug), name=_name(name), created_at=now, counted_kinds=[kind.value for kind in COUNTED]
    )
    made.domains = [Domain(name=each) for each in dict.fromkeys(map(plain.domain, domains))]
    person = Person(organisation=made, origin=Origin.LISTED, created_at=now)
    person.reach_at(plain.address(hr))
    person.rights.append(Right(role=Role.HR, given_at=now))
    session.add_all([made, person])
    session.flush()
    return made


def _name(given: str) -> str:
    try:
        name = plain.text(given)
    except ValueError as error:
        raise ValueError(f"Namnet {error}.") from None
    if not name:
        raise ValueError("Namnet är tomt. Skriv vad organisationen heter.")
    if any(word in name.casefold() for word in config.TELLING if word != "vald"):  # Valdemarsvik is a municipality.
        raise ValueError("Namnet syns i titlar och mejl och får inte säga vad kursen handlar om. Skriv ert eget namn.")
    return name


def _free_slug(slug: str) -> str:
    if len(slug) > LONGEST_SLUG or not SLUG.fullmatch(slug):
        raise ValueError(
            f"Kortnamnet kan bara ha små bokstäver a–z, siffror och bindestreck, högst {LONGEST_SLUG} tecken."
        )
    if session.scalar(select(Organisation.id).where(Organisation.slug == slug)):
        raise ValueError(f"Det finns redan en organisation med kortnamnet {slug}. Välj ett annat.")
    return slug


def find(slug: str) -> Organisation:
    """The organisation with that short name. Raises ValueError with a sentence that lists those there are."""
    found = session.scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None:
        known = ", ".join(session.scalars(select(Organisation.slug).order_by(Organisation.slug)))
        raise ValueError(f"Det finns ingen organisation med kortnamnet {slug}. De som finns: {known or 'ingen'}.")
    return found


def unit(organisation: Organisation, given: str) -> Unit:
    """The unit at the path. Raises ValueError with a sentence."""
    try:
        wanted = plain.path(given)
    except ValueError as error:
        raise ValueError(f"{given!r} {error}.") from None
    for number, named in units.paths(organisation).items():
        if named == " / ".join(wanted):
            return session.get_one(Unit, number)
    raise ValueError(f"{organisation.name} har ingen enhet {given!r}. De som finns: flask units list")


def mark(unit: Unit, kind: UnitKind) -> None:
    """Say what a top unit is. Raises ValueError with a sentence for one that is not at the top."""
    if unit.parent_id is not None:
        raise ValueError(f"{unit.name} ligger under en annan enhet och är vad den är. Märk enheten överst.")
    unit.mark(kind)


def say(organisation: Organisation, key: str, language: str, text: str) -> None:
    """The organisation's own words for the course's `::: local` blocks with that key; empty text takes them back.

    Raises ValueError with a sentence where the text cannot be shown.
    """
    try:
        content.passage(text)
    except content.Broken as broken:
        raise ValueError("\n".join(str(fault) for fault in broken.faults)) from None
    own = session.scalar(
        select(LocalText).where(
            LocalText.organisation_id == organisation.id, LocalText.key == key, LocalText.language == language
        )
    )
    if own is None:
        own = LocalText(organisation_id=organisation.id, key=key, language=language)
        session.add(own)
    own.text = content.normalised(text)
    if not text.strip():
        session.delete(own)
    session.flush()
