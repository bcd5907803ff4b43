"""Eight weeks as they might have been: mail goes out, some open it at once, some later, some not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from app import db, planning, progress, registering
from app.db import session
from app.mail import outbox, transport
from app.models import Delivery, DeliveryKind, Organisation, Person, RequestKind
from app.progress import Standing

ZONE = ZoneInfo("Europe/Stockholm")
ROUNDS = (8, 10, 12, 14)
"""The hours of a day at which the story lets the mail go."""
SECONDS_A_STEP = 35


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE)


def live(first: date, now: datetime, random: Random) -> None:
    """Live through the days from `first` to `now`: plan, send into nothing, and let people do what people do."""
    eager = Eagerness(random)
    with nowhere(), hurried():
        for day in range((now.date() - first).days + 1):
            morning = at(first + timedelta(days=day), ROUNDS[0])
            if morning < now:
                planning.plan(morning)
            for hour in ROUNDS:
                moment = at(first + timedelta(days=day), hour)
                while moment < now and outbox.send_due(moment, most=200):
                    pass
            live_a_day(first + timedelta(days=day), now, eager)


@contextmanager
def nowhere() -> Iterator[None]:
    """The mail of these weeks is accepted and thrown away, and not logged."""
    kept = current_app.extensions["mail_transport"]
    current_app.extensions["mail_transport"], current_app.logger.disabled = transport.NullTransport(), True
    yield
    current_app.extensions["mail_transport"], current_app.logger.disabled = kept, False


@contextmanager
def hurried() -> Iterator[None]:
    """SQLite need not wait for the disk while a story is told: should the power go, it is told again."""
    engine = db.current_database().engine
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA synchronous=OFF")
    yield
    engine.dispose()


def live_a_day(day: date, now: datetime, eager: Eagerness) -> None:
    """Those whose mail came today may open it, in the hours after."""
    begin, end = at(day, 0), at(day + timedelta(days=1), 0)
    with db.writing():
        reached = session.scalars(
            select(Person)
            .join(Delivery, Delivery.person_id == Person.id)
            .where(Delivery.accepted_at >= begin, Delivery.accepted_at < end)
            .order_by(Person.id)
        ).all()
        for person in reached:
            moment = at(day, 8) + timedelta(minutes=eager.random.randrange(30, 540))
            if moment < now:
                eager.act(person, moment)
        session.commit()


class Eagerness:
    """How likely each person is to do a module when a mail has come; it falls a little with every mail."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.of: dict[int, float] = {}

    def act(self, person: Person, moment: datetime) -> None:
        likely = self.of.setdefault(person.id, self.random.betavariate(2.2, 1.6))
        for standing in progress.standings(person, moment):
            if standing.is_complete:
                continue
            if self.random.random() > likely:
                return
            take(standing, moment, self.random)
            if self.random.random() > 0.15:
                return


def take(standing: Standing, moment: datetime, random: Random) -> None:
    """Go through the module: most to the end, some only half way, a few on another way."""
    luck = random.random()
    if luck < 0.03:
        progress.take_another_way(standing, moment)
        return
    upto = len(standing.steps) if luck < 0.93 else random.randrange(1, len(standing.steps))
    for number, step in enumerate(standing.steps[:upto]):
        progress.post_step(standing, step, moment + timedelta(seconds=SECONDS_A_STEP * (number + 1)))


def todays_mails(now: datetime) -> None:
    """A few people ask for a way in today: theirs are the first mails in the mailbox."""
    with db.writing():
        sundby = session.scalars(select(Organisation).where(Organisation.slug == "sundby")).one()
        unfinished = list(_unfinished(sundby, now))
        for address in ("ny.medarbetare@sundby.example", "granne@epost.example"):
            registering.ask(RequestKind.REGISTER, address, sundby, "sv", now)
        for person in unfinished:
            registering.ask(RequestKind.LINK, str(person.address), None, "sv", now)
        registering.answer(now)
        session.commit()
    while outbox.send_due(now):
        pass


def _unfinished(organisation: Organisation, now: datetime) -> list[Person]:
    """Three who have been invited and have something left to do."""
    query = (
        select(Person)
        .join(Delivery, Delivery.person_id == Person.id)
        .where(Person.organisation_id == organisation.id, Delivery.kind == DeliveryKind.INVITATION)
        .order_by(Person.id.desc())
        .distinct()
    )
    found = (person for person in session.scalars(query) if not _done(person, now))
    return [person for person, _ in zip(found, range(3), strict=False)]


def _done(person: Person, now: datetime) -> bool:
    return all(standing.is_complete for standing in progress.standings(person, now))
