"""The way out of the house: one interface, and behind it a folder, an SMTP server, or nothing at all."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, cast

from flask import Flask, current_app
from flask_mail import email_dispatched

from app.mail.envelope import Envelope
from app.mail.smtp import Smtp


class Transport(Protocol):
    def send(self, envelope: Envelope) -> str:
        """The server's words of acceptance. Raises one of the faults in `faults`."""

    def is_ready(self) -> bool:
        """False for a while after nobody answered: to knock once a second would only wear out the mails' patience."""

    def close(self) -> None:
        """Let go of what is held open."""


class Mailbox:
    """Every mail becomes a file in a folder, under the same name when it is sent once more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, envelope: Envelope) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        at = datetime.fromtimestamp(cast(float, envelope.date), UTC)
        path = self.folder / f"{at:%Y%m%dT%H%M%S.%fZ}-{envelope.delivery_id}.eml"
        made = path.with_suffix(f".{os.getpid()}.part")
        made.write_bytes(envelope.as_bytes())
        made.replace(path)
        _announce(envelope)
        return f"250 {path.name}"

    def is_ready(self) -> bool:
        return True

    def close(self) -> None:
        pass


class NullTransport:
    """Accepts everything and delivers nothing: for history that is made up."""

    def send(self, envelope: Envelope) -> str:
        _announce(envelope)
        return "250 nowhere"

    def is_ready(self) -> bool:
        return True

    def close(self) -> None:
        pass


def current() -> Transport:
    return cast(Transport, current_app.extensions["mail_transport"])


def init_app(app: Flask) -> None:
    smtp = Smtp(app)  # Also where it is not used: Flask-Mail wants its settings at hand for every message.
    mailbox = Mailbox(Path(app.config.get("MAILBOX") or app.config["DATA"] / "mailbox"))
    app.extensions["mail_transport"] = smtp if app.config["MAIL_TRANSPORT"] == "smtp" else mailbox


def _announce(envelope: Envelope) -> None:
    """As Flask-Mail does, so that `record_messages()` sees every mail whatever the way out."""
    email_dispatched.send(current_app._get_current_object(), message=envelope)  # type: ignore[attr-defined]
