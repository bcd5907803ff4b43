"""flask campaign …: start one."""

from __future__ import annotations

from datetime import date

import click
from flask.cli import AppGroup

from app import campaigns, clock, db, help, organisations, plain
from app.commands.refusals import refusing

group = AppGroup("campaign", help="Kursomgångar.")


@group.command("start")
@click.argument("course")
@click.option("--organisation", "slug", required=True, help="Organisationens kortnamn.")
@click.option("--due", type=int, default=campaigns.DUE_DAYS, show_default=True, help="Antal dagar som var och en har.")
@click.option("--name", help="Vad kursomgången heter; annars kursens namn och året.")
@click.option("--from", "first", help="Första dagen, som 2026-11-01; annars i dag.")
def start(course: str, slug: str, due: int, name: str | None, first: str | None) -> None:
    """Starta kursen COURSE (dess id, som vaga-se) för alla enheter i organisationen."""
    with db.writing(), refusing():
        organisation = organisations.find(slug)
        made = campaigns.start(
            course, organisation, starts_on=_day(first, organisation.zone), now=clock.now(), due_days=due, name=name
        )
        db.session.commit()
        click.echo(f"{made.name} (nummer {made.id}) börjar {made.starts_on}, {len(made.modules)} moduler, {due} dagar.")
        if keys := help.unconfirmed(organisation, clock.day(clock.now(), organisation.zone)):
            click.echo(
                f"Ingen hos er har kontrollerat {len(keys)} av hjälpraderna, så de visas inte i drift. Ring dem och "
                f"skriv sedan: flask organisation confirm-help {' '.join(keys)} --organisation {slug}"
            )


def _day(given: str | None, zone: str) -> date:
    if given is None:
        return clock.day(clock.now(), zone)
    try:
        return plain.day(given)
    except ValueError as error:
        raise ValueError(f"--from: {error}.") from None
