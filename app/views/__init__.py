"""What people see: one package per audience, one blueprint and one guard each."""

from __future__ import annotations

from flask import Flask

from app.views import dev, health, hr, learn, public, reading


def init_app(app: Flask) -> None:
    hr.init_login(app)
    for each in (public.blueprint, learn.blueprint, reading.blueprint, hr.blueprint, health.blueprint):
        app.register_blueprint(each)
    if app.config["DEVELOPMENT"]:
        app.register_blueprint(dev.blueprint)
