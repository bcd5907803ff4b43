"""Who asks, and may they: the participant and staff sessions, rate limits, and the headers on every answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import new as hmac
from ipaddress import IPv4Address, ip_address, ip_network
from typing import cast

from flask import Response, abort, current_app, g, request
from flask import session as cookie
from sqlalchemy import bindparam, case, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from app import clock, db, staying
from app.db import session
from app.models import Credential, CredentialKind, Organisation, Person, RateCount, Role
from app.models.credential import CONFIRMATION_LIFE

READING = ("GET", "HEAD", "OPTIONS")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def set_headers(response: Response) -> Response:
    """Strict headers on every answer; a view may have set a policy of its own before."""
    given = {name.lower() for name in response.headers.keys()}  # noqa: SIM118  (Headers iterates over pairs)
    response.headers.extend({name: value for name, value in HEADERS.items() if name.lower() not in given})
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Robots-Tag", "noindex")
    return response


def refuse_other_origins() -> None:
    """A writing request must come from our own pages: the browser says so, by `Sec-Fetch-Site` or by `Origin`.

    Flask-WTF would read Referer, which some proxies strip.
    """
    if request.method in READING:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site not in (None, "same-origin", "none"):
        abort(403)
    if site is None and origin is not None and origin != current_app.config["BASE_URL"]:
        abort(403)


# --- the participant -------------------------------------------------------------------------------------------------


def enter(credential: Credential, now: datetime) -> None:
    """Open a participant's session in this browser; a staff session beside it is left as it is.

    What a confirmation opened here before may be somebody else's, so that is closed.
    """
    cookie.pop("confirmed", None)
    cookie["participant"] = [credential.id, credential.generation, int(now.timestamp())]


def leave() -> None:
    """Sign the participant out here, also of a shared computer; nothing of the staff's."""
    end()
    cookie.pop("shared", None)


def end() -> None:
    """End the participant's session, and what a confirmation opened; a shared computer stays one."""
    for name in ("participant", "confirmed"):
        cookie.pop(name, None)


_HELD = (
    select(Credential, Person, Organisation)
    .join(Credential.person)
    .join(Person.organisation)
    .where(Credential.id == bindparam("id"), Credential.generation == bindparam("generation"))
)
"""Built once, since every page of a participant asks it."""
_HELD_TO_WRITE = _HELD.with_for_update(of=Person, key_share=True)
"""One person's writing requests wait for each other: of two tabs that complete a module, the second sees it done."""


def participant(now: datetime) -> Credential | None:
    """The credential that this browser came in with, still open, with its person and organisation at hand."""
    held, life = cookie.get("participant"), staying.of_participant(now)
    if not held or life is None:
        return None
    query = _HELD if request.method in READING else _HELD_TO_WRITE
    row = session.execute(query, {"id": held[0], "generation": held[1]}).first()
    if row is None:
        return None
    found, person, organisation = row
    if not found.opens(now) or person.erased_at is not None:
        return None
    set_committed_value(person, "organisation", organisation)
    g.person, g.life = person, life
    return found


def person() -> Person:
    """The participant whose page this is; only behind the learn blueprint's guard."""
    return cast(Person, g.person)


# --- the participant, who has just shown once more who they are -------------------------------------------------------


def enter_confirmed(credential: Credential) -> None:
    """Open what is held about the person, in this browser, for as long as `confirmed` says."""
    cookie["confirmed"] = [credential.id, credential.generation]


def leave_confirmed() -> None:
    cookie.pop("confirmed", None)


def confirmed(now: datetime) -> Credential | None:
    """The confirmation that this browser came in with, while it lasts, with its person at hand.

    Its life is counted from the row, not the cookie; a new generation ends it in every copy of the cookie.
    """
    held, life = cookie.get("confirmed"), staying.of_participant(now)
    if not held or (life is None and staying.is_shared()):
        return None
    query = _HELD if request.method in READING else _HELD_TO_WRITE
    row = session.execute(query, {"id": held[0], "generation": held[1]}).first()
    if row is None:
        return None
    found, person, organisation = row
    spent_at = found.used_at if found.kind == CredentialKind.CONFIRMATION else None
    if spent_at is None or now - spent_at >= CONFIRMATION_LIFE or person.erased_at is not None:
        return None
    set_committed_value(person, "organisation", organisation)
    g.person, g.life = person, life
    return found


# --- staff -----------------------------------------------------------------------------------------------------------


def roles(person: Person, now: datetime) -> set[Role]:
    """The roles the person holds today, over any unit; none once they have left."""
    today = clock.day(now, person.organisation.zone)
    return {right.role for right in person.rights if right.holds(today) and person.left_at is None}


def second_factor(person: Person) -> bool:
    """Whether the person has proved what is asked for besides the mailed link: the one place every way in passes.

    Nothing is asked for yet but being somebody still.
    """
    return person.erased_at is None


def sign_in_id(person: Person) -> str:
    """What the session remembers of a member of staff: sign-out and a withdrawn right raise the generation."""
    return f"{person.id}:{person.generation}"


def signed_in(remembered: str) -> Person | None:
    """The person behind `sign_in_id`, if the generation is still the same and the session is not too old."""
    number, _, generation = remembered.partition(":")
    if not (number.isdigit() and generation.isdigit()):
        return None
    found = session.get(Person, int(number), options=[joinedload(Person.organisation), joinedload(Person.rights)])
    return found if found and found.generation == int(generation) else None


# --- rate limits -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Limit:
    """At most `most` times in `window` for what `name` and `whom` say together."""

    name: str
    whom: str
    most: int
    window: timedelta

    @property
    def key(self) -> str:
        """A keyed hash: the table names nobody."""
        secret = str(current_app.config["SECRET_KEY"]).encode()
        return f"{self.name}:{hmac(secret, self.whom.encode(), sha256).hexdigest()[:32]}"


def network(client: str) -> str:
    """What a client is counted by: its address, or the first 64 bits of an IPv6 one, since a home has all the rest."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((int(address), 64), strict=False))


def within(limits: Iterable[Limit], now: datetime) -> bool:
    """Count one attempt against every limit; True while none is exceeded. Counts in the database, for all workers."""
    counted = [(_count(limit, now), limit.most) for limit in limits]
    return all(count <= most for count, most in counted)


def _count(limit: Limit, now: datetime) -> int:
    over = RateCount.window_ends_at <= now
    row = db.insert(RateCount).values(key=limit.key, window_ends_at=now + limit.window, count=1)
    row = row.on_conflict_do_update(
        index_elements=[RateCount.key],
        set_={
            "count": case((over, 1), else_=RateCount.count + 1),
            "window_ends_at": case((over, now + limit.window), else_=RateCount.window_ends_at),
        },
    )
    return int(session.scalars(row.returning(RateCount.count)).one())
