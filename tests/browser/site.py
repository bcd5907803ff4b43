"""A live site to visit: the real app behind a real port, with two small municipalities made as an operator makes them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug import Response
from werkzeug.serving import WSGIRequestHandler, make_server

from app import (
    campaigns,
    clock,
    create_app,
    db,
    library,
    links,
    migrating,
    organisations,
    people,
    planning,
    work,
)
from app.models import Person
from app.models.types import address_key

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
"""A Tuesday, ten in the morning in Sweden: mail is sent at once."""
STARTS = date(2026, 10, 19)
LISTED = "amina@sundby.example"
HR = "hr@sundby.example"
SUNDBY = f"""number,name,email,unit,manager,from,to
1001,Åsa Nyström,asa@sundby.example,Omsorg,,2020-01-01,
0102,Amina Farah,{LISTED},Omsorg / Hemtjänst Öster,1001,2024-05-01,
0103,Jonas Lind,jonas@sundby.example,Omsorg / Hemtjänst Väster,1001,2021-01-01,
0104,Kerstin Ek,kerstin@sundby.example,Skola / Björkskolan,,2019-08-01,
"""
NORRBY = """number,name,email,unit,manager,from,to
1,Nils Ek,nils@norrby.example,Omsorg,,2020-01-01,
"""


class Site:
    """The site as its operator sees it; visitors come to `address`."""

    def __init__(self, app: Flask, address: str, neutral: str) -> None:
        self.app, self.address, self.neutral = app, address, neutral
        app.config |= {"BASE_URL": address, "EXIT_URL": neutral}

    def work(self) -> None:
        """Let the worker go round once."""
        work.once(clock.now())

    def completed(self) -> dict[str, int]:
        """How many in Sundby have completed, by unit, as `flask coverage` tells it; "" is the total."""
        arguments = ["coverage", "--organisation", "sundby", "--format", "json"]
        report = json.loads(self.app.test_cli_runner().invoke(args=arguments, catch_exceptions=False).output)
        counted = {line["name"]: line["completed"] for line in report["units"] + report["apart"]}
        return counted | {"": report["total"]["completed"]}

    def link(self, address: str) -> str:
        """The personal link of one on the list, as it stands in every mail to them."""
        with db.writing() as session:
            person = session.query(Person).filter_by(address_key=address_key(address)).one()
            credential = links.link_for(person, clock.now())
            session.commit()
        return f"{self.address}/k/{links.token(credential)}"

    def speak(self, address: str, language: str) -> None:
        """Let somebody have this language from now on."""
        with db.writing() as session:
            session.query(Person).filter_by(address_key=address_key(address)).one().language = language
            session.commit()

    def accept(self, address: str) -> None:
        """HR accepts one who has said where they work."""
        with db.writing() as session:
            person = session.query(Person).filter_by(address_key=address_key(address)).one()
            people.accept(person, clock.day(clock.now(), person.organisation.zone))
            session.commit()


def fill(url: str, data: Path) -> None:
    """An empty database becomes one with the course, two municipalities and a campaign in each."""
    migrating.upgrade(url)
    app = make(url, data, data / "mailbox")
    with app.app_context(), db.writing() as session:
        library.publish(library.course_folders(library.COURSES), NOW)
        _begin("Sundby kommun", "sundby", SUNDBY)
        _begin("Norrby kommun", "norrby", NORRBY)
        session.commit()
    with app.app_context():
        planning.enrol(NOW)
    app.extensions["database"].engine.dispose()


def _begin(name: str, slug: str, listed: str) -> None:
    made = organisations.add(name, slug, [f"{slug}.example"], f"hr@{slug}.example", NOW)
    people.add(made, people.read(listed.encode()), NOW)
    campaigns.start("vaga-se", made, starts_on=STARTS, now=NOW)


def make(url: str, data: Path, mailbox: Path) -> Flask:
    """The app as `dev.py run` makes it."""
    environ = {"FLASK_DEVELOPMENT": "1", "FLASK_DATA": str(data), "FLASK_DATABASE_URL": url}
    return create_app(environ, MAILBOX=mailbox)


class _Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, _type: str, _message: str, *_args: object) -> None:
        """The app writes its own log."""


@contextmanager
def serving(app: Flask) -> Iterator[Site]:
    """The app on a port of its own, for as long as this lasts; quick exit leads to another port."""
    with _listening(Response("Väder")) as neutral, _listening(app) as server, app.app_context():
        yield Site(app, server, neutral)
    app.extensions["database"].engine.dispose()


@contextmanager
def _listening(application: WSGIApplication) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
