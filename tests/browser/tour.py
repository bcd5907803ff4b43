"""A tour of every page there is, and of the states in which it can be; each stop is checked as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urljoin

from playwright.sync_api import Locator

from app import languages
from app.config import ROOT
from tests.browser.site import HR, LISTED
from tests.browser.visitor import Visitor

NOT_PAGES = {
    "brand.logo": "a picture",
    "brand.sheet": "a style sheet",
    "dev.body": "a mail, shown within the mailbox",
    "health.health": "JSON",
    "held.download": "files",
    "hr.stay": "JSON",
    "learn.enter": "leads on",
    "learn.stay": "JSON",
    "learn.module": "leads on",
    "learn.not_me": "leads on",
    "public.leave": "leads away",
    "reading.media": "pictures",
}
"""What answers GET without being a page of its own."""

MODULES = 5
"""Of the course. One of them, with a question, a scenario and a reflection, is toured; the bench goes through them all."""

MOST_PLACES = 4
"""Of a scenario, from the last choice on: one of each tone, and an end."""

Stop = str
"""What is shown when the tour yields it, as the name of a file."""
Part = Callable[[Visitor, str], Iterator[Stop]]


def tour(visitor: Visitor, language: str, office: bool = True) -> Iterator[Stop]:
    """Every page and state, as somebody who reads `language` meets them; with HR's, which easy-read has no words of its own for."""
    parts: list[Part] = [_public, _accessibility, _faults, _registering, _reading, _learning, _sharing, _held]
    if office and not languages.LOCALES[language].modifier:
        visitor.site.speak(HR, language)
        parts[-1:] = [_staff, _inbox, _lines, _words, _look, _development, _held, _people]
    for part in parts:
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
        "support-entry": "/stod/1?organisation=sundby",
        "support-other-entry": "/stod/2",
        "privacy": "/uppgifter",
    }.items():
        visitor.go(path)
        yield stop


def _accessibility(visitor: Visitor, language: str) -> Iterator[Stop]:
    for stop, path in {"any": "", "of-one": "?organisation=norrby", "report-any": "/rapport"}.items():
        visitor.go(f"/tillganglighet{path}")
        yield stop
    visitor.go("/tillganglighet/rapport?organisation=sundby")
    yield "report"
    visitor.go_on()
    yield "report-fault"
    visitor.page.locator("input[value=aloud]").check()
    visitor.page.locator("textarea").fill("Modul 1")
    visitor.go_on()
    yield "reported"


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
    link = _confirm_link(visitor, "vikarie@sundby.example", language)
    yield "confirm"
    visitor.go_on()
    yield "confirm-fault"
    visitor.page.goto(link)
    _say(visitor, "jag")
    yield "confirm-unit"
    visitor.go_on()
    yield "confirm-unit-fault"
    visitor.page.locator("main [type=radio]").first.check()
    visitor.go_on()
    visitor.context.clear_cookies()
    visitor.page.goto(link)
    yield "confirmed-already"
    link = _confirm_link(visitor, "granne@annat.example", language)
    with visitor.in_no_time():
        visitor.page.goto(link)
        visitor.page.locator("input[value=inte-jag]").check()
        visitor.go_on()
    yield "confirm-too-quick"
    visitor.read()
    visitor.go_on()
    yield "forgotten"


def _confirm_link(visitor: Visitor, address: str, language: str) -> str:
    _ask(visitor, address, language)
    link = visitor.link(address)
    visitor.page.goto(link)
    return link


def _say(visitor: Visitor, answer: str) -> None:
    """Choose, take the time to have read it, and go on."""
    visitor.page.locator(f"input[value={answer}]").check()
    visitor.read()
    visitor.go_on()


def _held(visitor: Visitor, language: str) -> Iterator[Stop]:
    """What is held about Amina, who asks HR to erase it; and of a neighbour, who erases it."""
    visitor.come_in(LISTED)
    visitor.go("/min-sida/uppgifter")
    yield "ask"
    visitor.read()
    visitor.go_on()
    yield "asked"
    visitor.go("/mina-uppgifter")
    yield "not-by-a-link"
    visitor.site.work()
    link = visitor.link(LISTED)
    visitor.page.goto(link)
    yield "confirm"
    visitor.go_on()
    yield "confirm-fault"
    _say(visitor, "jag")
    yield from _held_pages(visitor)
    visitor.page.locator("form[action$=klart] button").first.click()
    yield "closed"
    visitor.page.goto(link)
    yield "spent"
    _confirm_link(visitor, "granne@annat.example", language)
    _say(visitor, "jag")
    visitor.confirm_again("granne@annat.example")
    visitor.go("/mina-uppgifter/radera")
    yield "erasure-of-the-public"
    _say(visitor, "ja")
    yield "erased"


