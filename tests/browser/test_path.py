"""The main job, walked: register, mail, link, every module, done, counted."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import DESK, PHONE, NewVisitor
from tests.browser.site import HR, LISTED, Site
from tests.browser.tour import MODULES
from tests.browser.visitor import Visitor

BROWSERS: dict[str, dict[str, Any]] = {
    "a phone without JavaScript": {"viewport": PHONE, "java_script_enabled": False},
    "a desk": {"viewport": DESK},
}


@pytest.fixture(params=BROWSERS)
def anyone(request: pytest.FixtureRequest, new_visitor: NewVisitor) -> Visitor:
    """Somebody, in each kind of browser in turn."""
    return new_visitor(**BROWSERS[request.param])


def take_the_course(visitor: Visitor, whole: int = 0) -> None:
    """From the personal page to the end of the course: as many modules step by step, the others in four sentences."""
    for number in range(1, MODULES + 1):
        visitor.follow("Börja" if number == 1 else "Fortsätt nu")
        if number <= whole:
            visitor.take_module()
        else:
            visitor.take_another_way()
        assert visitor.heading == "Klart. Tack för din tid."
    assert "Nu är du klar med hela kursen." in visitor.page.locator("main").inner_text()
    visitor.follow("Till din sida")
    assert visitor.heading == "Du är klar med allt. Tack för din tid."


def test_one_on_the_list_registers_takes_every_module_and_is_counted(anyone: Visitor, site: Site) -> None:
    before = site.completed()
    anyone.register(LISTED)
    anyone.open_mail(LISTED)
    take_the_course(anyone, whole=2)
    after = site.completed()
    risen = {name for name in after if after[name] == before[name] + 1}
    assert risen == {"", "Omsorg", "Hemtjänst Öster"}
    assert sum(after.values()) == sum(before.values()) + 3, "and nothing else has changed"


def test_one_who_is_not_on_the_list_counts_in_their_unit_once_accepted(anyone: Visitor, site: Site) -> None:
    before = site.completed()
    anyone.register("vikarie@sundby.example")
    anyone.open_mail("vikarie@sundby.example")
    assert anyone.heading == "Bekräfta din anmälan"
    anyone.confirm("Skola / Björkskolan")
    take_the_course(anyone)
    assert site.completed() == before, "self-declared, until HR accepts"
    site.accept("vikarie@sundby.example")
    after = site.completed()
    assert {name for name in after if after[name] == before[name] + 1} == {"", "Skola", "Björkskolan"}


def test_the_public_takes_the_course_and_is_counted_apart(anyone: Visitor, site: Site) -> None:
    before = site.completed()
    anyone.register("granne@annat.example")
    anyone.open_mail("granne@annat.example")
    anyone.confirm()
    assert "/min-sida" in anyone.path, "no unit to choose"
    take_the_course(anyone)
    after = site.completed()
    assert after == before | {"Allmänheten": before["Allmänheten"] + 1}


def test_the_whole_way_takes_no_longer_than_it_takes_to_read(visitor: Visitor, site: Site) -> None:
    """On a phone, at a human pace, with no clock moved: nothing asks for more than two seconds a step."""
    visitor.honest = True
    visitor.register(LISTED)
    visitor.open_mail(LISTED)
    take_the_course(visitor, whole=1)
    assert site.completed()["Hemtjänst Öster"] == 1


def test_hr_signs_in_with_a_mailed_link_and_sees_who_took_it_another_way_too(
    visitor: Visitor, new_visitor: NewVisitor, site: Site
) -> None:
    visitor.come_in(LISTED)
    take_the_course(visitor)
    hr = new_visitor(viewport=DESK)
    hr.go("/hr/logga-in")
    hr.page.get_by_label("Mejladress").fill(HR)
    hr.press("Skicka länken till mig")
    site.work()
    hr.open_mail(HR)
    hr.press("Logga in")
    assert "1 av 4 är klara (25 %)" in hr.page.locator("main").inner_text()
    hr.press("Logga ut")
    hr.go("/hr")
    assert hr.heading == "Logga in"
