"""Where else to go: a few pages, three for a judge that is slow, and the whole course for the bench, which has time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from tests.browser.site import HR, LISTED
from tests.browser.tour import MODULES, Stop, places
from tests.browser.visitor import Visitor


def a_step(visitor: Visitor) -> None:
    visitor.come_in(LISTED)
    visitor.go_on()


def help_page(visitor: Visitor) -> None:
    visitor.go("/stod?organisation=sundby")


def overview(visitor: Visitor) -> None:
    visitor.go("/hr/logga-in")
    visitor.page.locator("input[type=email]").fill(HR)
    visitor.go_on()
    visitor.site.work()
    visitor.page.goto(visitor.link(HR))
    visitor.go_on()


KINDS = {"a step": a_step, "help": help_page, "the overview": overview}


def few(visitor: Visitor) -> Iterator[Stop]:
    """One page of each kind: open pages, a whole module, its end, one's own page, and HR's."""
    for stop, path in {
        "start": "/",
        "register": "/registrera",
        "help": "/stod?organisation=sundby",
        "statement": "/tillganglighet?organisation=sundby",
        "contents": "/kurs/vaga-se",
        "document": "/kurs/vaga-se/hela",
    }.items():
        visitor.go(path)
        yield stop
    visitor.come_in(LISTED)
    yield "home"
    visitor.go_on()
    visitor.take_another_way()
    visitor.go_on()
    for number, _ in enumerate(visitor.each_step(), 1):
        yield f"step-{number}"
    overview(visitor)
    yield "overview"


def course(visitor: Visitor, language: str) -> Iterator[Stop]:
    """Every step of every module as anybody may read it, with places of its scenario and an answer to its question."""
    for module in range(1, MODULES + 1):
        for number in itertools.count(1):
            address = f"{visitor.site.address}/kurs/vaga-se/{module}/{number}?sprak={language}"
            answer = visitor.page.goto(address)
            assert answer
            if answer.status == 404:
                break
            stop = f"course-{module}-{number}"
            yield stop
            if visitor.page.locator("input[name=svar]").count():
                visitor.page.goto(f"{address}&svar=0")
                yield f"{stop}-answered"
            elif visitor.page.locator(".paths").count():
                yield from places(visitor, stop)
