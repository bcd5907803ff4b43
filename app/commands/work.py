"""flask work: the worker."""

from __future__ import annotations

import signal
from threading import Event

import click
from flask.cli import with_appcontext

from app import clock, work


@click.command("work")
@click.option("--once", is_flag=True, help="Go round once and stop.")
@with_appcontext
def group(once: bool) -> None:
    """Plan, send and prune, until Ctrl-C."""
    if once:
        work.once(clock.now())
        return
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work.loop(clock.now, stop)
