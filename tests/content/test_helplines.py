"""A wrong number is the worst fault there is: help lines are held to what they must have."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.config import ROOT
from app.content import Broken, check, dialled, help_lines, holds_until

LINE = """\
bris:
  name: {sv: Bris, en: Bris}
  number: 116 111
  tel: 116111
  url: https://www.bris.se/
  group: children
  hours: {sv: Dygnet runt.}
  whom: {sv: För dig under 18.}
  trace: {sv: Radera numret själv.}
  always: true
  source: https://www.bris.se/om-bris/
  source_date: "2025-08-20"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "help.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_line_is_read_as_it_is_written(tmp_path):
    lines = help_lines(written(tmp_path, LINE))
    assert list(lines) == ["bris"]
    line = lines["bris"]
    assert (line.key, line.number, line.tel, line.always) == ("bris", "116 111", "116111", True)
    assert (line.name["sv"], line.hours, line.languages) == ("Bris", {"sv": "Dygnet runt."}, {})


def test_a_line_without_a_number_needs_no_source(tmp_path):
    path = written(tmp_path, "chefen:\n  name: {sv: Din chef}\n  group: work\n  whom: {sv: För dig.}\n")
    assert (help_lines(path)["chefen"].tel, help_lines(path)["chefen"].always) == (None, False)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("tel: 116111", "tel: 116112", 4, "number och tel är olika nummer"),
        ("  tel: 116111\n", "", 1, 'Till 116 111 hör tel: "116111"'),
        ("116 111\n  tel: 116111", "020-50 50 50\n  tel: 020505050", 4, "som +46"),
        ("116 111\n  tel: 116111", "020-50 50 50\n  tel: +46205050", 4, 'hör tel: "+4620505050"'),
        ("116 111\n  tel: 116111", "31 92 10\n  tel: 319210", 3, "riktnummer"),
        ("  source: https://www.bris.se/om-bris/\n", "", 1, "Numret saknar källa"),
        ("  always", "  checked_on: 2026-11-22\n  always", 10, "organisationens sak"),
        ("group: children", "group: barn", 6, "'children'"),
        ("always: true", "always: ja", 10, "Skriv true eller false"),
        ("name: {sv: Bris, ", "name: {", 2, "Den svenska texten (sv) saknas"),
        ("https://www.bris.se/\n", "http://www.bris.se/\n", 5, "börjar med https://"),
        ("https://www.bris.se/\n", "javascript:alert(1)\n", 5, "börjar med https://"),
        ('"2025-08-20"', "20 augusti", 12, "Skriv datumet som"),
        ("trace:", "spår:", 9, "är inget fält här"),
        ("bris:", "Bris:", 1, "bindestreck"),
        ("  number", "    number", 3, "inte att läsa som YAML"),
    ],
)
def test_a_faulty_line_has_its_place_and_a_way_out(tmp_path, old, new, line, what):
    assert old in LINE
    path = written(tmp_path, LINE.replace(old, new, 1))
    assert [fault.line for fault in check(path) if what in fault.what] == [line], check(path)
    with pytest.raises(Broken):
        help_lines(path)


def test_an_empty_line_is_told(tmp_path):
    assert "”akut” är tomt" in check(written(tmp_path, "akut:\n"))[0].what


@pytest.mark.parametrize(
    ("checked_on", "until"),
    [
        (date(2026, 5, 22), date(2026, 11, 22)),
        (date(2026, 11, 22), date(2027, 5, 22)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 7, 1), date(2027, 1, 1)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_a_check_holds_for_six_months(checked_on, until):
    assert holds_until(checked_on) == until


@pytest.mark.parametrize(
    ("number", "tel"),
    [
        ("112", "112"),
        ("114 14", "11414"),
        ("1177", "1177"),
        ("116 111", "116111"),
        ("020-50 50 50", "+4620505050"),
        ("020-555 666", "+4620555666"),
        ("08-123 456 78", "+46812345678"),
        ("0980-31 92 10", "+46980319210"),
        ("08-123 456", "+468123456"),
        ("023-830 00", "+462383000"),
        ("070-123 45 67", "+46701234567"),
        ("077-150 50 50", "+46771505050"),
        ("+46 980 31 92 10", "+46980319210"),
        ("+358 9 471 71", "+358947171"),
    ],
)
def test_a_number_is_dialled_as_it_is_read(number, tel):
    assert dialled(number) == tel


@pytest.mark.parametrize(
    "number",
    [
        "",
        "319210",
        "31 92 10",
        "112 3456",
        "0980-31 92",
        "070-123 45 6",
        "08-123 45",
        "0980-31 92 10 77",
        "+46 (0)980-31 92 10",
        "+460980319210",
        "0046980319210",
        "0980/319210",
        "0980-31 92 1O",
        "0980--",
        "-0980319210",
        "٠٩٨٠٣١٩٢١٠",
        "0980-31 92 10 knappval 2",
        "0980-31 92 10\n",
    ],
)
def test_what_is_no_whole_number_is_refused(number):
    with pytest.raises(ValueError, match="riktnummer"):
        dialled(number)


SHIPPED = help_lines(ROOT / "courses" / "help.yaml")


@pytest.mark.parametrize("key", SHIPPED)
def test_each_line_that_ships_speaks_every_language_of_the_pages(key):
    line = SHIPPED[key]
    for words in (line.name, line.whom, line.trace, *filter(None, (line.hours, line.languages))):
        assert list(words) == ["sv", "sv-simple", "en", "ar"], key
        assert re.search("[\u0621-\u064a]", words["ar"]), words
        assert not re.search("[\u0621-\u064a]", words["sv"] + words["sv-simple"] + words["en"])


@pytest.mark.parametrize("key", SHIPPED)
def test_easy_read_lines_have_short_sentences(key):
    line = SHIPPED[key]
    for words in (line.whom, line.trace, line.hours, line.languages):
        for sentence in re.split(r"[.?] ?", words.get("sv-simple", "")):
            assert len(sentence.split()) <= 13, sentence


def test_no_line_that_ships_has_another_number_in_one_of_its_languages():
    """A number stands in its own field, and no text may say another."""
    for line in SHIPPED.values():
        told = " ".join(text for words in (line.name, line.whom, line.trace, line.languages) for text in words.values())
        assert not re.search(r"\d{3}", told), line.key


def test_exactly_four_are_shown_before_anybody_has_checked():
    assert {line.number for line in SHIPPED.values() if line.always} == {"112", "114 14", "020-50 50 50", "116 111"}
