"""HR's pages, closed as a whole: nobody comes in without a mailed link, and HR's right today."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import LoginManager, UserMixin, current_user

from app import clock, guards, staying
from app.models import Person, Role

blueprint = Blueprint("hr", __name__, url_prefix="/hr")

PAGES = {
    "hr.overview": _l("Genomförande"),
    "hr.waiting": _l("Att godkänna"),
    "hr.inbox": _l("Inkorg"),
    "hr.lines": _l("Stöd"),
    "hr.words": _l("Egna ord"),
    "hr.look": _l("Utseende"),
    "hr.statement": _l("Tillgänglighet"),
}
"""The way around: each page by its name, in order."""
OPEN = {"hr.ask", "hr.ask_post", "hr.enter", "hr.enter_post", "hr.signed_out"}


class Staff(UserMixin):  # type: ignore[misc]
    """A person as Flask-Login wants one."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        return guards.sign_in_id(self.person)


def init_login(app: Flask) -> None:
    # Without a context processor: a page that does not ask who is signed in, such as help, leaves the session alone.
    login = LoginManager(app, add_context_processor=False)
    login.user_loader(_load)
    # Nor is anybody remembered by a cookie of its own; looking for one would make every answer, also what browsers keep
    # for a year, vary with the session's.
    app.after_request_funcs[None].remove(login._update_remember_cookie)


def _load(remembered: str) -> Staff | None:
    life = staying.of_staff(clock.now())
    person = guards.signed_in(remembered) if life else None
    g.life = life if person else None
    return Staff(person) if person else None


@blueprint.before_request
def admit() -> ResponseReturnValue | None:
    """Nobody comes further than the doors of OPEN without being signed in, twice proved, and HR today."""
    if request.endpoint in OPEN:
        return None
    if not current_user.is_authenticated or not guards.second_factor(current_user.person):
        return redirect(url_for("hr.ask"), 303)
    g.person = current_user.person
    g.language = g.person.language
    if request.endpoint != "hr.sign_out" and Role.HR not in guards.roles(g.person, clock.now()):
        abort(403)
    return None


def asker() -> Person:
    return cast(Person, g.person)


@blueprint.context_processor
def _around() -> dict[str, object]:
    """Who asks, where they are HR, and the way around; nothing of it on the doors of OPEN."""
    if "person" not in g:
        return {}
    waiting = {"hr.inbox": inbox.how_many_wait()}
    return {"person": asker(), "organisation": asker().organisation, "PAGES": PAGES, "WAITING": waiting}


# They hang their doors on the blueprint.
from app.views.hr import inbox, lines, look, overview, people, signing, statement, words  # noqa: E402, F401
