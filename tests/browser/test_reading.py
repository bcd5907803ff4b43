"""Reading as people do: back and forth, in two tabs, with the keyboard alone, and writing for oneself."""

from __future__ import annotations

from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Request, expect

from tests.browser.conftest import NewVisitor
from tests.browser.site import LISTED, Site
from tests.browser.visitor import Visitor

SECRET = "det som hände i köket"


@pytest.fixture
def inside(visitor: Visitor) -> Visitor:
    """Somebody on the first step of the first module."""
    visitor.come_in(LISTED)
    visitor.follow("Börja")
    return visitor


def until_reflection(visitor: Visitor) -> None:
    while not visitor.page.locator("textarea").count():
        visitor.take_step()


def test_back_in_the_browser_shows_the_step_before_and_forward_the_one_after(inside: Visitor) -> None:
    first = inside.heading
    inside.take_step()
    second = inside.heading
    inside.back()
    assert inside.heading == first
    inside.take_step()
    assert inside.heading == second, "posted twice is noted once"
    inside.take_step()
    inside.follow("Tillbaka")
    assert inside.heading == second


def test_after_the_end_back_and_posting_again_still_completes_once(inside: Visitor, site: Site) -> None:
    inside.take_module()
    inside.back()
    inside.read()
    inside.press("Fortsätt")
    assert inside.path.endswith("/klar")
    assert "1 av 5 moduler klara" in inside.page.locator("main").inner_text()


def test_two_tabs_go_on_together(inside: Visitor, site: Site) -> None:
    other = inside.second_tab()
    inside.take_step()
    inside.take_step()
    other.take_module()
    inside.take_module()
    assert "1 av 5 moduler klara" in inside.page.locator("main").inner_text()


def test_on_another_device_the_same_link_goes_on_where_i_was(inside: Visitor, new_visitor) -> None:  # type: ignore[no-untyped-def]
    inside.take_step()
    inside.take_step()
    here = inside.heading
    link = inside.site.link(LISTED)
    computer = new_visitor(viewport={"width": 1280, "height": 800})
    computer.page.goto(link)
    computer.follow("Fortsätt på steg 3")
    assert computer.heading == here


def test_a_choice_made_after_the_session_ended_is_kept_until_i_am_back(inside: Visitor) -> None:
    while not inside.page.locator("input[name=svar]").count():
        inside.take_step()
    inside.page.locator("input[name=svar]").nth(1).check()
    inside.read()
    inside.context.clear_cookies()
    inside.press("Svara")
    assert inside.heading == "Du behöver öppna länken igen"
    inside.second_tab().come_in(LISTED)
    inside.press("Skicka mitt val")
    assert inside.page.locator(".verdict").inner_text() == "Det stämmer"


def test_what_is_written_for_oneself_is_never_sent(inside: Visitor) -> None:
    until_reflection(inside)
    sent: list[Request] = []
    inside.page.on("request", lambda request: sent.append(request))
    inside.page.locator("textarea").fill(SECRET)
    inside.take_step()
    assert sent
    for request in sent:
        assert SECRET not in unquote_plus(request.url + (request.post_data or ""))


@pytest.mark.parametrize("leave", ["reload", "back"])
def test_what_is_written_for_oneself_is_gone_after_reload_and_back(inside: Visitor, leave: str) -> None:
    until_reflection(inside)
    inside.page.locator("textarea").fill(SECRET)
    if leave == "reload":
        inside.page.reload()
    else:
        inside.take_step()
        inside.back()
    expect(inside.page.locator("textarea")).to_have_value("")
    stored = inside.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert SECRET not in stored


def test_without_javascript_what_is_written_for_oneself_is_gone_after_back_too(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(java_script_enabled=False)
    visitor.come_in(LISTED)
    visitor.follow("Börja")
    until_reflection(visitor)
    visitor.page.locator("textarea").fill(SECRET)
    visitor.take_step()
    visitor.back()
    expect(visitor.page.locator("textarea")).to_have_value("")


def test_a_module_is_taken_with_the_keyboard_alone(inside: Visitor) -> None:
    while not inside.path.endswith("/klar"):
        inside.take_step_with_keyboard()
    assert inside.heading == "Klart. Tack för din tid."
