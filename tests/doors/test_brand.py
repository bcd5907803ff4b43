"""The organisation's colour and logo: set by HR, seen by its participants, and telling nobody anything."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import db
from app.models import Logo, Organisation, Right
from app.views.hr.look import LARGEST_FORM
from tests.doors.test_hr import sign_in
from tests.page_rules import Browser
from tests.test_logos import SVG, png
from tests.world import NOW, World

DRAWN = SVG.format('<path d="M0 0L9 9" fill="#0a3d62"/>').encode()
"""Twice as wide as high: with the name in it."""


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hr(client: Browser, world: World) -> Browser:
    sign_in(client, world.asa)
    return client


def save(hr: Browser, **data: object):  # type: ignore[no-untyped-def]
    files = {name: (BytesIO(given), "vald.svg") for name, given in data.items() if isinstance(given, bytes)}
    return hr.submit("/hr/utseende", data | files, action=None, content_type="multipart/form-data")


def sheet_of(page: str) -> str:
    return page.split('rel="stylesheet" href="')[1].split('"')[0]


def participant(app: Flask, world: World) -> Browser:
    browser = app.test_client()
    assert isinstance(browser, Browser)
    with db.reading():
        browser.get(world.link(world.amina))
    return browser


def test_the_colour_becomes_one_style_sheet_in_place_of_ours(hr: Browser, app: Flask, world: World) -> None:
    before = participant(app, world).get("/min-sida").text
    with app.test_client().get(sheet_of(before)) as answer:
        ours = answer.text
    assert sheet_of(before).startswith("/static/")
    assert save(hr, colour="#C2410C", officer="").location == "/hr/utseende?sparat=1"
    after = participant(app, world).get("/min-sida").text
    assert sheet_of(after).endswith("/c2410c.css")
    assert after.count('rel="stylesheet"') == before.count('rel="stylesheet"') == 1
    assert sheet_of(participant(app, world).get(f"/modul/{world.campaign.modules[0].module_id}/1").text) == sheet_of(after)
    style = app.test_client().get(sheet_of(after))
    assert style.mimetype == "text/css"
    assert style.text.endswith(":root { --brand: #c2410c; }\n")
    assert style.text.removesuffix(":root { --brand: #c2410c; }\n") == ours


def test_the_style_sheet_is_small_kept_for_a_year_and_asks_no_database(
    hr: Browser, app: Flask, world: World, queries: list[str]
) -> None:
    save(hr, colour="#0a5c36", officer="")
    address = sheet_of(hr.get("/hr/utseende").text)
    queries.clear()
    answer = app.test_client().get(address, headers={"Accept-Encoding": "gzip"})
    assert queries == []
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert len(answer.data) <= 11_000
    assert gzip.decompress(answer.data).endswith(b"--brand: #0a5c36; }\n")
    again = app.test_client().get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_address_of_yesterday_leads_to_the_style_sheet_of_today(client: Browser) -> None:
    old = client.get("/stil/gammal/0a5c36.css")
    assert old.status_code == 302
    assert client.get(old.location).status_code == 200
    for odd in ("0a5c3", "0A5C36", "zzzzzz", "0a5c36;}"):
        assert client.get(f"/stil/gammal/{odd}.css").status_code == 404


def test_the_logo_stands_where_there_is_room_and_not_on_a_step(hr: Browser, app: Flask, world: World) -> None:
    assert save(hr, logo=DRAWN, officer="").status_code == 303
    browser = participant(app, world)
    step = f"/modul/{world.campaign.modules[0].module_id}/1"
    assert '<img src="/logga/' not in browser.get(step).text
    assert "Sundby kommun" in browser.get(step).text
    for path in ("/min-sida", "/stod?organisation=sundby"):
        assert '<img src="/logga/' in browser.get(path).text, path
    assert 'alt="Sundby kommun"' in browser.get("/min-sida").text


def test_beside_a_narrow_logo_stands_the_name(hr: Browser, app: Flask, world: World) -> None:
    save(hr, logo=png(100, 80), officer="")
    page = participant(app, world).get("/min-sida").text
    assert 'width="100" height="80" alt=""' in page
    assert "<bdi>Sundby kommun</bdi>" in page


def test_the_logo_is_a_picture_and_nothing_else_under_an_address_that_says_nothing(
    hr: Browser, app: Flask, world: World, rows: Session
) -> None:
    save(hr, logo=DRAWN, officer="")
    digest = rows.scalars(select(Logo.digest)).one()
    answer = app.test_client().get(f"/logga/{digest}", headers={"Accept-Encoding": "gzip"})
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert b"#0a3d62" in gzip.decompress(answer.data)
    for odd in ("x" * 32, digest[:-1], digest.upper() + "0"):
        assert app.test_client().get(f"/logga/{odd}").status_code == 404


def test_a_new_logo_takes_the_place_of_the_old_and_can_be_taken_down(hr: Browser, world: World, rows: Session) -> None:
    save(hr, logo=DRAWN, officer="")
    save(hr, logo=png(100, 80), officer="")
    assert [(each.media_type, each.width) for each in rows.scalars(select(Logo))] == [("image/png", 100)]
    save(hr, officer="")
    assert rows.scalars(select(Logo)).one(), "left alone where no file is sent"
    save(hr, without_logo="y", officer="")
    assert rows.scalars(select(Logo)).all() == []


def test_a_colour_can_be_looked_at_before_it_is_saved(hr: Browser, world: World, rows: Session) -> None:
    tried = save(hr, colour="ffcc00", officer="", visa="1")
    assert tried.location == "/hr/utseende?farg=%23ffcc00"
    page = hr.get(tried.location).text
    assert "Inget är sparat än" in page
    assert "mörkare eller lugnare än den ni valde" in page
    assert "Kontrasten är 6,9 till 1" in page
    assert rows.scalars(select(Organisation.brand)).all() == [None, None]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"colour": "blå"}, "sex tecken"),
        ({"logo": b"%PDF"}, "ingen bild"),
        ({"logo": bytes(100_001)}, "högst 100 kB"),
        ({"officer": "ingen adress"}, "dataskydd@kommunen.se"),
    ],
)
def test_what_cannot_be_used_keeps_the_page_and_saves_nothing(
    hr: Browser, world: World, rows: Session, typed: dict[str, object], sentence: str
) -> None:
    answer = save(hr, **({"colour": "#0a5c36", "officer": "ombud@sundby.example"} | typed))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<title>Fel:" in answer.text
    sundby = rows.get_one(Organisation, world.sundby.id)
    assert (sundby.brand, sundby.logo, sundby.data_protection) == (None, None, None)


@pytest.mark.parametrize(("size", "status"), [(LARGEST_FORM, 413), (LARGEST_FORM // 2, 422)])
def test_a_file_over_the_limit_gets_a_page(hr: Browser, size: int, status: int) -> None:
    assert save(hr, logo=bytes(size), officer="").status_code == status


def test_other_doors_take_no_files(hr: Browser) -> None:
    assert hr.post("/hr/logga-ut", data={"x": "x" * 70_000}).status_code == 413


def test_where_the_data_protection_officer_is_reached_is_kept(hr: Browser, world: World, rows: Session) -> None:
    save(hr, officer=" Ombud@Sundby.Example ")
    assert rows.get_one(Organisation, world.sundby.id).data_protection == "Ombud@sundby.example"


def test_one_organisations_look_is_not_anothers(hr: Browser, world: World, rows: Session) -> None:
    save(hr, colour="#0a5c36", logo=DRAWN, officer="ombud@sundby.example")
    norrby = rows.get_one(Organisation, world.norrby.id)
    assert (norrby.brand, norrby.logo, norrby.data_protection) == (None, None, None)


def test_who_is_hr_over_one_unit_does_not_change_what_is_everybodys(hr: Browser, world: World, rows: Session) -> None:
    rows.execute(update(Right).where(Right.person_id == world.asa.id).values(unit_id=world.school.id))
    assert hr.get("/hr/utseende").status_code == 403
    assert hr.post("/hr/utseende").status_code in (400, 403)
    assert rows.get_one(Organisation, world.sundby.id).brand is None


def test_an_operator_sets_the_look_by_command(app: Flask, world: World, rows: Session, tmp_path: Path) -> None:
    file = tmp_path / "logga.svg"
    file.write_bytes(DRAWN)

    def run(*words: str):  # type: ignore[no-untyped-def]
        return app.test_cli_runner().invoke(args=["organisation", "look", "sundby", *words])

    answer = run("--brand", "#0A5C36", "--logo", str(file), "--data-protection", "ombud@sundby.example")
    assert "färg #0a5c36, logga image/svg+xml, dataskyddsombud ombud@sundby.example" in answer.output
    file.write_bytes(b"")
    assert "färg vår egen, logga ingen, dataskyddsombud inget" in run(
        "--brand", "", "--logo", str(file), "--data-protection", ""
    ).output
    wrong = run("--brand", "grön")
    assert (wrong.exit_code, "sex tecken" in wrong.output) == (1, True)


def test_an_organisations_name_does_not_tell_what_the_course_is_about(app: Flask, rows: Session) -> None:
    def add(name: str, slug: str):  # type: ignore[no-untyped-def]
        words = ["organisation", "add", name, "--slug", slug, "--domain", "a.example", "--hr", "hr@a.example"]
        return app.test_cli_runner().invoke(args=words)

    assert "ert eget namn" in add("Sundby fri från våld", "sundby").output
    assert add("Valdemarsviks kommun", "valdemarsvik").exit_code == 0
    assert rows.scalars(select(Organisation.name)).all() == ["Valdemarsviks kommun"]
