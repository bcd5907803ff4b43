"""Every way in which somebody may read: by thumb, by key, from right to left, easily, enlarged, in few colours, on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewVisitor
from tests.browser.judges import cold, focused
from tests.browser.places import KINDS, few
from tests.browser.site import LISTED
from tests.browser.visitor import Visitor

THUMB = """
() => [...document.querySelectorAll(".button, button, .choice, .paths a, .exit, summary, .tools a, .entry, .foot nav a")]
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
  .map((each) => `${Math.round(each.getBoundingClientRect().height)} px: ${each.outerHTML.slice(0, 90)}`)
"""
UNMARKED = """
() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.data.replaceAll("Shift", ""), at = walk.currentNode.parentElement;
    if (/[a-zåäö]{3}/i.test(text) && at.checkVisibility() && at.closest("[lang]").lang === "ar" && !at.closest("bdi"))
      found.push(text.trim());
  }
  return found;
}
"""
"""Latin words in the midst of Arabic that say neither what language they are in nor that they are a name, nor a key's."""
CUT = """
() => [...document.querySelectorAll("body *")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest("svg, textarea, .skip"))
  .filter((each) => {
    for (let at = each; at !== document.body; at = at.parentElement) if (at.offsetWidth <= 1) return false;
    const { overflowX, overflowY } = getComputedStyle(each), { left, right } = each.getBoundingClientRect();
    const is_cut = (overflow, all, seen) => overflow !== "visible" && all > seen + 1;
    return left < -1 || right > innerWidth + 1 || is_cut(overflowX, each.scrollWidth, each.clientWidth)
      || is_cut(overflowY, each.scrollHeight, each.clientHeight);
  })
  .map((each) => `cut: ${each.outerHTML.slice(0, 120)}`)
"""
"""Whatever does not fit, in its own box or in the window; what is there for screen readers alone is one pixel wide."""
HIDDEN = """
() => {
  scrollTo(0, 0);
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !at.checkVisibility() || at.closest(".exit, .skip, .hidden-visually")) continue;
    range.selectNodeContents(walk.currentNode);
    for (const { top, bottom, left, right } of range.getClientRects())
      if (top < -1 || [left + 2, (left + right) / 2, right - 2].some((x) => [top + 4, bottom - 4].some((y) =>
        document.elementFromPoint(x, y)?.closest(".exit")))) found.push(`hidden: ${at.outerHTML.slice(0, 90)}`);
  }
  return found;
}
"""
"""Words that lie above the window or under the way out when the page is first shown."""
TALL = """
() => [...document.querySelectorAll("body *")]
  .filter((each) => ["fixed", "sticky"].includes(getComputedStyle(each).position) && each.checkVisibility())
  .map((each) => [each.getBoundingClientRect().height, each.outerHTML.slice(0, 90)])
  .filter(([height]) => height > innerHeight / 3)
  .map(([height, html]) => `takes ${height} of ${innerHeight} px: ${html}`)
"""
BORDERLESS = """
() => [...document.querySelectorAll(".button, .choice, input, textarea, select")]
  .filter((each) => each.checkVisibility() && !/radio|checkbox|hidden/.test(each.type))
  .filter((each) => ["Block", "Inline"].every((way) => parseFloat(getComputedStyle(each)[`border${way}StartWidth`] ?? 0) < 1
    && parseFloat(getComputedStyle(each)[`border${way}EndWidth`] ?? 0) < 1))
  .map((each) => `nothing shows where it ends: ${each.outerHTML.slice(0, 100)}`)
"""
MOVING = """
() => [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility()).filter((each) => {
  const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(each);
  return transitionDuration.split(", ").some((each) => parseFloat(each) > 0) || animationName !== "none" || scrollBehavior === "smooth";
}).map((each) => `moves: ${each.outerHTML.slice(0, 90)}`)
"""
ON_PAPER = """
() => [...document.querySelectorAll(".exit, .skip, button, .button, .tools, nav:not(.booklet nav, .paths), input[type=submit]")]
  .filter((each) => each.checkVisibility()).map((each) => `is printed: ${each.outerHTML.slice(0, 90)}`)
"""
STYLE = """
(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }
"""
"""A reader's own style sheet, as an extension of their browser sets it: no policy of ours stops that."""
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }"


def in_few_colours(page: Page) -> list[str]:
    """Of text the browser itself sees to the contrast; of what we draw only shape is left."""
    page.emulate_media(forced_colors="active")
    heights = page.locator(".where:has(.tools) .strokes li").evaluate_all("all => all.map((each) => each.offsetHeight)")
    lost = ["where one is does not show"] if heights and len(set(heights)) == 1 else []
    return lost + page.evaluate(BORDERLESS) + focused(page)


