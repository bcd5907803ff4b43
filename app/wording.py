"""Where published courses ask for the organisation's own words, and what it has written there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from app import content, library
from app.db import session
from app.models import LocalText, Module, Organisation


@dataclass(frozen=True)
class Asked:
    """A `::: local` block of a published course: where it stands, and the course's own words by language, as HTML,
    with those in Swedish first.
    """

    key: str
    module: str
    step: str
    words: dict[str, str]


def asked() -> list[Asked]:
    """Each key that a published course asks for, once, where it first stands; with the Swedish names of the places."""
    modules = (module for course in library.published() for module in course.current)
    found: dict[str, Asked] = {}
    for each in (block for module in modules for block in _blocks(module)):
        found.setdefault(each.key, each)
    return list(found.values())


def _blocks(module: Module) -> Iterator[Asked]:
    texts = library.texts(library.latest(module.id))
    source = texts[library.SOURCE_LANGUAGE]
    for number, step in enumerate(source.steps):
        for block in step.blocks:
            if isinstance(block, content.Local):
                spoken = sorted(texts, key=lambda each: (not each.startswith(library.SOURCE_LANGUAGE), each))
                words = {language: _words(texts[language].steps[number], block.key) for language in spoken}
                yield Asked(block.key, source.title, step.title, words)


def _words(step: content.Step, key: str) -> str:
    return next(block.html for block in step.blocks if isinstance(block, content.Local) and block.key == key)


def written(organisation: Organisation) -> dict[tuple[str, str], str]:
    """The organisation's texts, in Markdown, by key and language."""
    rows = session.scalars(select(LocalText).where(LocalText.organisation_id == organisation.id))
    return {(row.key, row.language): row.text for row in rows}
