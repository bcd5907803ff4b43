"""The start page, with each course's contents; and what is stored about a person."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from sqlalchemy import select

from app import clock, forms, library, registering
from app.db import session
from app.models import Course, Organisation
from app.pages import language
from app.views.public import blueprint


@dataclass(frozen=True)
class Entry:
    """A module in a table of contents."""

    title: str
    language: str
    minutes: int


@blueprint.get("/")
def start() -> str:
    courses = [(course, _entries(course)) for course in library.published()]
    return render_template("public/start.html", courses=courses, organisation=_sender())


def _entries(course: Course) -> list[Entry]:
    entries = []
    for module in course.current:
        revision = library.latest(module.id)
        spoken, text = library.text(revision, language())
        entries.append(Entry(text.title, spoken, revision.minutes))
    return entries


def _sender() -> Organisation | None:
    """Whose pages these are, where one organisation alone takes registrations; else the page is neutral about it."""
    organisations = registering.open_organisations(clock.now())
    return organisations[0] if len(organisations) == 1 else None


@blueprint.get("/uppgifter")
def privacy() -> str:
    """The same for everybody; `organisation` in the address adds whom to turn to there."""
    slug = forms.shown(request.args.get("organisation", ""))
    asked = session.scalar(select(Organisation).where(Organisation.slug == slug)) if slug else None
    return render_template("public/privacy.html", organisation=asked)
