"""A tour of every page there is, and of the states in which it can be; each stop is checked as it stands."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Locator

from tests.browser.site import HR, LISTED
from tests.browser.visitor import Visitor

NOT_PAGES = {
    "dev.body": "a mail, shown within the mailbox",
    "health.health": "JSON",
    "learn.enter": "leads on",
    "learn.module": "leads on",
    "learn.not_me": "leads on",
    "public.leave": "leads away",
    "reading.media": "pictures",
}
"""What answers GET without being a page of its own."""

MOST_PLACES = 4
"""Of a scenario, from the last choice on: one of each tone, and an end."""

Stop = str
"""What is shown when the tour yields it, as the name of a file."""


def tour(visitor: Visitor, language: str) -> Iterator[Stop]:
    """Every page and state, as somebody who reads `language` meets them."""
    for part in (_public, _faults, _registering, _reading, _learning, _staff, _development):
        for stop in part(visitor, language):
            yield f"{part.__name__.strip('_')}-{stop}"


def _public(visitor: Visitor, language: str) -> Iterator[Stop]:
    for stop, path in {
        "start": "/",
        "register": "/registrera",
        "registered": "/registrera/skickat",
        "lost-link": "/ny-lank",
        "lost-link-old": "/ny-lank?gammal=1",
        "link-sent": "/ny-lank/skickat",
        "support": "/stod",
        "support-of-one": "/stod?organisation=sundby",
        "privacy": "/uppgifter",
    }.items():
        visitor.go(path)
        yield stop


def _faults(visitor: Visitor, language: str) -> Iterator[Stop]:
    for stop, path in {
        "too-late": "/registrera/bekrafta/x",
        "not-there": "/finns-inte",
        "ended": "/min-sida",
    }.items():
        visitor.go(path)
        yield stop
    for stop, path in {"register": "/registrera", "lost-link": "/ny-lank"}.items():
        visitor.go(path)
        visitor.go_on()
        yield stop


def _registering(visitor: Visitor, language: str) -> Iterator[Stop]:
    _ask(visitor, "vikarie@sundby.example", language)
    visitor.page.goto(visitor.link("vikarie@sundby.example"))
    yield "confirm"
    visitor.go_on()
    yield "confirm-fault"
    _ask(visitor, "granne@annat.example", language)
    visitor.page.goto(visitor.link("granne@annat.example"))
    yield "confirm-public"


def _reading(visitor: Visitor, language: str) -> Iterator[Stop]:
    visitor.go("/kurs/vaga-se")
    yield "contents"
    visitor.go("/kurs/vaga-se/1/1")
    yield "step"
    visitor.go("/kurs/vaga-se/1/4?svar=1")
    yield "answered"


def _learning(visitor: Visitor, language: str) -> Iterator[Stop]:
    _ask(visitor, LISTED, language)
    visitor.page.goto(visitor.link(LISTED))
    visitor.choose_language(language)
    yield "home-new"
    for each in visitor.page.locator("summary").all():
        each.click()
    yield "home-opened"
    visitor.go_on()
    yield from _module(visitor, "1")
    visitor.go("/min-sida")
    yield "home-second"
    visitor.go_on()
    yield from _ways_aside(visitor)
    if language != "sv":
        return  # The pages' own words are the same in every module.
    yield from _module(visitor, "2")
    visitor.go_on()
    yield "home-done"


def _module(visitor: Visitor, number: str) -> Iterator[Stop]:
    """Every step, some places of a scenario, both kinds of answer, and no answer."""
    step = 0
    while not visitor.path.endswith("/klar"):
        step += 1
        yield f"module-{number}-step-{step}"
        here = visitor.page.url
        if visitor.page.locator("input[name=svar]").count():
            visitor.go_on()
            yield f"module-{number}-step-{step}-no-answer"
            visitor.page.goto(here)
            yield from _answers(visitor, f"module-{number}-step-{step}")
        elif visitor.page.locator(".paths").count():
            yield from _places(visitor, f"module-{number}-step-{step}")
        visitor.page.goto(here)
        visitor.take_step()
    yield f"module-{number}-done"


def _answers(visitor: Visitor, step: str) -> Iterator[Stop]:
    here, choices = visitor.page.url, visitor.page.locator("input[name=svar]")
    choices.first.check()
    yield f"{step}-chosen"
    visitor.go_on()
    yield f"{step}-too-quick"
    visitor.context.clear_cookies()
    visitor.go_on()
    yield f"{step}-session-ended"
    visitor.come_in(LISTED)
    for n in range(2):  # In the one module the second is the better, in the other both are part of the answer.
        visitor.page.goto(here)
        choices.nth(n).check()
        visitor.read()
        visitor.go_on()
        yield f"{step}-answer-{n + 1}"


def _places(visitor: Visitor, step: str) -> Iterator[Stop]:
    here, waiting = visitor.page.url, _addresses(visitor.page.locator(".paths a"))
    seen = set[str]()
    while waiting and len(seen) < MOST_PLACES:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            visitor.page.goto(here.partition("?")[0] + "?" + place.partition("?")[2])
            yield f"{step}-place-{len(seen)}"
            waiting += _addresses(visitor.page.locator(".paths a"))


def _addresses(links: Locator) -> list[str]:
    return [each.get_attribute("href") or "" for each in links.all()]


def _ways_aside(visitor: Visitor) -> Iterator[Stop]:
    here = visitor.page.url
    for stop, number in {"another-way": 1, "language": 2}.items():
        visitor.page.locator(".tools a").nth(number).click()
        yield stop
        if stop == "another-way":
            visitor.go_on()
            yield "another-way-fault"
        visitor.page.goto(here)


def _staff(visitor: Visitor, language: str) -> Iterator[Stop]:
    visitor.go("/hr/logga-in")
    yield "ask"
    visitor.go_on()
    yield "ask-fault"
    visitor.page.locator("input[type=email]").fill(HR)
    visitor.go_on()
    yield "asked"
    visitor.site.work()
    link = visitor.link(HR)
    visitor.page.goto(link)
    yield "enter"
    visitor.go_on()
    yield "overview"
    for stop, day in {"overview-before-all": "2026-01-01", "overview-fault": "x"}.items():
        visitor.go(f"/hr?dag={day}")
        yield stop
    visitor.page.goto(link)
    yield "spent"


def _development(visitor: Visitor, language: str) -> Iterator[Stop]:
    for stop, path in {"mailbox": "/dev/mailbox", "staff": "/dev/in/hr"}.items():
        visitor.go(path)
        yield stop


def _ask(visitor: Visitor, address: str, language: str) -> None:
    visitor.go("/registrera")
    visitor.page.locator("input[type=email]").fill(address)
    for value in ("sundby", language):
        visitor.page.locator(f"input[value={value}]").check()
    visitor.go_on()
    visitor.site.work()
