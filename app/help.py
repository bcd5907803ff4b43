"""Which help lines are shown on a day: a wrong number is the worst fault that this product can have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import select

from app import library
from app.content import HelpLine
from app.db import session
from app.models import HelpCheck, Organisation

GROUPS = ("urgent", "exposed", "harming", "children", "work", "other")


@dataclass(frozen=True)
class Row:
    """A help line in one language, as it stands on a page."""

    key: str
    group: str
    name: str
    number: str | None
    tel: str | None
    url: str | None
    whom: str
    languages: str
    trace: str
    hours: str
    """Empty where the organisation has not confirmed the line."""
    is_confirmed: bool
    """Shown on a page in production: the organisation has checked it within six months, or the line always holds."""


def rows(language: str, on: date, organisation: Organisation | None = None) -> list[Row]:
    """The lines to show, in the order of help.yaml. Without an organisation nothing is confirmed, and no query is made.

    In development the unconfirmed ones are shown too, marked.
    """
    checked = _checks(organisation) if organisation else {}
    found = [_row(line, language, checked.get(key), on) for key, line in library.help_lines().items()]
    return [row for row in found if row.is_confirmed or current_app.config["DEVELOPMENT"]]


def unconfirmed(organisation: Organisation, on: date) -> list[str]:
    """The keys of the lines that its pages lack in production, since nobody there has checked them lately."""
    checked = _checks(organisation)
    rows = [_row(line, "sv", checked.get(key), on) for key, line in library.help_lines().items()]
    return [row.key for row in rows if not row.is_confirmed]


def by_group(rows: list[Row]) -> dict[str, list[Row]]:
    return {group: [row for row in rows if row.group == group] for group in GROUPS}


def _checks(organisation: Organisation) -> dict[str, date]:
    query = select(HelpCheck).where(HelpCheck.organisation_id == organisation.id)
    return {check.key: check.checked_on for check in session.scalars(query)}


def _row(line: HelpLine, language: str, checked_on: date | None, on: date) -> Row:
    is_checked = not line.stale(checked_on, on)
    return Row(
        line.key, line.group, _in(line.name, language), line.number, line.tel, line.url,
        _in(line.whom, language), _in(line.languages, language), _in(line.trace, language),
        hours=_in(line.hours, language) if is_checked else "",
        is_confirmed=is_checked or line.always,
    )  # fmt: skip


def _in(words: Mapping[str, str], language: str) -> str:
    """The words in the language, else in its plainer form's base, else in Swedish."""
    return words.get(language) or words.get(language.partition("-")[0]) or words.get("sv", "")
