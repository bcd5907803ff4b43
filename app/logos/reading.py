"""Which kind of picture the bytes are, and its size: the name of the file and what a browser says count for nothing."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from app.logos import svg

LARGEST = 100_000
"""Bytes."""
SMALLEST_SIDE, LONGEST_SIDE = 16, 4000
"""Pixels; a drawn logo has no pixels, and only its shape is looked at."""
NARROWEST, WIDEST = 0.25, 10
"""Width by height."""
JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""The markers after which a JPEG says its size."""


@dataclass(frozen=True)
class Picture:
    content: bytes
    media_type: str
    width: int
    height: int


def read(given: bytes) -> Picture:
    """The picture, cleaned. Raises ValueError with a sentence that says how to go on."""
    if len(given) > LARGEST:
        raise ValueError(_("Loggan får vara högst %(most)s kB. Spara den mindre.", most=LARGEST // 1000))
    picture = _picture(given)
    sides = (picture.width, picture.height)
    if not all(SMALLEST_SIDE <= side <= LONGEST_SIDE for side in sides) and picture.media_type != "image/svg+xml":
        raise ValueError(
            _("Loggan är %(width)s × %(height)s punkter. Spara den med sidor mellan %(least)s och %(most)s punkter.",
              width=sides[0], height=sides[1], least=SMALLEST_SIDE, most=LONGEST_SIDE)
        )  # fmt: skip
    if not NARROWEST <= picture.width / picture.height <= WIDEST:
        raise ValueError(_("Loggan är för avlång för sidans överkant. Beskär den, eller använd märket utan text."))
    return picture


def _picture(given: bytes) -> Picture:
    for media_type, size in (("image/png", _png), ("image/jpeg", _jpeg), ("image/webp", _webp)):
        if found := size(given):
            return Picture(given, media_type, *found)
    if b"<svg" in given:
        return Picture(*svg.clean(given))
    raise ValueError(_("Filen är ingen bild som går att använda. Spara loggan som SVG, PNG, JPEG eller WebP."))


def _png(given: bytes) -> tuple[int, int] | None:
    if given[:16] != b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" or len(given) < 24:
        return None
    return struct.unpack(">II", given[16:24])


def _jpeg(given: bytes) -> tuple[int, int] | None:
    if given[:3] != b"\xff\xd8\xff":
        return None
    for marker, at in _jpeg_segments(given):
        if marker in JPEG_SIZES and at + 7 <= len(given):
            height, width = struct.unpack(">HH", given[at + 3 : at + 7])
            return width, height
    return None


def _jpeg_segments(given: bytes) -> Iterator[tuple[int, int]]:
    """Each segment's marker, and where its length stands."""
    at = 2
    while at + 4 <= len(given) and given[at] == 0xFF:
        if given[at + 1] == 0xFF:  # Padding.
            at += 1
            continue
        yield given[at + 1], at + 2
        at += 2 + max(2, int.from_bytes(given[at + 2 : at + 4], "big"))


def _webp(given: bytes) -> tuple[int, int] | None:
    if given[:4] != b"RIFF" or given[8:12] != b"WEBP" or len(given) < 30:
        return None
    kind = given[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(given[24:27], "little"), 1 + int.from_bytes(given[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(given[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        return int.from_bytes(given[26:28], "little") & 0x3FFF, int.from_bytes(given[28:30], "little") & 0x3FFF
    return None
