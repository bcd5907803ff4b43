"""flask …: each command is a few lines around one function."""

from __future__ import annotations

from flask import Flask

from app.commands import courses, database


def init_app(app: Flask) -> None:
    for each in (database.group, courses.group):
        app.cli.add_command(each)
