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
WHOLE_NUMBER = re.compile(
    r"11[0-9]{1,3}|11[68][0-9]{3}"  # 112, 114 14, 116 111
    r"|\+(?!46)[1-9][0-9]{7,14}"  # abroad
    r"|\+46(8[0-9]{6,8}"  # Stockholm
    r"|7[02369][0-9]{7}"  # mobiles
    r"|(1[013689]|2[0136]|3[1356]|4[0246]|54|6[03]|77|90)[0-9]{5,7}"  # area codes of two figures after the nought
    r"|(?!8|7[02369])[1-9][0-9]{7,8})"  # area codes of three
)
"""As it is dialled: one of the country's short numbers, one abroad, or a Swedish one with no figure missing."""


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


def dialled(number: str) -> str:
    """The number as a tel: link dials it: 020-50 50 50 becomes +4620505050, and 114 14 stays short.

    Raises ValueError for what is no whole number: one without its area code, or with a figure too few.
    """
    tel = re.sub("^0", "+46", re.sub("[ -]", "", number))
    if not re.fullmatch(r"\+?[0-9]+([ -]+[0-9]+)*", number) or not WHOLE_NUMBER.fullmatch(tel):
        raise ValueError("Skriv hela numret med riktnummer: bara siffror, mellanslag och bindestreck.")
    return tel


def web_address(value: str) -> str:
    """The address as it was given. Raises ValueError with a sentence."""
    return _address("https://", value)


def holds_until(checked_on: date) -> date:
    """The last day on which a check still holds: six months after it."""
    years, month = divmod(checked_on.month + 5, 12)
    year, month = checked_on.year + years, month + 1
    return date(year, month, min(checked_on.day, monthrange(year, month)[1]))


Url = Annotated[Line, AfterValidator(web_address)]
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
    _check_dialling(line, fields, findings)
    if not line.source:
        findings.add(fields.line(()), "Numret saknar källa. Lägg till source: https://….")


def _check_dialling(line: HelpLine, fields: Fields, findings: Findings) -> None:
    try:
        tel = dialled(line.number or "")
    except ValueError as error:
        findings.add(fields.line(("number",)), f"”number”: {error}")
        return
    if line.tel != tel:
        findings.add(fields.line(("tel",)), f'number och tel är olika nummer. Till {line.number} hör tel: "{tel}".')
