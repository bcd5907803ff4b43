"""People: one home a day, lists taken in whole or not at all, and what is left when somebody is erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db, people
from app.models import (
    Absence,
    AccessibilityReport,
    Completion,
    Credential,
    Delivery,
    DeliveryKind,
    Enrolment,
    How,
    LinkRequest,
    Organisation,
    Origin,
    Person,
    Placement,
    RequestKind,
    Revision,
    Right,
    Role,
    Unit,
)  # fmt: skip
from app.people import Employment, home_placements
from tests.world import NOW, START, TODAY, World

FIRST = date(2026, 9, 1)
day = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))


# --- one home a day --------------------------------------------------------------------------------------------------


@st.composite
def employments(draw: st.DrawFn) -> list[Employment]:
    starts = draw(st.lists(day, max_size=4, unique=True))
    lengths = st.sampled_from([None, 1, 5, 10, 20])
    return [
        Employment(
            draw(st.integers(1, 3)),
            start,
            (n := draw(lengths)) and start + timedelta(days=n),
            draw(st.sampled_from([40, 60, 100])),
        )
        for start in starts
    ]


@given(employments())
@settings(max_examples=200, deadline=None)
def test_on_every_day_the_home_is_the_largest_share_then_the_oldest(given: list[Employment]) -> None:
    placed = home_placements(given)
    for on in (FIRST + timedelta(days=n) for n in range(-1, 70)):
        there = [each for each in given if each.starts_on <= on and (each.ends_on is None or on < each.ends_on)]
        largest = [each for each in there if each.share == max(each.share for each in there)]
        expected = [min(largest, key=lambda each: each.starts_on).unit_id] if there else []
        found = [each for each in placed if each.starts_on <= on and (each.ends_on is None or on < each.ends_on)]
        assert [each.unit_id for each in found] == expected
        for home in found:
            assert_unbroken(given, home, on)


def assert_unbroken(given: list[Employment], home: people.Interval, on: date) -> None:
    """Employed every day from `employed_from`, and not the day before; and so to the end."""

    def employed(day: date) -> bool:
        return any(each.starts_on <= day and (each.ends_on is None or day < each.ends_on) for each in given)

    first = home.employed_from
    assert all(employed(first + timedelta(days=n)) for n in range((on - first).days + 1))
    assert not employed(first - timedelta(days=1))
    if home.employed_until:
        assert employed(home.employed_until - timedelta(days=1))
        assert not employed(home.employed_until)


def test_neighbouring_days_with_the_same_home_are_one_placement() -> None:
    small = Employment(2, date(2026, 9, 10), date(2026, 9, 20), share=40)
    [placed] = home_placements([Employment(1, FIRST), small])
    assert (placed.unit_id, placed.starts_on, placed.ends_on) == (1, FIRST, None)


def test_a_gap_of_one_day_breaks_the_employment() -> None:
    first, second = home_placements([Employment(1, FIRST, date(2026, 9, 10)), Employment(1, date(2026, 9, 11))])
    assert (first.employed_until, second.employed_from) == (date(2026, 9, 10), date(2026, 9, 11))


# --- the list --------------------------------------------------------------------------------------------------------

HEADER = "number,name,email,unit,manager,from,to\n"


@pytest.fixture
def sundby(world: World) -> Iterator[Organisation]:
    with db.writing():
        yield db.session.get_one(Organisation, world.sundby.id)


def take_in(organisation: Organisation, lines: str, **more: bool) -> people.Outcome:
    return people.add(organisation, people.read((HEADER + lines).encode()), NOW, **more)


def numbered(organisation: Organisation, number: str) -> Person:
    found = select(Person).where(Person.organisation_id == organisation.id, Person.number == number)
    return db.session.scalars(found).one()


def test_a_row_makes_a_person_placed_until_the_day_after_the_last(sundby: Organisation) -> None:
    take_in(sundby, "0077,Siv Ek,siv@sundby.example,Omsorg / Nattpatrull,,2026-10-01,2026-12-31\n")
    siv = numbered(sundby, "0077")
    [placed] = siv.placements
    assert (siv.name, siv.address, siv.origin) == ("Siv Ek", "siv@sundby.example", Origin.LISTED)
    assert (placed.unit.name, placed.unit.parent and placed.unit.parent.name) == ("Nattpatrull", "Omsorg")
    assert (placed.starts_on, placed.ends_on) == (date(2026, 10, 1), date(2027, 1, 1))


def test_the_same_list_again_changes_nothing(sundby: Organisation) -> None:
    lines = (
        "1,Å,a@sundby.example,Omsorg,2,2026-10-01,\n2,B,,Skola / Ny,,2026-10-01,2026-10-31\n2,B,,Omsorg,,2026-12-01,\n"
    )
    assert take_in(sundby, lines).new == 2
    before = kept()
    outcome = take_in(sundby, lines)
    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 0, 2)
    assert kept() == before


def kept() -> list[list[object]]:
    tables = (Person.__table__, Placement.__table__, Right.__table__)
    return [[tuple(row) for row in db.session.execute(select(table).order_by(table.c.id))] for table in tables]


def test_a_changed_name_address_and_unit_are_taken_over(sundby: Organisation) -> None:
    take_in(sundby, "1,Siv Ek,siv@sundby.example,Omsorg,,2026-10-01,\n")
    assert take_in(sundby, "1,Siv Ekman,ekman@sundby.example,Skola,,2026-10-01,\n").changed == 1
    siv = numbered(sundby, "1")
    assert (siv.name, siv.address_key, [each.unit.name for each in siv.placements]) == (
        "Siv Ekman", "ekman@sundby.example", ["Skola"],
    )  # fmt: skip


def test_two_people_with_one_address_are_two_people(sundby: Organisation) -> None:
    take_in(sundby, "1,A,kok@sundby.example,Omsorg,,2026-10-01,\n2,B,kok@sundby.example,Omsorg,,2026-10-01,\n")
    assert numbered(sundby, "1").id != numbered(sundby, "2").id


def test_one_who_declared_themselves_is_joined_by_an_address_that_only_they_have(
    world: World, sundby: Organisation
) -> None:
    declared = Person(organisation=sundby, origin=Origin.DECLARED, created_at=NOW, declared_unit_id=world.west.id)
    declared.reach_at("Siv@sundby.example")
    db.session.add(declared)
    db.session.flush()
    take_in(sundby, "1,Siv,siv@sundby.example,Omsorg,,2026-10-01,\n")
    assert (declared.number, declared.origin, declared.declared_unit_id) == ("1", Origin.LISTED, None)


def test_nobody_is_joined_by_an_address_that_two_in_the_list_have(world: World, sundby: Organisation) -> None:
    declared = Person(organisation=sundby, origin=Origin.DECLARED, created_at=NOW, declared_unit_id=world.west.id)
    declared.reach_at("kok@sundby.example")
    db.session.add(declared)
    db.session.flush()
    take_in(sundby, "1,A,kok@sundby.example,Omsorg,,2026-10-01,\n2,B,kok@sundby.example,Omsorg,,2026-10-01,\n")
    assert declared.number is None


def test_a_person_of_another_organisation_is_another_person(world: World, sundby: Organisation) -> None:
    take_in(sundby, "1,Nils Ek,nils@norrby.example,Omsorg,,2026-10-01,\n", any_domain=True)
    assert numbered(sundby, "1").id != world.nils.id


def test_an_address_outside_the_domains_is_left_out_unless_somebody_decides_so(sundby: Organisation) -> None:
    line = "1,Siv,siv@hemma.example,Omsorg,,2026-10-01,\n"
    assert take_in(sundby, line).left_out == 1
    assert numbered(sundby, "1").address is None
    assert take_in(sundby, line, any_domain=True).left_out == 0
    assert numbered(sundby, "1").address == "siv@hemma.example"


def managers(unit_name: str) -> set[str | None]:
    """The numbers of those with a manager's right over the unit."""
    held = select(Person.number).join(Right, Right.person_id == Person.id).join(Unit, Unit.id == Right.unit_id)
    return set(db.session.scalars(held.where(Right.role == Role.MANAGER, Unit.name == unit_name)))


