"""The catalogues: every sentence on a page or in a mail, Swedish in the source, and what it is in other languages."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.config import ROOT

FOLDER = ROOT / "app" / "translations"
SOURCES = [("app/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "_l": None}
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""In place of the time of writing: the same words are the same file."""


def extracted() -> Catalog:
    """Every sentence in the code and the templates."""
    catalog = Catalog()
    options = {pattern: {"trimmed": "true", "silent": "false"} for pattern, kind in SOURCES if kind == "jinja2"}
    found = extract_from_dir(str(ROOT), SOURCES, options, KEYWORDS, directory_filter=_is_ours)
    for file, _line, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        catalog.add(message, None, [(Path(file).as_posix(), None)], auto_comments=comments, context=context)  # type: ignore[list-item]
    return catalog


def _is_ours(folder: str) -> bool:
    return Path(folder).name not in {".venv", ".git", "instance", "node_modules", "translations", "__pycache__"}


def languages() -> list[str]:
    return sorted(path.name for path in FOLDER.iterdir() if (path / "LC_MESSAGES").is_dir())


def read(language: str) -> Catalog:
    with _file(language, "po").open("rb") as file:
        catalog = read_po(file, locale=language)
    catalog.fuzzy, catalog.creation_date, catalog.revision_date = False, UNDATED, UNDATED
    return catalog


def update(language: str) -> int:
    """Bring the language's catalogue up to what the sources say; how many sentences still lack their words."""
    path = _file(language, "po")
    catalog = read(language) if path.exists() else Catalog(locale=language)
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, no_location=True, omit_header=True)
    written = read(language)
    _file(language, "mo").write_bytes(compiled(written))
    return len(lacking(written))


def compiled(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def lacking(catalog: Catalog) -> list[str]:
    """The sentences without words, or with words whose placeholders differ."""
    return [
        str(message.id)
        for message in catalog
        if message.id and not _is_whole(message, catalog)
    ]


def _is_whole(message: Message, catalog: Catalog) -> bool:
    return not message.fuzzy and all(_words(message.string)) and not any(True for _ in message.check(catalog))


def _words(string: object) -> list[str]:
    return list(string) if isinstance(string, tuple | list) else [str(string or "")]


def _file(language: str, ending: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"messages.{ending}"
