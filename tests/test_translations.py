"""Every sentence has its words in every language, and the compiled catalogue is the written one."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from app import translating
from app.content import reading

LANGUAGES = translating.languages()
SAID = """
msgid "Hej!"
msgstr ""

#, python-format
msgid "Från %(sender)s"
msgstr ""

#, python-format
msgid "%(num)s minut från %(sender)s"
msgid_plural "%(num)s minuter från %(sender)s"
msgstr[0] ""
msgstr[1] ""

msgid "Läs <b>mer</b>"
msgstr ""
"""
WHOLE = """
msgid "Hej!"
msgstr "مرحبًا"

#, python-format
msgid "Från %(sender)s"
msgstr "من \u2068%(sender)s\u2069"

#, python-format
msgid "%(num)s minut från %(sender)s"
msgid_plural "%(num)s minuter från %(sender)s"
msgstr[0] "لا دقائق من %(sender)s"
msgstr[1] "دقيقة واحدة من %(sender)s"
msgstr[2] "دقيقتان من %(sender)s"
msgstr[3] "%(num)s دقائق من %(sender)s"
msgstr[4] "%(num)s دقيقة من %(sender)s"
msgstr[5] "%(num)s دقيقة من %(sender)s"

msgid "Läs <b>mer</b>"
msgstr "اقرأ <b>المزيد</b>"
"""
BROKEN = {
    "missing": ('msgid "Hej!"\nmsgstr "مرحبًا"\n', "", "missing: Hej!"),
    "a plural missing": (r'#, python-format\nmsgid "%\(num\)s(.|\n)*?\n\n', "", "missing: %(num)s minut från %(sender)s"),
    "no longer said": ('msgid "Hej!"', 'msgid "Hej då!"', "no longer said: Hej då!"),
    "empty": ('"مرحبًا"', '""', "empty: Hej!"),
    "blank": ('"مرحبًا"', '" "', "empty: Hej!"),
    "a form empty": ('"دقيقتان من %\\(sender\\)s"', '""', "empty: %(num)s minut från %(sender)s"),
    "fuzzy": ('msgid "Hej!"', '#, fuzzy\nmsgid "Hej!"', "fuzzy: Hej!"),
    "a form too few": (r'msgstr\[5\].*\n', "", "empty: %(num)s minut från %(sender)s"),
    "a placeholder lost": ("من \u2068%\\(sender\\)s\u2069", "منا", "placeholders differ: Från %(sender)s"),
    "a placeholder more": ('"من \u2068', '"من %(day)s \u2068', "unknown named placeholder 'day': Från %(sender)s"),
    "a placeholder renamed": (r'"لا دقائق من %\(sender\)s', '"لا دقائق من %(Sender)s', "unknown named placeholder 'Sender': "),
    "another kind": ("من \u2068%\\(sender\\)s", "من \u2068%(sender)d", "incompatible format for placeholder 'sender'"),
    "a form without its placeholder": ("دقيقتان من %\\(sender\\)s", "دقيقتان", "placeholders differ: %(num)s minut från"),
    "a form for many without its number": (r"%\(num\)s دقائق", "دقائق", "placeholders differ: %(num)s minut från"),
    "a per cent sign alone": ("من \u2068%\\(sender\\)s\u2069", "100 % %(sender)s", "placeholders differ: Från %(sender)s"),
    "a tag lost": ("<b>المزيد</b>", "المزيد", "tags differ: Läs <b>mer</b>"),
    "a tag open": ("المزيد</b>", "المزيد", "tags differ: Läs <b>mer</b>"),
    "a tag more": ('"مرحبًا"', '"<i>مرحبًا</i>"', "tags differ: Hej!"),
    "an isolate open": ("\u2069", "", "an isolate is not ended: Från %(sender)s"),
    "space at an end": ('"مرحبًا"', '"مرحبًا "', "space at an end: Hej!"),
}  # fmt: skip


def catalogue(words: str) -> Catalog:
    return read_po(BytesIO(words.encode()), locale="ar")


def test_a_whole_catalogue_has_no_fault() -> None:
    assert translating.faults(catalogue(WHOLE), catalogue(SAID)) == []


@pytest.mark.parametrize(("old", "new", "fault"), BROKEN.values(), ids=BROKEN)
def test_each_kind_of_fault_in_a_catalogue_is_found(old: str, new: str, fault: str) -> None:
    changed, times = re.subn(old, new.replace("\\", r"\\"), WHOLE, count=1)
    assert times == 1
    assert any(each.startswith(fault) for each in translating.faults(catalogue(changed), catalogue(SAID)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_missing_empty_or_broken(language: str) -> None:
    assert translating.faults(translating.read(language), translating.needed(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    written = translating.compiled(translating.read(language))
    assert (translating.FOLDER / language / "LC_MESSAGES" / "messages.mo").read_bytes() == written


def test_there_are_sentences_to_translate_and_easy_read_leaves_out_the_offices_alone() -> None:
    everything, easy = translating.needed("en"), translating.needed("sv@simple")
    assert len(everything) > 300
    left = [message for message in everything if message.id and message.id not in easy]
    assert {file for message in left for file, _ in message.locations} > {"app/views/hr/__init__.py", "templates/hr/overview.html"}
    assert all(file.startswith(translating.OFFICE) for message in left for file, _ in message.locations)


def test_easy_read_is_easy() -> None:
    """Short sentences and short words, as the texts of a course have them."""
    words = [each for message in translating.read("sv@simple") if message.id for each in translating._words(message.string)]
    assert reading.lix(words) <= reading.HEAVIEST[reading.EASY]
    sentences = [sentence for each in words for sentence in reading.SENTENCE.split(each)]
    assert [each for each in sentences if len(reading.WORD.findall(each)) > 15] == []


def test_no_sentence_counts_things_without_its_plural() -> None:
    """A language may have six forms where Swedish has two, or one."""
    counting = re.compile(r"%\(\w+\)[sd] (?:minut|modul|steg|mejl|person|enhet|dag|timm|månad|fråg|svar|rad|sak|del\b|gång)")
    assert [each.id for each in translating.extracted() if isinstance(each.id, str) and counting.search(each.id)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_with_the_digits_that_telephones_have(language: str) -> None:
    other = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
    assert [each.id for each in translating.read(language) for words in translating._words(each.string) if other.search(words)] == []
