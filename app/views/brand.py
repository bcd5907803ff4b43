"""The style sheet in an organisation's colour, and its logo: open, kept for a year, and asked for without a trace."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

from flask import Blueprint, Response, abort, redirect, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.config import ROOT
from app.db import session
from app.models import Logo, Organisation
from app.pages import lean
from app.views.keeping import kept

blueprint = Blueprint("brand", __name__)

HEX = re.compile(r"[0-9a-f]{6}")
DIGEST = re.compile(r"[0-9a-f]{32}")


@blueprint.record_once
def _for_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["style_of"] = address


def address(organisation: Organisation | None) -> str | None:
    """Where the style sheet in the organisation's colour is; None where it has none of its own."""
    if not organisation or not organisation.brand:  # In a template it may be undefined.
        return None
    return f"/stil/{_sheet()[0]}/{organisation.brand[1:]}.css"


@lru_cache(maxsize=1)
def _sheet() -> tuple[str, str]:
    """The style sheet, and its version: an address that changes when it does."""
    text = lean((ROOT / "static" / "app.css").read_text(encoding="utf-8"))
    return sha256(text.encode()).hexdigest()[:12], text


@blueprint.get("/stil/<version>/<colour>.css")
def sheet(version: str, colour: str) -> ResponseReturnValue:
    """All of app.css with one colour changed: no request more than without, no inline style, and no database."""
    if not HEX.fullmatch(colour):
        abort(404)
    newest, text = _sheet()
    if version != newest:
        return redirect(url_for("brand.sheet", version=newest, colour=colour))
    # Outside every layer, so that it wins over the token of the same name.
    return kept(f"{text}:root {{ --brand: #{colour}; }}\n".encode(), "text/css", f"{version}-{colour}")


@blueprint.get("/logga/<digest>")
def logo(digest: str) -> Response:
    """A logo under its digest. It is a picture and nothing else, whatever somebody put in it."""
    query = select(Logo.content, Logo.media_type).where(Logo.digest == digest).limit(1)
    found = session.execute(query).first() if DIGEST.fullmatch(digest) else None
    if found is None:
        abort(404)
    answer = kept(found.content, found.media_type, digest)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
