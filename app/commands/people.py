"""flask people …: take in a plain list of people."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from app import clock, db, organisations, people
from app.commands.refusals import refusing

group = AppGroup("people", help="Personer och var de är placerade.")


@group.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", "slug", required=True, help="Organisationens kortnamn.")
@click.option("--any-domain", is_flag=True, help="Ta med adresser utanför organisationens egna domäner.")
def add(file: Path, slug: str, any_domain: bool) -> None:
    """Lägg till personerna i FILE: allt, eller inget om något är fel.

    FILE är CSV i UTF-8 med rubrikerna number,name,email,unit,manager,from,to. Enheten skrivs som en väg,
    Omsorg / Hemtjänst Öster. Chefen anges med sitt nummer och får behörighet över enheten. Dagar skrivs som 2026-11-01;
    "to" är sista anställningsdagen, tom om den inte är känd.

    Samma nummer på flera rader är en person med flera anställningar. Raderna är personens alla anställningar: de
    ersätter dem som fanns. Personer som inte står i filen ändras inte. Samma fil en gång till ändrar inget.
    """
    try:
        rows = people.read(file.read_bytes())
        with db.writing(), refusing():
            outcome = people.add(organisations.find(slug), rows, clock.now(), any_domain=any_domain)
            db.session.commit()
    except people.Faulty as faulty:
        _say_faults(faulty)
    click.echo(f"{outcome.new} nya, {outcome.changed} ändrade, {outcome.unchanged} oförändrade.")
    if outcome.left_out:
        click.echo(
            f"{outcome.left_out} adresser utanför organisationens domäner togs inte med (--any-domain tar med dem)."
        )


def _say_faults(faulty: people.Faulty) -> None:
    for fault in faulty.faults:
        click.echo(str(fault), err=True)
    raise click.ClickException(f"{len(faulty.faults)} fel. Inget är sparat.")
