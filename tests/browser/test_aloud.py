"""Reading aloud, with a voice that only notes what it is asked to say."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewVisitor
from tests.browser.site import LISTED
from tests.browser.visitor import Visitor

SWEDISH = {"name": "Alva", "lang": "sv-SE", "localService": True, "default": False}
ENGLISH = {"name": "Kate", "lang": "en_GB", "localService": True, "default": True}
ARABIC = {"name": "Maged", "lang": "ar-SA", "localService": True, "default": False}
REMOTE = {"name": "Google svenska", "lang": "sv-SE", "localService": False, "default": True}

VOICE = """
([voices, late]) => {
  const speech = new EventTarget();
  let now = null;
  Object.assign(speech, {
    spoken: [],
    getVoices: () => (late ? [] : voices),
    speak: (said) => { now = said; speech.spoken.push({ text: said.text, voice: said.voice.name, rate: said.rate }); },
    cancel: () => {
      const was = now;
      now = null;
      if (was) { speech.silenced += 1; setTimeout(() => was.onerror({})); }
    },
    silenced: 0,
    arrive: () => { late = false; speech.dispatchEvent(new Event("voiceschanged")); },
    finish: () => { const was = now; now = null; was.onend({}); },
  });
  Object.defineProperty(speech, "speaking", { get: () => now !== null });
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}
"""
MARKED = "[...(CSS.highlights?.get('read') ?? [])].map((each) => each.toString().replace(/\\s+/g, ' ').trim()).join()"

TEXTS = "[...document.querySelectorAll('.say > :not(.go), .say img')].map((each) => each.alt ?? each.innerText)"


def hearing(visitor: Visitor, *voices: dict[str, Any], late: bool = False) -> Visitor:
    """The visitor's browser has these voices and no other."""
    argument = repr([list(voices), late]).replace("True", "true").replace("False", "false")
    visitor.context.add_init_script(f"({VOICE})({argument})")
    return visitor


@pytest.fixture
def listener(visitor: Visitor) -> Visitor:
    """Somebody on the first step of the course, with a voice on their phone."""
    hearing(visitor, REMOTE, SWEDISH, ENGLISH)
    visitor.go("/kurs/vaga-se/1/1")
    return visitor


def button(page: Page, words: str) -> Locator:
    return page.get_by_role("button", name=words, exact=True)


def listen(visitor: Visitor) -> None:
    button(visitor.page, "Läs upp").click()
    expect(visitor.page.get_by_text("Det hörs i rummet.")).to_be_visible()
    assert spoken(visitor) == [], "a word of warning first"
    button(visitor.page, "Läs upp").click()
    expect(button(visitor.page, "Pausa")).to_be_visible()


