"""What stands between the blocks: headings with their ids, pictures, and running text."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .blocks import Image, Prose
from .faults import Findings, short
from .markdown import KEY, Node, html, inline_html, line_of, plain, tokens_of

TAIL = re.compile(r"\{([^{}]*)\}$")
MEDIA = re.compile(r"media/[A-Za-z0-9_-]+\.(svg|png|jpg|jpeg|webp)")


@dataclass(frozen=True, slots=True)
class Heading:
    """The id is empty when the author gave none that can be used; that is a fault already noted."""

    title: str
    id: str
    classes: tuple[str, ...]
    line: int


def heading(node: Node, findings: Findings) -> Heading:
    """A heading with its trailing {#id .class}."""
    tokens, line = tokens_of(node), line_of(node)
    tail = TAIL.search(tokens[-1].content) if tokens else None
    if tail:
        tokens[-1].content = tokens[-1].content[: tail.start()]
    words = tail[1].split() if tail else []
    title = plain(tokens)
    inline_html(tokens, line, findings)
    if not title:
        findings.add(line, "Rubriken är tom. Skriv vad det handlar om.")
    classes = tuple(word[1:] for word in words if word.startswith("."))
    return Heading(title, _id(words, title, line, findings), classes, line)


def _id(words: Sequence[str], title: str, line: int, findings: Findings) -> str:
    ids = [word[1:] for word in words if word.startswith("#")]
    if len(ids) != 1 or not all(word[0] in "#." for word in words):
        findings.add(line, f"Rubriken behöver ett id. Skriv det sist på raden: {{#{_proposal(title)}}}.")
        return ""
    if not KEY.fullmatch(ids[0]):
        findings.add(line, f"Ett id skrivs med a–z, 0–9 och bindestreck. Skriv {{#{_proposal(ids[0])}}}.")
        return ""
    return ids[0]


def _proposal(title: str) -> str:
    """An id that the author could take, from the first words of the title."""
    letters = unicodedata.normalize("NFKD", title[:60].lower()).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", letters)[:3]) or "mitt-id"


def pictures_and_prose(nodes: Sequence[Node], findings: Findings) -> Iterator[Image | Prose]:
    """Running text in as few pieces as it can be, with the pictures between."""
    for is_picture, group in groupby(nodes, key=_is_picture):
        if is_picture:
            yield from (_image(node, findings) for node in group)
        else:
            text = list(group)
            yield Prose(html(text, findings), line_of(text[0]))


def _is_picture(node: Node) -> bool:
    return node.type == "paragraph" and [token.type for token in tokens_of(node)] == ["image"]


def _image(node: Node, findings: Findings) -> Image:
    token, line = tokens_of(node)[0], line_of(node)
    src, alt = str(token.attrs["src"]), plain(token.children or [])
    if not MEDIA.fullmatch(src):
        findings.add(line, f"Bilden ({short(src)}) ska ligga i media/ och heta något som media/bild.svg.")
    if not alt:
        findings.add(line, "Bilden saknar beskrivning. Skriv ![vad den visar](…), eller ![-](…) om den bara pryder.")
    return Image(src, "" if alt == "-" else alt, str(token.attrs.get("title", "")), line)
