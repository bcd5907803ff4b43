"""Every page, in both widths, both schemes and every language, before its judges; and Lighthouse before three kinds of page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import NewVisitor
from tests.browser.judges import ALL, LOOKS, Served, View, focused, picture, seen, sniffed
from tests.browser.places import KINDS
from tests.browser.site import Site
from tests.browser.tour import NOT_PAGES, tour
from tests.browser.visitor import Visitor
from tests.conftest import missing
from tests.harness import judges

READING = View(320, 640, "light", ALL)
"""The first view of each page, in which all rules are asked. `bench pages` asks them all in every view there is."""
OFFICE = ("sv", "ar")
"""The languages in which HR's pages are toured here: as they were written, and from right to left."""
VIEWS = {
    "sv": [READING, View(320, 640, "dark", LOOKS), View(1280, 800, "light", LOOKS)],
    "sv-simple": [READING],
    "en": [READING],
    "ar": [READING, View(1280, 800, "light")],
}


def test_no_judge_is_missing() -> None:
    if reason := judges.unavailable():
        missing(f"HTML_CodeSniffer, Nu and Lighthouse: {reason}")


@pytest.mark.parametrize("language", VIEWS)
def test_every_page_is_without_fault(new_visitor: NewVisitor, site: Site, language: str, tmp_path: Path) -> None:
    visitor = new_visitor(locale=language)
    page, found, endpoints = visitor.page, list[str](), set[str]()
    served, all_are_here = Served(page, tmp_path), not judges.unavailable()
    addresses = site.app.url_map.bind("127.0.0.1")
    for stop in tour(visitor, language, language in OFFICE):
        path = visitor.path.partition("?")[0]
        endpoints.add(str(addresses.match(path)[0]) if addresses.test(path) else "")
        served.keep(stop)
        for view in VIEWS[language]:
            found += [f"{stop}-{view}: {fault}" for fault in seen(page, view)]
            picture(page, language, f"{stop}-{view}")
        READING.take(page)
        found += [f"{stop}: {fault}" for fault in focused(page) + (sniffed(page) if all_are_here else [])]
    found += judges.nu(served.files) if all_are_here else []
    assert not found, "\n".join(found)
    if language == "sv":
        answering = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
        assert answering == endpoints - {""} | NOT_PAGES.keys(), "each is a page that the tour comes to, or none"


@pytest.mark.parametrize("kind", KINDS)
def test_lighthouse_takes_no_point_that_is_not_argued(visitor: Visitor, kind: str) -> None:
    if reason := judges.unavailable():
        missing(f"Lighthouse: {reason}")
    KINDS[kind](visitor)
    assert judges.lighthouse(visitor.page.url, visitor.cookie).keys() <= judges.ARGUED.keys()
