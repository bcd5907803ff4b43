"""The limit: what any page costs with the libraries that ours has on, and nothing of ours.

A signed session is read, one row is read through the ORM, and a template of the same size as a step's page is filled
in, with a CSRF token and as many sentences through gettext. SQLite has the same pragmas.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from typing import Any

from flask import Flask, abort, render_template, request, session
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON", "busy_timeout=5000")


class Model(DeclarativeBase):
    pass


class Reader(Model):
    __tablename__ = "reader"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    place: Mapped[str]
    steps: Mapped[int]


def create_app(environ: Mapping[str, str] = os.environ) -> Flask:
    app = Flask(__name__, template_folder=".")
    app.config["SECRET_KEY"] = environ["LIMIT_KEY"]
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    Babel(app, default_locale="sv", locale_selector=lambda: request.accept_languages.best_match(["sv", "en"], "sv"))
    CSRFProtect(app)
    engine = create_engine(environ["LIMIT_DATABASE_URL"])
    event.listen(engine, "connect", _set_pragmas)

    @app.get("/step/<int:number>")
    def step(number: int) -> str:
        with Session(engine) as rows:
            reader = rows.get(Reader, session.get("reader", 0)) or abort(404)
            return render_template("limit.html", reader=reader, number=number)

    return app


def _set_pragmas(connection: sqlite3.Connection, _entry: Any) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
