"""flask …: each command is a few lines around one function."""

from __future__ import annotations

from flask import Flask

from app.commands import (
    campaign,
    courses,
    coverage,
    database,
    mail,
    organisation,
    people,
    setup,
    translations,
    units,
    work,
)


def init_app(app: Flask) -> None:
    for part in (campaign, courses, coverage, database, mail, organisation, people, setup, translations, units, work):
        app.cli.add_command(part.group)
