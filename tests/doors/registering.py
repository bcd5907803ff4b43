"""How tests register through the door, and what they then look at."""

from __future__ import annotations

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


def count(rows: Session, model: type) -> int:
    rows.expire_all()
    return rows.scalars(select(func.count()).select_from(model)).one()


def person_at(rows: Session, address: str) -> Person:
    rows.expire_all()
    return rows.scalars(select(Person).where(Person.address_key == address_key(address))).one()
