"""Those who judge a page as it stands in a browser: axe, pa11y's rules, its width, and whether focus is seen."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, Page, Response

from tests.harness import judges

PICTURES = os.environ.get("SCREENSHOTS")
"""A folder: where it is named, a picture of each page in each view is put there to be looked at."""
Rules = dict[str, Any]
AXE = Axe().axe_script
ALL: Rules = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
LOOKS: Rules = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block", "target-size"]}
"""The rules whose answer hangs on the width or the scheme alone."""
SHIFT = """
() => new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((each) => moved += each.value))
    .observe({ type: "layout-shift", buffered: true });
  scrollTo(0, document.body.scrollHeight);
  setTimeout(() => done(moved), 300);
})
"""
SNIFF = """
() => new Promise((done) => HTMLCS.process("WCAG2AA", document, () => done(
  HTMLCS.getMessages().filter((found) => found.type === HTMLCS.ERROR)
    .map((found) => found.code + ": " + (found.element.outerHTML ?? "").slice(0, 120))
)))
"""
FOCUS = """
() => {
  const faults = [], modal = document.querySelector("dialog:modal");
  const can = "a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex]";
  const all = [...(modal ?? document).querySelectorAll(can)].filter((each) => each.checkVisibility() && each.tabIndex >= 0);
  const ringed = (each) => each && getComputedStyle(each).outlineStyle !== "none";
  const begins = all[0].matches(".skip") && (all[1].matches(".exit") || !document.querySelector(".exit"));
  if (!modal && !begins || all.some((each) => each.tabIndex > 0)) faults.push("skip link and exit are not the first two");
  scrollTo(0, 0);
  all.filter((each) => !each.matches(".skip")).reduce((before, each) => {
    const from = before.getBoundingClientRect(), to = each.getBoundingClientRect();
    const beside = to.left >= from.right - 4 || to.right <= from.left + 4;
    if (to.top < from.top - 4 && !beside) faults.push("focus goes back up to " + each.outerHTML.slice(0, 80));
    return each;
  });
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


@dataclass(frozen=True)
class View:
    """A way to look at a page, and what axe is asked in it, if anything."""

    width: int
    height: int
    scheme: str
    rules: Rules | None = None

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"

    def take(self, page: Page) -> None:
        page.set_viewport_size({"width": self.width, "height": self.height})
        page.emulate_media(color_scheme=self.scheme)  # type: ignore[arg-type]


def seen(page: Page, view: View) -> list[str]:
    """What is wrong with the page as it stands in this view, where it must not scroll sideways."""
    view.take(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return ([f"scrolls {wide} px sideways"] if wide > 0 else []) + (asked(page, view.rules) if view.rules else [])


def asked(page: Page, rules: Rules) -> list[str]:
    """What axe finds in the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    violations = page.evaluate("(rules) => axe.run(rules).then((found) => found.violations)", rules)
    return [f"{each['id']}: {node['html'][:120]}" for each in violations for node in each["nodes"]]


def focused(page: Page) -> list[str]:
    """Whether the way out comes right after the skip link, focus goes down the page, and is seen and not covered."""
    page.keyboard.press("Tab")  # From here on focus is shown, as it is to one who uses the keyboard.
    found: list[str] = page.evaluate(FOCUS)
    return found


def sniffed(page: Page) -> list[str]:
    """The errors that HTML_CodeSniffer, whose rules pa11y runs, finds in the page."""
    page.evaluate(_codesniffer())
    found: list[str] = page.evaluate(SNIFF)
    return found


def picture(page: Page, language: str, where: str) -> None:
    """What the page looks like, whole, where pictures are wanted."""
    if PICTURES:
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=Path(PICTURES) / language / f"{where}.png", full_page=True)


@dataclass
class Cold:
    """What a page cost a browser that had nothing: bytes and requests over the wire, and how far things moved."""

    size: int = 0
    requests: int = 0
    shift: float = 0.0


def cold(context: BrowserContext, address: str) -> Cold:
    """What the address costs somebody with the same cookies in a browser that has been nowhere yet, on a phone."""
    assert context.browser
    new = context.browser.new_context(viewport={"width": 320, "height": 640}, storage_state=context.storage_state())
    page, found = new.new_page(), Cold()
    wire = new.new_cdp_session(page)

    def note(finished: dict[str, Any]) -> None:
        found.size += int(finished["encodedDataLength"])
        found.requests += 1

    wire.on("Network.loadingFinished", note)
    wire.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    found.shift = page.evaluate(SHIFT)
    new.close()
    return found


@functools.cache
def _codesniffer() -> str:
    return judges.CODESNIFFER.read_text(encoding="utf-8")


class Served:
    """The pages that a tab has been given, as they were sent, to be judged by one who reads files."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.folder, self.files = folder, list[Path]()
        self._last: Response | None = None
        self._kept: Response | None = None
        page.on("response", self._note)

    def _note(self, answer: Response) -> None:
        if answer.request.is_navigation_request() and answer.frame.parent_frame is None:
            self._last = answer

    def keep(self, name: str) -> None:
        """Write down the page that stands in the tab, unless that has been done."""
        if self._last and self._last is not self._kept:
            self._kept = self._last
            self.files.append(self.folder / f"{name}.html")
            self.files[-1].write_bytes(self._last.body())
