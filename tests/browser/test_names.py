"""What a screen reader is given, on each kind of page: names, roles and their order. The way it sounds, no test hears."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.places import overview
from tests.browser.site import LISTED
from tests.browser.visitor import Visitor

EVERY_PAGE = """
- link "Till innehållet"
- banner:
  - link "Lämna sidan snabbt"
- main
- contentinfo:
  - navigation "Hjälp och om sidan":
    - list:
      - listitem:
        - link "Stöd och kontakt"
      - listitem:
        - link "Dina uppgifter"
      - listitem:
        - link "Tillgänglighet"
"""
FIRST_STEP = """
- main:
  - paragraph:
    - strong: Steg 1 av 8
    - text: cirka 5 minuter kvar
  - list "Läs på ditt sätt":
    - listitem:
      - link "Din sida"
    - listitem:
      - link "På annat sätt"
    - listitem:
      - navigation "Språk"
  - figure:
    - img /Ett kök/
  - paragraph: /Modul 2/
  - heading "Först ser det ut som ingenting" [level=1]
  - paragraph:
    - button "Fortsätt"
    - link "Tillbaka"
"""
QUESTION = """
- heading "Varför bry sig om det lilla?" [level=1]
- group /Varför är det värt att säga något/:
  - paragraph: Du kan välja flera. Vad du svarar sparas inte.
  - checkbox "För att det gör ont redan som det är"
  - checkbox "För att andra i rummet hör vem som bryr sig"
  - checkbox "För att den som säger så annars börjar slå"
- paragraph:
  - button "Svara"
  - link "Tillbaka"
"""
SCENARIO = """
- article:
  - heading "Du kan säga något nu, eller efteråt" [level=1]
  - navigation "Vad gör du?":
    - heading "Vad gör du?" [level=2]
    - list:
      - listitem:
        - link /Lägg av, Peo/
      - listitem:
        - link /Skratta till/
"""
REFLECTION = """
- heading "Vad får passera hos er?" [level=1]
- textbox
- paragraph:
  - button "Fortsätt"
"""
LAST_STEP = """
- heading "Du behöver inte bära det själv" [level=1]
- list:
  - listitem:
    - heading "SOS Alarm" [level=2]
    - paragraph:
      - link "112"
  - listitem:
    - heading "Kvinnofridslinjen" [level=2]
    - paragraph:
      - link "020-50 50 50"
"""
HELP = """
- heading "Stöd och kontakt" [level=1]
- region "Är det bråttom?":
  - heading "Är det bråttom?" [level=2]
  - paragraph:
    - link "112"
- navigation "På den här sidan"
- region "När någon gör dig illa":
  - list:
    - listitem:
      - heading "Kvinnofridslinjen" [level=3]
      - paragraph:
        - link "020-50 50 50"
"""
OVERVIEW = """
- heading "Genomförande" [level=1]
- textbox "Läget den"
- region "Enheterna":
  - table /Klara per enhet/:
    - rowgroup:
      - row:
        - columnheader "Enhet"
        - columnheader "Klara"
    - rowgroup:
      - row:
        - rowheader "Sundby kommun"
        - cell /0 av 4/
      - row:
        - rowheader "Omsorg"
        - cell /0 av 3/
"""


def test_every_open_page_begins_with_the_ways_past_and_out_and_ends_with_help(visitor: Visitor) -> None:
    for path in ("/", "/registrera", "/stod", "/uppgifter", "/tillganglighet", "/kurs/vaga-se/1/1", "/finns-inte"):
        visitor.go(path)
        expect(visitor.page.locator("body")).to_match_aria_snapshot(EVERY_PAGE)
        for key in ("Tab", "Enter", "Tab"):
            visitor.page.keyboard.press(key)
        assert visitor.page.locator("main :focus").count() == 1, "the way past leads past"


def test_each_kind_of_step_says_what_it_is_in_the_order_in_which_it_is_read(visitor: Visitor) -> None:
    visitor.come_in(LISTED)
    visitor.go_on()
    visitor.take_another_way()
    visitor.go_on()
    wanted = {1: FIRST_STEP, 5: QUESTION, 6: SCENARIO, 7: REFLECTION, 8: LAST_STEP}
    for number, _ in enumerate(visitor.each_step(), 1):
        if number in wanted:
            expect(visitor.page.locator("body")).to_match_aria_snapshot(wanted[number])


def test_an_answer_is_a_page_that_begins_with_what_it_says(visitor: Visitor) -> None:
    visitor.go("/kurs/vaga-se/1/4?svar=1")
    expect(visitor.page.locator("main")).to_match_aria_snapshot("""
      - article:
        - heading [level=1]
        - term: /Du svarade/
        - definition
        - group: Se de andra svaren
        - paragraph:
          - link "Fortsätt"
          - link "Tillbaka till frågan"
    """)


def test_help_is_found_by_headings_and_each_number_stands_under_whose_it_is(visitor: Visitor) -> None:
    visitor.go("/stod?organisation=sundby")
    expect(visitor.page.locator("main")).to_match_aria_snapshot(HELP)


def test_hr_hears_a_table_as_a_table_also_where_it_is_laid_out_as_a_list(visitor: Visitor) -> None:
    overview(visitor)
    expect(visitor.page.locator("main")).to_match_aria_snapshot(OVERVIEW)


@pytest.mark.parametrize("path", ["/registrera", "/ny-lank", "/hr/logga-in", "/tillganglighet/rapport?organisation=sundby"])
def test_a_fault_is_said_first_leads_to_its_field_and_is_said_with_it(visitor: Visitor, path: str) -> None:
    visitor.go(path)
    visitor.go_on()
    page = visitor.page
    assert page.title().startswith("Fel:")
    link = page.locator("main a[href^='#']").first
    link.click()
    focused = page.locator(":focus")
    assert focused.count() == 1, "the link leads to a field"
    assert described(page) != ""


def described(page: Page) -> str:
    """What is read out with the field that has focus, or with its group."""
    text: str = page.evaluate("""() => {
      const at = document.activeElement, group = at.closest("fieldset"), of = (each) => each?.getAttribute("aria-describedby") ?? "";
      return `${of(at)} ${of(group)}`.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    }""")
    return text.strip()
