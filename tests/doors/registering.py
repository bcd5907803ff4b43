"""How tests register through the door, and what they then look at."""

from __future__ import annotations

import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import links
from app.models import LinkRequest, Person
from app.models.types import address_key
from tests.page_rules import Browser


def register(client: Browser, address: str, organisation: str = "sundby", language: str = "sv") -> TestResponse:
    data = {"address": address, "organisation": organisation, "language": language}
    return client.submit("/registrera", data)


def confirm_link(rows: Session) -> str:
    """The address in the mail to the latest who registered."""
    rows.expire_all()
    request = rows.scalars(select(LinkRequest).order_by(LinkRequest.id.desc())).first()
    assert request is not None
    return f"/registrera/bekrafta/{links.registration_token(request)}"


def at_a_human_pace(client: Browser, path: str, data: dict[str, str]) -> TestResponse:
    """Open the page, and post its form three seconds later, by the clock of the test."""
    client.get(path)
    assert client.page is not None
    filled = client.page.form(None).hidden | data
    time_machine.traveller_stack[-1].shift(3)
    return client.post(path, data=filled)


def confirm(client: Browser, rows: Session, unit: int | str | None = None) -> TestResponse:
    """It was me; and, where that is asked, this is where I work."""
    answer = at_a_human_pace(client, confirm_link(rows), {"who": "jag"})
    if unit is None:
        return answer
    assert answer.headers["Location"].endswith("?jag=1"), "the unit is asked for on the next page"
    return client.submit(answer.headers["Location"], {"unit": str(unit)})


def count(rows: Session, model: type) -> int:
    rows.expire_all()
    return rows.scalars(select(func.count()).select_from(model)).one()


def person_at(rows: Session, address: str) -> Person:
    rows.expire_all()
    return rows.scalars(select(Person).where(Person.address_key == address_key(address))).one()
