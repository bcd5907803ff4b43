"""Taking in the plain list of people: all of it, or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import session
from app.models import Organisation, Origin, Person, Right, Role, Unit
from app.models.types import address_key
from app.people.placing import Employment, place
from app.people.reading import Fault, Faulty, Row


@dataclass
class Outcome:
    """What taking in a list did, for a sentence about it."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    """Addresses outside the organisation's domains, which are not kept unless somebody decides so."""


def add(organisation: Organisation, rows: list[Row], now: datetime, *, any_domain: bool = False) -> Outcome:
    """People, units, placements and managers' rights as the rows say; adding the same list again changes nothing.

    The rows of a number are all of that person's employments. People whom the list does not name are left as they are.
    Raises Faulty, before anything is written, where a manager is unknown.
    """
    known = _Known(organisation, rows)
    faults = [
        Fault(row.row, "manager", f"numret {row.manager} finns varken i filen eller i {organisation.name}")
        for row in rows
        if row.manager and row.manager not in known.numbers
    ]
    if faults:
        raise Faulty(faults)
    units = {path: organisation.unit_at(path) for path in dict.fromkeys(row.unit for row in rows)}
    outcome = Outcome()
    for mine in _by_number(rows):
        address = mine[0].address
        if address and not (any_domain or organisation.owns_address(address)):
            address, outcome.left_out = None, outcome.left_out + 1
        _take_in(known.person(mine[0], now), mine, address, units, outcome)
    session.flush()
    _give_rights(known, rows, units, now)
    return outcome


class _Known:
    """The organisation's people as the rows name them: by number, else by an address that is only theirs."""

    def __init__(self, organisation: Organisation, rows: list[Row]) -> None:
        self.organisation = organisation
        people = session.scalars(
            select(Person)
            .where(Person.organisation_id == organisation.id, Person.erased_at.is_(None))
            .options(selectinload(Person.placements), selectinload(Person.rights))
        ).all()
        self.by_number = {person.number: person for person in people if person.number}
        self.numbers = self.by_number.keys() | {row.number for row in rows}
        held = Counter(person.address_key for person in people if person.address_key)
        named = Counter({row.number: address_key(row.address) for row in rows if row.address}.values())
        self.by_address = {
            key: person
            for person in people
            if (key := person.address_key) and not person.number and held[key] == named[key] == 1
        }

    def person(self, row: Row, now: datetime) -> Person:
        key = address_key(row.address) if row.address else None
        found = self.by_number.get(row.number) or (self.by_address.get(key) if key else None)
        if found is None:
            found = Person(organisation=self.organisation, origin=Origin.LISTED, created_at=now)
            session.add(found)
        self.by_number[row.number] = found
        return found


def _by_number(rows: list[Row]) -> list[list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.number].append(row)
    return list(grouped.values())


def _take_in(
    person: Person, rows: list[Row], address: str | None, units: dict[tuple[str, ...], Unit], outcome: Outcome
) -> None:
    """Make the person what the rows say, and count whether they were new, changed or the same."""
    new = person.id is None
    before = (person.number, person.name, person.address, person.origin)
    person.number, person.name = rows[0].number, rows[0].name
    person.reach_at(address)
    person.origin, person.declared_unit_id, person.left_at = Origin.LISTED, None, None
    moved = place(person, [Employment(units[row.unit].id, row.starts_on, row.ends_on) for row in rows])
    changed = moved or before != (person.number, person.name, person.address, person.origin)
    outcome.new += new
    outcome.changed += changed and not new
    outcome.unchanged += not changed and not new


def _give_rights(known: _Known, rows: list[Row], units: dict[tuple[str, ...], Unit], now: datetime) -> None:
    """The managers of the units in the list are those that the list names; a deputy's right, with an end, stays."""
    wanted = {(units[path].id, known.by_number[number].id) for path, number in _managers(rows)}
    listed = {unit.id for unit in units.values()}
    held = session.scalars(
        select(Right).where(Right.unit_id.in_(listed), Right.role == Role.MANAGER, Right.ends_on.is_(None))
    ).all()
    for right in held:
        if (right.unit_id, right.person_id) not in wanted:
            right.person.generation += 1  # A right taken back ends the sessions that it opened.
            session.delete(right)
    for unit_id, person_id in wanted - {(right.unit_id, right.person_id) for right in held if right.unit_id}:
        session.add(Right(person_id=person_id, unit_id=unit_id, role=Role.MANAGER, given_at=now))
    session.flush()


def _managers(rows: list[Row]) -> set[tuple[tuple[str, ...], str]]:
    """Each unit with the numbers of its managers.

    The row of one who is the unit's manager names that person's own manager, who is nobody's in the unit.
    """
    named = {(row.unit, row.manager) for row in rows if row.manager and row.manager != row.number}
    return {
        (row.unit, row.manager)
        for row in rows
        if row.manager and (row.manager == row.number or (row.unit, row.number) not in named)
    }
