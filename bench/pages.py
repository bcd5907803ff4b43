"""bench pages: every page, in every language, width and scheme, before every judge; and what a first page costs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import time_machine
from playwright.sync_api import sync_playwright

from app.languages import LANGUAGES, SOURCE
from bench.showing import Goal, Measured
from tests.browser import site as sites
from tests.browser.judges import ALL, Cold, Served, View, cold, focused, picture, seen, sniffed
from tests.browser.places import KINDS, course
from tests.browser.tour import tour
from tests.browser.visitor import Visitor
from tests.harness import browsers, databases, judges

SIZES = ((320, 640), (768, 1024), (1280, 800))
VIEWS = [View(*size, scheme, ALL) for scheme in ("light", "dark") for size in SIZES]
AT_ONCE = 2
"""Languages that are gone through side by side."""
GOALS = {
    "faults": Goal(most=0),
    "points_lost": Goal(most=0),
    "page_kb": Goal(most=30),
    "requests": Goal(most=5),
    "layout_shift": Goal(most=0),
}


def measure() -> Measured:
    if reason := judges.unavailable():
        raise SystemExit(f"bench pages: {reason}")
    with get_context("spawn").Pool(AT_ONCE) as workers:  # Whose end is theirs, also when somebody has had enough.
        swept = dict(zip(LANGUAGES, workers.map(_sweep, LANGUAGES, chunksize=1), strict=True))
    lost, first = _slowly()
    for fault in [*chain.from_iterable(faults for _, faults in swept.values()), *lost]:
        print(fault)
    figures = {
        "faults": sum(len(faults) for _, faults in swept.values()),
        "points_lost": len(lost),
        "page_kb": round(first.size / 1000, 1),
        "requests": first.requests,
        "layout_shift": round(first.shift, 4),
    }
    beside = {f"{language}, stops and faults": f"{stops}, {len(faults)}" for language, (stops, faults) in swept.items()}
    return Measured(figures, beside | {"views of each stop": f"{len(VIEWS)}"})


def _sweep(language: str) -> tuple[int, list[str]]:
    """How many stops there are in a language, and all the faults that are found at them."""
    with TemporaryDirectory() as folder, _visiting(Path(folder), language) as visitor:
        page, found, stops = visitor.page, list[str](), 0
        served = Served(page, Path(folder))
        for stop in chain(tour(visitor, language), course(visitor, language)):
            stops += 1
            served.keep(stop)
            for view in VIEWS:
                found += [f"{stop}-{view}: {fault}" for fault in seen(page, view)]
                picture(page, language, f"{stop}-{view}")
            VIEWS[0].take(page)
            found += [f"{stop}: {fault}" for fault in focused(page) + sniffed(page)]
        return stops, [f"{language} {fault}" for fault in found + judges.nu(served.files)]


def _slowly() -> tuple[list[str], Cold]:
    """What Lighthouse takes of each kind of page without a reason that is written down; and a first page's cost."""
    with TemporaryDirectory() as folder, _visiting(Path(folder), SOURCE) as visitor:
        lost = []
        for kind, go in KINDS.items():
            go(visitor)
            told = judges.lighthouse(visitor.page.url, visitor.cookie)
            lost += [f"Lighthouse, {kind}: {title}" for name, title in told.items() if name not in judges.ARGUED]
        KINDS["a step"](visitor)
        return lost, cold(visitor.context, visitor.page.url)


@contextmanager
def _visiting(folder: Path, language: str) -> Iterator[Visitor]:
    """Somebody at a site of their own, as the tests have it, who reads the language on a phone."""
    logging.disable()
    url = databases.sqlite_url(folder / "site.sqlite3")
    with time_machine.travel(sites.NOW) as clock, sync_playwright() as playwright:
        sites.fill(url, folder)
        browser = playwright.chromium.launch(**browsers.launch_options())
        with sites.serving(sites.make(url, folder, folder / "mailbox")) as site:
            context = browser.new_context(locale=language, viewport={"width": 320, "height": 640})
            yield Visitor(context, site, clock)
        browser.close()
