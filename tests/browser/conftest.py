"""A site of its own for each test here, on SQLite only: what PostgreSQL does differently is no browser's business."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
import time_machine
from playwright.sync_api import BrowserContext

from tests.browser import site as sites
from tests.browser.site import Site
from tests.browser.visitor import EXPECTED_MS, Visitor
from tests.harness import databases

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}


class NewVisitor(Protocol):
    def __call__(self, **more: Any) -> Visitor:
        """A visitor with a browser of their own; `more` is what Playwright's new_context takes."""


@pytest.fixture(scope="session")
def base_url() -> None:
    """In place of pytest-base-url's, which pytest 9 warns about: each test has an address of its own."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """With the cache that Back is shown from, which Playwright leaves out and real browsers have."""
    return browser_type_launch_args | {"ignore_default_args": ["--disable-back-forward-cache"]}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(sites.NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def filled(servers: dict[str, databases.Databases], data: Path) -> databases.Databases:
    """Where a copy of the two municipalities is to be had, under the name of "sundby"."""
    with time_machine.travel(sites.NOW):
        servers["sqlite"].fill("sundby", lambda url: sites.fill(url, data))
    return servers["sqlite"]


@pytest.fixture
def site(filled: databases.Databases, data: Path, tmp_path: Path, clock: time_machine.Traveller) -> Iterator[Site]:
    with filled.copy("sundby") as url, sites.serving(sites.make(url, data, tmp_path / "mailbox")) as served:
        yield served


@pytest.fixture
def new_visitor(
    site: Site, clock: time_machine.Traveller, new_context: Callable[..., BrowserContext]
) -> Iterator[NewVisitor]:
    fetched: list[str] = []

    def new(**more: Any) -> Visitor:
        context = new_context(**{"locale": "sv-SE", "viewport": PHONE} | more)
        context.set_default_timeout(EXPECTED_MS)
        context.on("request", lambda request: fetched.append(request.url))
        return Visitor(context, site, clock)

    yield new
    assert not [url for url in fetched if not url.startswith((site.address, site.neutral))], "nothing from elsewhere"


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """Somebody with a phone."""
    return new_visitor()
