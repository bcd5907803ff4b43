"""A mail scanner that fetches the link, runs the scripts, submits the forms and presses every button completes nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from sqlalchemy import func, select

from app import db
from app.models import Completion, StepPost
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
        for wanted, act in (("form", EMPTY), ("button", PRESS)):
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
