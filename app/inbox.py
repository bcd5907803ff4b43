"""What HR's inbox holds: things from several rooms, each shown in one line and answered on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Item:
    """A thing that waits for HR, or that HR has dealt with. It names nobody: the page it leads to does."""

    what: str
    """In words, in the reader's language."""
    since: datetime
    answer_by: date
    """The last day of the time within which an answer was promised."""
    endpoint: str
    """Where it is read and answered, with `values` in the address."""
    values: Mapping[str, Any]
    handled_at: datetime | None = None
