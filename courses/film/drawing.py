"""What the pictures of the film are drawn with: shapes as SVG, and people in the course's one style."""

from __future__ import annotations

from math import pi, sin

WIDTH, HEIGHT = 960, 540

INK, NAVY, PETROL, SAGE, MIST = "#1c333b", "#20404b", "#2b5f63", "#6ba39d", "#c3d9d2"
PALE, PAPER, BLUSH, CLAY, PLUM = "#e4efec", "#f7f8f4", "#e8cdbd", "#b85c45", "#6b3a48"
SUN, WOOD, BROWN, COFFEE = "#e6bd62", "#cf9f45", "#865438", "#5b3a2a"

BODY = "M-15 44C-50 56-86 64-90 150L-96 324H96L90 150C86 64 50 56 15 44Z"
NECK = "M-14 18V47C-10 62 10 62 14 47V18Z"


def line(d: str, width: float, colour: str = INK) -> str:
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def path(d: str, colour: str, opacity: float = 1) -> str:
    return f'<path d="{d}" fill="{colour}"{_seen(opacity)}/>'


def rect(x: float, y: float, width: float, height: float, colour: str, radius: float = 0, opacity: float = 1) -> str:
    box = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}"'
    return f'<rect {box} fill="{colour}"{_seen(opacity)}/>'


def oval(x: float, y: float, rx: float, ry: float, colour: str, opacity: float = 1) -> str:
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{colour}"{_seen(opacity)}/>'


def _seen(opacity: float) -> str:
    return "" if opacity >= 1 else f' opacity="{opacity:.2f}"'


def group(
    *parts: str, move: tuple[float, float] = (0, 0), scale: float = 1, turn: float = 0, opacity: float = 1
) -> str:
    """Parts drawn around (0, 0), turned by degrees, enlarged and moved, in that order."""
    change = f"translate({move[0]:.1f} {move[1]:.1f}) scale({scale:g}) rotate({turn:.1f})"
    return f'<g transform="{change}"{_seen(opacity)}>{"".join(parts)}</g>'


def mirrored(*parts: str) -> str:
    return f'<g transform="scale(-1 1)">{"".join(parts)}</g>'


def svg(*parts: str) -> str:
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} stroke-linecap="round" stroke-linejoin="round">'
        f"{''.join(parts)}</svg>"
    )


# People, around the middle of the face, looking to the right.

HER = {
    "skin": "#d8a27c",
    "shade": "#b97f5b",
    "top": PLUM,
    "back": path("M-34-20C-48 6-46 44-52 72C-34 90 22 92 44 74C34 50 42 8 34-20Z", "#3a2a22"),
    "hair": path("M-38 14C-48-34-24-56 2-56C32-56 46-32 37 14C36-8 28-24 4-33C-12-24-32-16-38 14Z", "#3a2a22"),
    "on": line("M-20 47Q0 70 20 47", 7, "#7d4856"),
}
HER_SLEEVE = "#5a2f3c"

COLLEAGUE = {
    "skin": "#6e4733",
    "shade": "#523323",
    "top": PETROL,
    "back": oval(-4, -58, 20, 20, "#241a17"),
    "hair": path("M-37 8C-42-36-24-55 0-55C24-55 42-36 37 8C34-16 18-28 6-32C-8-22-30-18-37 8Z", "#241a17"),
    "on": line("M-22 47L0 86L22 47", 6, SAGE),
}
COLLEAGUE_SLEEVE = "#255257"


def person(look: dict[str, str], gaze: str = "ahead", mouth: str = "q6 2 12 0", brow: float = 0, on: str = "") -> str:
    """Head and shoulders. gaze is ahead, low or down; brow lifts the inner ends; on is worn over the body."""
    return "".join(
        [
            look["back"], path(BODY, look["top"]), path(NECK, look["shade"]), look["on"], on,
            oval(-33, 4, 6, 9, look["shade"]), oval(33, 4, 6, 9, look["shade"]), oval(0, 0, 33, 40, look["skin"]),
            look["hair"], *_face(look["shade"], gaze, mouth, brow),
        ]
    )  # fmt: skip


