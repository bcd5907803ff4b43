"""The pictures of the film, each a function of the seconds it has been on: calm, wordless, and never the violence.

What matters stands in the upper four fifths, since captions lie at the bottom.
"""

from __future__ import annotations

from collections.abc import Callable
from math import pi, sin

from courses.film.drawing import (
    BLUSH,
    BROWN,
    CLAY,
    COLLEAGUE,
    COLLEAGUE_SLEEVE,
    HEIGHT,
    HER,
    HER_SLEEVE,
    INK,
    MIST,
    NAVY,
    PALE,
    PAPER,
    PETROL,
    PLUM,
    SAGE,
    SUN,
    WIDTH,
    WOOD,
    arm,
    cup,
    group,
    hills,
    lamp,
    line,
    mirrored,
    oval,
    path,
    person,
    phone_on_table,
    rect,
    steam,
    table,
    window,
)  # fmt: skip

GLOW_S = 2.4
"""One lighting up of the phone, out and in again: far slower than anything that could be called a flash."""


def eased(seconds: float, start: float, length: float) -> float:
    """From 0 to 1 between start and start + length, slowly at both ends."""
    part = min(1, max(0, (seconds - start) / length))
    return part * part * (3 - 2 * part)


def glow(seconds: float, start: float) -> float:
    """How lit the phone is: again and again from start on, in and out over most of a second each."""
    since = (seconds - start) % GLOW_S if seconds >= start else GLOW_S
    return eased(since, 0, 0.7) - eased(since, 1.4, 0.8)


def kitchen(seconds: float) -> str:
    """Evening: she sits alone, and the phone lights up again and again."""
    night = (
        rect(628, 70, 236, 190, NAVY) + oval(806, 124, 24, 24, PALE) + hills(628, 70, 236, 190, "#2d535c", "#16303a")
    )
    shelf = (
        rect(84, 96, 180, 10, BROWN) + cup(120, 67, CLAY, 1) + cup(172, 67, PALE, 1) + rect(214, 44, 30, 52, SAGE, 4)
    )
    light = path("M372 112H484L640 404H216Z", SUN, 0.09)
    her = group(person(HER, "down", "q6-2 12 0", 2), move=(430, 222), scale=1.3)
    arms = arm("M326 350Q330 428 396 420", HER_SLEEVE, 42, (404, 418), HER["skin"])
    arms += arm("M534 350Q532 428 470 420", HER_SLEEVE, 42, (462, 419), HER["skin"])
    return "".join(
        [
            rect(0, 0, WIDTH, HEIGHT, PETROL), window(628, 70, 236, 190, 746, night), shelf, lamp(428, 64), light,
            her, table(390), phone_on_table(652, 432, glow(seconds, 1)), arms, cup(433, 398, PAPER, 1.15),
        ]
    )  # fmt: skip


def colleague(seconds: float) -> str:
    """A break at work: the phone again, and somebody who sees."""
    outside = rect(352, 50, 268, 150, PALE) + oval(420, 100, 30, 30, SUN) + hills(352, 50, 268, 150, SAGE, PETROL)
    her = group(person(HER, "down", "q6-2 12 0", 2), move=(262, 222), scale=1.25)
    turned = eased(seconds, 2.4, 0.5)
    on = rect(38, 104, 30, 20, PAPER, 2) + line("M43 111h18M43 117h11", 2.6, PETROL)
    before = group(person(COLLEAGUE, "ahead", "q6 3 12 0", on=on), move=(700, 204), scale=1.25, opacity=1 - turned)
    sees = mirrored(person(COLLEAGUE, "low", "q6 0 12 0", 3, on=mirrored(on)))
    after = group(sees, move=(700 - 14 * eased(seconds, 3, 1.6), 204), scale=1.25)
    arms = arm("M164 346Q166 424 226 420", HER_SLEEVE, 40, (236, 419), HER["skin"])
    arms += arm("M360 346Q360 424 300 420", HER_SLEEVE, 40, (290, 420), HER["skin"])
    hers = arm("M806 342Q812 424 740 414", COLLEAGUE_SLEEVE, 42, (728, 411), COLLEAGUE["skin"])
    return "".join(
        [
            rect(0, 0, WIDTH, HEIGHT, MIST), window(352, 50, 268, 150, 486, outside), lamp(850, 44), lamp(110, 44),
            her, after if turned else "", before if turned < 1 else "", table(390),
            phone_on_table(436, 434, glow(seconds, 0.6)), arms, hers, steam(696, 372, seconds / 4, PAPER),
            cup(696, 390, CLAY, 1.15, -1), oval(592, 424, 54, 12, PAPER), oval(592, 413, 30, 16, WOOD),
            line("M574 412a20 12 0 0 1 36-3", 3, CLAY),
        ]
    )  # fmt: skip


