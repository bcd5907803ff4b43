"""A logo is known by its content, has a size a page can show, and carries nothing but the picture."""

from __future__ import annotations

import re
import struct
import zlib

import pytest

from app import logos

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">{}</svg>'


def drawn(inside: str) -> str:
    return logos.read(SVG.format(inside).encode()).content.decode()


def png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + chunk + struct.pack(">I", zlib.crc32(chunk))


def jpeg(width: int, height: int) -> bytes:
    app = b"\xff\xe0" + struct.pack(">H", 4) + b"ab"
    return b"\xff\xd8" + app + b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\0\0\0"


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + struct.pack("<I", len(body)) + body + bytes(10)


@pytest.mark.parametrize(
    ("given", "media_type"),
    [
        (png(300, 100), "image/png"),
        (jpeg(300, 100), "image/jpeg"),
        (webp(b"VP8X", bytes(4) + (299).to_bytes(3, "little") + (99).to_bytes(3, "little")), "image/webp"),
        (webp(b"VP8L", b"\x2f" + (299 | 99 << 14).to_bytes(4, "little")), "image/webp"),
        (webp(b"VP8 ", bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", 300, 100)), "image/webp"),
    ],
)
def test_a_picture_is_known_by_its_content_and_measured(given: bytes, media_type: str) -> None:
    picture = logos.read(given)
    assert (picture.media_type, picture.width, picture.height) == (media_type, 300, 100)
    assert picture.content == given


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (b"", "ingen bild"),
        (b"%PDF-1.7", "ingen bild"),
        (b"GIF89a" + bytes(50), "ingen bild"),
        (b"<html><script>alert(1)</script></html>", "ingen bild"),
        (b"\x89PNG\r\n\x1a\n", "ingen bild"),
        (b"\xff\xd8\xff" + b"\xff" * 50, "ingen bild"),
        (png(8, 8), "mellan 16 och 4000"),
        (png(5000, 5000), "mellan 16 och 4000"),
        (png(2000, 100), "avlång"),
        (png(20, 200), "avlång"),
        (png(100, 100) + bytes(logos.LARGEST), "högst 100 kB"),
        (SVG.format("<text>Sundby</text>").encode(), "konturer"),
        (SVG.format('<image xlink:href="data:,"/>').encode(), "PNG i stället"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "hur stor"),
        (SVG.replace("200 100", "200 x").encode(), "hur stor"),
        (SVG.replace("200 100", "0 0").encode(), "hur stor"),
        (SVG.replace("200 100", "2000 100").encode(), "avlång"),
        (b'<svg viewBox="0 0 1 1"/>', "ingen SVG"),
        (SVG.format("<g>").encode(), "går inte att läsa"),
        (SVG.format("å").encode("latin-1"), "går inte att läsa"),
        (b'<!DOCTYPE svg [<!ENTITY a "aa">]>' + SVG.encode(), "ENTITY"),
        (b'<!DOCTYPE svg [<!ENTITY % a SYSTEM "file:///etc/hostname">%a;]>' + SVG.encode(), "ENTITY"),
        (SVG.format("<g/>" * 4001).encode(), "för många delar"),
        (SVG.format(f"<style>{'a' * 4001}</style>").encode(), "presentationsattribut"),
        (SVG.format(f"<style>{'a' * 2001}</style>" * 2).encode(), "presentationsattribut"),
        (SVG.format(f"<style>.a{{fill:{'a' * 3000}}}</style>" + "<g class='a'/>" * 200).encode(), "för många delar"),
    ],
)
def test_what_cannot_be_used_is_said_with_how_to_go_on(given: bytes, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        logos.read(given)


@pytest.mark.parametrize(
    "evil",
    [
        "<script>evil()</script>",
        '<g onclick="evil()"/>',
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>evil</body></foreignObject>",
        '<a xlink:href="javascript:evil()"><path d="M0 0"/></a>',
        '<path fill="url(https://evil.example/x)"/>',
        '<path style="fill:url(https://evil.example/#x)"/>',
        '<path fill="url(#a) url(//evil)"/>',
        "<style>.a{fill:url(evil.css)}</style><path class='a'/>",
        "<style>@import url(evil.css);</style>",
        '<use xlink:href="https://evil.example/#x"/>',
        '<linearGradient xlink:href="data:evil"/>',
        '<animate attributeName="href" values="evil"/>',
        "<title>evil</title><desc>evil</desc><metadata>evil</metadata>",
        '<x:g xmlns:x="urn:evil"/>',
        "<!-- evil -->",
        "<?evil evil?>",
    ],
)
def test_nothing_but_the_picture_is_kept(evil: str) -> None:
    assert "evil" not in drawn(evil)


def test_the_drawing_itself_is_kept() -> None:
    kept = drawn('<g transform="scale(2)"><path d="M0 0L1 1" fill="#c00" stroke-width="2"/></g><circle cx="1" cy="2" r="3"/>')
    assert '<g transform="scale(2)"><path d="M0 0L1 1" fill="#c00" stroke-width="2"></path></g>' in kept
    assert '<circle cx="1" cy="2" r="3">' in kept
    assert kept.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="1000" height="500">')


def test_the_colours_that_drawing_programs_write_as_styles_are_kept() -> None:
    kept = drawn("<style>/* */ .a, .b { fill: #0a3d62; } .b{opacity:.5}</style><path class='a'/><path class='b' style='opacity:1'/>")
    assert '<path fill="#0a3d62">' in kept
    assert '<path fill="#0a3d62" opacity="1">' in kept


def test_a_style_sheet_is_read_past_comments_and_braces_within_braces() -> None:
    sheet = "/* .a{fill:red} /* */ @media all{.a{fill:#111}} .b{fill:#222}/**/ .c{fill:#333} /* .b{fill:red}"
    kept = drawn(f"<style>{sheet}</style><path class='a'/><path class='b'/><path class='c'/>")
    assert re.findall('fill="([^"]*)"', kept) == ["#111", "#222", "#333"]


def test_gradients_and_cut_out_shapes_keep_what_they_point_at() -> None:
    kept = drawn(
        '<defs><path id="p" d="M0 0"/><linearGradient id="g"/><linearGradient id="h" xlink:href="#g"/></defs>'
        '<clipPath id="c"><use xlink:href="#p"/></clipPath><path fill="url(#h)" clip-path="url(#c)"/>'
    )
    assert '<linearGradient id="h" href="#g">' in kept
    assert '<use href="#p">' in kept
    assert '<path fill="url(#h)" clip-path="url(#c)">' in kept


def test_a_copy_of_a_copy_is_left_out() -> None:
    assert "use" not in drawn('<g id="a"><path d="M0 0"/></g><use xlink:href="#a"/>')


@pytest.mark.parametrize("kind", ["mask", "clipPath"])
@pytest.mark.parametrize("cut", ['mask="url(#a)"', 'style="clip-path:url(#a)"', 'class="cut"'])
def test_what_cuts_is_not_cut_itself(kind: str, cut: str) -> None:
    """Each mask of parts that are masked in turn would double the drawing."""
    style = "<style>.cut{mask:url(#a)}</style>"
    kept = drawn(f'{style}<mask id="a"/><{kind} id="b" {cut}><g {cut}><path d="M0 0" {cut}/></g></{kind}>')
    assert "url(" not in kept
    assert '<path d="M0 0">' in kept
    assert "url(#a)" in drawn(f'{style}<mask id="a"/><g {cut}/>')


def test_a_copy_of_what_is_cut_is_left_out() -> None:
    shape = '<path id="s" clip-path="url(#a)"/>'
    assert "use" not in drawn(f'{shape}<mask id="b"><use xlink:href="#s"/></mask>')


def test_a_copy_of_an_id_that_two_parts_have_is_left_out() -> None:
    """A browser copies the first of them, whichever we looked at."""
    assert "use" not in drawn('<g id="a"><path d="M0 0"/></g><path id="a"/><use xlink:href="#a"/>')


def test_an_old_file_with_a_doctype_and_only_sides_is_read() -> None:
    given = (
        '\ufeff<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'
        '<svg xmlns="http://www.w3.org/2000/svg" width="30px" height="60"><path d="M0 0"/></svg>'
    )
    picture = logos.read(given.encode())
    assert (picture.width, picture.height) == (500, 1000)
    assert b'viewBox="0 0 30 60"' in picture.content
