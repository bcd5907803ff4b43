"""Who is due what, and when. (Helper MAIL: this file is yours; replace it whole, keeping `opens_on`'s signature.)"""

from __future__ import annotations

from datetime import date, datetime

from app.models import Person


def opens_on(person: Person, now: datetime) -> dict[int, date]:
    """The day on which the mail that opens each coming module is planned, by module id."""
    return {}