def walk(seconds: float) -> str:
    """Morning: side by side, while the sun comes up and the birches pass."""
    sky = rect(0, 0, WIDTH, HEIGHT, PALE) + oval(770, 250 - 22 * seconds, 56, 56, SUN)
    far = group(hills(-60, 90, 1200, 320, MIST, "#a9c9c2"), move=(-9 * seconds, 0))
    ground = rect(0, 386, WIDTH, 154, SAGE)
    trees = "".join(_birch(x - 46 * seconds) for x in (90, 330, 820, 1060, 1180))
    her = _walker(HER, HER_SLEEVE, seconds, 0.3, "low" if seconds < 2.6 else "ahead")
    friend = _walker(COLLEAGUE | {"top": NAVY}, "#183540", seconds, 0, "ahead")
    return "".join(
        [
            sky, far, ground, trees,
            group(friend, move=(590, 212), scale=1.2), group(her, move=(372, 228), scale=1.2),
        ]
    )  # fmt: skip


def _walker(look: dict[str, str], sleeve: str, seconds: float, ahead: float, gaze: str) -> str:
    """Somebody walking, from the hips up: a gentle rise and fall, and an arm that swings."""
    step = 2 * pi * (seconds / 1.2 + ahead)
    swing = 16 * sin(step)
    hang = f"M-62 102Q{-82 + swing * 0.4:.1f} 176 {-56 + swing:.1f} 230"
    near = arm(hang, sleeve, 36, (-54 + swing, 240), look["skin"])
    coat = line("M0 64V330", 3, sleeve)
    return group(person(look, gaze, "q6 4 12 0", on=coat), near, move=(0, 2.5 * sin(2 * step)))


def _birch(x: float) -> str:
    marks = ((16, 0, 14), (70, 12, 12), (120, 0, 10), (188, 10, 14), (250, 0, 13), (322, 12, 12))
    bark = "".join(rect(x + dx, y, width, 5, INK) for y, dx, width in marks)
    return rect(x, 0, 26, 402, PAPER) + bark


def offered(seconds: float) -> str:
    """A hand that holds out a cup, a hand that takes it, and eyes that lift."""
    outside = rect(364, 44, 240, 168, PALE) + oval(540, 96, 32, 32, SUN) + hills(364, 44, 240, 168, SAGE, PETROL)
    gone, met = eased(seconds, 0.4, 1.8), eased(seconds, 1.6, 1.2)
    x = 626 - 128 * gone
    looks_up = seconds > 3.1
    her = person(HER, "ahead" if looks_up else "low", "q7 5 14 0" if looks_up else "q6 0 12 0", 0 if looks_up else 2)
    giver = mirrored(person(COLLEAGUE, "low" if seconds < 3.4 else "ahead", "q7 5 14 0"))
    hand, height = 340 + 130 * met, 448 - 80 * met
    return "".join(
        [
            rect(0, 0, WIDTH, HEIGHT, BLUSH), window(364, 44, 240, 168, 484, outside),
            group(her, move=(236, 214), scale=1.5), group(giver, move=(742, 196), scale=1.5),
            _reach(854, 380, x + 42, 366, COLLEAGUE_SLEEVE, COLLEAGUE["skin"], COLLEAGUE["shade"], -1),
            steam(x, 308, seconds / 4, PAPER), cup(x, 334, CLAY, 1.7, 1),
            _reach(126, 396, hand - 12, height, HER_SLEEVE, HER["skin"], HER["shade"], 1),
        ]
    )  # fmt: skip


