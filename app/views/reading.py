"""Reading without registering: the whole course, no trace and no cookie. And the pictures, for every reader."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app import content, library
from app.models import Course, Module, Revision
from app.pages import YEAR_S, language
from app.views.steps import chosen, place_number, show_step

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

    def minutes_left(self, step: int) -> int:
        return -(-self.revision.minutes * (len(self.text.steps) + 1 - step) // len(self.text.steps))


@blueprint.get("/kurs/<key>")
def contents(key: str) -> str:
    course = find(key)
    title = course.title.get(language(), course.title[library.SOURCE_LANGUAGE])
    about = course.description.get(language(), course.description[library.SOURCE_LANGUAGE])
    readings = [reading(course, n) for n in range(1, len(course.current) + 1)]
    return render_template("reading/contents.html", course=course, title=title, about=about, readings=readings)


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
    sent = send_from_directory(library.media_folder(), name, max_age=YEAR_S, conditional=True)
    sent.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return sent


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