def test_a_manager_has_the_right_over_the_unit_and_the_managers_own_manager_has_not(sundby: Organisation) -> None:
    take_in(
        sundby,
        "1,Chef,,Omsorg / Natt,9,2026-10-01,\n2,Siv,,Omsorg / Natt,1,2026-10-01,\n9,Direktör,,Ledning,,2026-10-01,\n",
    )
    assert managers("Natt") == {"1"}


def test_a_new_manager_takes_over_and_the_old_ones_sessions_end(sundby: Organisation) -> None:
    rows = "1,A,,Omsorg / Natt,,2026-10-01,\n3,C,,Omsorg / Natt,,2026-10-01,\n2,Siv,,Omsorg / Natt,{},2026-10-01,\n"
    take_in(sundby, rows.format(1))
    generation = numbered(sundby, "1").generation
    take_in(sundby, rows.format(3))
    assert managers("Natt") == {"3"}
    assert numbered(sundby, "1").generation == generation + 1


FAULTS = [
    ("1,,,Omsorg,,2026-10-01,\n", (2, "name", "saknas")),
    (",A,,Omsorg,,2026-10-01,\n", (2, "number", "saknas")),
    ("1,A,inte en adress,Omsorg,,2026-10-01,\n", (2, "email", "ingen mejladress")),
    ('1,A,"a@sundby.example\nBcc: b@c.se",Omsorg,,2026-10-01,\n', (2, "email", "radbrytning")),
    ("1,A,,,,2026-10-01,\n", (2, "unit", "ingen enhet")),
    ("1,A,,Omsorg / ,,2026-10-01,\n", (2, "unit", "ingen enhet")),
    ("1,A,,Omsorg,,i går,\n", (2, "from", "ingen dag")),
    ("1,A,,Omsorg,,,\n", (2, "from", "ingen dag")),
    ("1,A,,Omsorg,,2026-10-01,2026-09-30\n", (2, "to", "före from")),
    ("1,A\0,,Omsorg,,2026-10-01,\n", (2, "name", "styrtecken")),
    (f"1,{'A' * 10_000},,Omsorg,,2026-10-01,\n", (2, "name", "10000 tecken")),
    ("1,A\u202eB,,Omsorg,,2026-10-01,\n", (2, "name", "skrivriktningen")),
    ("1,A,,Omsorg,,2026-10-01\n", (2, "raden", "6 fält")),
    ("1,A,,Omsorg,,2026-10-01,\n1,B,,Omsorg,,2026-12-01,\n", (3, "name", "rad 2")),
    ('1,"A,,Omsorg,,2026-10-01,\n', (2, "filen", "CSV")),
    ("", (1, "filen", "inga personer")),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "fault"), FAULTS)
