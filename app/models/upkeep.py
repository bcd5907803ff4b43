"""What the house needs to keep itself: the worker's heartbeat and the counters behind rate limits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, Short


class Heartbeat(Model):
    """When a part of the worker last went round."""

    __tablename__ = "heartbeat"

    name: Mapped[Short] = mapped_column(primary_key=True)
    beat_at: Mapped[datetime]


class RateCount(Model):
    """How many times something was done in a window of time. The key is a hash: it names nobody."""

    __tablename__ = "rate_count"

    key: Mapped[Short] = mapped_column(primary_key=True)
    window_ends_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]
