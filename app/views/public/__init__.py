"""The pages open to all: start, registration, a new link, help, what is stored, and the quick way out."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("public", __name__)

# They hang their doors on the blueprint.
from app.views.public import (  # noqa: E402
    accessibility,  # noqa: F401
    confirming,  # noqa: F401
    leaving,  # noqa: F401
    lost_link,  # noqa: F401
    registering,  # noqa: F401
    start,  # noqa: F401
    support,  # noqa: F401
)
