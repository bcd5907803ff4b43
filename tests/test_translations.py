"""Every sentence has its words in every language, and the compiled catalogue is the written one."""

from __future__ import annotations

import pytest

from app import translating
from app.pages import LANGUAGES


@pytest.mark.parametrize("language", sorted(LANGUAGES.keys() - {"sv"}))
def test_no_sentence_is_missing_empty_or_broken(language: str) -> None:
    catalog = translating.read(language)
    known = {message.id for message in catalog if message.id}
    assert [message.id for message in translating.extracted() if message.id and message.id not in known] == []
    assert translating.lacking(catalog) == []


@pytest.mark.parametrize("language", sorted(LANGUAGES.keys() - {"sv"}))
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    written = translating.compiled(translating.read(language))
    assert (translating.FOLDER / language / "LC_MESSAGES" / "messages.mo").read_bytes() == written


def test_there_are_sentences_to_translate() -> None:
    assert len([message for message in translating.extracted() if message.id]) > 100
