"""The catalogues: every sentence on a page or in a mail, Swedish in the source, and what it is in other languages."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import UTC, datetime
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import PYTHON_FORMAT, Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.config import ROOT
from app.languages import FOLDER

SOURCES = [("app/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "_l": None}
OFFICE = (
    "app/brand", "app/colour", "app/coverage/", "app/forms/brand", "app/forms/hr", "app/forms/lines",
    "app/forms/people", "app/forms/words", "app/logos/", "app/views/dev", "app/views/hr/", "templates/dev/",
    "templates/hr/", "templates/office.html",
)  # fmt: skip
"""Where sentences stand that only staff read, at their desks: easy-read need not have them."""
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""In place of the time of writing: the same words are the same file."""
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
ISOLATES = {"\u2066": 1, "\u2067": 1, "\u2068": 1, "\u2069": -1}
"""Marks that keep a name or a number together where the text runs the other way; each is ended."""
COUNTED = "num"
"""The placeholder that a plural is chosen by, which a form for one number alone may leave out."""


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


def needed(language: str) -> Catalog:
    """What the language must have words for: all, or for a form of another language (`sv@simple`) not the office's."""
    catalog = extracted()
    if "@" in language:
        for message in [each for each in catalog if each.id and all(_is_office(file) for file, _ in each.locations)]:
            catalog.delete(message.id, message.context)
    return catalog


def _is_office(file: str) -> bool:
    return file.startswith(OFFICE)


def languages() -> list[str]:
    """The folders of languages, by the name that gettext has for them."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def read(language: str) -> Catalog:
    with _file(language, "po").open("rb") as file:
        catalog = read_po(file, locale=language)
    catalog.fuzzy, catalog.creation_date, catalog.revision_date = False, UNDATED, UNDATED
    return catalog


def update(language: str) -> list[str]:
    """Bring the language's catalogue up to what the sources say; what is wrong with it then."""
    path = _file(language, "po")
    catalog = read(language) if path.exists() else Catalog(locale=language)
    catalog.update(needed(language), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, sort_output=True, no_location=True, omit_header=True)
    written = read(language)
    _file(language, "mo").write_bytes(compiled(written))
    return faults(written, needed(language))


def compiled(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def faults(catalog: Catalog, wanted: Catalog) -> list[str]:
    """What is wrong with the words: a line for each sentence, that begins with the fault and quotes the sentence."""
    missing = [("missing", each) for each in wanted if each.id and not catalog.get(each.id, each.context)]
    said = [each for each in catalog if each.id]
    left = [("no longer said", each) for each in said if not wanted.get(each.id, each.context)]
    broken = [(what, each) for each in said if (what := _fault_of(each, catalog))]
    return [f"{what}: {_ids(each)[0]}" for what, each in missing + left + broken]


def _fault_of(message: Message, catalog: Catalog) -> str:
    words, source = _words(message.string), _ids(message)
    if not all(each.strip() for each in words):
        return "empty"
    if message.fuzzy:
        return "fuzzy"
    if errors := list(message.check(catalog)):
        return str(errors[0])
    if not _has_its_placeholders(message, catalog):
        return "placeholders differ"
    if any(Counter(TAG.findall(each)) != Counter(TAG.findall(source[-1])) for each in words):
        return "tags differ"
    if any(sum(ISOLATES.get(sign, 0) for sign in each) for each in words):
        return "an isolate is not ended"
    return "space at an end" if any(each != each.strip() for each in words) else ""


def _has_its_placeholders(message: Message, catalog: Catalog) -> bool:
    """Each form has every placeholder and no other, and can be filled in."""
    names = _names(_ids(message)[-1])
    alone = _forms_for_one_number(catalog) if message.pluralizable else set()
    for form, words in enumerate(_words(message.string)):
        spared = {COUNTED} if form in alone else set[str]()
        if not names - spared <= _names(words) <= names or not _can_be_filled(words, names):
            return False
    return True


def _names(text: str) -> set[str]:
    return {name for name, _format, kind in PYTHON_FORMAT.findall(text) if kind != "%"}


def _can_be_filled(words: str, names: set[str]) -> bool:
    try:
        return not names or bool(words % dict.fromkeys(names, 0))
    except (KeyError, TypeError, ValueError):
        return False


def _forms_for_one_number(catalog: Catalog) -> set[int]:
    """The plural forms that hold for one number alone, as Arabic has for two, where the word is enough."""
    form_of = c2py(catalog.plural_expr)
    counted = Counter(form_of(number) for number in range(1000))
    return {form for form, numbers in counted.items() if numbers == 1}


def _ids(message: Message) -> list[str]:
    """The sentence, or its singular and its plural."""
    return _words(message.id)


def _words(string: object) -> list[str]:
    return list(string) if isinstance(string, tuple | list) else [str(string or "")]


def _file(language: str, ending: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"messages.{ending}"
