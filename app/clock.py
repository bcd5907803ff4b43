"""The only place that asks what time it is. Everything else is told, as `now` (an instant) or `on` (a day)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def day(at: datetime, zone: str) -> date:
    """The calendar day that the instant `at` falls on in the time zone named `zone`."""
    return at.astimezone(ZoneInfo(zone)).date()
