"""How long a session lives in this browser: a participant's, one at a shared computer, and staff's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import session as cookie

PARTICIPANT = timedelta(hours=12)
SHARED_IDLE = timedelta(minutes=5)
STAFF_IDLE = timedelta(minutes=20)
STAFF_LONGEST = timedelta(hours=12)


@dataclass(frozen=True)
class Life:
    """What is left of the session that opened a page, so that the page can warn in time."""

    room: str
    """The blueprint whose doors `stay`, `sign_out` and `signed_out` prolong it, end it and tell that it is over."""
    left: timedelta
    warning: timedelta
    """How long before the end the page asks whether anybody is there."""
    shared: bool = False

    @property
    def seconds(self) -> int:
        return int(self.left.total_seconds())

    @property
    def warning_minutes(self) -> int:
        return int(self.warning.total_seconds()) // 60


# --- the participant -------------------------------------------------------------------------------------------------


def of_participant(now: datetime) -> Life | None:
    """What is left since the link was opened; at a shared computer since the last page, and this is one."""
    held = cookie.get("participant")
    if not held:
        return None
    shared = is_shared()
    whole = SHARED_IDLE if shared else PARTICIPANT
    left = datetime.fromtimestamp(held[2], UTC) + whole - now
    if left < timedelta(0):
        return None
    if shared:
        return stay(now)
    return Life("learn", left, timedelta(minutes=2))


def stay(now: datetime) -> Life:
    """The participant is there: their session's time begins anew."""
    cookie["participant"] = [*cookie["participant"][:2], int(now.timestamp())]
    if is_shared():
        return Life("learn", SHARED_IDLE, timedelta(minutes=1), shared=True)
    return Life("learn", PARTICIPANT, timedelta(minutes=2))


def share(now: datetime) -> None:
    """From now on this browser is a shared computer's, until somebody signs out or it is closed."""
    cookie["shared"] = True
    stay(now)


def is_shared() -> bool:
    return "shared" in cookie


# --- staff -----------------------------------------------------------------------------------------------------------


def of_staff(now: datetime) -> Life | None:
    """What is left of the idle limit or of the longest life, whichever ends first; each page begins the idle anew."""
    times = cookie.get("staff")
    if not times:
        return None
    began, last = (datetime.fromtimestamp(each, UTC) for each in times)
    if now - last > STAFF_IDLE or now - began > STAFF_LONGEST:
        return None
    cookie["staff"] = [times[0], int(now.timestamp())]
    return Life("hr", min(STAFF_IDLE, began + STAFF_LONGEST - now), timedelta(minutes=2))
