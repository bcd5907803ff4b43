"""The choice of language: from any of the participant's pages, and back to that page."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app import clock, links
from app.db import session
from app.guards import person
from app.languages import LANGUAGES
from app.views.learn import blueprint
from app.views.learn.home import STAMP, was_by_hand

KEPT = ("svar", "plats")
"""What an address says of where in a step one is."""
NO_WAY_BACK = ("learn.choose_language", "learn.enter", "learn.not_me")


@blueprint.get("/min-sida/sprak")
def choose_language() -> ResponseReturnValue:
    back = page_at(request.args.get("tillbaka", ""))
    return render_template(
        "learn/language.html", language_back=back, again="igen" in request.args, organisation=person().organisation
    )


@blueprint.post("/min-sida/sprak")
def change_language() -> ResponseReturnValue:
    """Progress belongs to the module, so nothing is lost; back to the page that was open."""
    now, wanted = clock.now(), request.form.get("sprak", "")
    if wanted not in LANGUAGES:
        abort(400)
    back = page_at(request.form.get("tillbaka", ""))
    if not was_by_hand(now):
        return redirect(url_for("learn.choose_language", tillbaka=back, igen=1), 303)
    person().language = wanted
    session.commit()
    return redirect(back, 303)


def page_at(address: str) -> str:
    """The participant's own page with this address, written anew by us; their first page where there is none."""
    parts = urlsplit(address if address.startswith("/") and not address.startswith("//") else "")
    try:
        endpoint, values = current_app.url_map.bind("").match(parts.path, method="GET")
    except HTTPException:
        endpoint, values = "", {}
    if not endpoint.startswith("learn.") or endpoint in NO_WAY_BACK:
        return url_for("learn.home")
    kept = {name: numbers for name, numbers in parse_qs(parts.query).items() if name in KEPT}
    return url_for(endpoint, **(dict[str, Any](values) | kept))


@blueprint.context_processor
def _choice() -> dict[str, str]:
    """What the choice of language on a participant's page needs; without it the choice is made by links."""
    if "credential" not in g:
        return {}
    back = request.full_path.removesuffix("?")
    return {"language_back": back, "language_stamp": links.shown_stamp(STAMP, clock.now())}