def test_a_fault_says_which_row_and_column_and_what(lines: str, fault: tuple[int, str, str]) -> None:
    with pytest.raises(people.Faulty) as raised:
        people.read((HEADER + lines).encode())
    [found] = raised.value.faults
    assert (found.row, found.column) == fault[:2]
    assert fault[2] in found.text


def test_every_fault_is_told_and_not_only_the_first() -> None:
    with pytest.raises(people.Faulty) as raised:
        people.read((HEADER + "1,,x,Omsorg,,i går,\n\n2,B,,,,2026-10-01,\n").encode())
    assert [(fault.row, fault.column) for fault in raised.value.faults] == [
        (2, "name"), (2, "email"), (2, "from"), (4, "unit"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "column"),
    [(b"nummer;namn\n", "rubrikerna"), (HEADER.encode() + "1,Å".encode("cp1252"), "filen"), (b"", "rubrikerna")],
)
def test_a_file_of_another_kind_is_refused(content: bytes, column: str) -> None:
    with pytest.raises(people.Faulty) as raised:
        people.read(content)
    assert [fault.column for fault in raised.value.faults] == [column]


def test_excels_mark_at_the_beginning_is_no_part_of_the_header() -> None:
    content = (HEADER + "007,A,,Omsorg,,2026-10-01,\n").encode("utf-8-sig")
    assert [row.number for row in people.read(content)] == ["007"]


