"""Reading what is held: each row in words, with what its keys point at by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, cast

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.sql.elements import KeyedColumnElement

from app import audit, units
from app.db import Model, session
from app.held.tables import TABLES, Table, Words
from app.held.words import WORDS
from app.languages import LANGUAGES, pick
from app.mail.need import Reason
from app.models import Campaign, Completion, Module, Organisation, Person, Revision

A_DAY = timedelta(days=1)
UP_TO_NOT_INCLUDING = ("ends_on", "employed_until")
"""Columns that hold the first day after; a person is told the last one."""

Value = str | int | date | datetime | None


@dataclass(frozen=True)
class Fact:
    """One thing that is known, as it is told: an instant or a day as it is, all else in words."""

    key: str
    label: Words
    value: Value


@dataclass(frozen=True)
class Section:
    """All rows of one table that are about the person, the latest first."""

    key: str
    title: Words
    rows: list[list[Fact]]


def extract(person: Person) -> list[Section]:
    """Everything that is held about the person, table by table, the empty ones too."""
    teller = _Teller(person)
    return [Section(table.key, table.title, teller.rows(table)) for table in TABLES]


def as_json(sections: list[Section]) -> str:
    """The same for a program to read: key → rows; days and instants as ISO 8601 writes them."""
    told = {each.key: [{fact.key: fact.value for fact in row} for row in each.rows] for each in sections}
    return json.dumps(told, ensure_ascii=False, indent=2, default=lambda moment: moment.isoformat())


class _Teller:
    """Tells one person, in their language."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.named: dict[str, Callable[[int], str]] = {
            "organisation": lambda id: session.get_one(Organisation, id).name,
            "unit": lambda id: self._paths[id],
            "person": self._somebody,
            "campaign": lambda id: session.get_one(Campaign, id).name,
            "module": self._module,
            "revision": lambda id: str(session.get_one(Revision, id).version),
            "completion": lambda id: session.get_one(Completion, id).completed_on.isoformat(),
        }

    def rows(self, table: Table) -> list[list[Fact]]:
        newest_first = [column.desc() for column in table.model.__table__.primary_key]
        found = session.scalars(select(table.model).where(table.mine(self.person)).order_by(*newest_first))
        return [[Fact(key, words, self.value(row, key)) for key, words in table.shown.items()] for row in found]

    def value(self, row: Model, key: str) -> Value:
        """What stands in a column, as it is told."""
        value, column = getattr(row, key), row.__table__.c[key]
        if value is None:
            return None
        if target := _target(column):
            return self.named[target](value)
        if isinstance(value, StrEnum):
            return str(WORDS[type(value)][value])
        if key in UP_TO_NOT_INCLUDING:
            return cast(date, value) - A_DAY
        return self._text(key, value) if isinstance(value, str) else cast(Value, value)

    def _text(self, key: str, value: str) -> str:
        """Keys that no column's type tells: a language, a page, why a mail did not go."""
        if key == "language":
            return LANGUAGES.get(value, value)
        if key == "page":
            return str(audit.PAGES.get(value, value))
        return str(WORDS[Reason].get(value, value)) if key == "reason" else value

    @cached_property
    def _paths(self) -> dict[int, str]:
        return units.paths(self.person.organisation)

    def _somebody(self, id: int) -> str:
        found = session.get_one(Person, id)
        return found.name or found.address or str(gettext("någon som inte finns kvar"))

    def _module(self, id: int) -> str:
        """By number: what is left open on a screen must not tell more than that a course was taken."""
        found = session.get_one(Module, id)
        course = pick(found.course.title, self.person.language)[1]
        return str(gettext("%(course)s, modul %(n)s", course=course, n=found.position))


def _target(column: KeyedColumnElement[Any]) -> str | None:
    """The table that the column points at."""
    return next((key.column.table.name for key in column.foreign_keys), None)
