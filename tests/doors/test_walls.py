"""The walls, over every door there is: who asks for what is Sundby's, and what they are answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app import db, guards, links
from app.models import (
    About,
    AccessibilityReport,
    AccessibilityStatement,
    AskedFor,
    Campaign,
    CampaignModule,
    Credential,
    CredentialKind,
    Enrolment,
    HelpContact,
    HelpGroup,
    LinkRequest,
    Module,
    Origin,
    Person,
    PersonRequest,
    Reason,
    RequestKind,
    Revision,
    RevisionText,
    Shortcoming,
)  # fmt: skip
from app.models.credential import SIGN_IN_LIFE
from tests.page_rules import Browser
from tests.world import FIRST, NOW, TODAY, World

ACTORS = ("nobody", "amina", "sundby's hr", "nils", "norrby's hr")

ANSWERS: dict[str, int | tuple[int, ...]] = {
    "GET public.start": 200,
    "GET public.register": 200,
    "POST public.ask_to_register": 422,
    "GET public.registered": 200,
    "GET public.confirmation": 200,
    "POST public.confirm": 422,
    "GET public.forgotten": 200,
    "GET public.lost_link": 200,
    "POST public.ask_for_link": 422,
    "GET public.link_sent": 200,
    "GET public.support": 200,
    "GET public.entry": 200,
    "GET public.privacy": 200,
    "GET public.leave": 303,
    "GET public.accessibility": 200,
    "GET public.report": 200,
    "POST public.send_report": 422,
    "GET public.reported": 200,
    "GET learn.enter": 303,
    "GET learn.not_me": 303,
    "GET brand.sheet": 302,
    "GET brand.logo": 404,
    "GET reading.contents": 200,
    "GET reading.document": 200,
    "GET reading.step": 200,
    "GET reading.media": 404,
    "GET hr.ask": 200,
    "POST hr.ask_post": 422,
    "GET hr.enter": 200,
    "POST hr.enter_post": 303,
    "GET health.health": 200,
    "GET learn.home": (403, 200, 403, 200, 403),
    "GET learn.stay": (403, 200, 403, 200, 403),
    "POST learn.share": (403, 303, 403, 303, 403),
    "POST learn.sign_out": 303,
    "GET learn.signed_out": 200,
    "GET learn.ask_held": (403, 200, 403, 200, 403),
    "POST learn.mail_held": (403, 303, 403, 303, 403),
    "GET learn.choose_language": (403, 200, 403, 200, 403),
    "POST learn.change_language": (403, 400, 403, 400, 403),
    "POST learn.pause": (403, 303, 403, 303, 403),
    "GET learn.module": (403, 303, 403, 404, 403),
    "GET learn.step": (403, 200, 403, 404, 403),
    "POST learn.post": (403, 200, 403, 404, 403),
    "GET learn.another_way": (403, 200, 403, 404, 403),
    "POST learn.take_another_way": (403, 422, 403, 404, 403),
    "GET learn.done": (403, 303, 403, 404, 403),
    "GET held.confirmation": 200,
    "POST held.confirm": 422,
    "GET held.closed": 200,
    "GET held.show": 403,
    "GET held.download": 403,
    "GET held.name": 403,
    "POST held.rename": 403,
    "GET held.wrong_person": 403,
    "POST held.stop_mail": 403,
    "GET held.erasure": 403,
    "POST held.erase": 403,
    "POST held.close": 403,
    "GET hr.overview": (303, 303, 200, 303, 404),
    "GET hr.waiting": (303, 303, 200, 303, 200),
    "GET hr.newcomer": (303, 303, 200, 303, 404),
    "POST hr.decide": (303, 303, 422, 303, 404),
    "GET hr.asked_for": (303, 303, 200, 303, 404),
    "POST hr.answer": (303, 303, 422, 303, 404),
    "GET hr.look": (303, 303, 200, 303, 200),
    "POST hr.change_look": 303,
    "GET hr.lines": (303, 303, 200, 303, 200),
    "GET hr.new_contact": (303, 303, 200, 303, 200),
    "POST hr.add_contact": (303, 303, 422, 303, 422),
    "GET hr.line": (303, 303, 200, 303, 404),
    "POST hr.confirm_line": (303, 303, 422, 303, 404),
    "GET hr.own_words": (303, 303, 200, 303, 404),
    "POST hr.change_line": (303, 303, 303, 303, 404),
    "GET hr.away": (303, 303, 200, 303, 404),
    "POST hr.take_away": (303, 303, 303, 303, 404),
    "POST hr.bring_back": (303, 303, 303, 303, 404),
    "GET hr.words": (303, 303, 200, 303, 200),
    "GET hr.own_text": (303, 303, 404, 303, 404),
    "POST hr.change_text": (303, 303, 404, 303, 404),
    "POST hr.sign_out": 303,
    "GET hr.inbox": (303, 303, 200, 303, 200),
    "GET hr.report": (303, 303, 200, 303, 404),
    "POST hr.answer_report": (303, 303, 303, 303, 404),
    "POST hr.reopen_report": (303, 303, 303, 303, 404),
    "GET hr.statement": (303, 303, 200, 303, 200),
    "POST hr.change_statement": 303,
    "GET hr.preview": (303, 303, 200, 303, 200),
    "POST hr.publish": (303, 303, 422, 303, 422),
    "GET hr.new_shortcoming": (303, 303, 200, 303, 200),
    "POST hr.add_shortcoming": (303, 303, 422, 303, 422),
    "GET hr.shortcoming": (303, 303, 200, 303, 404),
    "POST hr.change_shortcoming": (303, 303, 422, 303, 404),
    "POST hr.remove_shortcoming": (303, 303, 303, 303, 404),
    "GET hr.stay": (303, 303, 200, 303, 200),
    "GET hr.signed_out": 200,
}
"""For every door, what each of ACTORS is answered; one figure: all of them the same.

