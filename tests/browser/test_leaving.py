"""Somebody may be reading over the shoulder: the quick way out, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import NewVisitor
from tests.browser.site import LISTED
from tests.browser.visitor import Visitor


@pytest.fixture
def inside(visitor: Visitor) -> Visitor:
    """Somebody in the middle of a module."""
    visitor.come_in(LISTED)
    visitor.follow("Börja")
    visitor.take_step()
    return visitor


def assert_left(visitor: Visitor) -> None:
    visitor.page.wait_for_url(visitor.site.neutral + "/")
    visitor.go("/min-sida")
    assert visitor.heading == "Du behöver öppna länken igen", "the session is over"


def test_the_way_out_is_a_link_that_works_without_javascript(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(java_script_enabled=False)
    visitor.come_in(LISTED)
    visitor.follow("Lämna sidan snabbt")
    assert_left(visitor)


def test_the_way_out_ends_the_session_and_takes_the_pages_place(inside: Visitor) -> None:
    length = inside.page.evaluate("history.length")
    inside.follow("Lämna sidan snabbt")
    inside.page.wait_for_url(inside.site.neutral + "/")
    assert inside.page.evaluate("history.length") == length, "replaced, not added to"
    assert_left(inside)


def test_the_page_is_blank_at_once(inside: Visitor) -> None:
    """Before the other one has even been asked for."""
    press_and_look = "() => { document.querySelector('.exit').click(); return [document.body, document.title]; }"
    assert inside.page.evaluate(press_and_look) == [None, ""]


def test_shift_three_times_leaves(inside: Visitor) -> None:
    for _ in range(3):
        inside.page.keyboard.press("Shift")
    assert_left(inside)


def test_shift_twice_or_in_the_midst_of_writing_does_not(inside: Visitor) -> None:
    here = inside.path
    for _ in range(2):
        inside.page.keyboard.press("Shift")
    for letter in "ABCD":
        inside.page.keyboard.press(f"Shift+{letter}")
    inside.page.wait_for_timeout(200)
    assert inside.path == here


def test_shift_for_capital_letters_in_a_field_does_not(inside: Visitor) -> None:
    while not inside.page.locator("textarea").count():
        inside.take_step()
    here = inside.path
    for letter in "ABCD":
        inside.page.locator("textarea").press(f"Shift+{letter}")
    inside.page.wait_for_timeout(200)
    assert inside.path == here
    assert inside.page.locator("textarea").input_value() == "ABCD"


PLACES = {
    "home": "/min-sida", "language": "/min-sida/sprak", "ended": "/modul/9999/1", "support": "/stod", "start": "/",
    "register": "/registrera", "privacy": "/uppgifter", "not there": "/finns-inte", "signed out": "/utloggad",
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_every_page_has_the_way_out_by_keyboard_and_by_shift(visitor: Visitor, place: str) -> None:
    visitor.come_in(LISTED)
    visitor.go(PLACES[place])
    for keys in (["Tab", "Tab", "Enter"], ["Shift", "Shift", "Shift"]):
        for key in keys:
            visitor.page.keyboard.press(key)
        visitor.page.wait_for_url(visitor.site.neutral + "/")
        visitor.go(PLACES[place])


def test_the_other_tabs_leave_too(inside: Visitor) -> None:
    step, support = inside.second_tab(), inside.second_tab()
    support.go("/stod")
    inside.follow("Lämna sidan snabbt")
    for each in (inside, step, support):
        each.page.wait_for_url(inside.site.neutral + "/")


def test_a_page_that_the_browser_kept_for_back_is_blank_and_asked_for_anew(visitor: Visitor) -> None:
    """A public page: what the session ends says nothing of it."""
    visitor.go("/stod")
    visitor.page.goto(visitor.site.neutral)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.go_back(wait_until="commit")
    visitor.page.locator("h1").wait_for()
    assert visitor.site.address + "/stod" in asked, "from the server, and not as it was left"


def test_back_does_not_show_the_page_again(inside: Visitor) -> None:
    inside.follow("Lämna sidan snabbt")
    answers: list[Response] = []
    inside.page.on("response", lambda answer: answers.append(answer))
    for _ in range(2):
        inside.page.go_back(wait_until="commit")
        inside.page.wait_for_url(inside.site.neutral + "/")
    shown = [each for each in answers if each.request.is_navigation_request() and inside.is_ours(each.url)]
    assert {each.status for each in shown} == {403, 303}, "the session is over, and then away again"


def test_the_page_can_be_opened_again_when_it_is_safe(inside: Visitor) -> None:
    link = inside.site.link(LISTED)
    inside.go("/stod")
    inside.follow("Lämna sidan snabbt")
    inside.page.wait_for_url(inside.site.neutral + "/")
    inside.page.goto(link)
    assert "Välkommen tillbaka" in inside.heading
