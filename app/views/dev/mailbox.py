"""The mails that would have been sent, as the one who gets them sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from flask import Response, abort, make_response, render_template, request

from app import guards
from app.mail import transport
from app.views.dev import blueprint

A_PAGE = 50
UNREADABLE = (OSError, LookupError, ValueError, AttributeError, TypeError)
"""What the standard library raises on a mail that is broken enough."""
OF_A_MAIL = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)
"""The policy of a mail's own page: styles as mail has them, no script, and nothing from anywhere else."""


@dataclass(frozen=True)
class Mail:
    """A mail as the one who gets it sees it."""

    name: str
    sender: str
    to: str
    subject: str
    at: datetime | None
    text: str
    html: str


@blueprint.get("/mailbox")
def mailbox() -> Response:
    """Newest first, 50 at a time: only those shown are read."""
    names = _names()
    pages = max(1, -(-len(names) // A_PAGE))
    page = min(max(request.args.get("sida", 1, type=int), 1), pages)
    shown = names[(page - 1) * A_PAGE : page * A_PAGE]
    mails = [(name, _read(name)) for name in shown]
    answer = make_response(render_template("dev/mailbox.html", mails=mails, total=len(names), page=page, pages=pages))
    answer.headers["Content-Security-Policy"] = guards.HEADERS["Content-Security-Policy"] + "; frame-src 'self'"
    return answer


@blueprint.get("/mailbox/<name>")
def body(name: str) -> Response:
    """The HTML of one mail; its links open in the whole window."""
    mail = _read(name) if name in _names() else None
    if mail is None or not mail.html:
        abort(404)
    answer = make_response('<!doctype html><base target="_top">' + mail.html)
    answer.headers["Content-Security-Policy"] = OF_A_MAIL
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _folder() -> Path | None:
    """Where mails are put; None where they leave by another way."""
    out = transport.current()
    return out.folder if isinstance(out, transport.Mailbox) else None


def _names() -> list[str]:
    """The files, newest first: their names begin with the time."""
    folder = _folder()
    if folder is None or not folder.is_dir():
        return []
    return sorted((path.name for path in folder.iterdir() if path.suffix == ".eml"), reverse=True)


def _read(name: str) -> Mail | None:
    """The mail in a file of the mailbox, or None where nobody could read it."""
    folder = _folder()
    try:
        message = message_from_bytes((folder / name).read_bytes(), policy=policy.default) if folder else EmailMessage()
        return Mail(
            name, str(message["From"] or ""), str(message["To"] or ""), str(message["Subject"] or ""),
            _sent_at(message), _part(message, "plain"), _part(message, "html"),
        )  # fmt: skip
    except UNREADABLE:
        return None


def _sent_at(message: EmailMessage) -> datetime | None:
    date = message["Date"]
    found: datetime | None = date.datetime if date else None
    return found


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
