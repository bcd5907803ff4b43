"""What is held about a person: all of it, in words, and nothing about anybody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import Enum, Table
from sqlalchemy.orm import Session

from app import audit, db, held, links
from app.db import Model
from app.held.words import WORDS
from app.mail.need import Reason
from app.models import (
    Absence,
    AccessibilityReport,
    Answer,
    AskedFor,
    Completion,
    Delivery,
    DeliveryKind,
    Exemption,
    HelpCheck,
    HelpContact,
    HelpGroup,
    How,
    LinkRequest,
    Look,
    Person,
    PersonRequest,
    Placement,
    RequestKind,
    Revision,
    Right,
    Role,
    StepPost,
)
from tests.mail import post
from tests.world import NOW, START, TODAY, World

DAY = timedelta(days=1)


def about_people() -> set[Table]:
    """The tables from whose rows one comes to a person: by references, or by the form in which addresses are compared."""
    tables = set(Model.metadata.tables.values())
    found = {table for table in tables if table.name == "person" or "address_key" in table.c}
    while more := {each for each in tables - found if any(key.column.table in found for key in each.foreign_keys)}:
        found |= more
    return found


def shown() -> set[str]:
    return {f"{table.model.__tablename__}.{column}" for table in held.TABLES for column in table.shown}


def to_people(table: Table) -> Iterator[str]:
    """The columns by which a row names a person."""
    for column in table.c:
        if any(key.column.table.name == "person" for key in column.foreign_keys):
            yield f"{table.name}.{column.name}"


def test_every_column_about_a_person_is_shown_or_left_out_with_a_reason() -> None:
    left_out = set().union(*held.LEFT_OUT.values())
    there = {f"{table.name}.{column.name}" for table in about_people() for column in table.c}
    assert there - shown() - left_out == set(), "show it in held/tables.py, or say there why not"
    assert (shown() | left_out) - there == set(), "what is gone need not be listed"


def test_a_column_is_left_out_and_shown_only_where_it_names_somebody_else_too() -> None:
    for why, columns in held.LEFT_OUT.items():
        assert len(held.WHY_NOT[why]) > 20
        if why != "others":
            assert columns & shown() == set(), why


def test_every_way_to_a_person_is_followed_or_left_out() -> None:
    """A row that names a person in two columns is theirs by each, or the other says why not."""
    left_out = {column for why in ("you", "others") for column in held.LEFT_OUT[why]}
    assert {column for table in about_people() for column in to_people(table)} == left_out


def test_every_key_has_words() -> None:
    for table in held.TABLES:
        for name in table.shown:
            kind = table.model.__table__.c[name].type
            if isinstance(kind, Enum):
                assert kind.enum_class is not None
                assert issubclass(kind.enum_class, StrEnum)
                assert WORDS[kind.enum_class].keys() == set(kind.enum_class), name
    assert WORDS[Reason].keys() == set(Reason)


# --- a person with one row of everything -----------------------------------------------------------------------------


@pytest.fixture
def full(world: World, rows: Session) -> World:
    """Amina, about whom there is something of each kind, each with a sentence or a day of its own."""
    amina, asa = world.amina.id, world.asa.id
    for kind in (DeliveryKind.CONFIRM, DeliveryKind.INVITATION):
        post.queue(world, kind)
    revision = rows.query(Revision).first()
    assert revision is not None
    request = LinkRequest(
        kind=RequestKind.REGISTER, organisation_id=world.sundby.id, address="Amina@sundby.example",
        address_key="amina@sundby.example", language="en", requested_at=NOW - 40 * DAY, key="a-key-of-a-request",
    )  # fmt: skip
    check = HelpCheck(organisation_id=world.sundby.id, key="valj-att-sluta", checked_on=TODAY, checked_by_id=amina)
    contact = HelpContact(
        organisation_id=world.sundby.id, group=HelpGroup.WORK, name="HR-linjen", number="0278-1", whom="alla",
        checked_on=TODAY, checked_by_id=amina,
    )  # fmt: skip
    report = AccessibilityReport(
        organisation_id=world.sundby.id, about="fault", what="Bilden saknar text", contact="AMINA@sundby.example",
        language="sv", sent_at=NOW, answer_by=TODAY + 14 * DAY,
    )  # fmt: skip
    rows.add_all([
        Absence(person_id=amina, starts_on=TODAY - 300 * DAY, ends_on=TODAY - 200 * DAY),
        Exemption(person_id=amina, starts_on=TODAY - 100 * DAY),
        Right(person_id=amina, role=Role.FACILITATOR, unit_id=world.east.id, given_at=NOW, ends_on=TODAY + 9 * DAY),
        StepPost(person_id=amina, module_id=revision.module_id, step="ett-steg", posted_at=NOW),
        Completion(
            person_id=amina, module_id=revision.module_id, revision_id=revision.id, completed_at=NOW - 7 * DAY,
            completed_on=TODAY - 7 * DAY, how=How.MEETING, by_person_id=asa, once="a-key-of-a-fact",
        ),
        PersonRequest(
            person_id=amina, asked_for=AskedFor.ERASURE, asked_at=NOW, answer=Answer.ARCHIVED, answered_at=NOW,
            answered_by_id=asa,
        ),
        Look(person_id=amina, by_person_id=asa, page="hr.asked_for", looked_at=NOW),
        Look(person_id=world.jonas.id, by_person_id=amina, page="hr.asked_for", looked_at=NOW),
        request, check, contact, report,
    ])  # fmt: skip
    rows.commit()
    return world


def told(person: Person) -> dict[str, Any]:
    with db.reading():
        found: dict[str, Any] = json.loads(held.as_json(held.extract(db.session.get_one(Person, person.id))))
    return found


def test_there_is_something_of_every_kind_to_tell(full: World) -> None:
    found = told(full.amina)
    assert [key for key, rows in found.items() if not rows] == []
    assert set(found) == {table.key for table in held.TABLES}


def test_keys_are_told_in_words_and_ids_by_name(full: World) -> None:
    found = told(full.amina)
    assert found["person"][0] | {"created_at": None} == {
        "organisation_id": "Sundby kommun", "name": "Amina Farah", "number": "0102", "address": "amina@sundby.example",
        "language": "Svenska", "origin": "Din arbetsgivare har lämnat uppgifterna", "created_at": None,
        "declared_unit_id": None, "paused_at": None, "left_at": None, "signed_in_at": None,
    }  # fmt: skip
    assert found["placements"][0]["unit_id"] == "Omsorg / Hemtjänst Öster"
    assert found["placements"][0]["starts_on"] == START.isoformat()
    assert found["enrolments"][0]["campaign_id"] == "Hösten 2026"
    done = found["completions"][0]
    assert (done["module_id"], done["revision_id"], done["how"], done["by_person_id"]) == (
        "Liten kurs, modul 1", "1", "På en träff", "Åsa Nyström"
    )  # fmt: skip
    assert {each["kind"] for each in found["mails"]} == {"Inbjudan", "Bekräfta din anmälan"}
    assert found["asked-of-hr"][0]["answer"] == "Nej, uppgifterna måste bevaras enligt arkivlagen"
    assert found["reports"][0]["what"] == "Bilden saknar text"


def test_the_last_day_is_told_and_not_the_day_after(full: World) -> None:
    assert told(full.amina)["absences"] == [
        {"starts_on": (TODAY - 300 * DAY).isoformat(), "ends_on": (TODAY - 201 * DAY).isoformat()}
    ]


def test_who_has_looked_is_told_by_name_and_whom_one_has_looked_at_is_not(full: World) -> None:
    found = told(full.amina)
    assert [(each["by_person_id"], each["page"]) for each in found["looks"]] == [
        ("Åsa Nyström", "sidan där HR svarar på det du har bett om")
    ]
    assert "Jonas" not in json.dumps(found, ensure_ascii=False)


def test_what_is_told_opens_nothing(full: World) -> None:
    with db.reading():
        person = db.session.get_one(Person, full.amina.id)
        link = links.link_for(person, NOW)
        token, key = links.token(link), link.key
    text = json.dumps(told(full.amina))
    assert token not in text
    assert key not in text
    assert "a-key-of" not in text


def test_somebody_elses_rows_are_not_mine(full: World) -> None:
    """Jonas has been looked at by Amina; Nils is at another organisation, with an address of his own."""
    jonas, nils = told(full.jonas), told(full.nils)
    assert jonas["looks"][0]["by_person_id"] == "Amina Farah"
    assert {key for key, rows in nils.items() if rows} == {"person", "placements", "enrolments", "rights", "ways-in"}
    assert "Sundby" not in json.dumps(nils)


def test_one_address_in_two_organisations_is_two_people(full: World, rows: Session) -> None:
    twin = Person(organisation_id=full.norrby.id, origin="public", created_at=NOW, language="sv")
    twin.reach_at("amina@sundby.example")
    rows.add(twin)
    rows.commit()
    assert {key for key, found in told(twin).items() if found} == {"person"}


def test_one_without_an_address_is_nobody_elses(world: World, rows: Session) -> None:
    with db.writing():
        db.session.get_one(Person, world.amina.id).reach_at(None)
        db.session.commit()
    rows.add(
        AccessibilityReport(
            organisation_id=world.sundby.id, about="fault", what="Inget", language="sv", sent_at=NOW, answer_by=TODAY
        )
    )
    rows.commit()
    assert told(world.amina)["reports"] == []
    assert told(world.amina)["asked-for-a-way-in"] == []


def test_every_page_that_notes_looks_has_words() -> None:
    assert all(str(words) for words in audit.PAGES.values())


def test_an_erased_person_leaves_no_row_behind(full: World, rows: Session) -> None:
    from app import people

    with db.writing():
        people.erase(db.session.get_one(Person, full.amina.id), NOW)
        db.session.commit()
    left = {key: found for key, found in told(full.amina).items() if found}
    assert left.keys() == {"person", "help-lines", "help-contacts"}, "what was done for the organisation stays its own"
    assert not any(name in json.dumps(left) for name in ("Amina", "0102", "amina@"))
    rows.expire_all()
    assert rows.query(Placement).filter_by(person_id=full.amina.id).count() == 0
    assert rows.query(Delivery).filter_by(person_id=full.amina.id).count() == 0
    assert rows.query(AccessibilityReport).one().contact is None
