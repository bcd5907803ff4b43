"""The look as a browser makes it: any municipality's colour, both directions, easy-read, forced colours, large text, paper."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from app import brand, colour, db
from app.config import ROOT
from app.models import Organisation
from tests.browser.conftest import DESK, PHONE, NewVisitor
from tests.browser.site import LISTED, Site
from tests.browser.visitor import Visitor
from tests.test_colour import ALL

GROUNDS = ("paper", "wash", "field", "good-field", "unsure-field")
SEEN = """
([brands, names]) => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  const probe = document.body.appendChild(document.createElement("i"));
  const hex = (name) => {
    probe.style.color = `var(--${name})`;
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    return "#" + [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part.toString(16).padStart(2, "0")).join("");
  };
  return brands.map((brand) => {
    document.documentElement.style.setProperty("--brand", brand);
    return Object.fromEntries(names.map((name) => [name, hex(name)]));
  });
}
"""
"""What the tokens are on the screen, for each brand in turn."""
SHIFTED = """
() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((each) => (sum += each.value))).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})
"""


def distance(one: str, other: str) -> int:
    """By how much two colours differ, in the part where they differ most, of 255."""
    return max(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) for at in (1, 3, 5))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_read_on_every_ground_and_is_what_hr_was_told(new_visitor: NewVisitor, scheme: str) -> None:
    visitor = new_visitor(color_scheme=scheme)
    visitor.go("/stod")
    shown = visitor.page.evaluate(SEEN, [ALL, [*GROUNDS, "accent", "on-accent"]])
    assert len(shown) == 180
    for chosen, tokens in zip(ALL, shown, strict=True):
        told = getattr(colour, scheme)(chosen)
        assert distance(tokens["accent"], told.accent) <= 2, chosen
        assert distance(tokens["paper"], told.paper) <= 2
        for ground in GROUNDS:
            assert colour.contrast(tokens["accent"], tokens[ground]) >= 4.5, (chosen, ground)
        assert colour.contrast(tokens["accent"], tokens["on-accent"]) >= 4.5, chosen


def test_without_a_colour_of_its_own_the_accent_is_ours(visitor: Visitor) -> None:
    visitor.go("/stod")
    (tokens,) = visitor.page.evaluate(SEEN.replace('setProperty("--brand", brand)', "removeProperty('--brand')"), [[""], ["accent"]])
    assert distance(tokens["accent"], colour.light(None).accent) <= 2


def test_a_browser_without_relative_colours_shows_ours(visitor: Visitor) -> None:
    """Older phones cannot mend a colour, and then get none that could be unreadable."""
    older = (ROOT / "static" / "app.css").read_text(encoding="utf-8").replace("color: oklch(from red", "color: unknown(red")
    visitor.page.route("**/app.css", lambda route: route.fulfill(body=older, content_type="text/css"))
    visitor.go("/stod")
    (tokens,) = visitor.page.evaluate(SEEN, [["#ffff99"], ["accent"]])
    assert distance(tokens["accent"], colour.light(None).accent) <= 2


def test_a_page_with_colour_and_logo_is_one_request_more_and_does_not_move(visitor: Visitor, site: Site) -> None:
    with db.writing() as session:
        sundby = session.query(Organisation).filter_by(slug="sundby").one()
        brand.choose_colour(sundby, "#c2410c")
        brand.show_logo(sundby, (ROOT / "static" / "favicon.svg").read_bytes())
        session.commit()
    fetched: list[str] = []
    visitor.page.on("request", lambda request: fetched.append(request.url))
    visitor.come_in(LISTED)
    assert len([url for url in fetched if url.endswith(".css")]) == 1
    assert len([url for url in fetched if "/logga/" in url]) == 1
    assert visitor.page.evaluate(SHIFTED) == 0
    fetched.clear()
    visitor.follow("Börja")
    assert not [url for url in fetched if "/logga/" in url], "a step has no logo"
    assert visitor.page.evaluate(SHIFTED) == 0


def style(page: Page, selector: str, name: str, pseudo: str = "") -> str:
    found: str = page.locator(selector).first.evaluate(
        "(each, [name, pseudo]) => getComputedStyle(each, pseudo || null)[name]", [name, pseudo]
    )
    return found


def test_right_to_left_turns_the_arrows_and_sets_its_script_in_sans(visitor: Visitor) -> None:
    visitor.go("/?sprak=sv")
    assert (style(visitor.page, ".onward", "scale", "::after"), style(visitor.page, "h1", "letterSpacing")[0]) == ("1", "-")
    visitor.go("/?sprak=ar")
    assert style(visitor.page, ".onward", "scale", "::after") == "-1 1"
    assert style(visitor.page, "h1", "letterSpacing") in ("normal", "0px")
    assert style(visitor.page, "h1", "fontFamily") == style(visitor.page, "body", "fontFamily")


def test_a_text_in_another_direction_keeps_its_own_within_the_page(visitor: Visitor) -> None:
    """The course has no Arabic: then it is Swedish, from left to right, and our words stay Arabic."""
    visitor.go("/kurs/vaga-se/2/6?sprak=ar")
    article = visitor.page.locator("article.say")
    assert (article.get_attribute("lang"), article.get_attribute("dir")) == ("sv", "ltr")
    assert visitor.page.locator(".paths h2").get_attribute("dir") == "rtl"
    assert style(visitor.page, ".paths a", "scale", "::after") == "1"


def test_easy_read_is_larger_with_more_air_and_keeps_its_lines(visitor: Visitor) -> None:
    found = []
    for language in ("sv", "sv-simple"):
        visitor.go(f"/kurs/vaga-se/1/1?sprak={language}")
        found.append([float(style(visitor.page, ".say", name).removesuffix("px")) for name in ("fontSize", "lineHeight")])
    plain, easy = found
    assert easy[0] >= plain[0] * 1.1
    assert easy[1] / easy[0] > plain[1] / plain[0]
    assert style(visitor.page, ".say p", "textWrapStyle") == "auto"


def test_what_is_chosen_is_seen_in_forced_colours(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(forced_colors="active")
    visitor.go("/kurs/vaga-se/2/5")
    visitor.page.locator("input[name=svar]").first.check()
    chosen, other = (
        visitor.page.locator(".choice").nth(number).evaluate("each => getComputedStyle(each).borderInlineStartColor")
        for number in (0, 1)
    )
    assert chosen != other
    assert style(visitor.page, ".button", "borderTopStyle") == "solid"
    assert style(visitor.page, ".button", "color") == style(visitor.page, ".button", "borderTopColor")


def test_more_contrast_is_given_to_who_asks_for_it(new_visitor: NewVisitor) -> None:
    usual, more = new_visitor(), new_visitor(contrast="more")
    ratios = []
    for visitor in (usual, more):
        visitor.go("/stod")
        (tokens,) = visitor.page.evaluate(SEEN, [["#0077bc"], ["accent", "paper", "ink-soft"]])
        ratios.append([colour.contrast(tokens[name], tokens["paper"]) for name in ("accent", "ink-soft")])
    assert all(after >= 7 and after > before for before, after in zip(*ratios, strict=True))


@pytest.mark.parametrize("path", ["/", "/registrera", "/kurs/vaga-se", "/kurs/vaga-se/2/5", "/kurs/vaga-se/2/6", "/finns-inte"])
def test_text_twice_as_large_needs_no_sideways_scroll(new_visitor: NewVisitor, path: str) -> None:
    visitor = new_visitor(viewport={"width": 640, "height": 800})
    visitor.go(path)
    visitor.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_onward_button_is_by_the_thumb_on_a_short_step(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 360, "height": 900})
    visitor.go("/kurs/vaga-se/1/3")
    box = visitor.page.locator(".onward").bounding_box()
    assert box
    assert box["width"] >= 320
    assert box["y"] > 450


def test_motion_is_left_out_for_who_wants_none(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(reduced_motion="reduce")
    visitor.go("/kurs/vaga-se/1/1")
    moving = "() => [...document.querySelectorAll('*')].filter((each) => parseFloat(getComputedStyle(each).transitionDuration) > 0).length"
    assert visitor.page.evaluate(moving) == 0


# --- on paper --------------------------------------------------------------------------------------------------------


def pages_of(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


def test_a_step_prints_on_one_page_without_what_only_a_screen_needs(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(viewport=DESK, color_scheme="dark")
    visitor.go("/kurs/vaga-se/2/1")
    assert pages_of(visitor.page) == 1
    visitor.page.emulate_media(media="print")
    for unseen in (".exit", ".go", ".tools", ".foot"):
        assert not visitor.page.locator(unseen).first.is_visible(), unseen
    (tokens,) = visitor.page.evaluate(SEEN, [["#c2410c"], ["paper", "ink", "accent"]])
    assert tokens == {"paper": "#ffffff", "ink": "#000000", "accent": "#000000"}, "also from a dark screen"


def test_what_is_folded_away_is_there_on_paper(visitor: Visitor) -> None:
    visitor.go("/kurs/vaga-se/2/5?svar=0")
    folded = visitor.page.locator("main details dl")
    assert not folded.is_visible()
    visitor.page.emulate_media(media="print")
    assert folded.is_visible()


def test_hrs_page_prints_on_two_pages(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(viewport=PHONE)
    visitor.go("/dev/in/hr")
    visitor.page.get_by_role("button", name="Sundby kommun").click()
    assert pages_of(visitor.page) <= 2


# --- the whole course on one page ------------------------------------------------------------------------------------


def test_the_whole_course_is_one_document_with_headings_in_order(visitor: Visitor, site: Site) -> None:
    visitor.go("/kurs/vaga-se")
    visitor.follow("Läs eller skriv ut allt på en sida")
    levels = visitor.page.locator("main :is(h1, h2, h3, h4, h5)").evaluate_all("all => all.map((each) => +each.tagName[1])")
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), "no level is left out"
    assert visitor.page.locator("form:not(.languages form)").count() == 0
    dead = "all => all.map((each) => each.hash).filter((hash) => !document.getElementById(decodeURIComponent(hash.slice(1))))"
    assert visitor.page.locator("main a[href^='#']").evaluate_all(dead) == []
    assert pages_of(visitor.page) > 10
