"""The languages of pages and mails: Swedish, and each folder in app/translations. A language is files, not code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from babel import Locale, UnknownLocaleError
from babel.dates import match_skeleton
from markupsafe import Markup

from app import plain
from app.config import ROOT

FOLDER = ROOT / "app" / "translations"
SOURCE = "sv"
"""What every sentence is written in first, and what is shown where another language lacks its words."""

T = TypeVar("T")


def among(folder: Path) -> dict[str, Locale]:
    """Swedish, and each language whose compiled catalogue is in the folder, by its tag in HTML and in addresses."""
    names = sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/messages.mo"))
    return {SOURCE: Locale(SOURCE)} | {tag(name): Locale.parse(name) for name in names}


def tag(name: str) -> str:
    """A folder's name as gettext has it (`pt_BR`, `sv@simple`), as HTML has it: `pt-BR`, `sv-simple`."""
    return name.replace("_", "-").replace("@", "-")


def own_name(locale: Locale, folder: Path = FOLDER) -> str:
    """What the language calls itself: as its folder's name.txt says, which a form of a language needs, or CLDR."""
    given = folder / str(locale) / "name.txt"
    if given.exists():
        return given.read_text(encoding="utf-8").strip()
    name = locale.get_display_name(locale) or str(locale)
    return name[0].upper() + name[1:]


LOCALES = among(FOLDER)
LANGUAGES = {tag: own_name(locale) for tag, locale in LOCALES.items()}
"""The languages to choose from, each by its own name."""


@lru_cache
def offered(reader: str) -> dict[str, Markup]:
    """The languages as a list for somebody who reads one of them: their own alphabet first, each in its order.

    Each name is told to be in its own language, and to run its own way.
    """
    script = _script(LANGUAGES[reader])
    names = sorted(LANGUAGES.items(), key=lambda each: (_script(each[1]) != script, plain.order(each[1])))
    marked = Markup('<bdi lang="{0}" dir="{1}">{2}</bdi>')
    return {tag: marked.format(tag, direction(tag), name) for tag, name in names}


def _script(name: str) -> str:
    return unicodedata.name(name[0]).partition(" ")[0]


@lru_cache
def direction(language: str) -> str:
    """Which way the language is written: `ltr` or `rtl`."""
    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


@lru_cache
def as_in_sweden(locale: Locale) -> Locale:
    """The language as people in Sweden write it, where CLDR knows how: English with the day before the month."""
    try:
        return Locale(locale.language, territory="SE")
    except UnknownLocaleError:
        return locale


@lru_cache
def day_without_year(locale: Locale) -> str:
    """The pattern of a weekday, a day and a month in full, in the order that the language has them."""
    skeletons = locale.datetime_skeletons
    pattern = str(skeletons[match_skeleton("MMMMEEEEd", skeletons)].pattern)
    return re.sub("M{3,}", "MMMM", re.sub("E+|c+", "EEEE", pattern))


def nearest(language: str) -> str:
    """The language of pages that is nearest to the one that somebody has: itself, the one it is a form of, Swedish."""
    return pick(LANGUAGES, language)[0]


def whole(language: str) -> str:
    """The language, or what it is a form of: easy-read leaves the office's pages to plain Swedish."""
    return nearest(language.partition("-")[0]) if LOCALES[language].modifier else language


def pick(words: Mapping[str, T], language: str) -> tuple[str, T]:
    """The words in the language, in the one it is a form of, or in Swedish; and which of them it was."""
    for wanted in (language, language.partition("-")[0], SOURCE):
        if wanted in words:
            return wanted, words[wanted]
    raise LookupError(f"no words in {SOURCE} among {sorted(words)}")
