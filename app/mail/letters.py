"""The mails we write: one function for each, that says which folder its words are in and what they need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app

from app import languages, links
from app.models import Delivery, DeliveryKind, Origin
from app.models.credential import CONFIRMATION_LIFE, SIGN_IN_LIFE

Letter = tuple[str, dict[str, Any]]
"""A folder in templates/email, and what its templates are told."""


def language(delivery: Delivery) -> str:
    """The language the mail is written in: of those we have, the one nearest to the person's own."""
    return languages.nearest(delivery.language)


def letter(delivery: Delivery) -> Letter:
    return WRITERS[delivery.kind](delivery)


def confirm(delivery: Delivery) -> Letter:
    """Somebody registered with this address: was it you?"""
    assert delivery.request is not None
    return "confirm", _common(delivery, f"/registrera/bekrafta/{links.registration_token(delivery.request)}")


def link(delivery: Delivery) -> Letter:
    """Your own way in, as you asked."""
    return "link", _common(delivery, _personal(delivery))


def sign_in(delivery: Delivery) -> Letter:
    """A way in for staff, that works once."""
    assert delivery.credential is not None
    minutes = int(SIGN_IN_LIFE.total_seconds() // 60)
    return "sign_in", _common(delivery, f"/hr/in/{links.token(delivery.credential)}") | {"minutes": minutes}


def confirmation(delivery: Delivery) -> Letter:
    """Show once more that it is you, before you see what is held about you."""
    assert delivery.credential is not None
    minutes = int(CONFIRMATION_LIFE.total_seconds() // 60)
    path = f"/mina-uppgifter/bekrafta/{links.token(delivery.credential)}"
    return "confirmation", _common(delivery, path) | {"minutes": minutes}


def invitation(delivery: Delivery) -> Letter:
    """The next part is here; the first one says who sends it, why, that everybody gets it, and how long it takes."""
    assert delivery.module is not None
    return "invitation", _part(delivery) | {"first": delivery.module.position == 1}


def reminder(delivery: Delivery) -> Letter:
    """A part is still waiting."""
    return "reminder", _part(delivery)


def notice(delivery: Delivery) -> Letter:
    """To HR: there is something to check."""
    return "notice", _common(delivery, "/hr/stod")


WRITERS: dict[DeliveryKind, Callable[[Delivery], Letter]] = {
    DeliveryKind.CONFIRM: confirm,
    DeliveryKind.LINK: link,
    DeliveryKind.SIGN_IN: sign_in,
    DeliveryKind.CONFIRMATION: confirmation,
    DeliveryKind.INVITATION: invitation,
    DeliveryKind.REMINDER: reminder,
    DeliveryKind.NOTICE: notice,
}


def _part(delivery: Delivery) -> dict[str, Any]:
    assert delivery.person is not None
    assert delivery.revision is not None
    told = {"minutes": delivery.revision.minutes, "is_staff": delivery.person.origin == Origin.LISTED}
    return _common(delivery, _personal(delivery)) | told


def _personal(delivery: Delivery) -> str:
    assert delivery.credential is not None
    return f"/k/{links.token(delivery.credential)}"


def _common(delivery: Delivery, path: str) -> dict[str, Any]:
    return {"sender": delivery.organisation.name, "url": current_app.config["BASE_URL"] + path}
