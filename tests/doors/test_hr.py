"""HR's doors: in by a mailed link, out again, and the coverage of one's own organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import db, links, people
from app.models import (
    Campaign,
    CampaignUnit,
    Completion,
    Credential,
    CredentialKind,
    Enrolment,
    Heartbeat,
    How,
    LinkRequest,
    Origin,
    Person,
    RequestKind,
    Revision,
    Right,
    Role,
    Unit,
)  # fmt: skip
from app.models.credential import SIGN_IN_LIFE
from tests.page_rules import Browser
from tests.world import NOW, TODAY, World


@pytest.fixture(autouse=True)
def today() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as coordinates:
        yield coordinates


def way_in(person: Person) -> str:
    """The address in the sign-in mail."""
    with db.writing():
        found = Credential(
            person_id=person.id, kind=CredentialKind.SIGN_IN, created_at=NOW, expires_at=NOW + SIGN_IN_LIFE
        )
        db.session.add(found)
        db.session.commit()
    return f"/hr/in/{links.token(found)}"


def sign_in(client: Browser, person: Person) -> None:
    answer = client.submit(way_in(person))
    assert (answer.status_code, answer.location) == (303, "/hr")


def complete(rows: Session, person: Person, on: date = TODAY) -> None:
    """All modules, as the participant would have done them."""
    for revision in rows.scalars(select(Revision)):
        fact = Completion(person_id=person.id, module_id=revision.module_id, revision_id=revision.id, how=How.LINK)
        fact.completed_at, fact.completed_on = NOW, on
        rows.add(fact)
    rows.commit()


# --- in --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["asa@sundby.example", "amina@sundby.example", "ingen@annan.example"])
def test_asking_to_sign_in_answers_the_same_for_any_address(
    world: World, client: Browser, rows: Session, address: str
) -> None:
    answer = client.submit("/hr/logga-in", {"address": address})
    assert (answer.status_code, answer.location) == (303, "/hr/logga-in?skickat=1")
    assert "Titta i din mejl" in client.get(answer.location).text
    assert rows.scalars(select(LinkRequest.kind)).all() == [RequestKind.SIGN_IN]


@pytest.mark.parametrize(
    "address", ["", "ingen adress", "a@sundby.example\nBcc: b@c.example", "x" * 10_000, "a\0@b.se"]
)
def test_what_is_no_address_gets_a_sentence_at_the_field(
    world: World, client: Browser, rows: Session, address: str
) -> None:
    answer = client.submit("/hr/logga-in", {"address": address})
    assert answer.status_code == 422
    assert 'id="address-error"' in answer.text
    assert "<title>Fel:" in answer.text
    assert rows.scalars(select(LinkRequest)).all() == []


def test_opening_the_sign_in_link_spends_nothing(world: World, client: Browser, rows: Session) -> None:
    link = way_in(world.asa)
    assert client.get(link).status_code == client.head(link).status_code == 200
    assert client.get("/hr").location == "/hr/logga-in"
    assert rows.scalars(select(Credential.used_at).where(Credential.kind == CredentialKind.SIGN_IN)).one() is None


def test_a_sign_in_link_is_dead_once_used(world: World, client: Browser) -> None:
    link = way_in(world.asa)
    assert client.submit(link).status_code == 303
    assert client.get(link).status_code == 404
    assert "fungerar inte längre" in client.post(link, data=token(client)).text


def token(client: Browser) -> dict[str, str]:
    client.get("/hr/logga-in")
    assert client.page is not None
    return client.page.form(None).hidden


def test_a_sign_in_link_is_dead_after_a_quarter_of_an_hour(
    world: World, client: Browser, today: time_machine.Coordinates
) -> None:
    link = way_in(world.asa)
    today.move_to(NOW + timedelta(minutes=15))
    assert client.get(link).status_code == 404
    assert client.post(link, data=token(client)).status_code == 404
    assert client.get("/hr").status_code == 303


@pytest.mark.parametrize("change", [lambda link: link[:-3], lambda link: link + "x", lambda _link: "/hr/in/x"])
def test_a_cut_or_altered_sign_in_link_gets_one_page_that_offers_a_new_one(
    world: World, client: Browser, change: object
) -> None:
    answer = client.get(change(way_in(world.asa)))  # type: ignore[operator]
    assert answer.status_code == 404
    assert 'href="/hr/logga-in"' in answer.text


def test_one_whose_right_was_taken_back_does_not_come_in(world: World, client: Browser, rows: Session) -> None:
    link = way_in(world.asa)
    rows.execute(update(Right).values(ends_on=TODAY))
    rows.commit()
    assert client.submit(link).status_code == 404


def test_a_right_taken_back_closes_the_page_at_once(world: World, client: Browser, rows: Session) -> None:
    sign_in(client, world.asa)
    rows.execute(update(Right).values(ends_on=TODAY))
    rows.commit()
    assert client.get("/hr").status_code == 403


def test_a_right_ends_at_midnight_where_the_organisation_is(
    world: World, client: Browser, rows: Session, today: time_machine.Coordinates
) -> None:
    rows.execute(update(Right).values(ends_on=TODAY + timedelta(days=1)))
    rows.commit()
    today.move_to(NOW.replace(hour=22, minute=59))
    with db.writing():
        late = Credential(person_id=world.asa.id, kind=CredentialKind.SIGN_IN, created_at=NOW, expires_at=NOW + timedelta(1))
        db.session.add(late)
        db.session.commit()
    client.submit(f"/hr/in/{links.token(late)}")
    assert client.get("/hr").status_code == 200
    today.move_to(NOW.replace(hour=23, minute=1))
    assert client.get("/hr").status_code == 403


def test_one_who_has_left_has_no_right_left(world: World, client: Browser, rows: Session) -> None:
    sign_in(client, world.asa)
    rows.execute(update(Person).where(Person.id == world.asa.id).values(left_at=NOW))
    rows.commit()
    assert client.get("/hr").status_code == 403


def test_a_manager_is_not_hr(world: World, client: Browser, rows: Session) -> None:
    rows.add(Right(person_id=world.jonas.id, unit_id=world.west.id, role=Role.MANAGER, given_at=NOW))
    rows.commit()
    sign_in(client, world.jonas)
    assert client.get("/hr").status_code == 403


# --- out -------------------------------------------------------------------------------------------------------------


def test_signing_out_ends_every_session_of_the_person(world: World, client: Browser) -> None:
    other = client.application.test_client()
    assert isinstance(other, Browser)
    sign_in(client, world.asa)
    sign_in(other, world.asa)
    assert client.submit("/hr", action="/hr/logga-ut").location == "/hr/logga-in?ut=1"
    assert client.get("/hr").status_code == other.get("/hr").status_code == 303


@pytest.mark.parametrize(("minutes", "status"), [(19, 200), (21, 303)])
def test_a_session_ends_after_twenty_idle_minutes(
    world: World, client: Browser, today: time_machine.Coordinates, minutes: int, status: int
) -> None:
    sign_in(client, world.asa)
    today.move_to(NOW + timedelta(minutes=minutes))
    assert client.get("/hr").status_code == status


def test_a_session_ends_after_twelve_hours(world: World, client: Browser, today: time_machine.Coordinates) -> None:
    sign_in(client, world.asa)
    for quarter in range(1, 48):
        today.move_to(NOW + timedelta(minutes=15 * quarter))
        assert client.get("/hr").status_code == 200
    today.move_to(NOW + timedelta(hours=12, seconds=1))
    assert client.get("/hr").status_code == 303


def test_signing_in_and_out_leaves_a_participants_session_alone(world: World, client: Browser) -> None:
    with db.reading():
        link = world.link(world.amina)
    client.get(link)
    sign_in(client, world.asa)
    client.submit("/hr", action="/hr/logga-ut")
    assert client.get("/min-sida").status_code == 200


# --- the page --------------------------------------------------------------------------------------------------------


def test_the_page_says_how_many_are_done(world: World, client: Browser, rows: Session) -> None:
    complete(rows, world.amina)
    sign_in(client, world.asa)
    page = client.get("/hr").text
    assert "1 av 3 är klara (33 %)" in page
    assert "1 av 2 (50 %)" in page
    assert "Så räknar vi:" in page
    assert page.index("Omsorg") < page.index("Hemtjänst Väster") < page.index("Hemtjänst Öster") < page.index("Skola")


def test_the_page_looks_back_to_the_day_asked_for(world: World, client: Browser, rows: Session) -> None:
    complete(rows, world.amina, date(2026, 11, 2))
    sign_in(client, world.asa)
    assert "1 av 3 är klara" in client.get("/hr?dag=2026-11-02").text
    assert "0 av 3 är klara" in client.get("/hr?dag=2026-11-01").text


@pytest.mark.parametrize("day", ["igår", "2026-13-01", "2026-11-04", "0001-01-01", "9999-12-31", "x" * 10_000, "\0"])
def test_a_day_that_cannot_be_shown_gets_a_sentence_and_today(world: World, client: Browser, day: str) -> None:
    sign_in(client, world.asa)
    answer = client.get("/hr", query_string={"dag": day})
    assert answer.status_code == 422
    assert 'id="dag-error"' in answer.text
    assert "0 av 3 är klara" in answer.text


def test_a_day_before_any_campaign_says_that_none_was_running(world: World, client: Browser) -> None:
    sign_in(client, world.asa)
    assert "Ingen kursomgång pågår" in client.get("/hr?dag=2026-01-01").text


def test_those_counted_apart_are_shown_apart(world: World, client: Browser, rows: Session) -> None:
    public = Person(organisation_id=world.sundby.id, origin=Origin.PUBLIC, created_at=NOW)
    elected = Person(organisation_id=world.sundby.id, origin=Origin.LISTED, created_at=NOW)
    rows.add_all([public, elected])
    rows.flush()
    rows.add(Enrolment(person_id=public.id, campaign_id=world.campaign.id, enrolled_at=NOW))
    rows.commit()
    with db.writing():
        people.place(db.session.get_one(Person, elected.id), [people.Employment(world.elected.id, TODAY)])
        db.session.commit()
    sign_in(client, world.asa)
    page = client.get("/hr").text
    assert "0 av 3 är klara" in page
    staff, apart = page.split("Räknas för sig")
    assert "Allmänheten" in apart
    assert "Förtroendevalda" in apart
    assert ">Förtroendevalda<" not in staff


def test_those_waiting_to_be_accepted_are_a_number(world: World, client: Browser, rows: Session) -> None:
    rows.add(
        Person(
            organisation_id=world.sundby.id, origin=Origin.DECLARED, created_at=NOW, declared_unit_id=world.west.id,
            address="ny@sundby.example", address_key="ny@sundby.example",
        )
    )  # fmt: skip
    rows.commit()
    sign_in(client, world.asa)
    page = client.get("/hr").text
    assert "1 person har anmält sig själv" in page
    assert "ny@sundby.example" not in page


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(9, None), (11, "stått stilla i 11 minuter"), (150, "stått stilla i 2 timmar"), (None, "inte startat")],
)
def test_a_silent_worker_is_told_of(
    world: World, client: Browser, rows: Session, minutes: int | None, words: str | None
) -> None:
    if minutes is not None:
        rows.add(Heartbeat(name="worker", beat_at=NOW - timedelta(minutes=minutes)))
        rows.commit()
    sign_in(client, world.asa)
    page = client.get("/hr").text
    assert words in page if words else "Utskicken" not in page


def test_the_page_takes_as_many_queries_for_ten_units_as_for_fifty(
    world: World, client: Browser, rows: Session, queries: list[str]
) -> None:
    sign_in(client, world.asa)
    queries.clear()
    client.get("/hr")
    few = len(queries)
    rows.add_all(Unit(organisation_id=world.sundby.id, parent_id=world.care.id, name=f"Enhet {n}") for n in range(50))
    rows.commit()
    queries.clear()
    client.get("/hr")
    assert len(queries) == few <= 14


# --- the walls -------------------------------------------------------------------------------------------------------


def test_hr_of_norrby_sees_nothing_of_sundby(world: World, client: Browser, rows: Session) -> None:
    complete(rows, world.amina)
    sign_in(client, world.nils)
    page = client.get("/hr").text
    assert "Norrby kommun" in page
    assert "Sundby" not in page
    assert "0 av 1 är klara" in page
    assert client.get(f"/hr?omgang={world.campaign.id}").status_code == 404
    assert client.get("/hr?omgang=x").status_code == 404


def test_hr_of_one_unit_sees_that_unit_only(world: World, client: Browser, rows: Session) -> None:
    rows.add(Right(person_id=world.jonas.id, unit_id=world.care.id, role=Role.HR, given_at=NOW))
    rows.commit()
    sign_in(client, world.jonas)
    page = client.get("/hr").text
    assert "0 av 2 är klara" in page
    assert "Hemtjänst Öster" in page
    assert "Skola" not in page


def test_hr_chooses_among_several_campaigns(world: World, client: Browser, rows: Session) -> None:
    first = rows.get_one(Campaign, world.campaign.id)
    later = Campaign(
        organisation_id=world.sundby.id, course_id=first.course_id, name="Chefer först", starts_on=TODAY, due_days=30,
        days_between=7, created_at=NOW, units=[CampaignUnit(unit_id=world.elected.id)],
    )  # fmt: skip
    rows.add(later)
    rows.commit()
    sign_in(client, world.asa)
    assert "0 av 3 är klara" in client.get(f"/hr?omgang={first.id}").text
    assert "0 av 0 är klara" in client.get("/hr").text


def test_nobody_unknown_sees_the_page(world: World, client: FlaskClient) -> None:
    assert client.get("/hr").location == "/hr/logga-in"
    assert client.get("/hr?dag=2026-11-02").location == "/hr/logga-in"


def test_signing_out_is_a_press_and_not_a_visit(world: World, client: Browser) -> None:
    sign_in(client, world.asa)
    assert client.get("/hr/logga-ut").status_code == 405
    assert client.get("/hr").status_code == 200
