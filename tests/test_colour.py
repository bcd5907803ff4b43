"""Any colour a municipality picks can be read on every ground, and is left alone where it can be."""

from __future__ import annotations

from colorsys import hls_to_rgb

import pytest

from app import colour

HUES = range(0, 360, 10)
KINDS = ((0.08, 0.9), (0.3, 1.0), (0.5, 1.0), (0.7, 0.6), (0.97, 1.0))
"""Nearly black, deep, neon, muted and nearly white: lightness and saturation."""
ALL = [
    "#" + "".join(f"{round(255 * part):02x}" for part in hls_to_rgb(hue / 360, lightness, saturation))
    for hue in HUES
    for lightness, saturation in KINDS
]


def test_there_are_enough_colours_to_tell() -> None:
    assert len(set(ALL)) == 180


@pytest.mark.parametrize("scheme", [colour.light, colour.dark])
def test_every_colour_is_mended_to_be_read(scheme) -> None:  # type: ignore[no-untyped-def]
    for brand in ALL:
        became = scheme(brand)
        assert became.contrast >= 4.5, brand
        assert colour.contrast(became.accent, became.on_accent) >= 4.5, brand
        assert round(colour.contrast(became.accent, became.paper), 1) == pytest.approx(became.contrast, abs=0.15)


@pytest.mark.parametrize("brand", ["#004b87", "#00535c", "#5a1e3c"])
def test_a_colour_that_can_be_read_is_left_as_it_is(brand: str) -> None:
    assert colour.light(brand).accent == brand
    assert not colour.light(brand).is_mended


def test_one_that_cannot_be_read_is_mended_and_said_to_be() -> None:
    became = colour.light("#ffcc00")
    assert became.is_mended
    assert colour.contrast("#ffcc00", became.paper) < 2 < 4.5 <= became.contrast


def test_without_a_colour_the_pages_have_ours() -> None:
    assert not colour.light(None).is_mended
    assert colour.light(None).accent == "#00535c"


def test_contrast_is_as_wcag_counts_it() -> None:
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colour.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("written", "read"), [("#0A5C36", "#0a5c36"), ("0a5c36", "#0a5c36"), (" #0a5 ", "#00aa55")])
def test_a_colour_is_read_as_people_write_it(written: str, read: str) -> None:
    assert colour.read(written) == read


@pytest.mark.parametrize("written", ["", "blå", "#12345", "#1234567", "rgb(0,0,0)", "#0a5c36;}", "#00000g"])
def test_what_is_no_colour_is_said_with_how_to_write_one(written: str) -> None:
    with pytest.raises(ValueError, match="sex tecken"):
        colour.read(written)
