"""flask units …: say what a unit is, and whether people may choose it."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app import clock, db, organisations
from app.commands.refusals import refusing
from app.models import UnitKind
from app.units import paths as unit_paths

group = AppGroup("units", help="Organisationens enheter.")
of_organisation = click.option("--organisation", "slug", required=True, help="Organisationens kortnamn.")


@group.command("mark")
@click.argument("path")
@click.argument("kind", type=click.Choice([kind.value for kind in UnitKind]))
@of_organisation
def mark(path: str, kind: str, slug: str) -> None:
    """Märk enheten överst PATH, och allt under den, som KIND. Förtroendevalda och partner räknas för sig."""
    with db.writing(), refusing():
        organisations.mark(organisations.unit(organisations.find(slug), path), UnitKind(kind))
        db.session.commit()
    click.echo(f"{path} är nu {kind}.")


@group.command("hide")
@click.argument("path")
@of_organisation
def hide(path: str, slug: str) -> None:
    """Ta bort enheten PATH (som Omsorg / Hemtjänst Öster) ur listan som den som anmäler sig väljer ur."""
    with db.writing(), refusing():
        organisations.unit(organisations.find(slug), path).hidden_at = clock.now()
        db.session.commit()
    click.echo(f"{path} går inte längre att välja vid anmälan.")


@group.command("list")
@of_organisation
def show(slug: str) -> None:
    """Visa enheterna, med nummer, slag och väg."""
    with db.reading(), refusing():
        organisation = organisations.find(slug)
        units = {unit.id: unit for unit in organisation.units}
        for number, path in unit_paths(organisation).items():
            hidden = ", går inte att välja" if units[number].hidden_at else ""
            click.echo(f"{number}\t{units[number].kind}\t{path}{hidden}")
