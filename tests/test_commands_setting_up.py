"""From nothing to a running campaign, by the commands an operator has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models import Campaign, Course, Organisation, Person, Right, Role, Unit, UnitKind
from tests.world import NOW, TODAY, World

LIST = """\
number,name,email,unit,manager,from,to
0001,Eva Lund,eva@lillby.example,Omsorg / Hemtjänst,,2020-01-01,
0002,Ali Omar,ali@lillby.example,Omsorg / Hemtjänst,0001,2020-01-01,2027-12-31
0003,Bo Ek,,Fullmäktige,,2023-01-01,
"""


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


@pytest.fixture
def lillby(app: Flask, tmp_path: Path) -> Path:
    """Lillby kommun with its HR, and the list that it has."""
    added = run(
        app, "organisation", "add", "Lillby kommun", "--slug", "lillby", "--domain", "Lillby.example",
        "--domain", "skola.lillby.example", "--hr", "hr@lillby.example",
    )  # fmt: skip
    assert added.exit_code == 0, added.output
    path = tmp_path / "personer.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_an_organisation_begins_with_its_domains_and_one_in_hr(app: Flask, lillby: Path, rows: Session) -> None:
    made = rows.scalars(select(Organisation)).one()
    assert [each.name for each in made.domains] == ["lillby.example", "skola.lillby.example"]
    hr = rows.scalars(select(Person)).one()
    assert (hr.address, [(right.role, right.unit_id) for right in hr.rights]) == (
        "hr@lillby.example",
        [(Role.HR, None)],
    )


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--slug", "Ny by", "små bokstäver"),
        ("--slug", "lillby", "finns redan"),
        ("--slug", "x" * 10_000, "högst 50"),
        ("--hr", "ingen adress", "ingen mejladress"),
        ("--hr", "a@b.example\nBcc: c@d.example", "radbrytning"),
        ("--domain", "inte en domän", "ingen domän"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence_and_nothing_is_kept(
    app: Flask, lillby: Path, rows: Session, option: str, value: str, sentence: str
) -> None:
    options = {"--slug": "nyby", "--domain": "nyby.example", "--hr": "hr@nyby.example"} | {option: value}
    answer = run(app, "organisation", "add", "Nyby", *(word for pair in options.items() for word in pair))
    assert answer.exit_code == 1
    assert sentence in answer.output
    assert rows.scalar(select(func.count()).select_from(Organisation)) == 1


@pytest.mark.parametrize("name", ["", "  ", "A\0B", "A\u202eB", "A" * 10_000])
def test_a_name_that_cannot_be_used_is_said_in_a_sentence(app: Flask, name: str) -> None:
    answer = run(app, "organisation", "add", name, "--slug", "a", "--domain", "a.example", "--hr", "a@a.example")
    assert (answer.exit_code, answer.output.startswith("Error: Namnet ")) == (1, True)


def test_the_list_is_taken_in_and_the_same_list_again_changes_nothing(app: Flask, lillby: Path, rows: Session) -> None:
    assert run(app, "people", "add", str(lillby), "--organisation", "lillby").output.startswith("3 nya, 0 ändrade")
    again = run(app, "people", "add", str(lillby), "--organisation", "lillby")
    assert again.output.startswith("0 nya, 0 ändrade, 3 oförändrade")
    manager = rows.scalars(select(Right).where(Right.role == Role.MANAGER)).one()
    assert (manager.person.name, rows.get_one(Unit, manager.unit_id).name) == ("Eva Lund", "Hemtjänst")


def test_a_list_with_faults_tells_them_all_and_saves_nothing(app: Flask, lillby: Path, rows: Session) -> None:
    lillby.write_text(LIST + "0004,,x,Omsorg,9,2026-10-01,\n0005,A,,Omsorg,,i dag,\n", encoding="utf-8")
    answer = run(app, "people", "add", str(lillby), "--organisation", "lillby")
    assert answer.exit_code == 1
    assert [line[:12] for line in answer.output.splitlines()[:3]] == ["rad 5, name:", "rad 5, email", "rad 6, from:"]
    assert "3 fel. Inget är sparat." in answer.output
    assert rows.scalar(select(func.count()).select_from(Unit)) == 0


def test_an_unknown_organisation_is_told_with_those_there_are(app: Flask, lillby: Path) -> None:
    answer = run(app, "people", "add", str(lillby), "--organisation", "storby")
    assert answer.exit_code == 1
    assert "Det finns ingen organisation med kortnamnet storby. De som finns: lillby." in answer.output


# --- units -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def listed(app: Flask, lillby: Path) -> None:
    assert run(app, "people", "add", str(lillby), "--organisation", "lillby").exit_code == 0


def test_a_top_unit_is_marked_and_listed(app: Flask, listed: None, rows: Session) -> None:
    assert run(app, "units", "mark", "Fullmäktige", "elected", "--organisation", "lillby").exit_code == 0
    assert run(app, "units", "hide", "Omsorg / Hemtjänst", "--organisation", "lillby").exit_code == 0
    lines = [line.split("\t")[1:] for line in run(app, "units", "list", "--organisation", "lillby").output.splitlines()]
    assert lines == [
        ["elected", "Fullmäktige"], ["staff", "Omsorg"], ["staff", "Omsorg / Hemtjänst, går inte att välja"],
    ]  # fmt: skip
    assert rows.scalars(select(Unit.kind).where(Unit.name == "Fullmäktige")).one() == UnitKind.ELECTED


@pytest.mark.parametrize(
    ("path", "sentence"),
    [("Omsorg / Natt", "har ingen enhet"), ("Omsorg / Hemtjänst", "Märk enheten överst"), ("", "ingen enhet")],
)
def test_a_unit_that_cannot_be_marked_is_said_in_a_sentence(app: Flask, listed: None, path: str, sentence: str) -> None:
    answer = run(app, "units", "mark", path, "company", "--organisation", "lillby")
    assert answer.exit_code == 1
    assert sentence in answer.output


# --- campaigns -------------------------------------------------------------------------------------------------------


def test_a_campaign_starts_today_for_the_whole_organisation_with_the_modules_of_now(
    world: World, app: Flask, rows: Session
) -> None:
    answer = run(app, "campaign", "start", "liten", "--organisation", "sundby", "--due", "45")
    assert answer.exit_code == 0, answer.output
    made = rows.scalars(select(Campaign).where(Campaign.name == "Liten kurs 2026")).one()
    assert (made.starts_on, made.due_days, made.days_between, len(made.modules)) == (TODAY, 45, 7, 2)
    assert made.units == []


def test_a_campaign_may_have_a_name_and_a_day_of_its_own(world: World, app: Flask, rows: Session) -> None:
    words = ["--organisation", "sundby", "--name", "Chefer först", "--from", "2026-12-01"]
    assert run(app, "campaign", "start", "liten", *words).exit_code == 0
    assert rows.scalars(select(Campaign.starts_on).where(Campaign.name == "Chefer först")).one() == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["okand", "--organisation", "sundby"], "Det finns ingen kurs okand. De som finns: liten."),
        (["liten", "--organisation", "storby"], "ingen organisation"),
        (["liten", "--organisation", "sundby", "--name", "Hösten 2026"], "finns redan en kursomgång"),
        (["liten", "--organisation", "sundby", "--from", "i morgon"], "ingen dag"),
        (["liten", "--organisation", "sundby", "--due", "0"], "mellan 1 och"),
    ],
)
def test_a_campaign_that_cannot_start_says_why(
    world: World, app: Flask, rows: Session, words: list[str], sentence: str
) -> None:
    answer = run(app, "campaign", "start", *words)
    assert answer.exit_code == 1
    assert sentence in answer.output
    assert rows.scalar(select(func.count()).select_from(Campaign)) == 2


def test_a_course_that_is_not_published_does_not_start(world: World, app: Flask, rows: Session) -> None:
    rows.execute(update(Course).values(published_at=None))
    rows.commit()
    assert "är inte publicerad" in run(app, "campaign", "start", "liten", "--organisation", "sundby").output


def test_a_campaign_for_nobody_does_not_start(world: World, app: Flask, lillby: Path) -> None:
    assert "flask people add" in run(app, "campaign", "start", "liten", "--organisation", "lillby").output