def test_an_unknown_manager_is_a_fault_and_nothing_is_written(sundby: Organisation) -> None:
    before = kept()
    with pytest.raises(people.Faulty) as raised:
        take_in(sundby, "1,A,,Ny enhet,4711,2026-10-01,\n")
    assert str(raised.value.faults[0]) == "rad 2, manager: numret 4711 finns varken i filen eller i Sundby kommun"
    assert kept() == before


# --- away, accepted, erased ------------------------------------------------------------------------------------------


def test_absences_that_touch_become_one(world: World, sundby: Organisation) -> None:
    for start, end in ((1, 15), (20, 30), (15, 20)):
        people.absent(world.jonas, date(2026, 10, start), date(2026, 10, end))
    [absence] = db.session.scalars(select(Absence).where(Absence.person_id == world.jonas.id))
    assert (absence.starts_on, absence.ends_on) == (date(2026, 10, 1), date(2026, 10, 30))


def test_one_accepted_is_placed_where_they_said(world: World, sundby: Organisation) -> None:
    person = Person(organisation=sundby, origin=Origin.DECLARED, created_at=NOW, declared_unit_id=world.west.id)
    db.session.add(person)
    db.session.flush()
    people.accept(person, TODAY)
    assert [(each.unit_id, each.starts_on) for each in person.placements] == [(world.west.id, TODAY)]
    assert (person.origin, person.declared_unit_id) == (Origin.LISTED, None)
    with pytest.raises(ValueError, match="själv har anmält sig"):
        people.accept(person, TODAY)


def test_one_accepted_may_be_placed_in_another_unit(world: World, sundby: Organisation) -> None:
    person = Person(organisation=sundby, origin=Origin.DECLARED, created_at=NOW)
    db.session.add(person)
    db.session.flush()
    with pytest.raises(ValueError, match="själv har anmält sig"):
        people.accept(person, TODAY)
    people.accept(person, TODAY, db.session.get_one(Unit, world.west.id))
    assert [each.unit_id for each in person.placements] == [world.west.id]


def test_one_who_leaves_keeps_the_days_they_were_here_and_none_to_come(world: World, sundby: Organisation) -> None:
    person = db.session.get_one(Person, world.jonas.id)
    moving = TODAY + timedelta(days=30)
    people.place(person, [
        people.Employment(world.west.id, START, moving), people.Employment(world.east.id, moving),
    ])  # fmt: skip
    people.leave(person, TODAY, NOW)
    assert [(each.unit_id, each.starts_on, each.ends_on, each.employed_until) for each in person.placements] == [
        (world.west.id, START, TODAY, TODAY)
    ]
    assert person.left_at == NOW


def test_one_who_left_by_their_own_word_comes_back_with_the_list(world: World, sundby: Organisation) -> None:
    people.leave(db.session.get_one(Person, world.jonas.id), TODAY, NOW)
    listed = b"number,name,email,unit,manager,from,to\n0103,Jonas Lind,jonas@sundby.example,Skola,,2026-09-01,\n"
    people.add(sundby, people.read(listed), NOW)
    back = db.session.get_one(Person, world.jonas.id)
    assert back.left_at is None
    assert [(each.unit_id, each.ends_on) for each in back.placements] == [(world.school.id, None)]


