"""flask organisation …: set one up from nothing."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app import clock, db, organisations
from app.commands.refusals import refusing

group = AppGroup("organisation", help="Organisationer: kommuner, regioner och bolag.")


@group.command("add")
@click.argument("name")
@click.option("--slug", required=True, help="Kortnamn i adresser och kommandon, som sundby.")
@click.option("--domain", "domains", multiple=True, required=True, help="Egen mejldomän; kan anges flera gånger.")
@click.option("--hr", required=True, help="Mejladress till den första i HR.")
def add(name: str, slug: str, domains: tuple[str, ...], hr: str) -> None:
    """Lägg till organisationen NAME, med en person som har HR:s behörighet över hela."""
    with db.writing(), refusing():
        made = organisations.add(name, slug, domains, hr, clock.now())
        db.session.commit()
        click.echo(f"{made.name} finns nu, med kortnamnet {made.slug}. {hr} loggar in på /hr/logga-in.")
