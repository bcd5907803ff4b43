"""The units to choose from when registering: as paths, in Swedish order, and easy to find."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app import db, units
from app.models import Organisation, Unit
from tests.world import NOW, World


def paths(world: World, words: str = "") -> list[str]:
    with db.reading():
        organisation = db.session.get_one(Organisation, world.sundby.id)
        return list(units.narrowed(units.offered(organisation, NOW), words).values())


def test_units_are_paths_in_swedish_order(world: World, rows: Session) -> None:
    rows.add_all(Unit(organisation_id=world.sundby.id, name=name) for name in ("Ö", "Å", "Ä", "Zoo"))
    rows.commit()
    assert paths(world) == [
        "Förtroendevalda", "Omsorg", "Omsorg / Hemtjänst Väster", "Omsorg / Hemtjänst Öster", "Skola", "Zoo", "Å", "Ä",
        "Ö",
    ]  # fmt: skip


@pytest.mark.parametrize("column", ["hidden_at", "closed_at"])
def test_a_unit_that_is_hidden_or_closed_is_not_offered_nor_what_is_below_it(
    world: World, rows: Session, column: str
) -> None:
    setattr(rows.get_one(Unit, world.care.id), column, NOW)
    rows.commit()
    assert paths(world) == ["Förtroendevalda", "Skola"]


@pytest.mark.parametrize("words", ["hemtjanst oster", "ÖSTER", "Ost hem", "omsorg öster", " o\u0308ster "])
def test_units_are_found_with_and_without_dots_and_in_any_order(world: World, words: str) -> None:
    assert paths(world, words) == ["Omsorg / Hemtjänst Öster"]


def test_words_that_no_unit_has_find_none(world: World) -> None:
    assert paths(world, "brandkår") == []
