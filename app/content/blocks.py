"""What a course is once it has been read: courses, modules, steps and the blocks in them.

Every field named html, prompt, feedback, transcript or source holds finished, sanitised HTML (Text.source is
the text as written); all other strings are plain text.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

Tone = Literal["good", "unsure", "risky"]


@dataclass(frozen=True, slots=True)
class Prose:
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class Image:
    """A picture on its own. A decorative one has an empty alt."""

    src: str
    alt: str
    caption: str
    line: int


@dataclass(frozen=True, slots=True)
class Option:
    html: str
    right: bool
    feedback: str
    line: int


@dataclass(frozen=True, slots=True)
class Question:
    prompt: str
    options: tuple[Option, ...]
    line: int

    @property
    def multiple(self) -> bool:
        """More than one right answer means checkboxes."""
        return sum(option.right for option in self.options) > 1


@dataclass(frozen=True, slots=True)
class Choice:
    html: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    title: str
    tone: Tone | None
    blocks: tuple[Prose | Image, ...]
    choices: tuple[Choice, ...]
    line: int

    @property
    def is_end(self) -> bool:
        return not self.choices


@dataclass(frozen=True, slots=True)
class Scenario:
    """The first place is where it starts."""

    places: tuple[Place, ...]
    line: int

    def place(self, id: str) -> Place | None:
        return next((place for place in self.places if place.id == id), None)


@dataclass(frozen=True, slots=True)
class Reflection:
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class Survey:
    key: str
    prompt: str
    options: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Film:
    """Plays media/<name>.mp4; captions are <name>.<language>.vtt beside it, a still is <name>.jpg."""

    name: str
    transcript: str
    line: int


@dataclass(frozen=True, slots=True)
class Fact:
    """The source is its whole line as HTML; sources are the links in it, as (label, address)."""

    html: str
    source: str
    sources: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Local:
    """The organisation's own text under this key is shown instead, where it has one."""

    key: str
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class Help:
    keys: tuple[str, ...]
    html: str
    line: int


Block = Prose | Image | Question | Scenario | Reflection | Survey | Film | Fact | Local | Help


@dataclass(frozen=True, slots=True)
class Step:
    """One screen. At most one of question, scenario and survey is in it."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    line: int

    @property
    def question(self) -> Question | None:
        return next((block for block in self.blocks if isinstance(block, Question)), None)

    @property
    def scenario(self) -> Scenario | None:
        return next((block for block in self.blocks if isinstance(block, Scenario)), None)

    @property
    def survey(self) -> Survey | None:
        return next((block for block in self.blocks if isinstance(block, Survey)), None)


@dataclass(frozen=True, slots=True)
class Review:
    by: str
    on: date
    until: date


@dataclass(frozen=True, slots=True)
class Module:
    """One text. In a translation, version is the version of the source it was made from."""

    id: str
    title: str
    summary: str
    minutes: int
    version: int
    steps: tuple[Step, ...]
    retake: bool = False
    reviewed: Review | None = None
    content_note: str | None = None
    retired: tuple[str, ...] = ()
    translated_from: int | None = None

    @property
    def surveys(self) -> tuple[Survey, ...]:
        return tuple(step.survey for step in self.steps if step.survey)

    @property
    def images(self) -> tuple[Image, ...]:
        """Every picture, those inside scenarios too."""
        blocks: list[Block] = [block for step in self.steps for block in step.blocks]
        scenarios = [block for block in blocks if isinstance(block, Scenario)]
        blocks += [block for scenario in scenarios for place in scenario.places for block in place.blocks]
        return tuple(block for block in blocks if isinstance(block, Image))


@dataclass(frozen=True, slots=True)
class Text:
    """One language of a module, as written (NFC, lines end in a newline character) and as read."""

    language: str
    source: str
    module: Module


@dataclass(frozen=True, slots=True)
class ModuleSet:
    """All languages of a module, and its media by the name that the text uses ("media/bild.svg")."""

    id: str
    folder: str
    texts: dict[str, Text] = field(default_factory=dict)
    media: dict[str, Path] = field(default_factory=dict)

    @property
    def source(self) -> Text:
        return self.texts["sv"]


@dataclass(frozen=True, slots=True)
class Course:
    """A whole course folder; key is the folder's name."""

    key: str
    title: dict[str, str]
    description: dict[str, str]
    days_between: int
    modules: tuple[ModuleSet, ...]
