"""The demo: Sundby kommun with eight weeks behind it, and Norrby kommun beside, so that the walls show.

Made through the same functions as real life, with a transport that throws the mail away, and always the same.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select

from app import accessibility, campaigns, checking, clock, db, library, organisations, people
from app.db import session
from app.demo import history, lists, waiting
from app.models import About, Organisation, Person, Unit, UnitKind

SEED = 1325
WEEKS = 8
SUNDBY, NORRBY = "sundby", "norrby"


def load(now: datetime) -> None:
    """Both municipalities and their eight weeks up to `now`, then a few of today's mails in the mailbox."""
    random = Random(SEED)  # noqa: S311  (a story, not a secret)
    monday = clock.day(now, "Europe/Stockholm") - timedelta(days=clock.day(now, "Europe/Stockholm").weekday())
    first = monday - timedelta(weeks=WEEKS)
    with db.writing():
        sundby = _organisation("Sundby kommun", SUNDBY, lists.HR, lists.sundby(random, first), first)
        _mark(sundby, {lists.ELECTED: UnitKind.ELECTED, lists.COMPANY: UnitKind.COMPANY})
        _organisation("Norrby kommun", NORRBY, "hr@norrby.example", lists.norrby(random, first), first)
        _away(sundby, random, first)
        session.commit()
    for slug in (SUNDBY, NORRBY):
        with db.writing():
            campaigns.start(
                "vaga-se", organisations.find(slug), starts_on=first, now=history.at(first, 7), name="Hösten",
                due_days=42,
            )
            session.commit()
    _report(now)
    history.live(first, now, random)
    waiting.for_hr(SUNDBY, now)
    history.todays_mails(now)


def _organisation(name: str, slug: str, hr: str, listed: str, first: date) -> Organisation:
    now = history.at(first - timedelta(days=7), 9)
    made = organisations.add(name, slug, [f"{slug}.example"], hr, now)
    people.add(made, people.read(listed.encode()), now, any_domain=True)
    checking.confirm_all(made, list(library.help_lines()), first)
    _contacts(made, first)
    return made


def _contacts(organisation: Organisation, first: date) -> None:
    """Whom its people turn to at home, checked when the story begins."""
    for group, name, number, whom, hours in lists.CONTACTS[organisation.slug]:
        words = {"group": group, "name": name, "number": number, "whom": whom, "hours": hours}
        checking.confirm(organisation, checking.add(organisation, words), first, None)


def _mark(organisation: Organisation, kinds: dict[str, UnitKind]) -> None:
    for unit in session.scalars(select(Unit).where(Unit.organisation_id == organisation.id, Unit.parent_id.is_(None))):
        if unit.name in kinds:
            organisations.mark(unit, kinds[unit.name])


def _away(organisation: Organisation, random: Random, first: date) -> None:
    """A few on long leave, one back since last week, and a few exempt by decision."""
    own = select(Person).where(Person.organisation_id == organisation.id, Person.number.is_not(None))
    listed = session.scalars(own)
    chosen = random.sample(sorted(listed, key=lambda person: str(person.number)), 26)
    for person in chosen[:22]:
        people.absent(person, first - timedelta(days=random.randrange(10, 60)), None)
    for person in chosen[22:24]:
        people.absent(person, first - timedelta(days=20), first + timedelta(weeks=WEEKS - 1, days=2))
    for person in chosen[24:]:
        people.exempt(person, first, None)


def _report(now: datetime) -> None:
    """Two in Sundby's inbox. Its statement is left unwritten: only an organisation can judge its service."""
    with db.writing():
        for days, about, what in (
            (17, About.FAULT, "När jag förstorar texten ser jag inte hela diagrammet."),
            (2, About.PAPER, "Vi är fem på avdelningen som vill läsa första modulen på papper."),
        ):
            said = {"about": about, "what": what, "contact": "0123-45 67 89"}
            accessibility.report(organisations.find(SUNDBY), said, "sv", now - timedelta(days=days), client=None)
        session.commit()
