"""Units as paths, in Swedish order: all of them, those to choose from when registering, narrowed by what is typed."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from sqlalchemy import select

from app.db import session
from app.models import Organisation, Unit
from app.plain import order


def paths(organisation: Organisation) -> dict[int, str]:
    """Every unit, id → `Omsorg / Hemtjänst Öster`, sorted."""
    return _named(_lines(organisation))


def offered(organisation: Organisation, now: datetime) -> dict[int, str]:
    """The units to choose from when registering: not the hidden, the closed and all below."""
    return _named([line for line in _lines(organisation) if not any(_is_out(unit, now) for unit in line)])


def _lines(organisation: Organisation) -> list[list[Unit]]:
    """For each unit, the units from the top down to it."""
    units = session.scalars(select(Unit).where(Unit.organisation_id == organisation.id)).all()
    by_id = {unit.id: unit for unit in units}
    return [_line_of(unit, by_id) for unit in units]


def _line_of(unit: Unit, by_id: dict[int, Unit]) -> list[Unit]:
    line = [unit]
    while line[0].parent_id is not None:
        line.insert(0, by_id[line[0].parent_id])
    return line


def _named(lines: list[list[Unit]]) -> dict[int, str]:
    named = {line[-1].id: " / ".join(unit.name for unit in line) for line in lines}
    return dict(sorted(named.items(), key=lambda item: order(item[1])))


def _is_out(unit: Unit, now: datetime) -> bool:
    return any(at is not None and at <= now for at in (unit.hidden_at, unit.closed_at))


def narrowed(paths: dict[int, str], words: str) -> dict[int, str]:
    """The paths that contain every word, in any order, whether or not the dots over å, ä and ö were typed."""
    wanted = [plain(word) for word in words.split()]
    return {id: path for id, path in paths.items() if all(word in plain(path) for word in wanted)}


def plain(text: str) -> str:
    """The text in small letters without accents and dots."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))