A new door fails the test until somebody has thought about it. 403 on a participant's page says that no link has been
opened in this browser, whatever the address asks for; what is not one's own is 404. What is held about a person (held.*)
opens to none of these: only to one who has just confirmed, which test_held_pages tries.
"""

NAMING = {
    "public.confirmation", "public.confirm", "hr.enter", "hr.enter_post", "public.register", "public.ask_to_register",
    "public.accessibility", "public.report", "public.send_report", "public.support", "held.confirmation", "held.confirm",
}  # fmt: skip
"""Doors that a link opens for whoever holds it, and those that name every organisation to anybody."""


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


class Sundbys:
    """What stands in the addresses: a module, a campaign and links that are Sundby's and nobody else's."""

    def __init__(self, world: World) -> None:
        self.asa, self.amina = world.asa, world.amina
        self.module, self.campaign = _own_campaign(world)
        self.newcomer, self.asked = _own_people(world)
        self.request = LinkRequest(
            kind=RequestKind.REGISTER, organisation_id=world.sundby.id, address="granne@mejl.example",
            address_key="granne@mejl.example", language="sv", requested_at=NOW,
        )  # fmt: skip
        self.report, self.draft = _own_accessibility(world)
        self.contact = HelpContact(
            organisation_id=world.sundby.id, group=HelpGroup.WORK, name="HR i Sundby", number="0980-31 92 20", whom="x"
        )
        db.session.add_all([self.request, self.report, self.draft, self.contact])

    def address(self, rule: Rule, adapter: Any) -> str:
        known = {"module_id": self.module, "number": 1, "position": 1, "key": "liten", "name": "0.svg"}
        known |= {"version": "x", "colour": "0a5c36", "digest": "0" * 32}
        if rule.endpoint.startswith("hr."):
            known["key"] = f"egen-{self.contact.id}"
        known |= {"word": "egna", "spoken": "sv"}
        known |= {"person_id": self.newcomer, "request_id": self.asked, "form": "json"}
        known |= {"report_id": self.report.id, "shortcoming_id": self.draft.shortcomings[0].id}
        values: dict[str, Any] = {name: known[name] for name in rule.arguments & known.keys()}
        if "token" in rule.arguments:
            values["token"] = self.token(rule.endpoint)
        if rule.endpoint == "hr.overview":
            values["omgang"] = self.campaign
        return str(adapter.build(rule.endpoint, values))

    def token(self, endpoint: str) -> str:
        if endpoint.startswith("public."):
            return links.registration_token(self.request)
        rooms = {"learn": CredentialKind.LINK, "held": CredentialKind.CONFIRMATION, "hr": CredentialKind.SIGN_IN}
        kind = rooms[endpoint.partition(".")[0]]
        return links.token(credential(self.asa if kind == CredentialKind.SIGN_IN else self.amina, kind))


def _own_accessibility(world: World) -> tuple[AccessibilityReport, AccessibilityStatement]:
    """What somebody has written to Sundby, and Sundby's draft of a statement."""
    own = {"organisation_id": world.sundby.id}
    report = AccessibilityReport(about=About.FAULT, what="x", language="sv", sent_at=NOW, answer_by=TODAY, **own)
    draft = AccessibilityStatement(changed_at=NOW, **own)
    draft.shortcomings = [Shortcoming(reason=Reason.SHORTCOMING, what="I Sundby")]
    return report, draft


