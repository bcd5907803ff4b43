"""A drawn logo made harmless: only shapes, gradients and their colours are kept, written anew from what was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from flask_babel import gettext as _
from flask_babel import lazy_gettext

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
GRADIENTS = {"linearGradient", "radialGradient"}
KEPT = SHAPES | GRADIENTS | {"svg", "g", "defs", "clipPath", "mask", "stop", "use"}
REFUSED = {
    "text": lazy_gettext("Loggan har text som hänger på ett typsnitt. Spara den med texten omgjord till konturer."),
    "image": lazy_gettext("Loggan har en bild inuti. Spara den som PNG i stället."),
}
TOO_MANY = lazy_gettext("Loggan har för många delar. Spara en enklare, eller en PNG.")
PRESENTATION = frozenset(
    {
        "clip-path", "clip-rule", "color", "display", "fill", "fill-opacity", "fill-rule", "mask", "opacity",
        "stop-color", "stop-opacity", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
        "stroke-miterlimit", "stroke-opacity", "stroke-width", "visibility",
    }
)  # fmt: skip
"""What may be set by an attribute, a class or a style alike."""
ATTRIBUTES = PRESENTATION | {
    "clipPathUnits", "cx", "cy", "d", "fx", "fy", "gradientTransform", "gradientUnits", "height", "id",
    "maskContentUnits", "maskUnits", "offset", "points", "preserveAspectRatio", "r", "rx", "ry", "spreadMethod",
    "transform", "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2",
}  # fmt: skip
ID = re.compile(r"[\w.-]+")
VALUE = re.compile(r"[\w\s#%.,()+-]*")
OWN = re.compile(r"url\((['\"]?)#([\w.-]+)\1\)")
NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")

DEEPEST, MOST = 40, 4000
"""Elements within each other, and in all."""
LONGEST_STYLE, LARGEST = 4_000, 400_000
"""Characters of style sheet, and of the drawing when its classes are written out at each element."""
CUTTERS, CUTS = {"mask", "clipPath"}, {"mask", "clip-path"}

Styles = dict[str, dict[str, str]]
"""What a class of the drawing's own style sheet sets."""


def clean(given: bytes) -> tuple[bytes, str, int, int]:
    """The drawing, its type, and a width and height in its shape. Raises ValueError with a sentence."""
    root = _parse(given)
    names = [_name(each) for each in root.iter()]
    for tag, sentence in REFUSED.items():
        if tag in names:
            raise ValueError(str(sentence))
    width, height = _size(root)
    styles = _styles(root)
    written = "".join(_written(root, styles, _copied(root, styles), 0))
    if len(written) > LARGEST:
        raise ValueError(str(TOO_MANY))
    return written.replace("<svg ", f'<svg xmlns="{SVG}" ', 1).encode(), "image/svg+xml", width, height


def _parse(given: bytes) -> Element:
    """The drawing as a tree, from a parser that reads nothing outside the file and refuses entities."""
    builder, count = TreeBuilder(), 0
    parser = expat.ParserCreate("UTF-8", namespace_separator="}")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MOST:
            raise ValueError(str(TOO_MANY))
        builder.start(name, attributes)

    def entity(*_declared: object) -> None:
        raise ValueError(_("Loggan har ENTITY i sig. Spara den på nytt som ”SVG 1.1”, eller som PNG."))

    parser.StartElementHandler, parser.EndElementHandler = start, builder.end
    parser.CharacterDataHandler, parser.EntityDeclHandler = builder.data, entity
    try:
        parser.Parse(given.removeprefix(b"\xef\xbb\xbf").decode(), True)
        root: Element = builder.close()
    except (expat.ExpatError, UnicodeDecodeError):
        raise ValueError(_("Loggan går inte att läsa som SVG. Spara den på nytt, eller som PNG.")) from None
    if _name(root) != "svg":
        raise ValueError(_("Filen är ingen SVG. Spara loggan på nytt, eller som PNG."))
    return root


def _name(each: Element) -> str:
    """The element's name, if it is one of SVG's."""
    space, _end, name = each.tag.rpartition("}")
    return name if space == SVG else ""


