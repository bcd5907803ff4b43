"""A shared computer: said with one press, forgotten soon, and nothing left in the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, NewVisitor
from tests.browser.site import LISTED
from tests.browser.visitor import Visitor


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def sharing(request: pytest.FixtureRequest, new_visitor: NewVisitor) -> Visitor:
    visitor = new_visitor(viewport=DESK, java_script_enabled=request.param)
    visitor.come_in(LISTED)
    visitor.press("Jag sitter vid en delad dator")
    return visitor


def test_the_way_out_is_at_hand_in_the_middle_of_a_module(sharing: Visitor) -> None:
    sharing.follow("Börja")
    sharing.take_step()
    sharing.press("Logga ut")
    assert sharing.heading == "Du är utloggad"
    sharing.go("/min-sida")
    assert sharing.heading == "Du behöver öppna länken igen"


def test_a_module_leaves_nothing_in_the_browser_but_a_cookie_that_goes_with_it(sharing: Visitor) -> None:
    sharing.follow("Börja")
    sharing.take_module()
    stored = sharing.context.storage_state()
    assert stored["origins"] == []
    assert [cookie["expires"] for cookie in stored["cookies"]] == [-1]


def test_back_after_signing_out_shows_nobodys_page(sharing: Visitor) -> None:
    sharing.follow("Börja")
    title = sharing.heading
    sharing.press("Logga ut")
    sharing.page.go_back(wait_until="commit")
    expect(sharing.page.locator("h1")).to_have_text("Du behöver öppna länken igen")
    assert title not in sharing.page.content()


def test_forms_ask_the_browser_to_remember_nothing(sharing: Visitor) -> None:
    sharing.follow("Börja")
    while not sharing.page.locator("input[name=svar]").count():
        sharing.take_step()
    assert sharing.page.locator("form.say").get_attribute("autocomplete") == "off"
