"""What is held about oneself: closed as a whole to all who have not, within a quarter of an hour, confirmed by mail.

A personal link alone never opens it, since a partner may hold the phone.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, guards
from app.models.credential import CONFIRMATION_LIFE

blueprint = Blueprint("held", __name__, url_prefix="/mina-uppgifter")

OPEN = {"held.confirmation", "held.confirm", "held.closed"}
"""The mailed link that opens the rest, and the page that says that it is closed again."""


@blueprint.before_request
def guard() -> ResponseReturnValue | None:
    if request.endpoint in OPEN:
        return None
    confirmation = guards.confirmed(clock.now())
    if confirmation is None:
        return render_template("held/again.html"), 403
    g.confirmation = confirmation
    g.language = guards.person().language
    return None


@blueprint.after_request
def _clear(answer: Response) -> Response:
    """The page leaves the screen when its time is up, without a script too."""
    if "confirmation" in g and answer.mimetype == "text/html":
        left = g.confirmation.used_at + CONFIRMATION_LIFE - clock.now()
        answer.headers["Refresh"] = f"{max(0, int(left.total_seconds()))}; url={url_for('held.closed')}"
    return answer


@blueprint.context_processor
def _whose() -> dict[str, object]:
    """Whose pages these are, and the time of day until which they are open."""
    if "confirmation" not in g:
        return {}
    person = guards.person()
    until = (g.confirmation.used_at + CONFIRMATION_LIFE).astimezone(ZoneInfo(person.organisation.zone))
    return {"person": person, "organisation": person.organisation, "open_until": f"{until:%H:%M}"}


from app.views.held import asking, entering, showing  # noqa: E402, F401  (they hang their doors on the blueprint)
