"""A wrong number is the worst fault there is: help lines are held to what they must have."""

from datetime import date
from pathlib import Path

import pytest

from app.content import Broken, check, help_lines

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
    ("checked_on", "on", "stale"),
    [
        (None, date(2026, 11, 22), True),
        (date(2026, 11, 22), date(2026, 11, 22), False),
        (date(2026, 5, 22), date(2026, 11, 22), False),
        (date(2026, 5, 21), date(2026, 11, 22), True),
        (date(2026, 2, 28), date(2026, 8, 31), False),
        (date(2026, 2, 27), date(2026, 8, 31), True),
        (date(2025, 12, 1), date(2026, 6, 1), False),
        (date(2025, 11, 30), date(2026, 6, 1), True),
    ],
)
def test_a_line_is_stale_when_nobody_has_tried_it_in_six_months(tmp_path, checked_on, on, stale):
    assert help_lines(written(tmp_path, LINE))["bris"].stale(checked_on, on) is stale
