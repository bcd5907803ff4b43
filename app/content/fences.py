"""Fenced blocks before anyone has asked what is in them, and what every kind of block needs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .faults import Findings, short
from .markdown import KEY, Node, html, line_of

CLOSED = re.compile(r"\s*:::+\s*")


@dataclass(frozen=True, slots=True)
class Fence:
    """`::: word arguments`, and what stands before the closing `:::`."""

    word: str
    arguments: tuple[str, ...]
    line: int
    inside: list[Node]


Part = Node | Fence


def parts(nodes: Sequence[Node], lines: Sequence[str], findings: Findings) -> Iterator[Part]:
    """What stands in the text, in order, with the blocks fenced.

    An unclosed block swallows the steps after it. So a block ends, with a fault, where a step or another
    block begins, and what it swallowed is read as if it had been closed there: one forgotten line is then
    one fault and not twenty.
    """
    for node in nodes:
        if node.type != "container_block":
            yield node
            continue
        word, *arguments = node.info.split()
        inside, swallowed = _until_next(node.children)
        yield Fence(word, tuple(arguments), line_of(node), inside)
        if swallowed or not _is_closed(node, lines):
            findings.add(line_of(node), _unclosed(word, swallowed))
        yield from parts(swallowed, lines, findings)


def _until_next(nodes: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """What belongs in a block, and what begins a step or another block inside it."""
    for place, node in enumerate(nodes):
        if node.type == "container_block" or node.tag == "h2":
            return list(nodes[:place]), list(nodes[place:])
    return list(nodes), []


def _is_closed(node: Node, lines: Sequence[str]) -> bool:
    end = node.map[1] if node.map else 0
    return end < len(lines) and bool(CLOSED.fullmatch(lines[end]))


def _unclosed(word: str, swallowed: list[Node]) -> str:
    before = f" före rad {line_of(swallowed[0])}" if swallowed else ""
    return f"Blocket ”{short(word)}” är inte avslutat. Skriv ::: på en egen rad efter det{before}."


def no_arguments(fence: Fence, findings: Findings) -> None:
    if fence.arguments:
        findings.add(fence.line, f"Efter ”{fence.word}” ska inget mer stå. Flytta det till raden under.")


def one_key(fence: Fence, findings: Findings) -> str:
    """The single name after the word, which points at something outside the text."""
    keys = [argument for argument in fence.arguments if KEY.fullmatch(argument)]
    if len(fence.arguments) != 1 or not keys:
        findings.add(fence.line, f"Efter ”{fence.word}” ska ett namn stå (a–z, 0–9 och bindestreck).")
    return keys[0] if keys else ""


def body(fence: Fence, findings: Findings) -> str:
    """A block that is all text, which must then have some."""
    if not fence.inside:
        findings.add(fence.line, f"Blocket ”{short(fence.word)}” är tomt. Skriv texten före :::.")
    return html(fence.inside, findings)


def around_list(nodes: Sequence[Node], findings: Findings) -> tuple[list[Node], list[Node]]:
    """What stands before the first list, and the items. Lists that follow on (`*` after `-`) are one."""
    start = next((place for place, node in enumerate(nodes) if node.type == "bullet_list"), len(nodes))
    for node in nodes[start:]:
        if node.type == "blockquote":
            findings.add(line_of(node), "Återkopplingen hör inte till något. Dra in den två blanksteg.")
        elif node.type != "bullet_list":
            findings.add(line_of(node), "Text efter listan. Flytta den ovanför listan.")
    items = [item for node in nodes[start:] if node.type == "bullet_list" for item in node.children]
    return list(nodes[:start]), items
