"""Before a session ends the page asks whether anybody is there; when it has ended, nothing of it is left to see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Locator, expect

from tests.browser.conftest import DESK, NewVisitor
from tests.browser.site import HR, LISTED
from tests.browser.visitor import Visitor

Wait = Callable[..., None]


@pytest.fixture
def sharing(visitor: Visitor) -> Visitor:
    """Somebody at a shared computer, on the first step of the first module; time passes only as the test says."""
    visitor.context.clock.install()
    visitor.come_in(LISTED)
    visitor.press("Jag sitter vid en delad dator")
    visitor.follow("Börja")
    return visitor


@pytest.fixture
def hr(new_visitor: NewVisitor) -> Visitor:
    """HR at a desk, signed in."""
    visitor = new_visitor(viewport=DESK)
    visitor.context.clock.install()
    visitor.go("/hr/logga-in")
    visitor.page.get_by_label("Mejladress").fill(HR)
    visitor.press("Skicka länken till mig")
    visitor.site.work()
    visitor.page.goto(visitor.link(HR))
    visitor.press("Logga in")
    return visitor


@pytest.fixture
def wait(clock: time_machine.Traveller) -> Wait:
    """Time passes, in all tabs of the browser and on the server."""

    def pass_by(visitor: Visitor, **much: float) -> None:
        gone = timedelta(**much)
        clock.shift(gone)
        visitor.context.clock.fast_forward(int(gone.total_seconds() * 1000))

    return pass_by


def asking(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("alertdialog", name="Är du kvar?")


def stay(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Stanna kvar").click()
    expect(asking(visitor)).to_have_count(0)


def test_a_shared_computer_asks_a_minute_before_and_any_number_of_times(sharing: Visitor, wait: Wait) -> None:
    for _ in range(11):
        wait(sharing, minutes=3, seconds=58)
        expect(asking(sharing)).to_have_count(0)
        wait(sharing, seconds=4)
        expect(asking(sharing)).to_be_visible()
        expect(sharing.page.get_by_role("button", name="Stanna kvar")).to_be_focused()
        stay(sharing)
    sharing.take_step()
    assert sharing.path.endswith("/2"), "and the session has gone on"


def test_the_question_says_what_will_happen_and_hides_the_page_behind(sharing: Visitor, wait: Wait) -> None:
    wait(sharing, minutes=4, seconds=1)
    expect(asking(sharing)).to_have_accessible_description(
        "Om 1 minut loggas du ut, så att ingen annan ser dina sidor. Det som är sparat finns kvar."
    )
    see_through = "getComputedStyle(document.querySelector('dialog'), '::backdrop').backgroundColor"
    assert "/" not in sharing.page.evaluate(see_through), "no transparency"


def test_escape_means_stay(sharing: Visitor, wait: Wait) -> None:
    wait(sharing, minutes=4, seconds=1)
    with sharing.page.expect_response("**/kvar"):
        sharing.page.keyboard.press("Escape")
    expect(asking(sharing)).to_have_count(0)
    wait(sharing, minutes=3)
    sharing.take_step()
    assert sharing.path.endswith("/2")


def test_when_time_is_up_the_page_gives_way_to_one_about_nobody(sharing: Visitor, wait: Wait) -> None:
    wait(sharing, minutes=4, seconds=1)
    wait(sharing, minutes=1)
    sharing.page.wait_for_url("**/utloggad?sprak=sv")
    assert sharing.heading == "Du är utloggad"
    sharing.page.go_back(wait_until="commit")
    expect(sharing.page.locator("h1")).not_to_contain_text("märker")
    assert sharing.page.locator(".say").count() == 0


def test_a_computer_that_slept_past_the_end_wakes_to_the_page_about_nobody(sharing: Visitor, wait: Wait) -> None:
    wait(sharing, hours=2)
    sharing.page.wait_for_url("**/utloggad?sprak=sv")


def test_the_choice_that_was_made_is_kept_until_i_am_back(sharing: Visitor, wait: Wait) -> None:
    while not sharing.page.locator("input[name=svar]").count():
        sharing.take_step()
    sharing.page.locator("input[name=svar]").nth(1).check()
    wait(sharing, minutes=5, seconds=1)
    expect(sharing.page.locator("h1")).to_have_text("Du behöver öppna länken igen")
    sharing.second_tab().come_in(LISTED)
    sharing.press("Skicka mitt val")
    assert sharing.page.locator(".verdict").count() == 1


def test_whoever_writes_is_there_and_is_not_asked(sharing: Visitor, wait: Wait) -> None:
    while not sharing.page.locator("textarea").count():
        sharing.take_step()
    for _ in range(4):
        wait(sharing, minutes=2)
        expect(asking(sharing)).to_have_count(0)
        sharing.page.locator("textarea").press("a")
        sharing.page.wait_for_timeout(300)
    sharing.take_step()
    assert "öppna länken igen" not in sharing.heading


def test_staying_in_one_tab_is_staying_in_them_all(sharing: Visitor, wait: Wait) -> None:
    other = sharing.second_tab()
    wait(sharing, minutes=4, seconds=1)
    expect(asking(other)).to_be_visible()
    stay(sharing)
    expect(asking(other)).to_have_count(0)
    wait(sharing, minutes=3)
    expect(asking(other)).to_have_count(0)


def test_signing_out_in_one_tab_empties_the_others(sharing: Visitor) -> None:
    other = sharing.second_tab()
    sharing.press("Logga ut")
    other.page.wait_for_url("**/utloggad?sprak=sv")


def test_signing_out_from_the_question(sharing: Visitor, wait: Wait) -> None:
    wait(sharing, minutes=4, seconds=1)
    with sharing.page.expect_navigation():
        asking(sharing).get_by_role("button", name="Logga ut").click()
    assert sharing.heading == "Du är utloggad"


def test_without_javascript_the_server_ends_it_and_keeps_the_choice(
    new_visitor: NewVisitor, clock: time_machine.Traveller
) -> None:
    visitor = new_visitor(java_script_enabled=False)
    visitor.come_in(LISTED)
    visitor.press("Jag sitter vid en delad dator")
    visitor.follow("Börja")
    while not visitor.page.locator("input[name=svar]").count():
        visitor.take_step()
    visitor.page.locator("input[name=svar]").nth(1).check()
    clock.shift(timedelta(minutes=5, seconds=1))
    visitor.press("Svara")
    assert visitor.heading == "Du behöver öppna länken igen"
    visitor.second_tab().come_in(LISTED)
    visitor.press("Skicka mitt val")
    assert visitor.page.locator(".verdict").count() == 1


def test_staff_are_asked_two_minutes_before_and_then_signed_out(hr: Visitor, wait: Wait) -> None:
    wait(hr, minutes=17, seconds=50)
    expect(asking(hr)).to_have_count(0)
    wait(hr, seconds=15)
    expect(asking(hr)).to_be_visible()
    stay(hr)
    wait(hr, minutes=18, seconds=5)
    expect(asking(hr)).to_be_visible()
    wait(hr, minutes=2)
    hr.page.wait_for_url("**/hr/utloggad?sprak=sv")
    assert hr.heading == "Logga in"
    assert "stod öppen länge" in hr.page.locator("main").inner_text()
