"""What people see: one package per audience, one blueprint and one guard each."""

from __future__ import annotations

from flask import Flask

from app.views import brand, dev, health, held, hr, learn, public, reading


def init_app(app: Flask) -> None:
    hr.init_login(app)
    rooms = (public, learn, held, reading, hr, brand, health)
    for each in rooms:
        app.register_blueprint(each.blueprint)
    if app.config["DEVELOPMENT"]:
        app.register_blueprint(dev.blueprint)
