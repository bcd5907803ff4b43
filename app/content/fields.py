"""YAML an author writes, read with the line of every key, and held against a schema."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BeforeValidator, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from .faults import Findings, meant, short
from .markdown import KEY, LANGUAGE

DEEPEST = 6
UNREADABLE = "Raden går inte att läsa som YAML. Se över indrag, och sätt text med kolon inom citattecken."
Place = tuple[str | int, ...]
T = TypeVar("T")


class _Loader(yaml.SafeLoader):
    """Composes only. Aliases are refused, since a few lines of them can mean billions of values."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or self.depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


@dataclass(frozen=True, slots=True)
class Fields:
    """What was written, every scalar as its own text: "no" stays a word and 12:30 stays a time."""

    values: Any
    lines: dict[Place, int]

    def line(self, place: Place) -> int:
        """The line of a field, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def under(self, key: str) -> "Fields":
        lines = {place[1:]: line for place, line in self.lines.items() if place[:1] == (key,)}
        return Fields(self.values[key], lines)


def read(text: str, first_line: int, findings: Findings) -> Fields | None:
    """A mapping, or None when there is none to read (which is then a fault)."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        findings.add(first_line + _line_of(error), UNREADABLE)
        return None
    except (yaml.YAMLError, ValueError, OverflowError):
        findings.add(first_line, UNREADABLE)
        return None
    if not isinstance(node, MappingNode):
        findings.add(first_line, "Här ska stå fält, ett på varje rad: namn: värde.")
        return None
    lines: dict[Place, int] = {}
    return Fields(_values(node, (), lines, first_line, findings), lines)


def _line_of(error: yaml.MarkedYAMLError) -> int:
    """Where the author should look: at the opening quote that is never closed, else where reading stopped."""
    unclosed = "quoted scalar" in (error.context or "")
    mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
    return mark.line if mark else 0


def _values(node: yaml.Node, at: Place, lines: dict[Place, int], first: int, findings: Findings) -> Any:
    lines.setdefault(at, first + node.start_mark.line)
    if isinstance(node, SequenceNode):
        return [_values(item, (*at, n), lines, first, findings) for n, item in enumerate(node.value)]
    if isinstance(node, MappingNode):
        return _mapping(node, at, lines, first, findings)
    nothing = isinstance(node, ScalarNode) and node.style is None and node.value in ("", "~", "null")
    return None if nothing else node.value


def _mapping(node: MappingNode, at: Place, lines: dict[Place, int], first: int, findings: Findings) -> Any:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), first + key_node.start_mark.line
        if key in values:
            findings.add(line, f"”{short(key)}” står två gånger. Ta bort den ena.")
        lines[*at, key] = line
        values[key] = _values(value_node, (*at, key), lines, first, findings)
    return values


def line_of_field(source: str, name: str) -> int:
    """Where a field stands in a text that has been read already; the first line when it does not."""
    lines = source.split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{name}:")), 1)


def fit(schema: TypeAdapter[T], fields: Fields, findings: Findings, known: tuple[str, ...]) -> T | None:
    """The fields as the schema has them, or None and a fault for each that does not fit."""
    try:
        return schema.validate_python(fields.values)
    except ValidationError as error:
        for detail in error.errors():
            findings.add(fields.line(detail["loc"]), _sentence(detail, known))
        return None


def _sentence(detail: ErrorDetails, known: tuple[str, ...]) -> str:
    name = ".".join(short(str(part)) for part in detail["loc"])
    match detail["type"]:
        case "missing":
            return f"”{name}” saknas. Lägg till raden ”{name}: …”."
        case "extra_forbidden" | "unexpected_keyword_argument":
            return f"”{name}” är inget fält här. {meant(name, known)}"
        case "literal_error":
            return f"”{name}” är {detail['ctx']['expected'].replace(' or ', ' eller ')}."
        case "value_error":
            return f"”{name}”: {detail['ctx']['error']}"
    return f"”{name}” har fel form. Skriv det som i exemplen."


def _whole(value: object) -> int:
    if not isinstance(value, str) or not re.fullmatch("[1-9][0-9]{0,5}", value):
        raise ValueError("Skriv ett helt tal med siffror, minst 1.")
    return int(value)


def _minutes(value: object) -> int:
    if value not in [str(number) for number in range(1, 11)]:
        raise ValueError("Skriv ett helt tal från 1 till 10.")
    return int(str(value))


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("Skriv ett datum som 2026-11-22.") from None


def _flag(value: object) -> bool:
    if value not in ("true", "false"):
        raise ValueError("Skriv true eller false.")
    return value == "true"


def _key(value: object) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise ValueError("Skriv med a–z, 0–9 och bindestreck.")
    return value


def _line(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("Skriv en text.")
    return value.strip()


def _by_language(value: object) -> object:
    if not isinstance(value, dict) or not value:
        raise ValueError("Skriv en text för varje språk: {sv: …, en: …}.")
    if odd := [key for key in value if not LANGUAGE.fullmatch(key)]:
        raise ValueError(f"”{short(odd[0])}” är ingen språkkod. Skriv till exempel sv eller en.")
    if "sv" not in value:
        raise ValueError("Den svenska texten (sv) saknas.")
    return value


Whole = Annotated[int, BeforeValidator(_whole)]
Minutes = Annotated[int, BeforeValidator(_minutes)]
Day = Annotated[date, BeforeValidator(_day)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Key = Annotated[str, BeforeValidator(_key)]
Line = Annotated[str, BeforeValidator(_line), StringConstraints(max_length=2000)]
ByLanguage = Annotated[dict[str, Line], BeforeValidator(_by_language)]