def test_one_erased_is_nameless_and_leaves_nothing_they_did(world: World, rows: Session) -> None:
    with db.writing():
        jonas = db.session.get_one(Person, world.jonas.id)
        [enrolment] = db.session.scalars(select(Enrolment).where(Enrolment.person_id == jonas.id))
        revision = db.session.scalars(select(Revision)).first()
        assert revision is not None
        db.session.add(
            Completion(
                person_id=jonas.id, module_id=revision.module_id, revision_id=revision.id, completed_at=NOW,
                completed_on=TODAY, how=How.LINK,
            )
        )  # fmt: skip
        db.session.add(
            Delivery(
                key="module:1", kind=DeliveryKind.INVITATION, organisation_id=jonas.organisation_id, language="sv",
                person_id=jonas.id, enrolment_id=enrolment.id, address="jonas@sundby.example", message_id="x",
                queued_at=NOW, due_at=NOW,
            )
        )  # fmt: skip
        db.session.add(Right(person_id=jonas.id, role=Role.MANAGER, unit_id=world.west.id, given_at=NOW))
        people.absent(jonas, START, None)
        generation = jonas.generation
        people.erase(jonas, NOW)
        db.session.commit()
    person = rows.get_one(Person, world.jonas.id)
    assert (person.name, person.address, person.address_key, person.number) == (None, None, None, None)
    assert (person.erased_at, person.generation) == (NOW, generation + 1)
    for kind in (Placement, Completion, Credential, Right, Absence, Enrolment, Delivery):
        assert rows.scalar(select(func.count()).where(kind.person_id == person.id)) == 0, kind
    assert rows.get_one(Person, world.amina.id).name == "Amina Farah"


@pytest.mark.parametrize(
    ("contact", "is_kept"),
    [
        ("jonas@sundby.example", False),
        ("Jonas Lind <JONAS@Sundby.example>, 070-1", False),
        ("Mejla jonas@sundby.example.", False),
        ("070-1", True),
        ("lill-jonas@sundby.example", True),
        ("jonas@sundby.example.org", True),
    ],
)
def test_a_report_to_answer_at_the_address_of_one_erased_forgets_it(
    world: World, rows: Session, contact: str, is_kept: bool
) -> None:
    rows.add_all(
        AccessibilityReport(
            organisation_id=organisation.id, about="fault", what="Bilden", contact=contact, language="sv", sent_at=NOW,
            answer_by=TODAY,
        )
        for organisation in (world.sundby, world.norrby)
    )  # fmt: skip
    rows.commit()
    with db.writing():
        people.erase(db.session.get_one(Person, world.jonas.id), NOW)
        db.session.commit()
    rows.expire_all()
    found = {each.organisation_id: each.contact for each in rows.scalars(select(AccessibilityReport))}
    assert found == {world.sundby.id: contact if is_kept else None, world.norrby.id: contact}


def test_erasing_takes_no_mail_of_another_organisation_with_it(world: World, rows: Session) -> None:
    requests = [
        LinkRequest(
            kind=RequestKind.LINK, address="jonas@sundby.example", address_key="jonas@sundby.example", language="sv",
            requested_at=NOW,
        )
        for _each in range(2)
    ]  # fmt: skip
    rows.add_all(requests)
    rows.flush()
    rows.add_all(
        Delivery(
            key=f"confirm:{organisation.id}", kind=DeliveryKind.CONFIRM, organisation_id=organisation.id, language="sv",
            request_id=request.id, address="jonas@sundby.example", message_id="x", queued_at=NOW, due_at=NOW,
        )
        for request, organisation in zip(requests, (world.sundby, world.norrby), strict=True)
    )  # fmt: skip
    rows.commit()
    with db.writing():
        people.erase(db.session.get_one(Person, world.jonas.id), NOW)
        db.session.commit()
    assert rows.scalars(select(Delivery.organisation_id)).all() == [world.norrby.id]
    assert rows.scalars(select(LinkRequest.id)).all() == [requests[1].id]
