"""The participant's doors: from the link in the mail to a completed module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import db
from app.models import Campaign, Completion, Credential, Person, Revision, RevisionText, StepPost
from tests.page_rules import Browser
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def link(world: World) -> str:
    with db.reading():
        return world.link(world.amina)


@pytest.fixture
def inside(client: Browser, link: str) -> Browser:
    client.get(link)
    return client


def module(world: World, number: int) -> str:
    return f"/modul/{world.campaign.modules[number - 1].module_id}"


def read(browser: Browser, path: str, clock: time_machine.Traveller, **data: object) -> str | None:
    """Open the step, take the time it takes, and go on; where that led."""
    browser.get(path)
    assert browser.page is not None
    form = browser.page.form(None)
    clock.shift(5)
    return browser.post(path, data=form.hidden | data).location


def test_a_module_is_read_answered_and_completed(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    path = module(world, 1)
    assert inside.get(path).location == f"{path}/1"
    assert read(inside, f"{path}/1", clock) == f"{path}/2"
    assert read(inside, f"{path}/2", clock, svar="1") == f"{path}/2?svar=1"
    assert "Du kan vara den som börjar" in inside.get(f"{path}/2?svar=1").text
    assert read(inside, f"{path}/3", clock) == f"{path}/klar"
    assert "Klart. Tack för din tid." in inside.get(f"{path}/klar").text
    fact = rows.scalars(select(Completion)).one()
    assert (fact.person_id, fact.how, fact.completed_on.isoformat()) == (world.amina.id, "link", "2026-11-03")
    assert rows.scalar(select(func.count()).select_from(StepPost)) == 0, "nothing half-done is kept"


def test_a_scenario_has_ways_back_and_ends(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    path = module(world, 2)
    assert "Säga lugnt" in inside.get(f"{path}/1").text
    assert read(inside, f"{path}/1?plats=2", clock) is not None
    assert read(inside, f"{path}/2", clock, svar=["0", "1"]) == f"{path}/2?svar=0&svar=1"
    assert rows.scalars(select(Completion.module_id)).all() == [world.campaign.modules[1].module_id]


def test_opening_the_link_writes_nothing_and_uses_nothing_up(client: Browser, link: str, queries: list[str]) -> None:
    for _ in range(3):
        assert client.get(link).location == "/min-sida"
        assert client.head(link).location == "/min-sida"
    assert not [each for each in queries if not each.lstrip().upper().startswith("SELECT")]


def test_the_link_is_not_in_the_address_afterwards(client: Browser, link: str) -> None:
    assert link not in (client.get(link).location or "")
    assert client.get("/min-sida").headers["Cache-Control"] == "no-store"


def altered(link: str) -> str:
    """Another sign in the middle of the signature: of its last sign, base64 ignores two bits."""
    return link[:-9] + ("y" if link[-9] == "x" else "x") + link[-8:]


@pytest.mark.parametrize("mend", [lambda k: k[:-1], altered, lambda k: "/k/x", lambda k: k + "\0"])
def test_a_cut_or_altered_link_leads_to_a_page_that_offers_a_new_one(client: Browser, link: str, mend) -> None:  # type: ignore[no-untyped-def]
    response = client.get(mend(link), follow_redirects=True)
    assert "Länken fungerar inte längre" in response.text
    assert client.page is not None
    assert client.page.form(None)


def test_an_expired_or_revoked_link_leads_there_too(client: Browser, link: str, world: World, rows: Session) -> None:
    found = rows.scalars(select(Credential).where(Credential.person_id == world.amina.id)).one()
    found.revoked_at = NOW
    rows.commit()
    assert "Länken fungerar inte längre" in client.get(link, follow_redirects=True).text


def test_what_is_not_the_persons_own_is_not_there(inside: Browser, world: World) -> None:
    assert inside.get("/modul/9999").status_code == 404
    assert inside.get(f"{module(world, 1)}/99").location == f"{module(world, 1)}/1"


def test_a_step_out_of_order_leads_to_the_right_one(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    path = module(world, 1)
    assert inside.get(f"{path}/3").location == f"{path}/1"
    inside.get(f"{path}/1")
    assert inside.page is not None
    hidden = inside.page.form(None).hidden
    clock.shift(5)
    assert inside.post(f"{path}/3", data=hidden).location == f"{path}/1"
    assert rows.scalars(select(StepPost)).all() == []


@pytest.mark.parametrize("choice", [{}, {"svar": "7"}, {"svar": "-1"}, {"svar": "x"}, {"svar": ["0", "1"]}])
def test_no_choice_or_one_that_does_not_exist_keeps_the_page(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller, choice: dict[str, object]
) -> None:
    path = module(world, 1)
    read(inside, f"{path}/1", clock)
    response = inside.submit(f"{path}/2", choice)
    assert response.status_code == 422
    assert "Välj ett svar" in response.text
    assert len(rows.scalars(select(StepPost)).all()) == 1


def test_quicker_than_anybody_reads_gets_the_same_page_again(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    path = module(world, 1)
    response = inside.submit(f"{path}/1")
    assert "Läs i din takt" in response.text
    assert rows.scalars(select(StepPost)).all() == []
    assert inside.page is not None
    hidden = inside.page.form(None).hidden
    clock.shift(3)
    assert inside.post(f"{path}/1", data=hidden).location == f"{path}/2"


def test_a_made_up_time_is_no_time(inside: Browser, world: World, clock: time_machine.Traveller) -> None:
    path = module(world, 1)
    inside.get(f"{path}/1")
    clock.shift(60)
    assert inside.page is not None
    hidden = inside.page.form(None).hidden | {"visad": "1.x"}
    assert "Läs i din takt" in inside.post(f"{path}/1", data=hidden).text


def test_the_time_of_another_step_or_module_is_no_time(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    stamps = {}
    for path in (f"{module(world, 1)}/1", f"{module(world, 2)}/annat-satt", f"{module(world, 1)}/annat-satt"):
        inside.get(path)
        assert inside.page is not None
        stamps[path] = inside.page.forms[-1].hidden
    clock.shift(60)
    path = f"{module(world, 1)}/1"
    for other in stamps.keys() - {path}:
        assert "Läs i din takt" in inside.post(path, data=stamps[other]).text
    assert inside.post(path, data=stamps[path]).location == f"{module(world, 1)}/2"


def test_an_old_time_is_counted_from_the_step_before(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    path = module(world, 1)
    read(inside, f"{path}/1", clock)
    inside.get(f"{path}/2")
    assert inside.page is not None
    old = inside.page.form(None).hidden
    clock.shift(5)
    inside.post(f"{path}/2", data=old | {"svar": "0"})
    inside.get(f"{path}/3")
    old = inside.page.form(None).hidden
    rows.execute(update(StepPost).values(posted_at=NOW + timedelta(seconds=59)))
    clock.move_to(NOW + timedelta(seconds=60))
    assert "Läs i din takt" in inside.post(f"{path}/3", data=old).text


def test_a_module_of_a_closed_campaign_is_not_there(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    path = f"{module(world, 1)}/1"
    inside.get(path)
    assert inside.page is not None
    hidden = inside.page.form(None).hidden
    rows.get_one(Campaign, world.campaign.id).closed_at = NOW
    rows.commit()
    clock.shift(5)
    assert inside.post(path, data=hidden).status_code == inside.get(path).status_code == 404
    assert inside.get("/min-sida").status_code == 200


def test_a_completion_that_was_corrected_is_made_anew(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    path = f"{module(world, 1)}/annat-satt"
    read(inside, path, clock, vill="klar")
    fact = rows.scalars(select(Completion)).one()
    mended = {"person_id": fact.person_id, "module_id": fact.module_id, "revision_id": fact.revision_id}
    rows.add(Completion(**mended, completed_at=NOW, completed_on=NOW.date(), how="correction", corrects_id=fact.id))
    rows.commit()
    assert inside.get(f"{module(world, 1)}/klar").location == f"{module(world, 1)}/1"
    assert read(inside, path, clock, vill="klar") == f"{module(world, 1)}/klar"
    assert sorted(rows.scalars(select(Completion.how))) == ["correction", "link", "link"]


def test_pressing_twice_and_in_two_tabs_completes_once(
    app: Flask, link: str, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    path = module(world, 1)
    first, second = app.test_client(), app.test_client()
    for tab in (first, second):
        assert isinstance(tab, Browser)
        tab.get(link)
    assert isinstance(first, Browser)
    assert isinstance(second, Browser)
    read(first, f"{path}/1", clock)
    read(first, f"{path}/2", clock, svar="0")
    second.get(f"{path}/3")
    assert second.page is not None
    hidden = second.page.form(None).hidden
    read(first, f"{path}/3", clock)
    clock.shift(5)
    assert second.post(f"{path}/3", data=hidden).location == f"{path}/klar"
    assert second.post(f"{path}/3", data=hidden).location == f"{path}/klar"
    assert len(rows.scalars(select(Completion)).all()) == 1


def test_the_module_resumes_on_another_device(
    app: Flask, inside: Browser, link: str, world: World, clock: time_machine.Traveller
) -> None:
    path = module(world, 1)
    read(inside, f"{path}/1", clock)
    other = app.test_client()
    other.get(link)
    assert other.get(path).location == f"{path}/2"
    assert "Fortsätt på steg 2" in other.get("/min-sida").text


def test_a_step_page_costs_at_most_four_queries(
    inside: Browser, world: World, queries: list[str], clock: time_machine.Traveller
) -> None:
    path = module(world, 1)
    read(inside, f"{path}/1", clock)
    read(inside, f"{path}/2", clock, svar="0")
    for number in (1, 2, 3):
        inside.get(f"{path}/{number}")
        queries.clear()
        inside.get(f"{path}/{number}")
        assert len(queries) <= 4, queries


def test_another_way_writes_the_same_rows_as_for_anyone(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    path = f"{module(world, 1)}/annat-satt"
    assert inside.submit(path).status_code == 422, "nothing is chosen beforehand"
    assert "Läs i din takt" in inside.submit(path, {"vill": "klar"}).text
    assert read(inside, path, clock, vill="hela") == f"{module(world, 1)}/1"
    assert read(inside, path, clock, vill="klar") == f"{module(world, 1)}/klar"
    assert rows.scalars(select(Completion.how)).all() == ["link"]


def test_a_scanner_that_presses_every_button_completes_nothing(
    client: Browser, link: str, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    client.head(link)
    client.get(link)
    seen, waiting = set(), ["/min-sida", module(world, 1), module(world, 2)]
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 80 or path.startswith("/lamna"):
            continue
        seen.add(path)
        client.get(path, follow_redirects=True)
        assert client.page is not None
        page = client.page
        waiting += [href for each in page.all("a") if (href := each.get("href")) and href.startswith("/")]
        for form in page.forms:
            if "logga-ut" in (form.action or ""):
                continue  # It stays inside, so as to press all the rest.
            client.post(form.action or path, data={})
            client.post(form.action or path, data=form.hidden)
            for field in form.fields:
                if field.get("type") == "submit" and field.get("name"):
                    pressed = {str(field["name"]): field.get("value") or ""}
                    client.post(form.action or path, data=form.hidden | pressed)
    assert len(seen) > 5
    assert rows.scalars(select(Completion)).all() == []
    clock.shift(timedelta(days=30))
    client.get(link)
    path = module(world, 1)
    read(client, f"{path}/1", clock)
    read(client, f"{path}/2", clock, svar="0")
    assert read(client, f"{path}/3", clock) == f"{path}/klar"


def test_a_post_after_the_session_ended_keeps_the_choice(
    inside: Browser, link: str, world: World, clock: time_machine.Traveller
) -> None:
    path = module(world, 1)
    read(inside, f"{path}/1", clock)
    inside.get(f"{path}/2")
    assert inside.page is not None
    hidden = inside.page.form(None).hidden
    clock.shift(timedelta(hours=13))
    response = inside.post(f"{path}/2", data=hidden | {"svar": "0"})
    assert response.status_code == 403
    assert inside.page.form("/2").hidden["svar"] == "0"
    kept = inside.page.form("/2").hidden
    inside.get(link)
    assert inside.post(f"{path}/2", data=kept).location == f"{path}/2?svar=0"


def test_the_choice_of_another_way_is_kept_too(
    inside: Browser, link: str, world: World, clock: time_machine.Traveller
) -> None:
    path = f"{module(world, 1)}/annat-satt"
    inside.get(path)
    assert inside.page is not None
    hidden = inside.page.form(None).hidden
    clock.shift(timedelta(hours=13))
    inside.post(path, data=hidden | {"vill": "klar"})
    kept = inside.page.form("annat-satt").hidden
    inside.get(link)
    assert inside.post(path, data=kept).location == f"{module(world, 1)}/klar"


def test_a_post_with_no_cookie_at_all_keeps_the_choice_too(app: Flask, inside: Browser, link: str, world: World) -> None:
    stranger = app.test_client()
    assert isinstance(stranger, Browser)
    response = stranger.post(f"{module(world, 1)}/2", data={"svar": "0"})
    assert response.status_code == 403
    assert "Ditt val finns kvar" in response.text


def test_the_pages_say_whose_link_it_is_and_no_more(inside: Browser, world: World) -> None:
    page = inside.get("/min-sida").text
    assert "a•••@sundby.example" in page
    for secret in ("Amina", "Farah", "0102", "Hemtjänst"):
        assert secret not in page


def test_the_pages_do_not_say_when_somebody_was_done(
    inside: Browser, link: str, world: World, clock: time_machine.Traveller
) -> None:
    read(inside, f"{module(world, 1)}/annat-satt", clock, vill="klar")
    clock.shift(timedelta(days=1))
    inside.get(link)
    for path in ("/min-sida", f"{module(world, 1)}/klar"):
        assert "3 november" not in inside.get(path).text


def test_not_me_ends_the_session_and_notes_nothing(inside: Browser, rows: Session) -> None:
    assert inside.get("/inte-jag").location == "/ny-lank"
    assert inside.get("/min-sida").status_code == 403


def press(browser: Browser, path: str, clock: time_machine.Traveller, action: str, **data: str) -> TestResponse:
    """Open the page, take the time it takes to read, and press the button of the form with that action."""
    browser.get(path)
    assert browser.page is not None
    form = browser.page.form(action)
    clock.shift(5)
    return browser.post(form.action or path, data=form.hidden | data)


def test_mails_are_paused_and_resumed_without_a_reason(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    press(inside, "/min-sida", clock, "paus", paus="1")
    assert rows.get_one(Person, world.amina.id).paused_at == NOW + timedelta(seconds=5)
    press(inside, "/min-sida", clock, "paus", paus="0")
    rows.expire_all()
    assert rows.get_one(Person, world.amina.id).paused_at is None


def test_a_scanner_that_presses_at_once_neither_pauses_nor_changes_the_language(
    inside: Browser, world: World, rows: Session
) -> None:
    paused = inside.submit("/min-sida", {"paus": "1"}, action="paus")
    changed = inside.submit("/min-sida/sprak", {"sprak": "en"}, action="sprak")
    for answer in (paused, changed):
        assert "Läs i din takt" in inside.get(str(answer.location)).text
    person = rows.get_one(Person, world.amina.id)
    assert (person.paused_at, person.language) == (None, "sv")


def test_a_post_from_another_site_is_refused(inside: Browser, world: World) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        assert inside.submit("/min-sida", {"paus": "1"}, action="paus", headers=headers).status_code == 403


def test_answers_are_stored_nowhere(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller, queries: list[str]
) -> None:
    path = module(world, 1)
    read(inside, f"{path}/1", clock)
    queries.clear()
    read(inside, f"{path}/2", clock, svar="1")
    assert [each.split()[2] for each in queries if each.startswith("INSERT")] == ["step_post"]
    post = rows.scalars(select(StepPost).where(StepPost.step == "fraga")).one()
    assert {column.key for column in StepPost.__table__.columns} == {"person_id", "module_id", "step", "posted_at"}
    assert post.posted_at == NOW + timedelta(seconds=10)


def test_a_new_text_that_lost_the_step_that_was_left_can_still_be_completed(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    path = module(world, 1)
    read(inside, f"{path}/1", clock)
    read(inside, f"{path}/2", clock, svar="0")
    number = world.campaign.modules[0].module_id
    old = rows.scalars(select(RevisionText).join(Revision).where(Revision.module_id == number)).one()
    new = Revision(
        module_id=number, number=2, version=2, retake=False, minutes=3, published_at=NOW, media={}, digest="shorter"
    )
    source = old.source.split("## Att ta med sig")[0] + "\n::: help akut\n:::\n"
    new.texts.append(RevisionText(language="sv", title=old.title, source=source))
    rows.add(new)
    rows.commit()
    assert inside.get(path).location == f"{path}/2"
    assert "Fortsätt på steg 2" in inside.get("/min-sida").text
    assert "Läs i din takt" in inside.submit(f"{path}/2", {"svar": "0"}).text
    assert read(inside, f"{path}/2", clock, svar="0") == f"{path}/2?svar=0"
    assert inside.get(f"{path}/klar").status_code == 200
    assert len(rows.scalars(select(Completion)).all()) == 1


def test_a_module_to_be_retaken_leaves_the_others_done(
    inside: Browser, world: World, rows: Session, clock: time_machine.Traveller
) -> None:
    path = module(world, 1)
    read(inside, f"{path}/1", clock)
    read(inside, f"{path}/2", clock, svar="0")
    assert read(inside, f"{path}/3", clock) == f"{path}/klar"
    second = rows.scalars(select(Revision).where(Revision.module_id == world.campaign.modules[1].module_id)).one()
    second.version, second.retake = 2, True
    rows.flush()
    assert inside.get(f"{path}/klar").status_code == 200
