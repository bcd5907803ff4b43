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
    Campaign,
    CampaignModule,
    Credential,
    CredentialKind,
    Enrolment,
    LinkRequest,
    Module,
    Person,
    RequestKind,
    Revision,
    RevisionText,
)  # fmt: skip
from app.models.credential import SIGN_IN_LIFE
from tests.page_rules import Browser
from tests.world import FIRST, NOW, World

ACTORS = ("nobody", "amina", "sundby's hr", "nils", "norrby's hr")

ANSWERS: dict[str, int | tuple[int, ...]] = {
    "GET public.start": 200,
    "GET public.register": 200,
    "POST public.ask_to_register": 422,
    "GET public.registered": 200,
    "GET public.confirmation": 200,
    "POST public.confirm": 303,
    "GET public.lost_link": 200,
    "POST public.ask_for_link": 422,
    "GET public.link_sent": 200,
    "GET public.support": 200,
    "GET public.privacy": 200,
    "GET public.leave": 303,
    "GET learn.enter": 303,
    "GET learn.not_me": 303,
    "GET reading.contents": 200,
    "GET reading.step": 200,
    "GET reading.media": 404,
    "GET hr.ask": 200,
    "POST hr.ask_post": 422,
    "GET hr.enter": 200,
    "POST hr.enter_post": 303,
    "GET health.health": 200,
    "GET learn.home": (403, 200, 403, 200, 403),
    "GET learn.choose_language": (403, 200, 403, 200, 403),
    "POST learn.change_language": (403, 400, 403, 400, 403),
    "POST learn.pause": (403, 303, 403, 303, 403),
    "GET learn.module": (403, 303, 403, 404, 403),
    "GET learn.step": (403, 200, 403, 404, 403),
    "POST learn.post": (403, 200, 403, 404, 403),
    "GET learn.another_way": (403, 200, 403, 404, 403),
    "POST learn.take_another_way": (403, 422, 403, 404, 403),
    "GET learn.done": (403, 303, 403, 404, 403),
    "GET hr.overview": (303, 303, 200, 303, 404),
    "POST hr.sign_out": 303,
}
"""For every door, what each of ACTORS is answered; one figure: all of them the same.

A new door fails the test until somebody has thought about it. 403 on a participant's page says that no link has been
opened in this browser, whatever the address asks for; what is not one's own is 404.
"""

NAMING = {
    "public.confirmation", "public.confirm", "hr.enter", "hr.enter_post", "public.register", "public.ask_to_register",
}  # fmt: skip
"""Doors that a link opens for whoever holds it, and the one that names every organisation to anybody."""


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


class Sundbys:
    """What stands in the addresses: a module, a campaign and links that are Sundby's and nobody else's."""

    def __init__(self, world: World) -> None:
        self.asa, self.amina = world.asa, world.amina
        self.module, self.campaign = _own_campaign(world)
        self.request = LinkRequest(
            kind=RequestKind.REGISTER, organisation_id=world.sundby.id, address="granne@mejl.example",
            address_key="granne@mejl.example", language="sv", requested_at=NOW,
        )  # fmt: skip
        db.session.add(self.request)

    def address(self, rule: Rule, adapter: Any) -> str:
        known = {"module_id": self.module, "number": 1, "position": 1, "key": "liten", "name": "0.svg"}
        values: dict[str, Any] = {name: known[name] for name in rule.arguments & known.keys()}
        if "token" in rule.arguments:
            values["token"] = self.token(rule.endpoint)
        if rule.endpoint == "hr.overview":
            values["omgang"] = self.campaign
        return str(adapter.build(rule.endpoint, values))

    def token(self, endpoint: str) -> str:
        if endpoint.startswith("public."):
            return links.registration_token(self.request)
        kind = CredentialKind.LINK if endpoint.startswith("learn.") else CredentialKind.SIGN_IN
        return links.token(credential(self.amina if kind == CredentialKind.LINK else self.asa, kind))


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
