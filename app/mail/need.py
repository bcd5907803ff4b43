"""Why a waiting mail should not be sent any more, as one expression that the database itself can judge."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.orm import aliased

from app.models import Campaign, Completion, Credential, Delivery, DeliveryKind, Enrolment, LinkRequest, Person
from app.models.credential import REGISTRATION_LIFE


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


def reason_not_to_send(now: datetime) -> ColumnElement[str | None]:
    """The first reason that holds for the row, or NULL while it should go."""
    asked_link = Delivery.kind.in_((DeliveryKind.LINK, DeliveryKind.SIGN_IN))
    return case(
        (_person(Person.erased_at.is_not(None)), Reason.ERASED.value),
        (and_(is_planned(), _person(Person.left_at.is_not(None))), Reason.LEFT.value),
        (and_(is_planned(), _person(_has_moved())), Reason.ADDRESS_CHANGED.value),
        (and_(is_planned(), _person(Person.paused_at.is_not(None))), Reason.PAUSED.value),
        (and_(is_planned(), _enrolment(Campaign.closed_at.is_not(None))), Reason.CAMPAIGN_CLOSED.value),
        (and_(is_planned(), _enrolment(Enrolment.ended_at.is_not(None))), Reason.OUT_OF_SCOPE.value),
        (_is_done(), Reason.COMPLETED.value),
        (and_(or_(is_planned(), asked_link), ~_credential_opens(now)), Reason.LINK_ENDED.value),
        (and_(Delivery.kind == DeliveryKind.CONFIRM, ~_request_is_open(now)), Reason.CONFIRMED.value),
        else_=None,
    )  # fmt: skip


def completed(person_id: ColumnElement[Any], module_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a fact of completion stands that no correction has declared mistaken."""
    fact, correction = aliased(Completion), aliased(Completion)
    return exists().where(
        fact.person_id == person_id,
        fact.module_id == module_id,
        fact.corrects_id.is_(None),
        ~exists().where(correction.corrects_id == fact.id),
    )


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
    invitation = aliased(Delivery)
    return select(invitation.id).where(
        invitation.enrolment_id == Delivery.enrolment_id,
        invitation.kind == DeliveryKind.INVITATION,
        or_(invitation.accepted_at.is_not(None), invitation.uncertain_at.is_not(None)),
        ~completed(invitation.person_id, invitation.module_id),
    )


def _credential_opens(now: datetime) -> ColumnElement[bool]:
    return exists().where(
        Credential.id == Delivery.credential_id, Credential.revoked_at.is_(None), Credential.expires_at > now
    )


def _request_is_open(now: datetime) -> ColumnElement[bool]:
    return exists().where(
        LinkRequest.id == Delivery.request_id,
        LinkRequest.confirmed_at.is_(None),
        LinkRequest.requested_at > now - REGISTRATION_LIFE,
    )
