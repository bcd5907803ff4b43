"""A municipality to measure: made by the same functions as real life, everybody entered and ready to answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import generate_csrf
from sqlalchemy import func, select

from app import (
    campaigns,
    clock,
    create_app,
    db,
    guards,
    library,
    links,
    migrating,
    organisations,
    people,
    planning,
    progress,
)
from app.models import Person, StepPost
from app.people.reading import HEADER
from bench import load

COURSE = "vaga-se"
SLUG = "provby"


@dataclass(frozen=True)
class Entered:
    """A person's session in a browser: their cookie, and the token that their forms carry."""

    person_id: int
    cookie: str
    token: str


class Town:
    """One organisation with people who have all come in through their link, and the course's first module."""

    def __init__(self, environ: Mapping[str, str], size: int) -> None:
        self.app = create_app(environ)
        self.now = clock.now()
        with self.app.app_context():
            migrating.upgrade(self.app.config["DATABASE_URL"])
            with db.writing():
                self._settle(size)
                db.session.commit()
            planning.plan(self.now)
            with db.writing():
                found = db.session.scalars(select(Person).where(Person.number.is_not(None)).order_by(Person.id)).all()
                self.people = [enter(self.app, person, self.now) for person in found]
                self.module_id = progress.standings(found[0], self.now)[0].module_id
                db.session.commit()

    def _settle(self, size: int) -> None:
        library.publish([library.COURSES / COURSE], self.now)
        town = organisations.add("Provby kommun", SLUG, ["provby.example"], "hr@provby.example", self.now)
        people.add(town, people.read(listed(size).encode()), self.now)
        campaigns.start(COURSE, town, starts_on=self.now.date() - timedelta(days=7), now=self.now)

    def read(self, readers: Iterable[Entered], steps: int) -> None:
        """Let these people have read the first steps a while ago."""
        earlier = self.now - timedelta(minutes=5)
        with self.app.app_context(), db.writing():
            for reader in readers:
                standing = progress.standing(db.session.get_one(Person, reader.person_id), self.module_id, self.now)
                assert standing is not None, "nobody reads a module that is not theirs"
                for step in standing.steps[:steps]:
                    progress.post_step(standing, step, earlier)
            db.session.commit()

    def step(self, reader: Entered, number: int) -> bytes:
        """The request for a step's page."""
        return load.get(self.address(number), reader.cookie)

    def answers(self, readers: Iterable[Entered], number: int) -> list[bytes]:
        """Each one's answer to a step, on a page that was shown a minute ago."""
        with self.app.app_context():
            stamp = links.shown_stamp(f"{self.module_id}:{number}", self.now - timedelta(minutes=1))
        form = {"visad": stamp, "svar": "0"}
        return [
            load.post(self.address(number), reader.cookie, urlencode(form | {"csrf_token": reader.token}))
            for reader in readers
        ]

    def address(self, number: int) -> str:
        return f"/modul/{self.module_id}/{number}"

    def posted(self) -> int:
        """How many steps the database says have been posted."""
        with self.app.app_context(), db.reading():
            return db.session.scalars(select(func.count()).select_from(StepPost)).one()


def listed(size: int) -> str:
    """A list of people, ten in each unit."""
    rows = (f"{n:05},Anna Ek {n},p{n}@provby.example,Omsorg / Enhet {n // 10},,2020-01-01," for n in range(size))
    return "\n".join([",".join(HEADER), *rows])


def enter(app: Flask, person: Person, now: datetime) -> Entered:
    """What the browser of a person holds after the link and a first page."""
    credential = links.link_for(person, now)
    return Entered(person.id, *browser(app, lambda _session: guards.enter(credential, now)))


def browser(app: Flask, begin: Callable[[SessionMixin], None]) -> tuple[str, str]:
    """The cookie of a session begun so, signed as the app signs it, and the token that its forms carry."""
    interface = app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    signer = interface.get_signing_serializer(app)
    assert signer is not None, "an app with a key signs"
    with app.app_context(), app.test_request_context():  # The first for a `g` of its own, where the token is kept.
        begin(session)
        token = generate_csrf()
        return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(dict(session))}", token
