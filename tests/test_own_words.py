"""An organisation's own words in the course, and the help lines it has checked itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db, library
from app.models import LocalText, RevisionText
from tests.page_rules import Browser
from tests.world import NOW, World

STEP = "\n## Det egna {#eget}\n\n::: local rutin\nPrata med din chef.\n:::\n"


@pytest.fixture
def course(world: World, rows: Session) -> World:
    """The small course with a local block in a step of its own, last in the first module."""
    text = rows.scalars(select(RevisionText).where(RevisionText.title == "Första stunden")).one()
    text.source += STEP
    text.revision.digest = "ett, with a local block"
    rows.commit()
    return world


def step(client: Browser, world: World) -> str:
    """The page of the local block for Amina, who has done the module another way."""
    module = f"/modul/{world.campaign.modules[0].module_id}"
    with time_machine.travel(NOW, tick=False) as clock:
        with db.reading():
            client.get(world.link(world.amina))
        client.get(f"{module}/annat-satt")
        assert client.page is not None
        hidden = client.page.form(None).hidden
        clock.shift(5)
        client.post(f"{module}/annat-satt", data=hidden | {"vill": "klar"})
        return client.get(f"{module}/4").text


def test_the_organisations_own_words_stand_in_place_of_the_courses(
    app: Flask, client: Browser, course: World, tmp_path: Path
) -> None:
    assert "Prata med din chef." in step(client, course)
    words = tmp_path / "rutin.md"
    words.write_text("Ring **Lena** på HR.", encoding="utf-8")
    told = app.test_cli_runner().invoke(args=["organisation", "text", "rutin", str(words), "--organisation", "sundby"])
    assert told.exit_code == 0, told.output
    page = step(client, course)
    assert "Ring <strong>Lena</strong> på HR." in page
    assert "Prata med din chef." not in page


def test_another_organisations_words_are_not_shown(app: Flask, client: Browser, course: World, tmp_path: Path) -> None:
    words = tmp_path / "rutin.md"
    words.write_text("Ring Norrby.", encoding="utf-8")
    app.test_cli_runner().invoke(args=["organisation", "text", "rutin", str(words), "--organisation", "norrby"])
    assert "Ring Norrby" not in step(client, course)


def test_words_that_cannot_be_shown_are_refused_with_the_line(app: Flask, course: World, tmp_path: Path, rows: Session) -> None:
    words = tmp_path / "rutin.md"
    words.write_text("Hej\n\n<script>alert(1)</script>\n", encoding="utf-8")
    told = app.test_cli_runner().invoke(args=["organisation", "text", "rutin", str(words), "--organisation", "sundby"])
    assert told.exit_code == 1
    assert ":3:" in told.output
    words.write_bytes("Räksmörgås".encode("cp1252"))
    told = app.test_cli_runner().invoke(args=["organisation", "text", "rutin", str(words), "--organisation", "sundby"])
    assert told.exit_code == 1
    assert "inte UTF-8" in told.output
    assert rows.scalars(select(LocalText)).all() == []


def test_a_checked_help_line_is_shown_and_an_unknown_one_refused(app: Flask, client: Browser, world: World) -> None:
    run = app.test_cli_runner()
    assert "020-555 666" not in client.get("/stod?organisation=sundby").text
    confirmed = run.invoke(args=["organisation", "confirm-help", "valj-att-sluta", "--organisation", "sundby"])
    assert confirmed.exit_code == 0, confirmed.output
    assert "020-555 666" in client.get("/stod?organisation=sundby").text
    assert "020-555 666" not in client.get("/stod?organisation=norrby").text
    refused = run.invoke(args=["organisation", "confirm-help", "finns-inte", "--organisation", "sundby"])
    assert refused.exit_code == 1
    assert "valj-att-sluta" in refused.output


def test_starting_a_campaign_says_which_lines_nobody_has_checked(app: Flask, world: World) -> None:
    run = app.test_cli_runner()
    said = run.invoke(args=["campaign", "start", "liten", "--organisation", "sundby", "--name", "Ett"]).output
    assert "valj-att-sluta" in said
    assert "kvinnofridslinjen" not in said, "which always holds"
    run.invoke(args=["organisation", "confirm-help", *library.help_lines(), "--organisation", "sundby"])
    said = run.invoke(args=["campaign", "start", "liten", "--organisation", "sundby", "--name", "Två"]).output
    assert "hjälprader" not in said


def test_what_ships_shows_only_the_four_until_somebody_has_checked(client: Browser, world: World) -> None:
    page = client.get("/stod").text
    shown = {line.key for line in library.help_lines().values() if line.number and line.number in page}
    assert shown == {"akut", "polisen", "kvinnofridslinjen", "bris"}
