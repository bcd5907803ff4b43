"""The plates of the film: few words, large, on a calm ground.

At the edge a light grows from plate to plate: a door, ajar.
"""

from __future__ import annotations

from html import escape

from courses.film.drawing import HEIGHT, MIST, NAVY, PAPER, SAGE, SUN, WIDTH, group, line, oval, rect

MIDDLE_PX = 228
"""The middle of the words: captions need the lower fifth."""
FONTS = "'Noto Serif', 'Noto Naskh Arabic', serif"
DIGIT, LETTER, ARABIC_LETTER = 0.57, 0.51, 0.4
"""How wide they are in their own size: lines are fitted by it, not measured."""
LEADING = 1.26


def plate(lines: tuple[str, ...], direction: str, light: float, drawn: str = "", clear: float = 1) -> str:
    """The lines, as large as they may be, a number the largest, and what is drawn beside them.

    light, from 0 to 1, is how wide the door stands, and clear how much is seen of the words.
    """
    width = 10 + 74 * light
    side = 340 if drawn else 40 + width
    middle, room = (WIDTH - side) / 2, WIDTH - side - 100
    said = _lines(lines, middle + 20 if direction == "ltr" else WIDTH - middle - 20, room, direction)
    strip = rect(WIDTH - width if direction == "ltr" else 0, 0, width, HEIGHT, SUN)
    aside = group(drawn, move=(WIDTH - 216 if direction == "ltr" else 216, MIDDLE_PX), scale=1.15)
    return rect(0, 0, WIDTH, HEIGHT, NAVY) + strip + group(said, aside if drawn else "", opacity=clear)


def _lines(lines: tuple[str, ...], x: float, room: float, direction: str) -> str:
    """The words around one middle line, all of one size; the name under a number is quieter."""
    words = min(_fitting(text, room, direction) for text in lines if not _is_number(text))
    sizes = [_fitting(text, room, direction) if _is_number(text) else words for text in lines]
    y = MIDDLE_PX - LEADING * sum(sizes) / 2
    said = ""
    for above, text, size in zip(("", *lines), lines, sizes, strict=False):
        said += _words(text, x, y + 0.95 * size, size, direction, MIST if _is_number(above) else PAPER)
        y += LEADING * size
    return said


def _is_number(text: str) -> bool:
    return any(letter.isdigit() for letter in text) and not any(letter.isalpha() for letter in text)


def _fitting(text: str, room: float, direction: str) -> float:
    letters = sum(letter.isprintable() for letter in text)
    if _is_number(text):
        return round(min(150, room / (DIGIT * letters)))
    latin = text.isascii() or direction == "ltr"
    return round(min(76 if latin else 88, room / ((LETTER if latin else ARABIC_LETTER) * letters)))


def _words(text: str, x: float, y: float, size: float, direction: str, colour: str) -> str:
    place = f'x="{x:.0f}" y="{y:.0f}" text-anchor="middle" direction="{direction}"'
    look = f'font-family="{FONTS}" font-size="{size:g}" font-weight="500" fill="{colour}"'
    return f"<text {place} {look}>{escape(text)}</text>"


def call_list(erased: float) -> str:
    """A telephone with its list of calls, from which one fades and the rest move up; erased goes from 0 to 1."""
    shell = rect(-86, -162, 172, 324, MIST, 22) + rect(-72, -140, 144, 280, PAPER, 8)
    going = group(rect(-64, -72, 128, 48, SUN, 6), _row(-48), opacity=max(0, 1 - 2 * erased))
    up = 56 * max(0, 2 * erased - 1)
    return shell + _row(-104) + going + _row(8 - up) + _row(64 - up)


def _row(y: float) -> str:
    return oval(-44, y, 12, 12, SAGE) + line(f"M-18 {y - 7:g}h58M-18 {y + 8:g}h34", 6, SAGE)
