"""The pages open to all: start, registration, a new link, help, what is stored, and the quick way out."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from app.views.public import leaving, lost_link, registering, start, support  # noqa: E402, F401  (doors of the blueprint)