def _own_people(world: World) -> tuple[int, int]:
    """One who waits to be accepted, and something that Amina has asked for: their ids."""
    waiting = Person(organisation_id=world.sundby.id, origin=Origin.DECLARED, created_at=NOW, language="sv")
    waiting.reach_at("ny@sundby.example")
    asked = PersonRequest(person_id=world.amina.id, asked_for=AskedFor.ERASURE, asked_at=NOW)
    db.session.add_all([waiting, asked])
    db.session.flush()
    return waiting.id, asked.id


def _own_campaign(world: World) -> tuple[int, int]:
    """A module that Norrby's campaign does not have, in a campaign of Sundby's: their ids."""
    module = Module(course_id=world.course.id, key="egen", position=3)
    campaign = Campaign(
        organisation_id=world.sundby.id, course_id=world.course.id, name="Egen", starts_on=date(2026, 10, 5),
        due_days=60, days_between=7, created_at=NOW,
    )  # fmt: skip
    db.session.add_all([module, campaign])
    db.session.flush()
    revision = Revision(
        module_id=module.id, number=1, version=1, retake=False, minutes=3, published_at=NOW, media={}, digest="egen"
    )
    revision.texts.append(RevisionText(language="sv", title="Egen", source=FIRST))
    enrolment = Enrolment(person_id=world.amina.id, campaign_id=campaign.id, enrolled_at=NOW)
    campaign.modules = [CampaignModule(module_id=module.id, position=1)]
    db.session.add_all([revision, enrolment])
    db.session.flush()
    return module.id, campaign.id


def credential(person: Person, kind: CredentialKind) -> Credential:
    """The person's own link, or a new way to sign in."""
    with db.writing():
        if kind == CredentialKind.LINK:
            return links.link_for(db.session.get_one(Person, person.id), NOW)
        made = Credential(person_id=person.id, kind=kind, created_at=NOW, expires_at=NOW + SIGN_IN_LIFE)
        db.session.add(made)
        db.session.commit()
        return made


@pytest.fixture
def sundbys(world: World) -> Sundbys:
    with db.writing():
        made = Sundbys(world)
        db.session.commit()
    return made


def come_in(app: Flask, world: World, rows: Session, who: str) -> Browser:
    """A browser in which the actor has just come in."""
    browser = app.test_client()
    assert isinstance(browser, Browser)
    if who in ("amina", "nils"):
        link = credential(world.amina if who == "amina" else world.nils, CredentialKind.LINK)
        browser.get(f"/k/{links.token(link)}")
    elif who != "nobody":
        rows.expire_all()
        person = rows.get_one(Person, world.asa.id if who == "sundby's hr" else world.nils.id)
        with browser.session_transaction() as cookie:
            cookie["_user_id"], cookie["staff"] = guards.sign_in_id(person), [int(NOW.timestamp())] * 2
    return browser


@pytest.mark.parametrize("who", ACTORS)
def test_every_door_answers_each_as_was_decided(
    app: Flask, world: World, sundbys: Sundbys, rows: Session, who: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False  # What the guard says is asked here, not whether the form is ours.
    adapter = app.url_map.bind("localhost")
    found = {}
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            browser = come_in(app, world, rows, who)
            answer = browser.open(sundbys.address(rule, adapter), method=method, data={})
            found[f"{method} {rule.endpoint}"] = answer.status_code
            if who in ("nils", "norrby's hr") and rule.endpoint not in NAMING:
                assert "Sundby" not in answer.text, rule.endpoint
    decided = {door: each if isinstance(each, int) else each[ACTORS.index(who)] for door, each in ANSWERS.items()}
    assert found == decided
