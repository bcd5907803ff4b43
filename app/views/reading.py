"""Reading without registering: the whole course, by step or on one page, no trace and no cookie. And the pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import clock, content, help, languages, library
from app.models import Course, Module, Revision
from app.pages import YEAR_S, language
from app.views.keeping import kept
from app.views.steps import chosen, media_address, place_number, show_step

blueprint = Blueprint("reading", __name__)

MEDIA = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".mp4", ".vtt"}


@dataclass(frozen=True)
class Reading:
    """A module as anybody may read it."""

    module: Module
    position: int
    revision: Revision
    language: str
    text: content.Module

    def media(self, name: str) -> str:
        return media_address(self.revision, name)

    def help_lines(self, rows: list[help.Row]) -> Callable[[tuple[str, ...]], list[help.Row]]:
        """What the help blocks of the text show, by their keys."""
        return lambda keys: help.in_block(keys, rows)

    def minutes_left(self, step: int) -> int:
        return -(-self.revision.minutes * (len(self.text.steps) + 1 - step) // len(self.text.steps))


@blueprint.get("/kurs/<key>")
def contents(key: str) -> str:
    course = find(key)
    return render_template("reading/contents.html", course=course, **_front(course), readings=_readings(course))


@blueprint.get("/kurs/<key>/hela")
def document(key: str) -> str:
    """The whole course as one document, to read in any way, save or print: every answer, every place of a scenario."""
    course = find(key)
    readings = _readings(course)
    today = clock.day(clock.now(), "Europe/Stockholm")
    rows = {spoken: help.rows(spoken, today) for spoken in {each.language for each in readings}}
    return render_template("reading/document.html", course=course, **_front(course), readings=readings, rows=rows)


@blueprint.app_template_filter()
def deeper(html: str) -> Markup:
    """An author's headings a level down, where a step is itself a heading within a module."""
    return Markup(re.sub(r"(</?h)([34])\b", lambda found: f"{found[1]}{int(found[2]) + 1}", html))  # noqa: S704


@blueprint.get("/kurs/<key>/<int:position>/<int:number>")
def step(key: str, position: int, number: int) -> ResponseReturnValue:
    course = find(key)
    read = reading(course, position)
    if not 1 <= number <= len(read.text.steps):
        abort(404)
    this = read.text.steps[number - 1]
    asked = "svar" in request.args or "visa" in request.args
    answered = chosen(this, request.args) if this.question and asked else None
    return show_step(
        this,
        number,
        read,
        place=place_number(this.scenario, request.args.get("plats")) if this.scenario else None,
        answered=answered,
        error="",
        mine=False,
        local={},
        here=_address(key, position, number),
        back=_address(key, position, number - 1) if number > 1 else _contents(key),
        onward=_onward(course, read, number),
        contents=_contents(key),
    )


@blueprint.get("/media/<name>")
def media(name: str) -> Response:
    """A course's picture or film, under its digest: what is once fetched never changes."""
    if not any(name.endswith(ending) for ending in MEDIA):
        abort(404)
    if name.endswith(".svg") and (drawing := library.media_folder() / name).is_file():
        sent: Response = kept(drawing.read_bytes(), "image/svg+xml", name)
    else:
        sent = send_from_directory(library.media_folder(), name, max_age=YEAR_S, conditional=True)
    sent.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return sent


def _front(course: Course) -> dict[str, str]:
    """The course's own title and description, each with the language it is in."""
    titled, title = languages.pick(course.title, language())
    told, about = languages.pick(course.description, language())
    return {"title": title, "title_language": titled, "about": about, "about_language": told}


def _readings(course: Course) -> list[Reading]:
    return [reading(course, number) for number in range(1, len(course.current) + 1)]


def find(key: str) -> Course:
    course = library.course(key)
    return course if course and course.published_at else abort(404)


def reading(course: Course, position: int) -> Reading:
    if not 1 <= position <= len(course.current):
        abort(404)
    module = course.current[position - 1]
    revision = library.latest(module.id)
    return Reading(module, position, revision, *library.text(revision, request.args.get("sprak", language())))


def _onward(course: Course, read: Reading, number: int) -> str:
    if number < len(read.text.steps):
        return _address(course.key, read.position, number + 1)
    if read.position < len(course.current):
        return _address(course.key, read.position + 1, 1)
    return _contents(course.key)


def _contents(key: str) -> str:
    return url_for("reading.contents", key=key, sprak=request.args.get("sprak"))


def _address(key: str, position: int, number: int) -> str:
    """The step's address; the language that was asked for goes along, since there is no cookie to remember it."""
    return url_for("reading.step", key=key, position=position, number=number, sprak=request.args.get("sprak"))
