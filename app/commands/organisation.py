"""flask organisation …: set one up from nothing."""

from __future__ import annotations

from typing import BinaryIO, TextIO

import click
from flask.cli import AppGroup

from app import brand, checking, clock, db, organisations
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


@group.command("look")
@click.argument("slug")
@click.option("--brand", "colour", help='Organisationens enda färg, som #005c5c. "" tar tillbaka vår egen.')
@click.option(
    "--logo", type=click.File("rb"), help="Loggan: SVG, PNG, JPEG eller WebP, högst 100 kB. En tom fil tar bort den."
)
@click.option("--data-protection", "officer", help='Dataskyddsombudets mejladress. "" tar bort den.')
def look(slug: str, colour: str | None, logo: BinaryIO | None, officer: str | None) -> None:
    """Säg hur sidorna ska se ut hos organisationen SLUG, och vem man frågar om sina uppgifter."""
    with db.writing(), refusing():
        organisation = organisations.find(slug)
        if colour is not None:
            brand.choose_colour(organisation, colour)
        if logo is not None:
            brand.show_logo(organisation, logo.read())
        if officer is not None:
            brand.name_officer(organisation, officer)
        db.session.commit()
        shown = organisation.logo.media_type if organisation.logo else "ingen"
    click.echo(
        f"{organisation.name}: färg {organisation.brand or 'vår egen'}, logga {shown}, "
        f"dataskyddsombud {organisation.data_protection or 'inget'}."
    )


@group.command("text")
@click.argument("key")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.option("--organisation", "slug", required=True, help="Organisationens kortnamn.")
@click.option("--language", default="sv", show_default=True, help="Textens språk.")
def text(key: str, file: TextIO, slug: str, language: str) -> None:
    """Visa texten i FILE (Markdown) i kursens block "::: local KEY". En tom fil tar tillbaka kursens egen text."""
    try:
        words = file.read()
    except UnicodeDecodeError:
        raise click.ClickException(f"{file.name} är inte UTF-8. Spara den som UTF-8 och försök igen.") from None
    with db.writing(), refusing():
        organisations.say(organisations.find(slug), key, language, words)
        db.session.commit()
    click.echo(f"{key} ({language}) är sparad." if words.strip() else f"{key} ({language}) är borttagen.")


@group.command("confirm-help")
@click.argument("keys", nargs=-1, required=True)
@click.option("--organisation", "slug", required=True, help="Organisationens kortnamn.")
def confirm_help(keys: tuple[str, ...], slug: str) -> None:
    """Ni har själva ringt och kontrollerat hjälpraderna KEYS i dag. De visas i sex månader."""
    with db.writing(), refusing():
        organisation = organisations.find(slug)
        checking.confirm_all(organisation, keys, clock.day(clock.now(), organisation.zone))
        db.session.commit()
    click.echo(f"{len(keys)} rader är kontrollerade av {organisation.name}.")