def _face(shade: str, gaze: str, mouth: str, brow: float) -> list[str]:
    if gaze == "down":
        eyes, nose, lips, height = line("M-11 9q6 5 12 0M15 9q6 5 12 0", 2.8), "M8 9q6 10-1 12", "M2 31", -4
    else:
        level = 2 if gaze == "low" else -2
        eyes, nose, lips = oval(-2, level, 3.6, 4.6, INK) + oval(24, level, 3.6, 4.6, INK), "M12 5q6 9-1 11", "M4 27"
        height = -10
    brows = f"M-9 {height}q7{-4 - brow:g} 14 {-brow:g}M17 {height - brow:g}q7-4 14 {brow:g}"
    return [eyes, line(brows, 2.2), line(nose, 3, shade), line(lips + mouth, 2.6)]


def arm(d: str, sleeve: str, width: float, hand: tuple[float, float], skin: str) -> str:
    """A sleeve along a path, and the hand at its end."""
    return line(d, width, sleeve) + oval(*hand, width * 0.47, width * 0.4, skin)


# Things


def cup(x: float, y: float, colour: str, size: float = 1, handle: int = 1) -> str:
    grip = f"M{15 * handle} 8c{14 * handle}-3 {14 * handle} 16 {-2 * handle} 14"
    bowl = path("M-17 0h34l-4 28q-13 6-26 0z", colour)
    return group(line(grip, 5, colour), bowl, oval(0, 0, 17, 4.5, COFFEE), move=(x, y), scale=size)


def window(x: float, y: float, width: float, height: float, bar: float, *outside: str) -> str:
    """A window with a sill, and what is seen through it; bar is where its upright stands."""
    frame = f"M{x} {y}h{width}v{height}h{-width}zM{bar} {y}v{height}"
    return "".join(
        [
            *outside,
            f'<path d="{frame}" fill="none" stroke="{PAPER}" stroke-width="13" stroke-linejoin="miter"/>',
            rect(x - 20, y + height, width + 40, 15, PAPER),
        ]
    )


def hills(x: float, y: float, width: float, height: float, far: str, near: str) -> str:
    """Two ranges of hills that fill the lower part of a box."""

    def at(across: float, down: float) -> str:
        return f"{x + width * across:.0f} {y + height * down:.0f}"

    foot = f"V{y + height}H{x}Z"
    behind = f"M{at(0, 0.62)}C{at(0.3, 0.48)} {at(0.55, 0.76)} {at(1, 0.56)}{foot}"
    before = f"M{at(0, 0.84)}C{at(0.55, 0.68)} {at(0.8, 0.94)} {at(1, 0.78)}{foot}"
    return path(behind, far) + path(before, near)


def table(y: float) -> str:
    return rect(0, y, WIDTH, HEIGHT - y, SUN) + rect(0, y, WIDTH, 8, WOOD)


def lamp(x: float, reach: float) -> str:
    return line(f"M{x} 0V{reach}", 3) + path(f"M{x - 54} {reach + 48}a54 54 0 0 1 108 0z", SUN)


def phone_on_table(x: float, y: float, lit: float) -> str:
    """A phone lying down, with its light over the table and in the air; lit goes from 0 to 1."""
    halo = "".join(oval(x, y - 4, rx, ry, PAPER, 0.16 * lit) for rx, ry in ((118, 66), (88, 44), (64, 26)))
    shell = path(f"M{x - 50} {y - 12}h86q8 0 11 6l9 14q3 6-5 6h-112q-8 0-4-6l8-15q3-5 7-5z", INK)
    screen = path(f"M{x - 43} {y - 8}h76l13 18h-102z", PAPER)
    return shell + path(f"M{x - 43} {y - 8}h76l13 18h-102z", "#31505a") + f'<g opacity="{lit:.2f}">{screen}</g>' + halo


def steam(x: float, y: float, phase: float, colour: str) -> str:
    """Three wisps that lean from side to side; phase from 0 to 1 is one round."""
    lean = [5 * sin(2 * pi * (phase + each / 3)) for each in range(3)]
    wisps = (f"M{x + 11 * (n - 1)} {y}q{-6 + a:.1f}-9 0-18q{6 - a:.1f}-9 0-18" for n, a in enumerate(lean))
    return line("".join(wisps), 3, colour)
