"""Every page, in both widths, both schemes and both languages: axe, no sideways scroll, focus seen, exit first."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewVisitor
from tests.browser.site import Site
from tests.browser.tour import NOT_PAGES, tour

PICTURES = os.environ.get("SCREENSHOTS")
"""A folder: where it is named, a picture of every page, width and scheme is put there to be looked at."""
TARGETS = {"target-size": {"enabled": True}}
AXE = Axe().axe_script
ALL_RULES = {"resultTypes": ["violations"], "rules": TARGETS}
LOOKS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block", "target-size"]}
"""The rules whose answer hangs on the width or the scheme alone."""
VIEWS: dict[str, list[tuple[dict[str, int], str, dict[str, Any]]]] = {
    "sv": [
        (PHONE, "light", ALL_RULES), (PHONE, "dark", LOOKS), (DESK, "light", LOOKS), (DESK, "dark", ALL_RULES)
    ],
    "en": [(PHONE, "light", ALL_RULES)],
}  # fmt: skip
FAULTS_OF_FOCUS = """
() => {
  const faults = [];
  const can = "a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex]";
  const all = [...document.querySelectorAll(can)].filter((each) => each.checkVisibility() && each.tabIndex >= 0);
  const ringed = (each) => each && getComputedStyle(each).outlineStyle !== "none";
  const begins = all[0].matches(".skip") && (all[1].matches(".exit") || !document.querySelector(".exit"));
  if (!begins || all.some((each) => each.tabIndex > 0)) faults.push("skip link and exit are not the first two");
  for (const each of all) {
    each.focus();
    if (document.activeElement !== each) continue;
    if (!ringed(each) && !ringed(each.closest("label"))) faults.push("no focus seen on " + each.outerHTML.slice(0, 80));
    const { left, top, width, height } = each.getBoundingClientRect();
    const above = document.elementFromPoint(left + width / 2, top + height / 2);
    if (above?.closest(".exit") && !each.closest(".exit")) faults.push("the exit covers " + each.outerHTML.slice(0, 80));
  }
  return faults;
}
"""


def faults(page: Page, rules: dict[str, Any]) -> list[str]:
    """What is wrong with the page as it stands in this width and scheme."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    violations = page.evaluate("(rules) => axe.run(rules).then((found) => found.violations)", rules)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = [f"{each['id']}: {node['html'][:120]}" for each in violations for node in each["nodes"]]
    return found + ([f"scrolls {wide} px sideways"] if wide > 0 else [])


def faults_of_focus(page: Page) -> list[str]:
    """Whether the way out comes right after the skip link, and focus is seen and not covered, wherever it is."""
    page.keyboard.press("Tab")  # From here on focus is shown, as it is to one who uses the keyboard.
    found: list[str] = page.evaluate(FAULTS_OF_FOCUS)
    return found


def picture(page: Page, language: str, where: str) -> None:
    if PICTURES:
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=Path(PICTURES) / language / f"{where}.png", full_page=True)


@pytest.mark.parametrize("language", VIEWS)
def test_every_page_is_without_fault(new_visitor: NewVisitor, site: Site, language: str) -> None:
    visitor = new_visitor(locale=language)
    page, found, endpoints = visitor.page, list[str](), set[str]()
    addresses = site.app.url_map.bind("127.0.0.1")
    for stop in tour(visitor, language):
        path = visitor.path.partition("?")[0]
        endpoints.add(str(addresses.match(path)[0]) if addresses.test(path) else "")
        for size, scheme, rules in VIEWS[language]:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            where = f"{stop}-{size['width']}-{scheme}"
            found += [f"{where}: {fault}" for fault in faults(page, rules)]
            picture(page, language, where)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        found += [f"{stop}: {fault}" for fault in faults_of_focus(page)]
    assert not found, "\n".join(found)
    answering = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert answering == endpoints - {""} | NOT_PAGES.keys(), "each is a page that the tour comes to, or none"
