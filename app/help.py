"""Which help lines are shown on a day: a wrong number is the worst fault that this product can have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask import current_app
from markupsafe import Markup
from sqlalchemy import select

from app import content, languages, library
from app.db import session
from app.models import HelpCheck, HelpContact, Organisation

GROUPS = ("urgent", "exposed", "harming", "children", "work", "other")
SOON = timedelta(days=14)
"""HR is told so long before a line stops being shown."""
OWN_KEY = "egen-"

Words = Mapping[str, str]
"""A text by language; what the organisation writes itself is in Swedish only."""


@dataclass(frozen=True)
class Line:
    """A line that ships, with what the organisation says of it, or a contact of its own."""

    key: str
    group: str
    name: Words
    number: str | None
    url: str | None
    whom: Words
    trace: Words
    hours: Words
    languages: Words = field(default_factory=dict)
    shipped: content.HelpLine | None = None
    held: HelpCheck | HelpContact | None = None
    """The organisation's row, where it has one."""

    @property
    def tel(self) -> str | None:
        return content.dialled(self.number) if self.number else None

    @property
    def always(self) -> bool:
        return self.shipped is not None and self.shipped.always

    @property
    def is_hidden(self) -> bool:
        return isinstance(self.held, HelpCheck) and self.held.hidden_at is not None

    @property
    def holds_until(self) -> date | None:
        """The last day of its check; None where nobody has checked this very number."""
        if self.held is None or self.held.checked_on is None:
            return None
        if isinstance(self.held, HelpCheck) and self.held.checked_tel not in (None, self.tel or ""):
            return None
        return content.holds_until(self.held.checked_on)

    def is_fresh(self, on: date) -> bool:
        return self.holds_until is not None and on <= self.holds_until

    def is_shown(self, on: date) -> bool:
        """Whether it stands on a page in production."""
        return not self.is_hidden and (self.always or self.is_fresh(on))


@dataclass(frozen=True)
class Row:
    """A help line in one language, as it stands on a page. A text in another language is marked up as being so."""

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
    is_own: bool


# --- what there is ---------------------------------------------------------------------------------------------------


def lines(organisation: Organisation | None) -> list[Line]:
    """The lines that ship, in the order of help.yaml, then the organisation's own contacts, in the order they came.

    Without an organisation nothing is confirmed, and no query is made.
    """
    shipped = library.help_lines().values()
    if organisation is None:
        return [_of_ours(line, None) for line in shipped]
    checks = session.scalars(select(HelpCheck).where(HelpCheck.organisation_id == organisation.id))
    held = {check.key: check for check in checks}
    contacts = select(HelpContact).where(HelpContact.organisation_id == organisation.id).order_by(HelpContact.id)
    return [_of_ours(line, held.get(line.key)) for line in shipped] + list(map(of_theirs, session.scalars(contacts)))


def _of_ours(line: content.HelpLine, held: HelpCheck | None) -> Line:
    """The line that ships, with the organisation's own words where it has written any."""
    said = held or HelpCheck()
    whom, trace, hours = (
        {"sv": own} if own else shipped
        for own, shipped in ((said.whom, line.whom), (said.trace, line.trace), (said.hours, line.hours))
    )
    return Line(
        line.key, line.group, line.name, said.number or line.number, line.url, whom, trace, hours, line.languages,
        line, held,
    )  # fmt: skip


def of_theirs(contact: HelpContact) -> Line:
    """A contact as a line among the others."""
    whom, trace, hours = ({"sv": text} if text else {} for text in (contact.whom, contact.trace, contact.hours))
    return Line(
        f"{OWN_KEY}{contact.id}", contact.group, {"sv": contact.name}, contact.number, contact.url, whom, trace, hours,
        held=contact,
    )  # fmt: skip


def find(organisation: Organisation, key: str) -> Line | None:
    return next((line for line in lines(organisation) if line.key == key), None)


def alike(line: Line, among: Iterable[Line]) -> list[Line]:
    """The other lines with the same number: one of them may be mistyped."""
    return [other for other in among if line.tel and other.tel == line.tel and other.key != line.key]


# --- what is shown ---------------------------------------------------------------------------------------------------


def rows(language: str, on: date, organisation: Organisation | None = None) -> list[Row]:
    """The lines to show. In development the unconfirmed ones are shown too, marked."""
    everything = current_app.config["DEVELOPMENT"]
    shown = (each for each in lines(organisation) if each.is_shown(on) or (everything and not each.is_hidden))
    return [_row(line, language, on) for line in shown]


def by_group(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {group: [] for group in GROUPS}
    for row in rows:
        found[row.group].append(row)
    return found


def in_block(keys: Sequence[str], rows: Iterable[Row]) -> list[Row]:
    """What a course's help block shows: the lines it names and, after those of a group, the first own contact in it."""
    rows = list(rows)
    shipped = library.help_lines()
    groups = [shipped[key].group if key in shipped else "" for key in keys]
    found: list[Row] = []
    for number, (key, group) in enumerate(zip(keys, groups, strict=True)):
        found += [row for row in rows if row.key == key]
        if group not in groups[number + 1 :]:
            found += [row for row in rows if row.is_own and row.group == group][:1]
    return found


def _row(line: Line, language: str, on: date) -> Row:
    # A line that always holds is shown unchecked too, but then in the words that ship: nobody has read over HR's own.
    said = line.shipped if line.shipped and not line.is_fresh(on) else line
    return Row(
        line.key, line.group, _in(line.name, language), line.number, line.tel, line.url, _in(said.whom, language),
        _in(line.languages, language), _in(said.trace, language),
        hours=_in(line.hours, language) if line.is_fresh(on) else "",
        is_confirmed=line.is_shown(on),
        is_own=line.shipped is None,
    )  # fmt: skip


def _in(words: Words, language: str) -> str:
    if not words:
        return ""
    found, text = languages.pick(words, language)
    if found == language:
        return text
    return Markup('<span lang="{}" dir="{}">{}</span>').format(found, languages.direction(found), text)


# --- what lacks a check ----------------------------------------------------------------------------------------------


def stale(organisation: Organisation, on: date) -> list[Line]:
    """The lines that HR should check: those its pages lack in production, and those they soon will lack."""
    waiting = (line for line in lines(organisation) if not line.always and not line.is_hidden)
    return [line for line in waiting if not line.is_fresh(on + SOON)]


def unconfirmed(organisation: Organisation, on: date) -> list[str]:
    """The keys of the lines that ship and that its pages lack in production, since nobody there has checked them."""
    return [line.key for line in stale(organisation, on) if line.shipped and not line.is_fresh(on)]