def _size(root: Element) -> tuple[int, int]:
    """The drawing's shape as whole numbers, the larger side 1000; noted in the drawing, and a viewBox with them."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(box) != 4:
        sides = [NUMBER.fullmatch(root.get(side, "")) for side in ("width", "height")]
        box = ["0", "0", *(side[1] for side in sides if side)]
    try:
        longest = max(float(box[2]), float(box[3]))
        width, height = (max(1, round(1000 * float(part) / longest)) for part in box[2:])
    except (ValueError, IndexError, ZeroDivisionError, OverflowError):
        raise ValueError(_("Loggan säger inte hur stor den är. Spara den på nytt, eller som PNG.")) from None
    root.attrib.update(viewBox=" ".join(box), width=str(width), height=str(height))
    return width, height


def _styles(root: Element) -> Styles:
    """The classes of the drawing's style sheets, which drawing programs write for colours."""
    sheets = [each.text or "" for each in root.iter() if _name(each) == "style"]
    if sum(map(len, sheets)) > LONGEST_STYLE:
        raise ValueError(
            _("Loggans stilmall är för lång. Spara den med presentationsattribut i stället för CSS, eller som PNG.")
        )
    found: Styles = {}
    for selectors, body in chain.from_iterable(map(_rules, sheets)):
        declared = _declarations(body)
        for selector in selectors.split(","):
            found.setdefault(selector.strip().removeprefix("."), {}).update(declared)
    return found


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Each rule's selectors and what is within its braces: the innermost, where a rule holds rules."""
    first, *commented = sheet.split("/*")
    *rules, _unended = "".join([first, *(each.partition("*/")[2] for each in commented)]).split("}")
    for rule in rules:
        before, _brace, body = rule.rpartition("{")
        yield before.rpartition("{")[2], body


def _declarations(body: str) -> dict[str, str]:
    pairs = (each.partition(":") for each in body.split(";"))
    return {name.strip(): value.strip() for name, _colon, value in pairs if name.strip() in PRESENTATION}


def _copied(root: Element, styles: Styles) -> set[str]:
    """The ids of what may be copied: shapes that nothing cuts, and whose id no other part has."""
    plain: set[str] = set()
    other: set[str] = set()
    for each in root.iter():
        is_plain = _name(each) in SHAPES and not CUTS & _attributes(each, styles).keys()
        (plain if is_plain else other).add(each.get("id", ""))
    return plain - other


def _written(each: Element, styles: Styles, copied: set[str], depth: int, in_cutter: bool = False) -> Iterator[str]:
    name, target = _name(each), _target(each)
    if name not in KEPT or depth > DEEPEST or (name == "use" and target not in copied):
        return  # A copy of a copy could grow without end, and so could a mask of what is masked.
    in_cutter = in_cutter or name in CUTTERS
    kept = {key: value for key, value in _attributes(each, styles).items() if not (in_cutter and key in CUTS)}
    if name in GRADIENTS | {"use"} and ID.fullmatch(target):
        kept["href"] = f"#{target}"
    yield f"<{name} {' '.join(f'{key}={quoteattr(value)}' for key, value in kept.items())}>"
    for child in each:
        yield from _written(child, styles, copied, depth + 1, in_cutter)
    yield f"</{name}>"


def _target(each: Element) -> str:
    """The id that the element points at."""
    return (each.get("href") or each.get(f"{XLINK}}}href") or "").removeprefix("#")


def _attributes(each: Element, styles: Styles) -> dict[str, str]:
    """Its allowed attributes; classes and styles become attributes, as strong as they were."""
    found = {key: value for key, value in each.attrib.items() if key in ATTRIBUTES}
    for name in each.get("class", "").split():
        found |= styles.get(name, {})
    found |= _declarations(each.get("style", ""))
    return {key: value for key, value in found.items() if _is_harmless(OWN.sub("", value))}


def _is_harmless(value: str) -> bool:
    """Numbers, names, colours and their functions; nothing that could be an address."""
    return bool(VALUE.fullmatch(value)) and "url(" not in value.lower()
