"""The pages open to all: start, registration, a new link, help, what is stored, and the quick way out."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app import clock, forms, guards, help, library, registering, units
from app.db import session
from app.forms import public as asked
from app.models import Course, LinkRequest, Organisation, RequestKind, Unit
from app.pages import LANGUAGES, language

blueprint = Blueprint("public", __name__)

MOST_UNITS = 20
"""Units listed at once; where there are more, one searches first."""


# --- start -----------------------------------------------------------------------------------------------------------


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


# --- registering -----------------------------------------------------------------------------------------------------


@blueprint.get("/registrera")
def register() -> str:
    organisations = registering.open_organisations(clock.now())
    form = asked.register(organisations, LANGUAGES, language()) if organisations else None
    return _register_page(form, organisations)


@blueprint.post("/registrera")
def ask_to_register() -> ResponseReturnValue:
    """The same answer, in the same time, whatever the address: the request only queues."""
    now = clock.now()
    organisations = registering.open_organisations(now)
    if not organisations:
        return redirect(url_for("public.register"), 303)
    form = asked.register(organisations, LANGUAGES, language())
    if not form.validate():
        return _register_page(form, organisations), 422
    chosen = form.organisation.data if "organisation" in form else organisations[0].slug
    organisation = next(each for each in organisations if each.slug == chosen)
    spoken = form.language.data
    registering.ask(RequestKind.REGISTER, form.address.data, organisation, spoken, now, client=request.remote_addr)
    session.commit()
    return redirect(url_for("public.registered", sprak=spoken), 303)


def _register_page(form: asked.Register | None, organisations: list[Organisation]) -> str:
    """Without a form: nobody takes registrations now."""
    sender = organisations[0] if len(organisations) == 1 else None
    faulty = bool(form and form.errors)
    return render_template("public/register.html", form=form, faulty=faulty, organisation=sender)


@blueprint.get("/registrera/skickat")
def registered() -> str:
    return render_template("public/registered.html")


@blueprint.get("/registrera/bekrafta/<token>")
def confirmation(token: str) -> ResponseReturnValue:
    """Shows, and writes nothing: a scanner that fetches the link confirms nothing."""
    found = registering.waiting(token, clock.now())
    return _confirm_page(found) if found else too_late()


@blueprint.post("/registrera/bekrafta/<token>")
def confirm(token: str) -> ResponseReturnValue:
    now = clock.now()
    found = registering.waiting(token, now)
    if found is None:
        return too_late()
    form = asked.confirm(_units(found))
    if not form.validate():
        return _confirm_page(found, form), 422
    unit = session.get(Unit, int(form.unit.data)) if "unit" in form and form.unit.data != asked.NO_UNIT else None
    person = registering.confirm(found, unit, now)
    if person is None:
        return too_late()
    guards.enter(registering.send_link(found, person, now), now)
    session.commit()
    return redirect(url_for("learn.home"), 303)


def _units(found: LinkRequest) -> dict[int, str] | None:
    """The units that the owner of the address chooses from, or None where there is nothing to choose."""
    if not registering.asks_for_unit(found):
        return None
    return units.offered(registering.organisation_of(found), clock.now())


def _confirm_page(found: LinkRequest, form: asked.Confirm | None = None) -> str:
    g.language = found.language
    listed = _units(found)
    form = form or asked.confirm(listed)
    words = forms.shown(forms.tidy(request.args.get("sok")) or "")[: forms.LONGEST]
    is_long = listed is not None and len(listed) > MOST_UNITS
    matches = units.narrowed(listed or {}, words)
    if is_long:
        asked.offer(form, dict(list(matches.items())[:MOST_UNITS]))
    return render_template(
        "public/confirm.html", form=form, faulty=bool(form.errors), organisation=found.organisation, words=words,
        is_long=is_long, is_ready=not is_long or bool(words), more=max(0, len(matches) - MOST_UNITS),
        is_missing=bool(words) and not matches,
    )  # fmt: skip


def too_late() -> tuple[str, int]:
    """A registration that is unknown, too old or of a campaign that has ended: one page for all of them."""
    return render_template("public/too_late.html"), 404


# --- a new link ------------------------------------------------------------------------------------------------------


@blueprint.get("/ny-lank")
def lost_link() -> str:
    return _lost_link_page(asked.LostLink())


@blueprint.post("/ny-lank")
def ask_for_link() -> ResponseReturnValue:
    form = asked.LostLink()
    if not form.validate():
        return _lost_link_page(form), 422
    registering.ask(RequestKind.LINK, form.address.data, None, language(), clock.now(), client=request.remote_addr)
    session.commit()
    return redirect(url_for("public.link_sent", sprak=request.args.get("sprak")), 303)


def _lost_link_page(form: asked.LostLink) -> str:
    """`gammal` in the address: they come from a link that no longer works."""
    return render_template(
        "public/lost_link.html", form=form, faulty=bool(form.errors), is_old="gammal" in request.args
    )


@blueprint.get("/ny-lank/skickat")
def link_sent() -> str:
    return render_template("public/link_sent.html")


# --- help, and the way out -------------------------------------------------------------------------------------------


@blueprint.get("/stod")
def support() -> str:
    """Help without a trace: no session, no log, and without `organisation` not even a query."""
    slug = forms.shown(request.args.get("organisation", ""))
    organisation = session.scalar(select(Organisation).where(Organisation.slug == slug)) if slug else None
    rows = help.rows(language(), clock.day(clock.now(), "Europe/Stockholm"), organisation)
    return render_template("public/support.html", groups=help.by_group(rows), organisation=organisation)


@blueprint.get("/uppgifter")
def privacy() -> str:
    return render_template("public/privacy.html")


@blueprint.get("/lamna")
def leave() -> ResponseReturnValue:
    """The quick way out: every session in this browser ends, and a neutral site opens."""
    cookie.clear()
    answer = redirect(current_app.config["EXIT_URL"], 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer
