"""The organisation's one colour: read as people write it, and mended for text in light and dark, as app.css does it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import atan2, cos, hypot, radians, sin

from flask_babel import gettext as _

WRITTEN = re.compile(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")

Lch = tuple[float, float, float]
"""Lightness 0–1, chroma, and hue in radians (OKLCH)."""
Rgb = tuple[float, float, float]
"""Linear light, 0–1."""

FALLBACK: Lch = (0.40, 0.08, radians(205))
"""Our petrol, for who has no colour of their own."""


@dataclass(frozen=True)
class Scheme:
    """What a page's colours become in light or dark, as #rrggbb."""

    paper: str
    ink: str
    hair: str
    ribbon: str
    on_ribbon: str
    accent: str
    on_accent: str
    is_mended: bool
    """Whether the accent had to differ from the colour that was chosen."""
    contrast: float
    """Of the accent against the paper, as WCAG counts it."""


def read(given: str) -> str:
    """The colour as #rrggbb. Raises ValueError with a sentence."""
    text = given.strip()
    if not WRITTEN.fullmatch(text):
        raise ValueError(_("Skriv färgen med sex tecken, 0–9 och a–f, som #005c5c. Den står i er grafiska manual."))
    digits = text.removeprefix("#").lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def light(brand: str | None) -> Scheme:
    """Dark enough to read on every light ground, and calm enough to live with."""
    lightness, chroma, hue = _lch(brand)
    accent = (min(lightness, 0.455), min(chroma, 0.15), hue)
    grounds = [_token(98.6, 0.005, 92), _token(24, 0.028, 222), _token(86.5, 0.009, 110)]
    return _scheme(brand, grounds, (_token(31, 0.035, 225), _token(97.5, 0.006, 92)), accent)


def dark(brand: str | None) -> Scheme:
    """Light enough to read on every dark ground."""
    lightness, chroma, hue = _lch(brand)
    accent = (max(lightness, 0.78), min(chroma * 0.85, 0.11), hue)
    grounds = [_token(19.5, 0.016, 222), _token(93.5, 0.008, 150), _token(35, 0.02, 212)]
    return _scheme(brand, grounds, (_token(85, 0.018, 190), _token(21, 0.02, 222)), accent)


def contrast(one: str, other: str) -> float:
    """Of two colours, as WCAG counts it: 1 to 21."""
    return _contrast(_linear(one), _linear(other))


def _scheme(brand: str | None, grounds: list[Lch], ribbon: tuple[Lch, Lch], accent: Lch) -> Scheme:
    paper, ink, hair = grounds
    return Scheme(
        _hex(paper), _hex(ink), _hex(hair), _hex(ribbon[0]), _hex(ribbon[1]), _hex(accent), _hex(paper),
        is_mended=brand is not None and _hex(accent) != brand,
        contrast=_contrast(_rgb(accent), _rgb(paper)),
    )  # fmt: skip


def _token(percent: float, chroma: float, degrees: float) -> Lch:
    """As app.css writes it."""
    return percent / 100, chroma, radians(degrees)


# --- between the ways of writing a colour ----------------------------------------------------------------------------


def _lch(brand: str | None) -> Lch:
    if brand is None:
        return FALLBACK
    r, g, b = _linear(brand)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    along = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    across = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    return lightness, hypot(along, across), atan2(across, along)


def _rgb(colour: Lch) -> Rgb:
    """What a screen shows; what lies outside its range is cut, channel by channel, as browsers do."""
    lightness, chroma, hue = colour
    along, across = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * along + 0.2158037573 * across) ** 3
    middle = (lightness - 0.1055613458 * along - 0.0638541728 * across) ** 3
    short = (lightness - 0.0894841775 * along - 1.2914855480 * across) ** 3
    r = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    g = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    b = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return max(0, min(1, r)), max(0, min(1, g)), max(0, min(1, b))


def _linear(colour: str) -> Rgb:
    r, g, b = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _opened(r), _opened(g), _opened(b)


def _opened(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _hex(colour: Lch) -> str:
    parts = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in _rgb(colour))
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def _contrast(one: Rgb, other: Rgb) -> float:
    dim, bright = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other))
    return (bright + 0.05) / (dim + 0.05)
