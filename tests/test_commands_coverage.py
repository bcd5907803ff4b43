"""flask coverage: the same figures as a table, as JSON and as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models import Completion, How, Revision, Unit
from tests.world import NOW, TODAY, World

COUNTS = ["in_scope", "completed", "absent", "expired", "within_time", "late", "unreached"]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def done(world: World, rows: Session) -> None:
    """Amina is done."""
    for revision in rows.scalars(select(Revision)):
        fact = Completion(person_id=world.amina.id, module_id=revision.module_id, revision_id=revision.id, how=How.LINK)
        fact.completed_at, fact.completed_on = NOW, TODAY
        rows.add(fact)
    rows.commit()


def output(app: Flask, *words: str, status: int = 0) -> str:
    answer = app.test_cli_runner().invoke(args=["coverage", "--organisation", "sundby", *words])
    assert answer.exit_code == status, answer.output
    return answer.output


def as_json(app: Flask, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(output(app, "--format", "json", *words))
    return found


def test_json_has_the_keys_that_are_promised(world: World, app: Flask, done: None) -> None:
    report = as_json(app)
    assert list(report) == ["organisation", "on", "rule", "total", "units", "apart"]
    assert (report["organisation"], report["on"]) == ("Sundby kommun", "2026-11-03")
    assert list(report["total"]) == COUNTS
    assert all(list(unit) == ["id", "name", "parent", *COUNTS] for unit in report["units"])
    assert [(each["name"], each["kind"]) for each in report["apart"]] == [
        ("Förtroendevalda", "elected"), ("Allmänheten", "public"),
    ]  # fmt: skip
    assert "Procent avrundas nedåt." in report["rule"]


def test_the_top_units_sum_to_the_total(world: World, app: Flask, done: None) -> None:
    report = as_json(app)
    tops = [unit for unit in report["units"] if unit["parent"] is None]
    assert {key: sum(unit[key] for unit in tops) for key in COUNTS} == report["total"]
    assert (report["total"]["in_scope"], report["total"]["completed"]) == (3, 1)


def test_an_earlier_day_is_counted_as_it_was(world: World, app: Flask, done: None) -> None:
    assert as_json(app, "--on", "2026-11-02")["total"]["completed"] == 0


def test_the_table_reads_as_it_is_written_everywhere(world: World, app: Flask, done: None) -> None:
    table = output(app)
    assert "Sundby kommun" in table
    assert "1 av 3 (33 %)" in table
    assert "    Hemtjänst Öster  " in table
    assert "Allmänheten" not in table.split("Vi räknar")[0]


def test_csv_keeps_a_spreadsheet_from_counting_a_name(world: World, app: Flask, rows: Session) -> None:
    rows.execute(update(Unit).where(Unit.id == world.school.id).values(name="=1+1"))
    rows.commit()
    lines = list(csv.DictReader(output(app, "--format", "csv").splitlines()))
    assert [line["name"] for line in lines if line["id"] == str(world.school.id)] == ["'=1+1"]
    assert sum(int(line["in_scope"]) for line in lines if not line["parent"] and line["kind"] == "staff") == 3


def test_a_campaign_is_chosen_by_number_or_name(world: World, app: Flask) -> None:
    for which in (str(world.campaign.id), "Hösten 2026"):
        assert as_json(app, "--campaign", which)["total"]["in_scope"] == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--campaign", "Våren"], "har ingen kursomgång 'Våren'"),
        (["--on", "i går"], "ingen dag"),
        (["--on", "2026-01-01"], "ingen kursomgång som pågår 2026-01-01"),
    ],
)
def test_what_cannot_be_counted_is_said_in_a_sentence(
    world: World, app: Flask, words: list[str], sentence: str
) -> None:
    assert sentence in output(app, *words, status=1)


def test_another_organisations_campaign_is_not_there(world: World, app: Flask) -> None:
    assert "har ingen kursomgång" in output(app, "--campaign", str(world.norrby_campaign.id), status=1)
