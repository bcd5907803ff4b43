"""Våga se: a short course in violence prevention, mailed to everybody who works for a municipality."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from flask import Flask, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app import commands, config, db, guards, logs, pages, views
from app.mail import transport


def create_app(environ: Mapping[str, str] | None = None, **overrides: Any) -> Flask:
    """The whole house, switched on part by part. Raises config.Misconfigured with all that is missing."""
    app = Flask(__name__, template_folder="../templates", static_folder=None)
    app.config.update(config.read(environ) | overrides)
    app.config["DATA"].mkdir(parents=True, exist_ok=True)
    logs.init_app(app)
    db.init_app(app)
    _open_sessions(app)
    app.before_request(guards.refuse_other_origins)
    pages.init_app(app)
    transport.init_app(app)
    views.init_app(app)
    commands.init_app(app)
    app.after_request(guards.set_headers)
    if hops := app.config["PROXY_HOPS"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    for address in config.telling(app.config):
        app.logger.warning("this address says what the course is about", extra={"setting": address})
    return app


def _open_sessions(app: Flask) -> None:
    """A reading request gets a session in which the database itself refuses to write (GET writes nothing)."""

    @app.before_request
    def open_session() -> None:
        g.unit_of_work = ExitStack()
        reading = request.method in guards.READING
        g.unit_of_work.enter_context(db.reading() if reading else db.writing())

    @app.teardown_request
    def close_session(_error: BaseException | None) -> None:
        if "unit_of_work" in g:
            g.pop("unit_of_work").close()
