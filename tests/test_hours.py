"""When planned mail may leave."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app import hours

SWEDEN = "Europe/Stockholm"


@pytest.mark.parametrize(
    ("day", "sends"),
    [
        (date(2026, 11, 3), True),
        (date(2026, 11, 7), False),  # Saturday
        (date(2026, 11, 8), False),
        (date(2026, 12, 24), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), False),
        (date(2027, 1, 6), False),
        (date(2027, 3, 26), False),  # Good Friday
        (date(2027, 3, 29), False),
        (date(2027, 5, 6), False),  # Ascension Day
        (date(2027, 6, 25), False),  # Midsummer's Eve
        (date(2027, 2, 1), True),
        (date(2028, 2, 29), True),
    ],
)
def test_no_mail_on_weekends_holidays_and_eves(day: date, sends: bool) -> None:
    assert hours.is_sending_day(day) is sends


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2026, 11, 3, 6, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 3, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 3, 14, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 3, 15, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), True),  # summer time
    ],
)
def test_the_hours_are_the_organisations(at: datetime, is_open: bool) -> None:
    assert hours.is_open(at, SWEDEN) is is_open


def test_a_slot_lies_in_what_is_left_of_the_day() -> None:
    night, noon = datetime(2026, 11, 3, 1, tzinfo=UTC), datetime(2026, 11, 3, 11, tzinfo=UTC)
    assert hours.slot(night, SWEDEN, 0) == datetime(2026, 11, 3, 7, tzinfo=UTC)
    assert hours.slot(night, SWEDEN, 0.5) == datetime(2026, 11, 3, 11, tzinfo=UTC)
    assert hours.slot(noon, SWEDEN, 0.5) == datetime(2026, 11, 3, 13, tzinfo=UTC)


def test_a_slot_after_closing_is_on_the_next_sending_day() -> None:
    friday_evening = datetime(2026, 11, 6, 16, tzinfo=UTC)
    assert hours.slot(friday_evening, SWEDEN, 0) == datetime(2026, 11, 9, 7, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)])
def test_slots_around_the_change_of_clocks_are_in_the_hours(day: date) -> None:
    midnight = hours.midnight(day, SWEDEN)
    assert all(hours.is_open(hours.slot(midnight, SWEDEN, share / 100), SWEDEN) for share in range(100))


def test_working_days_pass_over_weekends_and_holidays() -> None:
    assert hours.after(date(2026, 11, 3), 3) == date(2026, 11, 6)
    assert hours.after(date(2026, 11, 6), 3) == date(2026, 11, 11)
    assert hours.after(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert hours.before(date(2026, 12, 28), 1) == date(2026, 12, 23)