def _reach(x: float, y: float, to_x: float, to_y: float, sleeve: str, skin: str, shade: str, way: int) -> str:
    """An arm that reaches out, bent at the elbow, and a hand with its fingers around what it holds."""
    bend = f"M{x} {y - 40}Q{x + 6 * way} {y + 76} {(x + to_x) / 2:.1f} {y + 44}L{to_x - 30 * way:.1f} {to_y + 12:.1f}"
    hand = oval(to_x, to_y, 30, 23, skin) + oval(to_x + 8 * way, to_y - 20, 9, 15, skin)
    fingers = "".join(f"M{to_x + 8 * way:.1f} {to_y + dy}h{16 * way}" for dy in (-5, 4, 13))
    return line(bend, 50, sleeve) + hand + line(fingers, 2.4, shade)


def call(seconds: float) -> str:
    """She calls somebody: she talks, and she listens."""
    outside = rect(520, 52, 330, 250, PALE) + oval(740, 124, 40, 40, SUN) + hills(520, 52, 330, 250, SAGE, PETROL)
    talking = seconds < 2.4 and int(seconds / 0.4) % 2 == 0
    mouth = "q6 8 12 0q-6-3-12 0" if talking else ("q7 5 14 0" if seconds > 2.9 else "q6 2 12 0")
    head = group(person(HER, "ahead", mouth, 1), scale=1.4, move=(352, 214))
    phone = group(rect(-15, -42, 30, 84, INK, 7), move=(300, 226), turn=14)
    raised = line("M244 350Q196 424 214 436Q236 446 292 272", 52, HER_SLEEVE)
    plant = path("M872 424c-6-60-40-70-52-104 34 6 48 30 56 58 2-40 20-66 50-80 0 44-30 70-38 126z", PETROL)
    return "".join(
        [
            rect(0, 0, WIDTH, HEIGHT, MIST), window(520, 52, 330, 250, 684, outside), plant,
            path("M838 416h76l-10 124h-56z", CLAY), head, phone, raised, oval(298, 256, 25, 22, HER["skin"]),
            line("M306 246h14M307 255h14M305 264h12", 2.4, HER["shade"]),
        ]
    )  # fmt: skip


def door(seconds: float) -> str:
    """A door ajar in a dark hall; it opens slowly, and the light falls in."""
    wide = 34 + 120 * eased(seconds, 0.6, 4.2)
    left, right, top, floor = 392, 568, 84, 408
    leaf = left + wide
    tilt = 0.13 * wide
    beam = path(f"M{left} {floor}H{leaf:.1f}L{leaf + wide * 1.5:.1f} {HEIGHT}H{left - wide * 1.1:.1f}Z", SUN, 0.55)
    opened = f"M{leaf:.1f} {top + 2}L{right} {top}V{floor}L{leaf:.1f} {floor + 2}Z"
    swung = path(f"M{right} {top}L{leaf:.1f} {top - tilt * 0.4:.1f}V{floor + tilt:.1f}L{right} {floor}Z", "#3c7176")
    knob = oval(leaf + 16, 256, 7, 7, SUN)
    return "".join(
        [
            rect(0, 0, WIDTH, HEIGHT, NAVY), rect(0, floor, WIDTH, HEIGHT - floor, "#183540"),
            rect(left - 16, top - 16, right - left + 32, floor - top + 16, "#2d535c"),
            rect(left, top, right - left, floor - top, "#f3d68d"), path(opened, "#3c7176"), beam, swung, knob,
            _hall(),
        ]
    )  # fmt: skip


def _hall() -> str:
    """What stands in the hall: a coat on a hook, a picture, a pair of shoes."""
    coat = line("M196 128v12", 6, WOOD) + line("M178 164L150 246M214 164L242 246", 22, HER_SLEEVE)
    coat += path("M170 150q26-18 52 0l14 150h-80z", PLUM) + line("M196 146V298", 3, HER_SLEEVE)
    picture = (
        rect(684, 138, 120, 92, "#3a6069", 3)
        + rect(696, 150, 96, 68, SAGE)
        + path("M696 218l34-38 26 24 16-14 20 28z", PETROL)
    )
    shoes = path("M668 414h34q24 4 28 20h-62z", CLAY) + path("M744 414h34q24 4 28 20h-62z", CLAY)
    return coat + picture + shoes


SCENES: dict[str, Callable[[float], str]] = {
    "kitchen": kitchen,
    "colleague": colleague,
    "walk": walk,
    "cup": offered,
    "call": call,
    "door": door,
}
