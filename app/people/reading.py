"""The plain list of people: CSV in, rows or faults out. Knows nothing of the database."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app import plain

HEADER = ["number", "name", "email", "unit", "manager", "from", "to"]
LONGEST_NUMBER = 50


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: `row` is the line in the file, as an editor counts."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"rad {self.row}, {self.column}: {self.text}"


class Faulty(Exception):
    """The list cannot be used; it holds every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} fel")
        self.faults = faults


@dataclass(frozen=True)
class Row:
    """One employment. `ends_on` is the day after the last one, while the file names the last day itself."""

    row: int
    number: str
    name: str
    address: str | None
    unit: tuple[str, ...]
    manager: str | None
    starts_on: date
    ends_on: date | None


def read(content: bytes) -> list[Row]:
    """The employments in a UTF-8 file with the header of HEADER. Raises Faulty with every fault there is."""
    faults: list[Fault] = []
    rows = [row for line, cells in _lines(content, faults) if (row := _row(line, cells, faults))]
    faults += _contradictions(rows)
    if not rows and not faults:
        faults.append(Fault(1, "filen", "har inga personer"))
    if faults:
        raise Faulty(sorted(faults, key=lambda fault: fault.row))
    return rows


def _lines(content: bytes, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Each record after the header with the number of its first line; empty lines are passed over."""
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        header = [cell.strip().casefold() for cell in next(reader, [])]
        if header != HEADER:
            faults.append(Fault(1, "rubrikerna", f"ska vara {','.join(HEADER)}, med komma emellan"))
            return
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except UnicodeDecodeError:
        faults.append(Fault(1, "filen", "är inte UTF-8; spara den som CSV UTF-8"))
    except csv.Error as error:
        faults.append(Fault(reader.line_num, "filen", f"går inte att läsa som CSV ({error})"))


def _row(line: int, cells: list[str], faults: list[Fault]) -> Row | None:
    if len(cells) != len(HEADER):
        faults.append(Fault(line, "raden", f"har {len(cells)} fält; den ska ha {len(HEADER)}"))
        return None
    found = _Cells(line, dict(zip(HEADER, cells, strict=True)), faults)
    known = len(faults)
    row = Row(
        row=line,
        number=found.needed("number", LONGEST_NUMBER),
        name=found.needed("name"),
        address=found.address("email"),
        unit=found.path("unit"),
        manager=found.text("manager", LONGEST_NUMBER) or None,
        starts_on=found.day("from") or date.min,
        ends_on=(last := found.day("to", needed=False)) and last + timedelta(days=1),
    )
    if len(faults) == known and row.ends_on and row.ends_on <= row.starts_on:
        faults.append(Fault(line, "to", "kommer före from"))
    return row if len(faults) == known else None


@dataclass
class _Cells:
    """One record's cells, each read in its own way; what is wrong is noted, and something empty returned."""

    line: int
    cells: dict[str, str]
    faults: list[Fault]

    def fault(self, column: str, text: object) -> None:
        self.faults.append(Fault(self.line, column, str(text)))

    def text(self, column: str, longest: int = plain.LONGEST) -> str:
        try:
            return plain.text(self.cells[column], longest)
        except ValueError as error:
            self.fault(column, error)
            return "–"

    def needed(self, column: str, longest: int = plain.LONGEST) -> str:
        found = self.text(column, longest)
        if not found:
            self.fault(column, "saknas")
        return found

    def address(self, column: str) -> str | None:
        try:
            return plain.address(self.cells[column]) if self.cells[column].strip() else None
        except ValueError as error:
            self.fault(column, error)
            return None

    def path(self, column: str) -> tuple[str, ...]:
        try:
            return plain.path(self.cells[column])
        except ValueError as error:
            self.fault(column, error)
            return ()

    def day(self, column: str, *, needed: bool = True) -> date | None:
        if not needed and not self.cells[column].strip():
            return None
        try:
            return plain.day(self.cells[column])
        except ValueError as error:
            self.fault(column, error)
            return None


def _contradictions(rows: list[Row]) -> list[Fault]:
    """Rows with the same number are one person's employments: they agree on the name and the address."""
    first: dict[str, Row] = {}
    faults: list[Fault] = []
    for row in rows:
        known = first.setdefault(row.number, row)
        for column, mine, theirs in (("name", row.name, known.name), ("email", row.address, known.address)):
            if mine != theirs:
                faults.append(Fault(row.row, column, f"numret {row.number} har något annat på rad {known.row}"))
    return faults
