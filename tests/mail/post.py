"""Mails to test with: a way to queue one of each kind for Amina, and to look at what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import db, links
from app.mail import outbox
from app.models import (
    Credential,
    CredentialKind,
    Delivery,
    DeliveryKind,
    Enrolment,
    LinkRequest,
    Module,
    Organisation,
    Person,
    RequestKind,
    Revision,
)
from tests.world import NOW, World


def queue(world: World, kind: DeliveryKind, *, module: int = 1, key: str | None = None, **more: Any) -> int:
    """Queue a mail of the kind to Amina, about her first module unless said, and give its id."""
    with db.writing():
        person = db.session.get_one(Person, world.amina.id)
        about = _about(kind, person, world, module) | {"address": person.address, "now": NOW, "language": "sv"} | more
        key = key or f"{kind}:{module}"
        outbox.queue(kind, key, organisation=db.session.get_one(Organisation, world.sundby.id), person=person, **about)
        db.session.commit()
        return db.session.scalars(select(Delivery.id).where(Delivery.key == key)).one()


def _about(kind: DeliveryKind, person: Person, world: World, position: int) -> dict[str, Any]:
    if kind == DeliveryKind.CONFIRM:
        return {"request": _request(world)}
    if kind in (DeliveryKind.SIGN_IN, DeliveryKind.CONFIRMATION):
        later = NOW.replace(hour=NOW.hour + 1)
        made = Credential(person=person, kind=CredentialKind(kind.value), created_at=NOW, expires_at=later)
        db.session.add(made)
        return {"credential": made}
    about: dict[str, Any] = {"credential": links.link_for(person, NOW)}
    if kind == DeliveryKind.LINK:
        return about
    module = db.session.scalars(select(Module).where(Module.position == position)).one()
    revision = db.session.scalars(select(Revision).where(Revision.module_id == module.id)).one()
    return about | {"module": module, "revision": revision, "enrolment": enrolment(world)}


def _request(world: World) -> LinkRequest:
    made = LinkRequest(
        kind=RequestKind.REGISTER,
        organisation_id=world.sundby.id,
        address="ny@sundby.example",
        address_key="ny@sundby.example",
        language="sv",
        requested_at=NOW,
    )
    db.session.add(made)
    return made


def enrolment(world: World) -> Enrolment:
    return db.session.scalars(
        select(Enrolment).where(Enrolment.person_id == world.amina.id, Enrolment.campaign_id == world.campaign.id)
    ).one()


def read(delivery_id: int) -> Delivery:
    """The row as it is committed now."""
    with db.reading():
        return db.session.get_one(Delivery, delivery_id)


def state(delivery_id: int) -> str:
    """The state that the row's times tell."""
    row = read(delivery_id)
    ended = ("accepted", "failed", "uncertain", "cancelled", "expired")
    for name in ended:
        if getattr(row, f"{name}_at"):
            return name
    if row.sending_at:
        return "sending"
    return "claimed" if row.claimed_by else "queued"


def change(model: type[Any], row_id: int, **values: Any) -> None:
    with db.writing():
        row = db.session.get_one(model, row_id)
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


def complete(world: World, position: int, at: datetime, person: Person | None = None) -> int:
    """A fact: the person (Amina unless said) completed the module in this position."""
    from app.models import Completion, How

    with db.writing():
        module = db.session.scalars(select(Module).where(Module.position == position)).one()
        revision = db.session.scalars(select(Revision).where(Revision.module_id == module.id)).one()
        made = Completion(
            person_id=(person or world.amina).id,
            module_id=module.id,
            revision_id=revision.id,
            completed_at=at,
            completed_on=at.date(),
            how=How.LINK,
        )
        db.session.add(made)
        db.session.commit()
        return made.id