def spoken(visitor: Visitor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = visitor.page.evaluate("speechSynthesis.spoken")
    return found


def all_read(visitor: Visitor) -> list[dict[str, Any]]:
    """Listen to the end; what was said."""
    listen(visitor)
    while visitor.page.evaluate("speechSynthesis.speaking"):
        finish(visitor)
    return spoken(visitor)


def come_to(visitor: Visitor, what: str) -> None:
    """The first step of the first module that has it."""
    number = 0
    while not visitor.page.locator(what).count():
        number += 1
        visitor.go(f"/kurs/vaga-se/1/{number}")


def finish(visitor: Visitor) -> None:
    """The voice comes to the end of what it was saying."""
    visitor.page.evaluate("speechSynthesis.finish()")


def test_each_sentence_is_marked_while_it_is_read_in_the_order_of_the_page(listener: Visitor) -> None:
    listen(listener)
    said = []
    while listener.page.evaluate("speechSynthesis.speaking"):
        said.append(spoken(listener)[-1]["text"])
        picture = listener.page.locator(".say img.is-read")
        if picture.count():
            assert said[-1] in str(picture.get_attribute("alt"))
        else:
            assert listener.page.evaluate(MARKED) == said[-1]
        finish(listener)
    texts = listener.page.evaluate(TEXTS)
    assert len(said) > len(texts), "sentences, not paragraphs"
    assert " ".join(said) == " ".join(" ".join(texts).split())
    assert listener.page.evaluate(MARKED) == ""
    expect(button(listener.page, "Läs upp")).to_be_visible()


def test_the_mark_leaves_the_page_as_it_was(listener: Visitor) -> None:
    before = listener.page.locator(".say").inner_html()
    listen(listener)
    for _ in range(4):
        finish(listener)
    assert listener.page.locator(".say").inner_html().replace(' class=""', "").replace(' class="is-read"', "") == before


def test_without_highlights_the_paragraph_is_marked(visitor: Visitor) -> None:
    visitor.context.add_init_script("delete CSS.highlights; delete window.Highlight; delete CSS.constructor.highlights")
    visitor.context.add_init_script("Object.defineProperty(CSS, 'highlights', { value: undefined })")
    hearing(visitor, SWEDISH).go("/kurs/vaga-se/1/1")
    listen(visitor)
    expect(visitor.page.locator(".say .is-read")).to_have_count(1)
    button(visitor.page, "Sluta läsa").click()
    expect(visitor.page.locator(".is-read")).to_have_count(0)


def test_a_pause_is_silent_and_goes_on_with_the_same_sentence(listener: Visitor) -> None:
    listen(listener)
    finish(listener)
    button(listener.page, "Pausa").click()
    expect(button(listener.page, "Läs vidare")).to_be_focused()
    assert not listener.page.evaluate("speechSynthesis.speaking")
    assert len(spoken(listener)) == 2
    button(listener.page, "Läs vidare").click()
    first, second, again = spoken(listener)
    assert again == second != first


def test_the_pace_has_three_steps_and_is_remembered_in_this_tab_alone(listener: Visitor) -> None:
    listen(listener)
    for _ in range(3):
        button(listener.page, "Snabbare").click()
    expect(listener.page.get_by_role("status")).to_have_text("Snabb fart")
    for _ in range(3):
        button(listener.page, "Långsammare").click()
    assert {each["rate"] for each in spoken(listener)} == {0.75, 1, 1.25}
    listener.go("/kurs/vaga-se/1/2")
    button(listener.page, "Läs upp").click()
    expect(button(listener.page, "Pausa")).to_be_visible()
    assert spoken(listener)[0]["rate"] == 0.75, "and the warning has been given"
    assert listener.page.evaluate("[{...localStorage}, Object.keys(sessionStorage).sort()]") == [{}, ["heard", "pace"]]


def silences(page: Page) -> int:
    return int(page.evaluate("speechSynthesis.silenced"))


def test_it_falls_silent_when_the_page_is_hidden_or_left(listener: Visitor) -> None:
    listen(listener)
    hide = "Object.defineProperty(document, 'hidden', { value: true, configurable: true })"
    listener.page.evaluate(f"{hide}; document.dispatchEvent(new Event('visibilitychange'))")
    assert silences(listener.page) == 1
    button(listener.page, "Läs vidare").click()
    listener.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert silences(listener.page) == 2


def test_it_falls_silent_on_the_quick_way_out(listener: Visitor) -> None:
    listen(listener)
    leave = "() => { document.querySelector('.exit').click(); return speechSynthesis.silenced; }"
    assert listener.page.evaluate(leave) == 1


def test_it_stops_when_told_to(listener: Visitor) -> None:
    listen(listener)
    button(listener.page, "Sluta läsa").click()
    assert silences(listener.page) == 1
    expect(button(listener.page, "Läs upp")).to_be_focused()
    assert listener.page.evaluate(MARKED) == ""


@pytest.mark.parametrize("voices", [[], [REMOTE], [ENGLISH]], ids=["none", "remote", "another language"])
def test_without_a_voice_on_the_device_there_is_nothing_to_press(
    visitor: Visitor, voices: list[dict[str, Any]]
) -> None:
    hearing(visitor, *voices).go("/kurs/vaga-se/1/1")
    assert visitor.page.evaluate("document.readyState") == "complete"
    expect(visitor.page.get_by_role("group", name="Uppläsning")).to_have_count(0)


def test_without_javascript_there_is_nothing_to_press(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(java_script_enabled=False)
    visitor.go("/kurs/vaga-se/1/1")
    expect(button(visitor.page, "Läs upp")).to_have_count(0)


def test_voices_may_arrive_late(visitor: Visitor) -> None:
    hearing(visitor, SWEDISH, late=True).go("/kurs/vaga-se/1/1")
    expect(button(visitor.page, "Läs upp")).to_have_count(0)
    visitor.page.evaluate("speechSynthesis.arrive()")
    expect(button(visitor.page, "Läs upp")).to_be_visible()


def test_what_is_hidden_hinted_or_pressed_is_not_read(listener: Visitor) -> None:
    come_to(listener, ".reflection")
    said = " ".join(each["text"] for each in all_read(listener))
    assert listener.page.locator(".reflection .hint").inner_text() not in said
    assert "Fortsätt" not in said
    assert listener.page.locator(".reflection .label").inner_text() in said


def test_options_are_read(listener: Visitor) -> None:
    come_to(listener, ".choice")
    said = " ".join(each["text"] for each in all_read(listener))
    for option in listener.page.locator(".choice").all_inner_texts():
        assert option.strip() in said


ARABIC_PAGE = """
() => {
  const say = document.querySelector(".say");
  const text = "<p lang='ar' dir='rtl'>مرحبا بكم. هل أنت هنا؟ نعم.</p><p>Hej.</p><p lang='fi'>Ei ääntä.</p>";
  say.innerHTML = text;
}
"""


def test_each_text_has_a_voice_of_its_own_language_or_is_left_out(visitor: Visitor) -> None:
    hearing(visitor, SWEDISH, ARABIC).go("/kurs/vaga-se/1/1")
    visitor.page.evaluate(ARABIC_PAGE)
    assert [(each["voice"], each["text"]) for each in all_read(visitor)] == [
        ("Maged", "مرحبا بكم."), ("Maged", "هل أنت هنا؟"), ("Maged", "نعم."), ("Alva", "Hej.")
    ]  # fmt: skip


def test_a_long_sentence_is_read_in_pieces_and_nothing_is_lost(listener: Visitor) -> None:
    long = " ".join(f"ord{n}" for n in range(120))
    listener.page.evaluate("(text) => { document.querySelector('.say').innerHTML = `<p>${text}</p>`; }", long)
    pieces = [each["text"] for each in all_read(listener)]
    assert max(map(len, pieces)) <= 220
    assert " ".join(pieces) == long


def test_easy_read_is_read_aloud_in_swedish(visitor: Visitor) -> None:
    hearing(visitor, SWEDISH).go("/kurs/vaga-se/1/1?sprak=sv-simple")
    visitor.page.locator("[data-does=listen]").click()
    visitor.page.locator("[data-does=listen]").click()
    expect(button(visitor.page, "Pausa")).to_be_visible()
    assert spoken(visitor)[0]["voice"] == "Alva"


def test_the_bar_is_reached_with_the_keyboard_and_is_large_enough_to_touch(listener: Visitor) -> None:
    listener.tab_to(button(listener.page, "Läs upp"))
    listener.page.keyboard.press("Enter")
    expect(listener.page.get_by_text("Det hörs i rummet.")).to_be_visible()
    listener.page.keyboard.press("Enter")
    expect(button(listener.page, "Pausa")).to_be_visible()
    expect(button(listener.page, "Pausa")).to_be_focused()
    for each in listener.page.locator(".reading button:visible").all():
        size = each.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 44


def test_at_a_shared_computer_nothing_of_it_is_remembered(visitor: Visitor) -> None:
    hearing(visitor, SWEDISH)
    visitor.come_in(LISTED)
    visitor.press("Jag sitter vid en delad dator")
    visitor.follow("Börja")
    listen(visitor)
    button(visitor.page, "Snabbare").click()
    assert visitor.page.evaluate("[{...localStorage}, {...sessionStorage}]") == [{}, {}]