def _held_pages(visitor: Visitor) -> Iterator[Stop]:
    for each in visitor.page.locator("main summary").all():
        each.click()
    yield "show-opened"
    visitor.go("/mina-uppgifter/namn")
    yield "name"
    visitor.page.locator("input[name=name]").fill("")
    visitor.go_on()
    yield "name-fault"
    visitor.go("/mina-uppgifter/fel-person")
    yield "wrong-person"
    visitor.go_on()
    yield "wrong-person-fault"
    visitor.go("/mina-uppgifter/radera")
    yield "erasure"
    _say(visitor, "ja")
    yield "show-asked"


def _people(visitor: Visitor, language: str) -> Iterator[Stop]:
    """HR's named lists: the one who registered, and what Amina asks for."""
    visitor.go("/dev/in/hr")
    visitor.page.locator("main form button").first.click()
    visitor.go("/hr/vantar")
    yield "waiting"
    visitor.page.locator("main tbody a").first.click()
    yield "newcomer"
    visitor.go_on()
    yield "newcomer-fault"
    visitor.go("/hr/inkorg")
    visitor.page.locator("main tbody a").first.click()
    yield "asked-for"
    here = visitor.page.url
    visitor.go_on()
    yield "asked-for-fault"
    visitor.page.locator("input[value=archived]").check()
    visitor.go_on()
    visitor.page.goto(here)
    yield "answered"


def _reading(visitor: Visitor, language: str) -> Iterator[Stop]:
    visitor.go("/kurs/vaga-se")
    yield "contents"
    visitor.go("/kurs/vaga-se/hela")
    yield "document"
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
    yield from _ways_aside(visitor)
    visitor.take_another_way()
    yield "done-another-way"
    visitor.go("/min-sida")
    yield "home-second"
    visitor.go_on()
    yield from _module(visitor, "2")
    if language != languages.SOURCE:
        return  # The pages' own words are the same in every module.
    for _ in range(MODULES - 2):
        visitor.go("/min-sida")
        visitor.go_on()
        visitor.take_another_way()
    yield "done-all"
    visitor.go_on()
    yield "home-done"


def _sharing(visitor: Visitor, language: str) -> Iterator[Stop]:
    """At a shared computer: signing out is on every page, and there is a page for afterwards."""
    visitor.go("/min-sida")
    visitor.page.locator(".sharing button").click()
    yield "home"
    visitor.go("/modul/1/1")
    yield "step"
    visitor.page.evaluate("document.querySelector('dialog.staying').showModal()")
    yield "asking"
    visitor.page.locator("dialog.staying button[type=submit]").click()
    yield "signed-out"
    visitor.go("/hr/utloggad")
    yield "hr-signed-out"


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
            yield from places(visitor, f"module-{number}-step-{step}")
        visitor.page.goto(here)
        visitor.take_step()
    yield f"module-{number}-done"


def _answers(visitor: Visitor, step: str) -> Iterator[Stop]:
    here, choices = visitor.page.url, visitor.page.locator("input[name=svar]")
    choices.first.check()
    yield f"{step}-chosen"
    with visitor.in_no_time():
        visitor.page.goto(here)
        choices.first.check()
        visitor.go_on()
    yield f"{step}-too-quick"
    visitor.context.clear_cookies()
    visitor.go_on()
    yield f"{step}-session-ended"
    visitor.come_in(LISTED)
    for n in range(2):  # The second is the better.
        visitor.page.goto(here)
        choices.nth(n).check()
        visitor.read()
        visitor.go_on()
        yield f"{step}-answer-{n + 1}"


def places(visitor: Visitor, step: str) -> Iterator[Stop]:
    """Some places of the scenario that stands on the page, from the last choice on."""
    here, waiting = visitor.page.url, _addresses(visitor.page.locator(".paths a"))
    seen = set[str]()
    while waiting and len(seen) < MOST_PLACES:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            visitor.page.goto(urljoin(here, place))
            yield f"{step}-place-{len(seen)}"
            waiting += _addresses(visitor.page.locator(".paths a"))


def _addresses(links: Locator) -> list[str]:
    return [each.get_attribute("href") or "" for each in links.all()]


def _ways_aside(visitor: Visitor) -> Iterator[Stop]:
    here = visitor.page.url
    visitor.page.locator(".tools a").nth(1).click()
    yield "another-way"
    visitor.go_on()
    yield "another-way-fault"
    visitor.go("/min-sida/sprak")
    yield "language"
    visitor.page.goto(here)
    visitor.page.locator(".languages summary").click()
    yield "languages"


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


