"""/healthz: does the database answer, and when did the worker last go round?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app import clock
from app.db import session
from app.models import Heartbeat

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> tuple[dict[str, Any], int, dict[str, str]]:
    """`worker`: whole seconds since its last round, or null where it has never run. 503 where the database is away."""
    headers = {"Cache-Control": "no-store"}
    try:
        beat = session.scalar(select(Heartbeat.beat_at).where(Heartbeat.name == "worker"))
    except (DBAPIError, PoolTimeout):
        return {"database": "away", "worker": None}, 503, headers
    return {"database": "ok", "worker": beat and int((clock.now() - beat).total_seconds())}, 200, headers
