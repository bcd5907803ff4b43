"""A mail scanner that fetches the link, runs the scripts, submits the forms and presses every button completes nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from sqlalchemy import func, select

from app import db
from app.models import Completion, Person, StepPost
from tests.browser.site import LISTED, Site
from tests.browser.visitor import Visitor

EMPTY = "(form) => form.submit()"
PRESS = "(button) => button.click()"


@pytest.fixture
def link(visitor: Visitor) -> str:
    return visitor.site.link(LISTED)


def scan(visitor: Visitor, link: str) -> set[str]:
    """All that can be reached from the link, every form submitted as it stands, every button pressed; the pages seen."""
    page, waiting, seen = visitor.page, [link], set[str]()
    while waiting:
        address = waiting.pop(0).partition("#")[0]
        if address in seen or not visitor.is_ours(address):
            continue
        seen.add(address)
        visitor.context.request.head(link)
        come_in(page, link, address)
        waiting += page.evaluate("[...document.links].map((each) => each.href)")
        for wanted, act in (("form", EMPTY), ("button:not([type=button])", PRESS)):
            for n in range(page.locator(wanted).count()):
                come_in(page, link, address)
                with page.expect_navigation():
                    page.locator(wanted).nth(n).evaluate(act)
            come_in(page, link, address)
    return seen


def come_in(page: Page, link: str, address: str) -> None:
    """By the link first, since some pages end the session."""
    page.context.request.get(link)
    page.goto(address)


def completed() -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Completion)) or 0


def test_a_scanner_completes_nothing_and_the_link_still_works(visitor: Visitor, link: str, site: Site) -> None:
    seen = scan(visitor, link)
    assert any("/modul/" in each for each in seen)
    assert completed() == 0
    visitor.page.goto(link)
    visitor.go_on()
    visitor.take_module()
    assert completed() == 1


def test_a_scanner_that_waits_is_stopped_by_the_choice_that_nothing_preselects(
    visitor: Visitor, link: str, site: Site
) -> None:
    """It may come twice, with time between: the steps without a choice may be noted, the module is not."""
    visitor.page.goto(link)
    visitor.follow("Börja")
    for _ in range(12):
        visitor.read()
        visitor.go_on()
    assert completed() == 0
    with db.reading() as session:
        assert (session.scalar(select(func.count()).select_from(StepPost)) or 0) < 4


def press_everything(visitor: Visitor, link: str) -> None:
    """Every form of the page submitted as it stands and every button pressed, at once and after a while."""
    page = visitor.page
    for pause in (False, True):
        for wanted, act in (("main form", EMPTY), ("main button", PRESS)):
            page.goto(link)
            for n in range(page.locator(wanted).count()):
                page.goto(link)
                if pause:
                    visitor.read()
                with page.expect_navigation():
                    page.locator(wanted).nth(n).evaluate(act)


def test_a_scanner_neither_confirms_nor_forgets_what_somebody_else_registered(visitor: Visitor) -> None:
    visitor.register("granne@annat.example")
    link = visitor.link("granne@annat.example")
    press_everything(visitor, link)
    with db.reading() as session:
        assert session.scalar(select(func.count()).where(Person.address_key == "granne@annat.example")) == 0
    visitor.page.goto(link)
    visitor.confirm()
    assert "/min-sida" in visitor.path


def test_a_scanner_neither_opens_nor_spends_the_way_to_what_is_held(visitor: Visitor) -> None:
    visitor.come_in(LISTED)
    visitor.go("/min-sida/uppgifter")
    visitor.read()
    visitor.go_on()
    visitor.site.work()
    link = visitor.link(LISTED)
    press_everything(visitor, link)
    visitor.go("/mina-uppgifter")
    assert visitor.heading == "Bekräfta att det är du"
    visitor.page.goto(link)
    visitor.page.locator("input[value=jag]").check()
    visitor.read()
    visitor.go_on()
    assert visitor.heading == "Det här finns om dig"
