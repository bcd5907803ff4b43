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
