"""Links that only we can have made: a random key and a generation, signed with one salt per purpose.

Deterministic, so that a reminder carries the same link; expiry and revocation live in the row. The keys are not
SECRET_KEY: a leaked database alone, or a leaked key alone, forges nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from flask import current_app
from itsdangerous import BadSignature, Signer
from sqlalchemy import CursorResult, select, update

from app.db import session
from app.models import Credential, CredentialKind, LinkRequest, Person
from app.models.credential import CONFIRMATION_LIFE, LINK_LIFE

READING_TIME = timedelta(seconds=2)
"""The shortest time between the server showing a page and somebody having read it (safety.md)."""
LINK, SIGN_IN, REGISTRATION, SHOWN = "link", "sign-in", "registration", "shown"


def _signer(purpose: str) -> Signer:
    keys = current_app.config["LINK_KEYS"]
    return Signer(keys, salt=f"vagase.{purpose}", sep=".", key_derivation="hmac", digest_method=sha256)


def token(credential: Credential) -> str:
    """What stands in the credential's address."""
    return _signer(credential.kind).sign(f"{credential.key}.{credential.generation}").decode()


def credential(kind: CredentialKind, token: str, now: datetime) -> Credential | None:
    """The credential that the token opens now, or None where it is altered, cut, unknown, expired or revoked."""
    signed = _unsigned(kind, token)
    key, _, generation = (signed or "").rpartition(".")
    found = session.scalar(select(Credential).where(Credential.key == key, Credential.kind == kind))
    if found is None or str(found.generation) != generation or not found.opens(now):
        return None
    return found


def link_for(person: Person, now: datetime) -> Credential:
    """The person's one personal link; renewed where it has expired, and of a new generation where it was revoked."""
    found = session.scalar(
        select(Credential).where(Credential.person_id == person.id, Credential.kind == CredentialKind.LINK)
    )
    if found is None:
        found = Credential(person_id=person.id, kind=CredentialKind.LINK, created_at=now, expires_at=now + LINK_LIFE)
        session.add(found)
        session.flush()
    elif not found.opens(now):
        found.generation += found.revoked_at is not None
        found.revoked_at, found.expires_at = None, now + LINK_LIFE
    return found


def confirmation_for(person: Person, now: datetime) -> Credential:
    """A new way for the person to show once more who they are: to be mailed, or handed over by HR as it is."""
    made = Credential(
        person_id=person.id, kind=CredentialKind.CONFIRMATION, created_at=now, expires_at=now + CONFIRMATION_LIFE
    )
    session.add(made)
    session.flush()
    return made


def spend(credential: Credential, now: datetime) -> bool:
    """Use up a link that works once, in one statement: of two that press at once, one comes in."""
    unspent = update(Credential).where(Credential.id == credential.id, Credential.revoked_at.is_(None))
    spent = session.execute(unspent.values(used_at=now, revoked_at=now))
    return cast(CursorResult[Any], spent).rowcount == 1


def registration_token(request: LinkRequest) -> str:
    return _signer(REGISTRATION).sign(request.key).decode()


def registration(token: str) -> LinkRequest | None:
    """The registration that the token confirms; its age is for the caller to judge."""
    key = _unsigned(REGISTRATION, token)
    return session.scalar(select(LinkRequest).where(LinkRequest.key == key)) if key else None


def shown_stamp(what: str, now: datetime) -> str:
    """A hidden field that says when the server showed a page; measured by us, and kept nowhere."""
    at = f"{now.timestamp():.3f}".replace(".", "")
    return f"{at}.{_signer(SHOWN).get_signature(f'{what}@{at}').decode()}"


def shown_at(what: str, stamp: str) -> datetime | None:
    """When the page with this stamp was shown, or None where the stamp is not ours."""
    at, _, signature = stamp.partition(".")
    if not at.isascii() or not at.isdigit() or not _signer(SHOWN).verify_signature(f"{what}@{at}", signature):
        return None
    return datetime.fromtimestamp(int(at) / 1000, UTC)


def was_read(what: str, stamp: str, now: datetime) -> bool:
    """Whether the page was shown so long ago that a person can have read it; a scanner that presses buttons cannot."""
    at = shown_at(what, stamp)
    return at is not None and now - at >= READING_TIME


def _unsigned(purpose: str, token: str) -> str | None:
    try:
        return _signer(purpose).unsign(token).decode()
    except (BadSignature, ValueError):
        return None
