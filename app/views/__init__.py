"""What people see: one package per audience, one blueprint and one guard each."""

from __future__ import annotations

from flask import Flask

from app.views import learn, reading


def init_app(app: Flask) -> None:
    for each in (learn.blueprint, reading.blueprint):
        app.register_blueprint(each)
