"""What HR says of the help lines: that they hold, words and contacts of its own, and what is not to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app import help
from app.db import session
from app.help import Line
from app.models import HelpCheck, HelpContact, Organisation, Person


def confirm(organisation: Organisation, line: Line, on: date, by: Person | None) -> None:
    """Somebody has called, or read the number where it comes from, on that day."""
    held = line.held or _check(organisation, line)
    held.checked_on, held.checked_by = on, by
    if isinstance(held, HelpCheck):
        held.checked_tel = line.tel or ""


def confirm_all(organisation: Organisation, keys: Sequence[str], on: date) -> None:
    """The organisation has checked these lines on the day. Raises ValueError for a key that help.yaml lacks."""
    known = {line.key: line for line in help.lines(organisation) if line.shipped}
    if unknown := [key for key in keys if key not in known]:
        raise ValueError(f"Det finns ingen hjälprad {', '.join(unknown)}. De som finns: {', '.join(known)}.")
    for key in dict.fromkeys(keys):
        confirm(organisation, known[key], on, None)
    session.flush()


def change(organisation: Organisation, line: Line, words: Mapping[str, str | None]) -> None:
    """Write the organisation's words on the line, by column. What is new to the page nobody has checked yet."""
    held = line.held or _check(organisation, line)
    if any(getattr(held, name) != (text or None) for name, text in words.items()):
        held.checked_on = held.checked_by = None
    for name, text in words.items():
        setattr(held, name, text or None)


def add(organisation: Organisation, words: Mapping[str, str | None]) -> Line:
    """A contact of its own, which nobody has checked yet."""
    contact = HelpContact(organisation_id=organisation.id)
    for name, text in words.items():
        setattr(contact, name, text or None)
    session.add(contact)
    session.flush()
    return help.of_theirs(contact)


def take_away(organisation: Organisation, line: Line, now: datetime) -> None:
    """A contact is deleted; a line that ships is not shown until it is brought back."""
    if isinstance(line.held, HelpContact):
        session.delete(line.held)
    else:
        (line.held or _check(organisation, line)).hidden_at = now


def bring_back(line: Line) -> None:
    if isinstance(line.held, HelpCheck):
        line.held.hidden_at = None


def _check(organisation: Organisation, line: Line) -> HelpCheck:
    made = HelpCheck(organisation_id=organisation.id, key=line.key)
    session.add(made)
    return made
