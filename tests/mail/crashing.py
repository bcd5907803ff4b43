"""A worker that is killed at a chosen moment: run as a program by test_crashes."""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from app import create_app
from app.mail import outbox
from app.mail.envelope import Envelope


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Way:
    """Notes each mail on a line of a file, as a server would take it; dies before or after it when told to."""

    def __init__(self, taken: Path, moment: str) -> None:
        self.taken, self.moment = taken, moment

    def send(self, envelope: Envelope) -> str:
        if self.moment == "before the dot":
            die()
        with self.taken.open("a") as file:
            file.write(f"{envelope.msgId}\n")
        if self.moment == "after the dot":
            die()
        return "250 tack"

    def is_ready(self) -> bool:
        return True

    def close(self) -> None:
        pass


def main(moment: str, taken: str, now: str) -> None:
    app = create_app()
    app.extensions["mail_transport"] = Way(Path(taken), moment)

    def stopping() -> bool:
        if moment == "claimed":
            die()
        return False

    with app.app_context():
        print("begins", flush=True)
        while outbox.send_due(datetime.fromisoformat(now), stopping=stopping):
            pass


if __name__ == "__main__":
    main(*sys.argv[1:])
