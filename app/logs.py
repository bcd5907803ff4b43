"""Logs as JSON lines: ids and rules, never an address or a link. Help and quick exit are not logged at all."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from time import perf_counter
from traceback import format_tb

from flask import Flask, Response, g, request

UNLOGGED = {"public.support", "public.entry", "public.leave", "brand.sheet", "brand.logo", "static"}
"""Endpoints whose visits leave no trace: who opened help is nobody's business, nor who fetched what it looks like."""

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

_json = json.JSONEncoder(ensure_ascii=False, default=str).encode


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info and record.exc_info[1]:
            line["error"] = _trace(record.exc_info[1])
        return _json(line)


def _trace(error: BaseException) -> str:
    """Where it went wrong and the kind of fault, not its words: they often repeat an address or what somebody typed."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    here = "".join(format_tb(error.__traceback__)) + type(error).__qualname__
    return f"{_trace(before)}\n{here}" if before else here


def init_app(app: Flask) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    app.logger.handlers = [handler]
    app.logger.propagate = False
    app.logger.setLevel(logging.INFO)
    # Flask's own would write the address that was asked for, which may be a personal link.
    app.log_exception = lambda exc_info: app.logger.error("unforeseen", exc_info=exc_info)  # type: ignore[method-assign]

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()

    @app.after_request
    def log(response: Response) -> Response:
        if request.endpoint not in UNLOGGED:
            _log_request(app, response)
        return response


def _log_request(app: Flask, response: Response) -> None:
    app.logger.info(
        "request",
        extra={
            "method": request.method,
            "rule": request.url_rule.rule if request.url_rule else None,
            "status": response.status_code,
            "ms": round((perf_counter() - g.began) * 1000, 1) if "began" in g else None,
        },
    )
