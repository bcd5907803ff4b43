"""What a field may hold: text on one line without marks that hide or turn it, an address, a day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from email_validator import EmailNotValidError, validate_email

LONGEST = 200
DEEPEST = 20
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of text: they let a name or an address look like another."""


def text(given: str, longest: int = LONGEST) -> str:
    """The text, trimmed and composed (NFC). Raises ValueError with a sentence where it cannot stand in a field."""
    tidy = unicodedata.normalize("NFC", given.strip())
    if len(tidy) > longest:
        raise ValueError(f"är {len(tidy)} tecken långt; skriv högst {longest}")
    if TURNING & set(tidy):
        raise ValueError("innehåller osynliga tecken som vänder skrivriktningen; skriv om det för hand")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in tidy):
        raise ValueError("innehåller radbrytning eller andra styrtecken; skriv det på en rad")
    return tidy


def address(given: str) -> str:
    """The mail address, its domain in lower case. Raises ValueError with a sentence."""
    tidy = text(given)
    try:
        return validate_email(tidy, check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValueError(f"{tidy} är ingen mejladress; skriv den som namn@kommunen.se") from None


def domain(given: str) -> str:
    """The domain in lower case. Raises ValueError with a sentence."""
    try:
        return address(f"namn@{text(given)}").partition("@")[2].lower()
    except ValueError:
        raise ValueError(f"{given!r} är ingen domän; skriv den som kommunen.se") from None


def path(given: str) -> tuple[str, ...]:
    """The names of a unit path, `Omsorg / Hemtjänst Öster`, from the top. Raises ValueError with a sentence."""
    names = tuple(text(name) for name in re.split(r"(?:^|\s+)/(?:\s+|$)", given.strip()))
    if not all(names) or len(names) > DEEPEST:
        raise ValueError("är ingen enhet; skriv den som Omsorg / Hemtjänst Öster")
    return names


def day(given: str) -> date:
    """A day written as 2026-11-01. Raises ValueError with a sentence."""
    try:
        found = date.fromisoformat(given.strip())
    except ValueError:
        raise ValueError(f"{given.strip()[:20]!r} är ingen dag; skriv den som 2026-11-01") from None
    if not 1900 <= found.year <= 2200:
        raise ValueError(f"{found} ligger för långt bort; skriv ett år mellan 1900 och 2200")
    return found


def order(name: str) -> str:
    """What names are sorted by: å, ä and ö come last, in that order."""
    return unicodedata.normalize("NFC", name).casefold().translate(str.maketrans("åäö", "{|}"))
