"""flask mail …: send what is due."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app import clock
from app.mail import outbox, transport

group = AppGroup("mail", help="The outbox.")


@group.command("send")
def send() -> None:
    """Send what is due now, once."""
    sent = 0
    while done := outbox.send_due(clock.now()):
        sent += done
    transport.current().close()
    click.echo(f"{sent} mejl.")
