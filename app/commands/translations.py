"""flask translations …: bring the catalogues up to the sources."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app import translating

group = AppGroup("translations", help="The catalogues of other languages than Swedish.")


@group.command("update")
@click.argument("language", nargs=-1)
def update(language: tuple[str, ...]) -> None:
    """Update and compile the catalogue of each LANGUAGE (all there are): a new one is begun. Prints what is wrong."""
    faults = [f"{each}: {fault}" for each in language or translating.languages() for fault in translating.update(each)]
    for fault in faults:
        click.echo(fault)
    raise SystemExit(1 if faults else 0)
