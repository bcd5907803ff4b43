"""What is held about oneself, in a browser: with and without JavaScript, in another browser, and out of it quickly."""

from __future__ import annotations

import json

import pytest

from tests.browser.conftest import NewVisitor
from tests.browser.site import LISTED
from tests.browser.visitor import Visitor


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_held_is_seen_taken_along_and_closed(new_visitor: NewVisitor, javascript: bool) -> None:
    visitor = new_visitor(java_script_enabled=javascript)
    visitor.come_in(LISTED)
    visitor.confirm_again(LISTED)
    assert "Amina Farah" in visitor.page.locator("main").inner_text()
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Ladda ner för ett program (JSON)").click()
    assert download.value.suggested_filename == "utbildning.json"
    assert json.loads(download.value.path().read_text(encoding="utf-8"))["person"][0]["name"] == "Amina Farah"
    visitor.page.get_by_role("button", name="Klart, stäng sidan").first.click()
    assert visitor.heading == "Nu är sidan stängd"
    visitor.go("/mina-uppgifter")
    assert visitor.heading == "Bekräfta att det är du"


def test_a_mail_read_elsewhere_opens_there_and_not_where_it_was_asked_for(new_visitor: NewVisitor) -> None:
    asking, reading = new_visitor(), new_visitor()
    asking.come_in(LISTED)
    asking.go("/min-sida/uppgifter")
    asking.read()
    asking.go_on()
    asking.site.work()
    reading.page.goto(asking.link(LISTED))
    reading.page.get_by_label("Ja, visa vad som finns sparat om mig").check()
    reading.read()
    reading.press("Fortsätt")
    assert reading.heading == "Det här finns om dig"
    asking.go("/mina-uppgifter")
    assert asking.heading == "Bekräfta att det är du"


def test_the_quick_way_out_closes_it_and_back_does_not_show_it(visitor: Visitor) -> None:
    visitor.come_in(LISTED)
    visitor.confirm_again(LISTED)
    visitor.follow("Lämna sidan snabbt")
    visitor.page.wait_for_url(visitor.site.neutral + "/")
    visitor.page.go_back(wait_until="commit")
    visitor.page.wait_for_load_state()
    assert "Amina" not in visitor.page.content()
    visitor.go("/mina-uppgifter")
    assert visitor.heading == "Bekräfta att det är du"
