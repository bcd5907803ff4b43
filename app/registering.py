"""Asking for a way in, and what the worker answers: whoever asks sees the same, whether or not we know the address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app import campaigns, clock, guards, links, plain
from app.db import session
from app.mail import outbox
from app.models import (
    Campaign,
    Credential,
    CredentialKind,
    DeliveryKind,
    Enrolment,
    LinkRequest,
    Organisation,
    Origin,
    Person,
    RequestKind,
    Role,
    Unit,
)
from app.models.credential import REGISTRATION_LIFE, SIGN_IN_LIFE
from app.models.types import address_key

HOUR = timedelta(hours=1)
PER_ADDRESS, PER_CLIENT, PER_ORGANISATION, PER_INSTALLATION = 5, 300, 1_000, 2_000
"""Requests in an hour. A client is loosely held: a whole municipality is one address to the world."""
A_ROUND = 25
"""Requests that the worker answers in one transaction: about 80 ms, since SQLite has one writer."""


# --- asking: the request only queues ---------------------------------------------------------------------------------


def ask(
    kind: RequestKind, address: str, organisation: Organisation | None, language: str, now: datetime,
    *, client: str | None = None,
) -> None:  # fmt: skip
    """Queue a request for a way in; over a limit it is dropped without a word. `client` is where it came from."""
    own = [guards.Limit("ask-client", guards.network(client), PER_CLIENT, HOUR)] if client else []
    way = "sign-in" if kind == RequestKind.SIGN_IN else "link"
    own.append(guards.Limit(f"ask-{way}-address", address_key(address), PER_ADDRESS, HOUR))
    # A flood from one client or to one address stops at its own limit, and so cannot fill those that everybody shares.
    if not (guards.within(own, now) and guards.within(_shared_limits(kind, organisation), now)):
        return
    session.add(
        LinkRequest(
            kind=kind, organisation=organisation, address=address, address_key=address_key(address),
            language=language, requested_at=now,
        )
    )  # fmt: skip


def _shared_limits(kind: RequestKind, organisation: Organisation | None) -> Iterable[guards.Limit]:
    yield guards.Limit(f"ask-{kind}", "", PER_INSTALLATION, HOUR)
    if organisation:
        yield guards.Limit(f"ask-{kind}-organisation", organisation.slug, PER_ORGANISATION, HOUR)


# --- answering: the worker finds out who it was ----------------------------------------------------------------------


def answer(now: datetime) -> int:
    """Turn waiting requests into mails, and say how many were handled. The worker commits."""
    query = (
        select(LinkRequest)
        .where(LinkRequest.handled_at.is_(None))
        .order_by(LinkRequest.id)
        .limit(A_ROUND)
        .with_for_update(skip_locked=True, of=LinkRequest)
    )
    requests = session.scalars(query).all()
    for request in requests:
        _answer(request, now)
        request.handled_at = now
    return len(requests)


def _answer(request: LinkRequest, now: datetime) -> None:
    known = _known(request)
    for group in known.values():
        if len(group) == 1:
            _send_way_in(request, group[0], now)
    if request.kind == RequestKind.REGISTER and not known:
        outbox.queue(
            DeliveryKind.CONFIRM, f"confirm:{request.id}", organisation=organisation_of(request),
            address=request.address, language=request.language, now=now, request=request,
            expires_at=request.requested_at + REGISTRATION_LIFE,
        )  # fmt: skip


def _known(request: LinkRequest) -> dict[int, list[Person]]:
    """The people who have the address, by organisation; an address that two share belongs to neither of them."""
    query = select(Person).where(
        Person.address_key == request.address_key, Person.left_at.is_(None), Person.erased_at.is_(None)
    )
    if request.organisation_id is not None:
        query = query.where(Person.organisation_id == request.organisation_id)
    groups: dict[int, list[Person]] = {}
    for person in session.scalars(query.options(joinedload(Person.organisation)).order_by(Person.id)):
        groups.setdefault(person.organisation_id, []).append(person)
    return groups


def _send_way_in(request: LinkRequest, person: Person, now: datetime) -> None:
    if request.kind != RequestKind.SIGN_IN:
        if request.kind == RequestKind.REGISTER:
            enrol(person, now)
        send_link(request, person, now)
    elif Role.HR in guards.roles(person, now):
        _send_sign_in(request, person, now)


def send_link(request: LinkRequest, person: Person, now: datetime) -> Credential:
    """Queue the person's one personal link; once, however often it is called.

    To the address that we have, never to the one that was typed: what is alike to us may be two mailboxes elsewhere.
    """
    credential = links.link_for(person, now)
    outbox.queue(
        DeliveryKind.LINK, f"link:{request.id}:{person.id}", organisation=person.organisation, address=_address(person),
        language=request.language, now=now, person=person, credential=credential,
    )  # fmt: skip
    return credential


def _address(person: Person) -> str:
    assert person.address is not None, "who was found by an address has one"
    return person.address


def _send_sign_in(request: LinkRequest, person: Person, now: datetime) -> None:
    credential = Credential(person=person, kind=CredentialKind.SIGN_IN, created_at=now, expires_at=now + SIGN_IN_LIFE)
    session.add(credential)
    session.flush()
    outbox.queue(
        DeliveryKind.SIGN_IN, f"sign-in:{request.id}:{person.id}", organisation=person.organisation,
        address=_address(person), language=request.language, now=now, person=person, credential=credential,
        expires_at=credential.expires_at,
    )  # fmt: skip


# --- confirming: the address's owner presses the button --------------------------------------------------------------


def waiting(token: str, now: datetime) -> LinkRequest | None:
    """The registration behind a confirm link, while it lives and the organisation still has a campaign running."""
    request = links.registration(token)
    if request is None or request.kind != RequestKind.REGISTER or now >= request.requested_at + REGISTRATION_LIFE:
        return None
    return request if running_in(organisation_of(request), now) else None


def organisation_of(request: LinkRequest) -> Organisation:
    """The organisation that was chosen when registering."""
    if request.organisation is None:
        raise ValueError("a registration is made with an organisation")
    return request.organisation


def forget(request: LinkRequest) -> None:
    """The owner of the address did not register: nothing of it is kept, not even the mail that asked them."""
    session.delete(request)


def asks_for_unit(request: LinkRequest) -> bool:
    """Whether the owner of the address must say where they work: staff by their address, and not on the list."""
    return organisation_of(request).owns_address(request.address) and not _known(request)


def confirm(request: LinkRequest, unit: Unit | None, now: datetime) -> Person | None:
    """The person who registered: the one we know by the address, else a new one. None where two share the address.

    Pressed twice it is still one person: whoever confirms in an organisation waits for the one before.
    """
    organisation = organisation_of(request)
    session.refresh(organisation, with_for_update={"key_share": True})
    known = _known(request).get(organisation.id, [])
    if len(known) > 1:
        return None
    person = known[0] if known else _new_person(request, unit, now)
    request.confirmed_at = request.confirmed_at or now
    enrol(person, now)
    return person


def _new_person(request: LinkRequest, unit: Unit | None, now: datetime) -> Person:
    organisation = organisation_of(request)
    is_staff = organisation.owns_address(request.address)
    person = Person(
        organisation=organisation, origin=Origin.DECLARED if is_staff else Origin.PUBLIC,
        language=request.language, created_at=now, declared_unit=unit if is_staff else None,
    )  # fmt: skip
    person.reach_at(request.address)
    session.add(person)
    session.flush()
    return person


def enrol(person: Person, now: datetime) -> None:
    """Enrol one who registered in what runs now. The listed are enrolled by the plan, where they are in scope."""
    if person.origin == Origin.LISTED:
        return
    enrolments = session.scalars(select(Enrolment).where(Enrolment.person_id == person.id))
    mine = {each.campaign_id: each for each in enrolments}
    for campaign in running_in(person.organisation, now):
        if campaign.id in mine:
            mine[campaign.id].ended_at = None
        else:
            session.add(Enrolment(campaign=campaign, person=person, enrolled_at=now))
    session.flush()


# --- where one can register ------------------------------------------------------------------------------------------


def running_in(organisation: Organisation, now: datetime) -> list[Campaign]:
    return campaigns.running(organisation, clock.day(now, organisation.zone))


def open_organisations(now: datetime) -> list[Organisation]:
    """The organisations that take registrations now, since a campaign of theirs runs; by name."""
    query = select(Organisation, func.min(Campaign.starts_on)).where(
        Campaign.organisation_id == Organisation.id, Campaign.closed_at.is_(None)
    )
    begun = session.execute(query.group_by(Organisation.id))
    found = [each for each, first in begun if first <= clock.day(now, each.zone)]
    return sorted(found, key=lambda each: plain.order(each.name))
