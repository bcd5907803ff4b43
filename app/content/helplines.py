"""Help lines as courses/help.yaml has them: whom one can call, for what, and what the call leaves behind."""

import re
from calendar import monthrange
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from .faults import Broken, Findings, errors
from .fields import ByLanguage, Fields, Flag, Key, Line, fit, read
from .files import read_text

Group = Literal["urgent", "exposed", "harming", "children", "work", "other"]


def _address(start: str, value: str) -> str:
    if not re.fullmatch(start + r"[^\s/?#]+\S*", value):
        raise ValueError("Skriv en hel webbadress som börjar med https://.")
    return value


def _tel(value: str) -> str:
    if not re.fullmatch(r"\+[1-9][0-9]{5,14}|[1-9][0-9]{2,6}", value):
        raise ValueError("Skriv numret som +46… eller, för ett kort nummer, bara siffror.")
    return value


def _partial_date(value: str) -> str:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", value):
        raise ValueError("Skriv datumet som 2026-11-22, 2026-11 eller 2026.")
    return value


Url = Annotated[Line, AfterValidator(lambda value: _address("https://", value))]
Source = Annotated[Line, AfterValidator(lambda value: _address("https?://", value))]
Tel = Annotated[Line, AfterValidator(_tel)]
PartialDate = Annotated[Line, AfterValidator(_partial_date)]


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class HelpLine:
    """One line of help, the number as read and as a tel: link dials it.

    always means that it is shown even where no organisation has confirmed it. A source_date is as exact as
    the source was: a day, a month or a year.
    """

    key: Key
    name: ByLanguage
    group: Group
    whom: ByLanguage
    number: Line | None = None
    tel: Tel | None = None
    url: Url | None = None
    hours: ByLanguage = field(default_factory=dict)
    languages: ByLanguage = field(default_factory=dict)
    trace: ByLanguage = field(default_factory=dict)
    always: Flag = False
    source: Source | None = None
    source_date: PartialDate | None = None

    def stale(self, checked_on: date | None, on: date) -> bool:
        """Whether nobody has tried the number in the six months before this day."""
        return checked_on is None or checked_on < _six_months_before(on)


def _six_months_before(on: date) -> date:
    year, month = (on.year, on.month - 6) if on.month > 6 else (on.year - 1, on.month + 6)
    return date(year, month, min(on.day, monthrange(year, month)[1]))


HELP_LINE = TypeAdapter(HelpLine)
NAMES = tuple(HelpLine.__dataclass_fields__)


def help_lines(path: Path) -> dict[str, HelpLine]:
    """The lines of a help.yaml, by key, in the order of the file. Raises Broken."""
    findings = Findings(path.as_posix())
    lines = read_lines(path, findings)
    if errors(findings.faults):
        raise Broken(findings.in_order())
    return lines


def keys(path: Path) -> tuple[str, ...] | None:
    """The keys a text may use, or None when no file says so. Its own faults are found elsewhere."""
    findings = Findings(path.as_posix())
    text = read_text(path, findings)
    fields = read(text, 1, findings) if text is not None else None
    return tuple(fields.values) if fields else None


def read_lines(path: Path, findings: Findings) -> dict[str, HelpLine]:
    """Those lines that could be read. The faults of the others are in findings."""
    text = read_text(path, findings)
    fields = read(text, 1, findings) if text is not None else None
    lines = {key: _line(key, fields.under(key), findings) for key in fields.values} if fields else {}
    return {key: line for key, line in lines.items() if line}


def _line(key: str, fields: Fields, findings: Findings) -> HelpLine | None:
    if not isinstance(fields.values, dict):
        findings.add(fields.line(()), f"”{key}” är tomt. Skriv name, group och whom under det.")
        return None
    if "checked_on" in fields.values:
        what = "När numret senast prövades är organisationens sak och skrivs inte här. Ta bort raden."
        findings.add(fields.line(("checked_on",)), what)
    values = {name: value for name, value in fields.values.items() if name != "checked_on"}
    line = fit(HELP_LINE, Fields({**values, "key": key}, fields.lines), findings, NAMES)
    if line:
        _check_number(line, fields, findings)
    return line


def _check_number(line: HelpLine, fields: Fields, findings: Findings) -> None:
    """A wrong number is the worst fault there is: what is read and what is dialled must be the same."""
    if line.number is None and line.tel is None:
        return
    digits = re.sub("[^0-9]", "", line.number or "")
    dialled = re.sub(r"^0", "+46", digits)
    if line.tel != dialled:
        findings.add(fields.line(("tel",)), f'number och tel är olika nummer. Till {line.number} hör tel: "{dialled}".')
    if not line.source:
        findings.add(fields.line(()), "Numret saknar källa. Lägg till source: https://….")
