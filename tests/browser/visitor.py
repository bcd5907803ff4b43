"""Somebody at a browser, who does what a person does, by the words that stand on the page."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import time_machine
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.site import Site

A_READ = 2.1
"""Seconds: a little more than the shortest time in which a step counts as read."""
EXPECTED_MS = 10_000
MOST_TABS = 60


class Visitor:
    def __init__(self, context: BrowserContext, site: Site, clock: time_machine.Traveller) -> None:
        self.context, self.site, self._clock = context, site, clock
        self.page: Page = context.new_page()
        self.pressed: list[str] = []
        """The words on everything that has been pressed to come to another page, in order."""
        self.honest = False
        """Whether reading takes the time it takes; otherwise the clock of the site is moved instead."""

    def second_tab(self) -> Visitor:
        """The same person, in another tab at the same page."""
        other = Visitor(self.context, self.site, self._clock)
        other.go(self.path)
        return other

    # --- what anybody does -------------------------------------------------------------------------------------------

    def go(self, path: str) -> None:
        self.page.goto(self.site.address + path)

    def press(self, words: str) -> None:
        self._click(self.page.get_by_role("button", name=words, exact=True))

    def follow(self, words: str) -> None:
        self._click(self.page.get_by_role("link", name=words, exact=True).first)

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site.address)

    def go_on(self) -> None:
        """Press the one onward button, whatever it says."""
        self._click(self.page.locator(".button.onward"))

    def back(self) -> None:
        """The browser's own: the page may come from the server or as it was left."""
        self.page.go_back(wait_until="commit")
        self.page.locator("h1").wait_for()

    def _click(self, wanted: Locator) -> None:
        self.pressed.append(wanted.inner_text())
        with self.page.expect_navigation():
            wanted.click()

    def tab_to(self, wanted: Locator) -> None:
        """Press Tab until the wanted thing has focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("each => each === document.activeElement"):
                return
        raise AssertionError(f"{wanted} cannot be reached with Tab")

    def is_ours(self, address: str) -> bool:
        return address.startswith(self.site.address)

    @property
    def cookie(self) -> str:
        """All that the browser holds, as it sends it."""
        return "; ".join(f"{each['name']}={each['value']}" for each in self.context.cookies())

    def read(self) -> None:
        """Take the time that a step takes."""
        if self.honest:
            time.sleep(A_READ)
        else:
            self._clock.shift(A_READ)

    @contextmanager
    def in_no_time(self) -> Iterator[None]:
        """Be quicker than anybody reads, however slow the machine is: the clock of the site stands still meanwhile."""
        self._clock.move_to(datetime.now(UTC), tick=False)
        yield
        self._clock.move_to(datetime.now(UTC), tick=True)

    # --- the way in --------------------------------------------------------------------------------------------------

    def register(self, address: str) -> None:
        """From the start page to the page that says that a mail is on its way; and the worker sends it."""
        self.go("/")
        self.follow("Anmäl dig")
        self.page.get_by_label("Mejladress").fill(address)
        self.page.get_by_label("Sundby kommun").check()
        self.press("Skicka länken till mig")
        expect(self.page.locator("h1")).to_have_text("Titta i din mejl")
        self.site.work()

    def mail(self, address: str) -> Locator:
        """The newest mail to the address, opened in the mailbox."""
        self.go("/dev/mailbox")
        found = self.page.locator("details", has_text=address).first
        if found.get_attribute("open") is None:
            found.locator("summary").click()
        return found

    def open_mail(self, address: str) -> None:
        """Press the one link of the newest mail, as it shows in a mail program."""
        self.mail(address).frame_locator("iframe").get_by_role("link").first.click()
        self.page.wait_for_url(re.compile(r"/(min-sida|mina-uppgifter|registrera/bekrafta/|hr)"))

    def link(self, address: str) -> str:
        """The link of the newest mail, as a scanner finds it."""
        link = self.mail(address).locator("a").last.get_attribute("href")
        assert link
        return link

    def come_in(self, address: str) -> None:
        """With the personal link of somebody on the list, straight to their page."""
        self.page.goto(self.site.link(address))

    def choose_language(self, language: str) -> None:
        """On one's own page: HR's list, and not who asks for a link, says what it is at first."""
        self.go("/min-sida/sprak")
        self.read()
        self._click(self.page.locator(f"button[value={language}]"))

    def confirm(self, unit: str = "") -> None:
        """It was me who registered; and, where that is asked, this is where I work."""
        self.page.get_by_label("Ja, det var jag som anmälde mig").check()
        self.read()
        self.press("Fortsätt")
        if unit:
            self.page.get_by_label(unit).check()
            self.press("Bekräfta och börja")

    def confirm_again(self, address: str) -> None:
        """From one's own page to what is held about oneself, by the mail."""
        self.go("/min-sida/uppgifter")
        self.read()
        self.go_on()
        self.site.work()
        self.page.goto(self.link(address))
        self.page.locator("input[value=jag]").check()
        self.read()
        self.go_on()

    # --- a module ----------------------------------------------------------------------------------------------------

    def take_module(self) -> None:
        """Every step in turn, from where the page is to the page that says that it is done."""
        while not self.path.endswith("/klar"):
            self.take_step()

    def each_step(self) -> Iterator[None]:
        """The module from here to its end: stops at each page as it is first shown, and takes it afterwards."""
        while not self.path.endswith("/klar"):
            yield
            self.take_step()
        yield

    def take_step(self) -> None:
        """Read the step, make the choice that it asks for, and go on."""
        while (paths := self.page.locator(".paths a")).count():
            self._click(paths.first)
        choices = self.page.locator("input[name=svar]")
        if is_question := choices.count() > 0:
            choices.first.check()
        self.read()
        self.go_on()
        if is_question:
            self.go_on()

    def take_step_with_keyboard(self) -> None:
        """The same, with Tab, Space and Enter."""
        while (paths := self.page.locator(".paths a")).count():
            self._enter(paths.first)
        choices = self.page.locator("input[name=svar]")
        if is_question := choices.count() > 0:
            self.tab_to(choices.first)
            self.page.keyboard.press("Space")
        self.read()
        self._enter(self.page.locator(".button.onward"))
        if is_question:
            self._enter(self.page.locator(".button.onward"))

    def _enter(self, wanted: Locator) -> None:
        self.tab_to(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def take_another_way(self) -> None:
        """The module in four sentences, from any of its steps, in any language."""
        self._click(self.page.locator("a[href$=annat-satt]"))
        self.page.locator("input[value=klar]").check()
        self.read()
        self.go_on()
