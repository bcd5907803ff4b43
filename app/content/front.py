"""The front matter of a module: which fields there are, and what each may be."""

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from .blocks import Review
from .faults import Findings
from .fields import Day, Fields, Flag, Key, Line, Minutes, Whole, fit, read
from .markdown import Node

MISSING = "Fälten saknas. Skriv --- på första raden, sedan id, title och de andra fälten, och --- igen."
STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, config=STRICT)
class _Review:
    by: Line
    on: Day
    until: Day


@dataclass(frozen=True, slots=True, config=STRICT)
class Front:
    id: Key
    title: Line
    summary: Line
    minutes: Minutes
    version: Whole | None = None
    retake: Flag = False
    reviewed: _Review | None = None
    content_note: Line | None = None
    retired: tuple[Key, ...] = ()
    translated_from: Whole | None = None

    @property
    def review(self) -> Review | None:
        return Review(self.reviewed.by, self.reviewed.on, self.reviewed.until) if self.reviewed else None

    @property
    def edition(self) -> int:
        """A translation belongs to the version it was made from; zero means that neither was given."""
        return self.version or self.translated_from or 0


FRONT = TypeAdapter(Front)
NAMES = tuple(Front.__dataclass_fields__)


def front_matter(nodes: list[Node], findings: Findings) -> Front | None:
    """The fields at the top of a file, or None when they cannot be used (which is then a fault)."""
    if not nodes or nodes[0].type != "front_matter":
        findings.add(1, MISSING)
        return None
    fields = read(nodes[0].content, 2, findings)
    front = fit(FRONT, fields, findings, NAMES) if fields else None
    if fields and front:
        _check_versions(front, fields, findings)
    return front


def _check_versions(front: Front, fields: Fields, findings: Findings) -> None:
    if not front.edition:
        findings.add(fields.line(()), "”version” saknas. Lägg till raden ”version: 1”.")
    elif front.version and front.translated_from and front.version != front.translated_from:
        findings.add(fields.line(("version",)), "En översättning har ingen egen version. Ta bort raden.")
