"""Why a waiting mail should not be sent any more, as one expression that the database itself can judge."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, or_, select
from sqlalchemy.orm import QueryableAttribute, aliased

from app.db import UtcDateTime
from app.models import Campaign, Completion, Credential, Delivery, DeliveryKind, Enrolment, LinkRequest, Person


class Reason(StrEnum):
    """Why somebody got no mail, or got it twice: a closed set, no free text on a person."""

    ERASED = "erased"
    LEFT = "left"
    ADDRESS_CHANGED = "address-changed"
    PAUSED = "paused"
    OUT_OF_SCOPE = "out-of-scope"
    CAMPAIGN_CLOSED = "campaign-closed"
    COMPLETED = "completed"
    LINK_ENDED = "link-ended"
    CONFIRMED = "confirmed"
    LATE = "late"
    NO_SUCH_ADDRESS = "no-such-address"
    REFUSED = "refused"
    UNWRITABLE = "unwritable"
    ONCE_MORE = "once-more"
    """Nobody knows whether the first copy arrived, so a second one, with the same Message-ID, was queued."""


_FACT, _CORRECTION, _INVITATION = aliased(Completion), aliased(Completion), aliased(Delivery)
PLANNED = (DeliveryKind.INVITATION, DeliveryKind.REMINDER)


def is_planned() -> ColumnElement[bool]:
    return Delivery.kind.in_(PLANNED)


def is_waiting() -> ColumnElement[bool]:
    """Queued, claimed or sending: nothing has ended it yet. Written as the partial index is, so that it is used."""
    return and_(
        Delivery.accepted_at.is_(None),
        Delivery.failed_at.is_(None),
        Delivery.uncertain_at.is_(None),
        Delivery.cancelled_at.is_(None),
        Delivery.expired_at.is_(None),
    )


AT = bindparam("at", type_=UtcDateTime())
"""The instant to judge at: a parameter, so that a statement is made once. Making one takes longer than running it."""


@cache
def reason_not_to_send() -> ColumnElement[str | None]:
    """The first reason that holds for the row at AT, or NULL while it should go."""
    asked_link = Delivery.kind.in_((DeliveryKind.LINK, DeliveryKind.SIGN_IN, DeliveryKind.CONFIRMATION))
    unasked = or_(is_planned(), Delivery.kind == DeliveryKind.NOTICE)
    to_the_listed = or_(unasked, Delivery.kind == DeliveryKind.CONFIRMATION)
    return case(
        (_person(Person.erased_at.is_not(None)), Reason.ERASED.value),
        (and_(unasked, _person(Person.left_at.is_not(None))), Reason.LEFT.value),
        (and_(to_the_listed, _person(_has_moved())), Reason.ADDRESS_CHANGED.value),
        (and_(is_planned(), _person(Person.paused_at.is_not(None))), Reason.PAUSED.value),
        (and_(is_planned(), _enrolment(Campaign.closed_at.is_not(None))), Reason.CAMPAIGN_CLOSED.value),
        (and_(is_planned(), _enrolment(Enrolment.ended_at.is_not(None))), Reason.OUT_OF_SCOPE.value),
        (_is_done(), Reason.COMPLETED.value),
        (and_(or_(is_planned(), asked_link), ~_credential_opens()), Reason.LINK_ENDED.value),
        (and_(Delivery.kind == DeliveryKind.CONFIRM, ~_request_is_open()), Reason.CONFIRMED.value),
        else_=None,
    )  # fmt: skip


def completed(person_id: QueryableAttribute[Any], module_id: QueryableAttribute[Any]) -> ColumnElement[bool]:
    """Whether a fact of completion stands that no correction has declared mistaken."""
    fact, correction = aliased(Completion), aliased(Completion)
    standing = select(fact.id).where(
        fact.person_id == person_id,
        fact.module_id == module_id,
        fact.corrects_id.is_(None),
        ~exists().where(correction.corrects_id == fact.id),
    )
    # The person may be that of a query two levels up, which is not correlated by itself.
    return standing.correlate_except(fact).exists()


def _is_done() -> ColumnElement[bool]:
    invited = and_(Delivery.kind == DeliveryKind.INVITATION, completed(Delivery.person_id, Delivery.module_id))
    return or_(invited, and_(Delivery.kind == DeliveryKind.REMINDER, ~exists(_unfinished())))


def _has_moved() -> ColumnElement[bool]:
    return or_(Person.address.is_(None), Person.address != Delivery.address)


def _person(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Person.id == Delivery.person_id, condition)


def _enrolment(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Enrolment.id == Delivery.enrolment_id, Campaign.id == Enrolment.campaign_id, condition)


def _unfinished() -> Select[int]:
    """Invitations that went out in the reminder's enrolment, to modules that are still not completed."""
    return select(_INVITATION.id).where(
        _INVITATION.enrolment_id == Delivery.enrolment_id,
        _INVITATION.kind == DeliveryKind.INVITATION,
        or_(_INVITATION.accepted_at.is_not(None), _INVITATION.uncertain_at.is_not(None)),
        ~completed(_INVITATION.person_id, _INVITATION.module_id),
    )


def _credential_opens() -> ColumnElement[bool]:
    return exists().where(
        Credential.id == Delivery.credential_id, Credential.revoked_at.is_(None), Credential.expires_at > AT
    )


def _request_is_open() -> ColumnElement[bool]:
    """How long it lives, the delivery's own end says."""
    return exists().where(LinkRequest.id == Delivery.request_id, LinkRequest.confirmed_at.is_(None))
