"""Who looked at whose name, and when: the one thing that a page writes when it is only opened, on named lists alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert

from app import db
from app.db import session
from app.models import Look, Person

PAGES = {
    "hr.waiting": _l("listan över dem som väntar på att godkännas"),
    "hr.newcomer": _l("sidan där HR godkänner dig"),
    "hr.asked_for": _l("sidan där HR svarar på det du har bett om"),
}
"""Every page that shows names to somebody else, by its endpoint, as the one who was looked at is told of it."""


def looked(by: Person, people: Iterable[Person], page: str, now: datetime) -> None:
    """Note that `by` sees these names on the page; where that cannot be written the page is not shown either.

    A GET has a session that cannot write, so the note gets one of its own. Where a POST shows the page again its
    session writes, and the view commits.
    """
    rows = [{"by_person_id": by.id, "person_id": each.id, "page": page, "looked_at": now} for each in people]
    if not session.get_bind().get_execution_options().get("reading"):
        _note(rows)
        return
    with db.writing():
        _note(rows)
        session.commit()


def _note(rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(Look), rows)
