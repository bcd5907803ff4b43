"""The units that people choose from when they register: as paths, in Swedish order, narrowed by what is typed."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from sqlalchemy import select

from app.db import session
from app.models import Organisation, Unit


def paths(organisation: Organisation, now: datetime) -> dict[int, str]:
    """The units to choose from, id → `Omsorg / Hemtjänst Öster`, sorted; not the hidden, the closed and all below."""
    units = session.scalars(select(Unit).where(Unit.organisation_id == organisation.id)).all()
    by_id = {unit.id: unit for unit in units}
    paths: dict[int, str] = {}
    for unit in units:
        line = _line_of(unit, by_id)
        if not any(_is_out(each, now) for each in line):
            paths[unit.id] = " / ".join(each.name for each in line)
    return dict(sorted(paths.items(), key=lambda item: alphabetical(item[1])))


def _line_of(unit: Unit, by_id: dict[int, Unit]) -> list[Unit]:
    """The units from the top down to this one."""
    line = [unit]
    while line[0].parent_id is not None:
        line.insert(0, by_id[line[0].parent_id])
    return line


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


def alphabetical(text: str) -> str:
    """What Swedish words are sorted by: å, ä and ö come last, in that order."""
    return unicodedata.normalize("NFC", text).casefold().translate({ord("å"): "~a", ord("ä"): "~b", ord("ö"): "~c"})
