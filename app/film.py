"""The silent film in words, as courses/film/ tells it: its captions, its plates, and the film as text on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from app import languages, library

FOLDER = library.COURSES / "film"


@dataclass(frozen=True)
class Picture:
    """A stretch of the film: what its caption says, and the words on the screen, line by line, where there are any."""

    name: str
    says: str
    plate: tuple[str, ...]


@dataclass(frozen=True)
class Film:
    """The film in a language. A form of a language tells it in words of its own, over the plates of that language."""

    language: str
    pictures: tuple[Picture, ...]

    @property
    def shown(self) -> str:
        """The language of the plates."""
        has_plates = any(picture.plate for picture in self.pictures)
        return self.language if has_plates else self.language.partition("-")[0]


def told(language: str) -> Film:
    """The film in the language, else in what that is a form of, else in Swedish."""
    return languages.pick(films(), language)[1]


@lru_cache
def films() -> dict[str, Film]:
    """Every film there is, by language."""
    return {path.stem: Film(path.stem, _pictures(path)) for path in sorted(FOLDER.glob("*.yaml"))}


def _pictures(path: Path) -> tuple[Picture, ...]:
    numbers = {key: _number(line.number, path.stem) for key, line in library.help_lines().items() if line.always}
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_picture(name, words["says"], words.get("plate", ()), numbers) for name, words in read.items())


def _picture(name: str, says: str, plate: Sequence[str], numbers: Mapping[str, str]) -> Picture:
    return Picture(name, says.format_map(numbers), tuple(line.format_map(numbers) for line in plate))


def _number(number: str | None, language: str) -> str:
    """In one piece, and from left to right also where the text around it runs the other way."""
    whole = (number or "").replace(" ", "\N{NO-BREAK SPACE}")
    if languages.direction(language) == "ltr":
        return whole
    return f"\N{LEFT-TO-RIGHT ISOLATE}{whole}\N{POP DIRECTIONAL ISOLATE}"