def at_four_hundred_per_cent(page: Page) -> list[str]:
    """1280 × 1024 px at 400 % is 320 × 256."""
    page.set_viewport_size({"width": 320, "height": 256})
    return [*page.evaluate(CUT), *page.evaluate(HIDDEN), *page.evaluate(TALL), *focused(page)]


def with_letters_twice_as_large(page: Page) -> list[str]:
    page.evaluate(STYLE, "html { font-size: 200% !important }")
    return [*page.evaluate(CUT), *page.evaluate(HIDDEN)]


def with_wide_spacing(page: Page) -> list[str]:
    page.evaluate(STYLE, SPACED)
    return [*page.evaluate(CUT), *page.evaluate(HIDDEN)]


def without_motion(page: Page) -> list[str]:
    page.emulate_media(reduced_motion="reduce")
    return list(page.evaluate(MOVING))


def on_paper(page: Page) -> list[str]:
    page.emulate_media(media="print")
    found: list[str] = page.evaluate(ON_PAPER)
    page.emulate_media(media="screen")
    return found


WAYS: dict[str, tuple[dict[str, Any], Callable[[Page], list[str]]]] = {
    "in forced colours": (PHONE, in_few_colours),
    "at 400 %": (DESK, at_four_hundred_per_cent),
    "with text at 200 % on a desk": (DESK, with_letters_twice_as_large),
    "with text at 200 % on a phone": ({"width": 390, "height": 844}, with_letters_twice_as_large),
    "with wide spacing": (PHONE, with_wide_spacing),
    "with reduced motion": (PHONE, without_motion),
    "on paper": (DESK, on_paper),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_lost(new_visitor: NewVisitor, way: str) -> None:
    size, look = WAYS[way]
    visitor = new_visitor(viewport=size)
    found = [f"{stop}: {fault}" for stop in few(visitor) for fault in look(visitor.page)]
    assert not found, "\n".join(found)


def test_on_a_phone_all_that_is_pressed_is_as_high_as_a_thumb_is_wide(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(has_touch=True, is_mobile=True)
    found = [f"{stop}: {fault}" for stop in few(visitor) for fault in visitor.page.evaluate(THUMB)]
    assert not found, "\n".join(found)


def second_module(visitor: Visitor, language: str = "sv") -> None:
    """The one with a scenario, a question and a reflection."""
    visitor.come_in(LISTED)
    visitor.choose_language(language)
    visitor.go_on()
    visitor.take_another_way()
    visitor.go_on()


def test_a_scenario_a_question_and_a_reflection_are_taken_with_the_keyboard_alone(visitor: Visitor) -> None:
    second_module(visitor)
    while not visitor.path.endswith("/klar"):
        visitor.take_step_with_keyboard()
    assert visitor.heading == "Klart. Tack för din tid."


def test_in_arabic_a_module_is_read_from_right_to_left_and_what_is_not_arabic_says_so(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(locale="ar")
    second_module(visitor, "ar")
    for _ in visitor.each_step():
        page = visitor.page
        assert page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]") == ["ar", "rtl"]
        assert page.evaluate(UNMARKED) == []
        for text in page.locator(".say[lang=sv]").all():
            assert text.evaluate("each => getComputedStyle(each).direction") == "ltr"
    assert "Klart" not in visitor.heading


def test_in_easy_read_every_step_has_its_own_words_and_a_picture_that_is_described(visitor: Visitor) -> None:
    second_module(visitor, "sv-simple")
    for _ in visitor.each_step():
        assert visitor.page.locator("html").get_attribute("lang") == "sv-simple"
        if not visitor.path.endswith("/klar") and not visitor.page.locator(".verdict").count():
            assert visitor.page.locator(".say").get_attribute("lang") == "sv-simple"
            assert visitor.page.locator("main img[alt]:not([alt=''])").first.is_visible()


def test_from_the_mail_to_a_completed_module_is_four_presses_besides_answers_and_onward(visitor: Visitor) -> None:
    """For one who registered, was not on the list, and has to say where they work: more than most have."""
    visitor.register("vikarie@sundby.example")
    visitor.pressed.clear()
    visitor.open_mail("vikarie@sundby.example")
    visitor.confirm("Skola / Björkskolan")
    while not visitor.path.endswith("/klar"):
        visitor.take_step() if "/modul/" in visitor.path else visitor.go_on()
    others = ["the link in the mail"] + [words for words in visitor.pressed if words not in ("Fortsätt", "Svara")]
    assert len(others) <= 4, others


def test_the_first_page_of_a_module_is_light_and_stands_still(visitor: Visitor) -> None:
    KINDS["a step"](visitor)
    cost = cold(visitor.context, visitor.page.url)
    assert cost.size <= 30_000
    assert cost.requests <= 5
    assert cost.shift == 0
