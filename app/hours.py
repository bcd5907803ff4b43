"""When planned mail may leave: weekdays from 08 to 16 in the organisation's zone, on no Swedish holiday or eve."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays.countries.sweden import Sweden

OPENS, CLOSES = time(8), time(16)
ONE_DAY = timedelta(days=1)


@cache
def _free() -> Sweden:
    """The eves (Midsummer's, Christmas, New Year's) stand in a category of their own."""
    return Sweden(categories=("public", "de_facto"))


def is_sending_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _free()


def sending_day(day: date) -> date:
    """The first sending day from `day` on."""
    while not is_sending_day(day):
        day += ONE_DAY
    return day


def after(day: date, working_days: int) -> date:
    """The day that lies so many working days after `day`."""
    for _ in range(working_days):
        day = sending_day(day + ONE_DAY)
    return day


def before(day: date, working_days: int) -> date:
    """The day that lies so many working days before `day`."""
    for _ in range(working_days):
        day -= ONE_DAY
        while not is_sending_day(day):
            day -= ONE_DAY
    return day


def is_open(now: datetime, zone: str) -> bool:
    local = now.astimezone(ZoneInfo(zone))
    return is_sending_day(local.date()) and OPENS <= local.time() < CLOSES


def slot(earliest: datetime, zone: str, share: float) -> datetime:
    """An instant in what is left of the first open day from `earliest` on: `share`, from 0 up to 1, of the way."""
    local = earliest.astimezone(ZoneInfo(zone))
    late = local.time() >= CLOSES
    day = sending_day(local.date() + ONE_DAY if late else local.date())
    opens, closes = _at(day, OPENS, zone), _at(day, CLOSES, zone)
    begins = max(opens, earliest)
    return begins + (closes - begins) * share


def midnight(day: date, zone: str) -> datetime:
    """The instant at which the day begins there."""
    return _at(day, time.min, zone)


def _at(day: date, at: time, zone: str) -> datetime:
    """As an instant in UTC, since differences between local times forget the change of clocks."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
