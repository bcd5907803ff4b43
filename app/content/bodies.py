"""What stands inside each kind of block: one function for every word an author can write after the colons."""

import re
from collections.abc import Callable, Iterator, Sequence

from .blocks import Block, Fact, Film, Help, Local, Reflection
from .faults import Findings, meant, nearest, short
from .fences import Fence, body, no_arguments, one_key
from .markdown import BREAKS, KEY, Node, html, inline_html, line_of, plain
from .questions import question, survey
from .scenarios import scenario

SOURCE = re.compile(r"\w+:")


def block(fence: Fence, findings: Findings) -> Block | None:
    """The block that a fence holds. A misspelt one is read as the nearest, so that all faults show."""
    word = fence.word
    if word not in KINDS:
        findings.add(fence.line, f"”{short(word)}” är inget block. {meant(word, KINDS)}")
        word = nearest(word, KINDS) or ""
    make = KINDS.get(word)
    return make(fence, findings) if make else None


def _reflection(fence: Fence, findings: Findings) -> Reflection:
    no_arguments(fence, findings)
    return Reflection(body(fence, findings), fence.line)


def _film(fence: Fence, findings: Findings) -> Film:
    return Film(one_key(fence, findings), body(fence, findings), fence.line)


def _local(fence: Fence, findings: Findings) -> Local:
    return Local(one_key(fence, findings), body(fence, findings), fence.line)


def _help(fence: Fence, findings: Findings) -> Help:
    odd = [key for key in fence.arguments if not KEY.fullmatch(key)]
    if odd or not fence.arguments:
        findings.add(fence.line, "Skriv nycklarna till stödet efter ”help”: ::: help akut kvinnofridslinjen.")
    return Help(fence.arguments, html(fence.inside, findings), fence.line)


def _fact(fence: Fence, findings: Findings) -> Fact:
    """A text and, on a line of its own at the end, where it comes from: a word, a colon and a link."""
    no_arguments(fence, findings)
    last = fence.inside[-1] if fence.inside else None
    inline = last.children[0] if last and last.type == "paragraph" else None
    start = _source_start(inline.children) if inline else None
    if inline is None or start is None:
        findings.add(fence.line, "Faktarutan saknar källa. Skriv en sista rad: Källa: [namn](https://…).")
        return Fact(body(fence, findings), "", (), fence.line)
    before, source = inline.children[: max(start - 1, 0)], inline.children[start:]
    inline.children = before
    text = fence.inside if before else fence.inside[:-1]
    if not text:
        findings.add(fence.line, "Faktarutan har bara en källa. Skriv vad den säger ovanför.")
    line = line_of(inline) + sum(node.type in BREAKS for node in before) + bool(before)
    return Fact(html(text, findings), _source(source, line, findings), tuple(_links(source)), fence.line)


def _source_start(nodes: Sequence[Node]) -> int | None:
    """Where the last line that begins with a word and a colon begins, if there is a link from there on."""
    for start in reversed(range(len(nodes))):
        begins = start == 0 or nodes[start - 1].type in BREAKS
        if begins and nodes[start].type == "text" and SOURCE.match(nodes[start].content):
            return start if any(_links(nodes[start:])) else None
    return None


def _source(nodes: Sequence[Node], line: int, findings: Findings) -> str:
    return inline_html([token for node in nodes for token in node.to_tokens()], line, findings)


def _links(nodes: Sequence[Node]) -> Iterator[tuple[str, str]]:
    """The links in a source, as (label, address)."""
    for link in (part for node in nodes for part in node.walk() if part.type == "link"):
        yield plain(link.to_tokens()), str(link.attrs["href"])


KINDS: dict[str, Callable[[Fence, Findings], Block]] = {
    "question": question,
    "scenario": scenario,
    "reflection": _reflection,
    "survey": survey,
    "film": _film,
    "fact": _fact,
    "local": _local,
    "help": _help,
}
