"""Everything that is held, on a page and as a file to take along."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Response, make_response, render_template, request

from app import held
from app.guards import person
from app.held.extract import Value
from app.pages import day
from app.views.held import blueprint

DONE = ("namn", "fraga")
"""What may just have been done, as the address says it."""
AT_ONCE = 5
"""Rows of a kind that stand open; the older ones are behind a drawer."""
QUIET = ("steps", "mails", "ways-in", "asked-for-a-way-in")
"""Kinds that are many and say little: behind a drawer all of them."""


@blueprint.get("")
def show() -> str:
    done = request.args.get("gjort")
    return render_template(
        "held/show.html", **_told(), done=done if done in DONE else None, at_once=AT_ONCE, quiet=QUIET
    )  # fmt: skip


@blueprint.get("/utbildning.<any(json, html):form>")
def download(form: str) -> Response:
    """The same for a program, or as a page that needs nothing else. The file's name tells nothing."""
    if form == "json":
        answer = make_response(held.as_json(held.extract(person())))
        answer.mimetype = "application/json"
    else:
        answer = make_response(render_template("held/file.html", **_told()))
    answer.headers["Content-Disposition"] = f"attachment; filename=utbildning.{form}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _told() -> dict[str, object]:
    sections = held.extract(person())
    looks = next(each for each in sections if each.key == "looks")
    return {
        "filled": [each for each in sections if each.rows],
        "empty": [each.title for each in sections if not each.rows and each is not looks],
        "is_unseen": not looks.rows,
        "told": _words,
    }


def _words(value: Value) -> str:
    """A day, or an instant by the organisation's clock, as the reader's language writes it; all else as it is."""
    if isinstance(value, datetime):
        here = value.astimezone(ZoneInfo(person().organisation.zone))
        return f"{day(here.date())} {here:%H:%M}"
    return day(value) if isinstance(value, date) else str(value)