def _inbox(visitor: Visitor, language: str) -> Iterator[Stop]:
    """What the tour has reported, and Sundby's accessibility statement from nothing to the open page."""
    visitor.go("/dev/in/hr")
    visitor.page.locator("main form button").first.click()
    visitor.go("/hr/inkorg")
    yield "inbox"
    visitor.page.locator("main tbody a").first.click()
    yield "report"
    visitor.go_on()
    visitor.page.locator("main tbody a").first.click()
    yield "report-handled"
    visitor.go("/hr/tillganglighet")
    yield "statement-empty"
    visitor.page.locator("input[name=answer_days]").fill("x")
    visitor.go_on()
    yield "statement-fault"
    visitor.page.locator("input[name=answer_days]").fill("10")
    visitor.go_on()
    yield "preview-lacking"
    yield from _shortcoming(visitor)
    _write_statement(visitor)
    yield "preview"
    visitor.go_on()
    yield "statement-published"
    visitor.go("/tillganglighet?organisation=sundby")
    yield "statement-open"


def _shortcoming(visitor: Visitor) -> Iterator[Stop]:
    visitor.go("/hr/tillganglighet/brist")
    yield "shortcoming-new"
    visitor.go_on()
    yield "shortcoming-fault"
    visitor.page.locator("input[value=burden]").check()
    for name in ("what", "place", "why", "instead", "criterion"):
        visitor.page.locator(f"[name={name}]").fill("Diagrammet saknar beskrivning.")
    visitor.go_on()
    visitor.page.locator("a.entry").first.click()
    yield "shortcoming"


def _write_statement(visitor: Visitor) -> None:
    visitor.go("/hr/tillganglighet")
    for value in ("partial", "own"):
        visitor.page.locator(f"input[value={value}]").check()
    said = {"service": "Utbildning för alla", "method": "Med tangentbord.", "tested_on": "2026-10-01"}
    for name, words in (said | {"address": "tillganglighet@sundby.example"}).items():
        visitor.page.locator(f"[name={name}]").fill(words)
    visitor.go_on()


def _lines(visitor: Visitor, language: str) -> Iterator[Stop]:
    """A contact from nothing to the open page, with a slip on the way; and a line that is changed and taken away."""
    visitor.go("/hr/stod/ny")
    yield "contact"
    visitor.go_on()
    yield "contact-fault"
    for name, text in {"name": "Kvinnojouren i Sundby", "number": "0980-31 92 10", "whom": "Samtal."}.items():
        visitor.page.locator(f"input[name={name}]").fill(text)
    visitor.page.locator("input[value=exposed]").check()
    visitor.go_on()
    yield "line-typed"
    _send(visitor)
    yield "line-fault"
    visitor.page.locator("input[type=date]").fill("2026-11-03")
    _send(visitor)
    yield "lines"
    visitor.go("/hr/stod/valj-att-sluta/andra")
    yield "own-words"
    visitor.go("/hr/stod/terrafem/bort")
    yield "away"
    _send(visitor)
    visitor.go("/hr/stod/terrafem")
    yield "line-hidden"


def _words(visitor: Visitor, language: str) -> Iterator[Stop]:
    visitor.go("/hr/egna-ord")
    yield "places"
    visitor.page.locator("main tbody a").first.click()
    yield "place"
    visitor.page.locator("textarea").fill("Ring **HR**.")
    visitor.page.locator("button[name=visa]").click()
    yield "preview"
    visitor.page.locator("textarea").fill("<b>")
    _send(visitor)
    yield "fault"


def _send(visitor: Visitor) -> None:
    """Press the first button of the page's own form."""
    with visitor.page.expect_navigation():
        visitor.page.locator("main form button").first.click()


def _look(visitor: Visitor, language: str) -> Iterator[Stop]:
    """HR gives the organisation a colour and a logo, participants see them, and they are taken back."""
    visitor.go("/hr/utseende")
    yield "before"
    visitor.page.locator("#colour").fill("gul")
    visitor.go_on()
    yield "fault"
    visitor.page.locator("#colour").fill("#ffcc00")
    with visitor.page.expect_navigation():
        visitor.page.locator("button[name=visa]").click()
    yield "tried"
    visitor.page.locator("#logo").set_input_files(ROOT / "static" / "favicon.svg")
    visitor.go_on()
    yield "saved"
    visitor.come_in(LISTED)
    yield "seen"
    visitor.go("/hr/utseende")
    visitor.page.locator("#without_logo").check()
    visitor.page.locator("#colour").fill("")
    visitor.go_on()


def _development(visitor: Visitor, language: str) -> Iterator[Stop]:
    pages = {"mailbox": "/dev/mailbox", "staff": "/dev/in/hr", "components": "/dev/komponenter"}
    for stop, path in pages.items():
        visitor.go(path)
        yield stop


def _ask(visitor: Visitor, address: str, language: str) -> None:
    visitor.go("/registrera")
    visitor.page.locator("input[type=email]").fill(address)
    for value in ("sundby", language):
        visitor.page.locator(f"input[value={value}]").check()
    visitor.go_on()
    visitor.site.work()
