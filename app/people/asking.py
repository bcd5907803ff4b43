"""What people ask HR for about themselves, and what HR's answer does. All answers are of a closed set."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import joinedload

from app.db import session
from app.inbox import Item
from app.models import Answer, AskedFor, Credential, Person, PersonRequest
from app.people.seeing import seen_by
from app.people.standing import erase, leave

ANSWER_WITHIN = timedelta(days=30)
"""The law gives a month."""
MOST_HANDLED = 50
WORDS = {
    AskedFor.ERASURE: _l("Att bli raderad"),
    AskedFor.LEFT: _l("Att mejlen slutar, för du har slutat"),
    AskedFor.NOT_MINE: _l("Att mejlen slutar, för de hör till någon annan"),
}
"""What was asked for, as the one who asked is told of it."""
TO_HR = {
    AskedFor.ERASURE: _l("Någon vill bli raderad"),
    AskedFor.LEFT: _l("Någon säger sig ha slutat"),
    AskedFor.NOT_MINE: _l("Någon säger att mejlen kommer till fel person"),
}
"""The same, as HR is told of it in the inbox, which names nobody."""
ANSWERS = {
    AskedFor.ERASURE: {
        Answer.DONE: _l("Radera personen nu"),
        Answer.STILL_NEEDED: _l("Nej: uppgifterna behövs så länge personen arbetar här"),
        Answer.ARCHIVED: _l("Nej: uppgifterna måste bevaras enligt arkivlagen"),
    },
    AskedFor.LEFT: {
        Answer.DONE: _l("Det stämmer: personen har slutat"),
        Answer.STILL_HERE: _l("Personen arbetar kvar: börja mejla igen"),
    },
    AskedFor.NOT_MINE: {
        Answer.DONE: _l("Det stämmer: ta bort adressen och stäng länken"),
        Answer.ADDRESS_RIGHT: _l("Adressen är rätt, vi har frågat personen: börja mejla igen"),
    },
}
"""What HR may answer."""


def ask(person: Person, asked_for: AskedFor, now: datetime) -> None:
    """Put it before HR, once while it waits. Mail that reaches the wrong one, or one who has left, stops at once."""
    waiting = select(PersonRequest.id).where(
        PersonRequest.person_id == person.id,
        PersonRequest.asked_for == asked_for,
        PersonRequest.answered_at.is_(None),
    )
    if session.scalar(waiting) is None:
        session.add(PersonRequest(person_id=person.id, asked_for=asked_for, asked_at=now))
    if asked_for != AskedFor.ERASURE:
        person.paused_at = person.paused_at or now
    session.flush()


def asked(asker: Person, request_id: int, on: date) -> PersonRequest | None:
    """The request with that id, where the asker may answer it or has seen it answered."""
    return session.scalar(_asked(asker, on).where(PersonRequest.id == request_id))


def in_inbox(asker: Person, on: date) -> list[Item]:
    """What waits for the asker, the oldest first, and after it the latest that were answered."""
    open_ones = _asked(asker, on).where(PersonRequest.answered_at.is_(None)).order_by(PersonRequest.asked_at)
    answered = _asked(asker, on).where(PersonRequest.answered_at.is_not(None))
    answered = answered.order_by(PersonRequest.answered_at.desc()).limit(MOST_HANDLED)
    return [_item(each) for query in (open_ones, answered) for each in session.scalars(query)]


def how_many_ask(asker: Person, on: date) -> int:
    open_ones = _asked(asker, on).where(PersonRequest.answered_at.is_(None))
    return session.scalar(open_ones.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def answer(request: PersonRequest, given: Answer, by: Person, now: datetime, on: date) -> None:
    """Answer, and do what the answer says. Raises ValueError for an answer that the request cannot have.

    Erasing a person takes the request away too.
    """
    if request.answered_at is not None or given not in ANSWERS[request.asked_for]:
        raise ValueError(f"{given} is no answer to {request.asked_for}")
    request.answer, request.answered_at, request.answered_by_id = given, now, by.id
    person = request.person
    if given == Answer.DONE:
        _do(request.asked_for, person, now, on)
    elif person.paused_at == request.asked_at:  # The pause was ours, and not their own.
        person.paused_at = None
    session.flush()


def answer_by(request: PersonRequest) -> date:
    """The last day on which HR may answer."""
    return request.asked_at.date() + ANSWER_WITHIN


def _do(asked_for: AskedFor, person: Person, now: datetime, on: date) -> None:
    if asked_for == AskedFor.ERASURE:
        erase(person, now)
    elif asked_for == AskedFor.LEFT:
        leave(person, on, now)
    else:
        person.reach_at(None)
        person.paused_at = None
        session.execute(
            update(Credential)
            .where(Credential.person_id == person.id, Credential.revoked_at.is_(None))
            .values(revoked_at=now)
        )


def _asked(asker: Person, on: date) -> Select[PersonRequest]:
    return (
        select(PersonRequest)
        .join(Person, Person.id == PersonRequest.person_id)
        .where(seen_by(asker, on))
        .options(joinedload(PersonRequest.person))
    )


def _item(request: PersonRequest) -> Item:
    return Item(
        what=str(TO_HR[request.asked_for]),
        since=request.asked_at,
        answer_by=answer_by(request),
        endpoint="hr.asked_for",
        values={"request_id": request.id},
        handled_at=request.answered_at,
    )
