"""Only in development: the mails that would have been sent, a door to HR's side, and all that pages are built from."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("dev", __name__, url_prefix="/dev")

from app.views.dev import components, mailbox, staff  # noqa: E402, F401  (they hang their doors on the blueprint)
