"""A module as text becomes a module as steps, or a list of everything that is wrong with it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from . import rules
from .blocks import Block, Module, Step
from .bodies import block
from .faults import Broken, Findings, errors
from .fences import Fence, Part, parts
from .front import Front, front_matter
from .markdown import Node, html, line_of, tree
from .prose import heading, pictures_and_prose

LONGEST = 50_000
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def parse(source: str, path: str = "") -> Module:
    """One text of a module. Raises Broken with every fault in it; path is only for the faults."""
    findings = Findings(path)
    module = read(source, findings)
    if module is None or errors(findings.faults):
        raise Broken(findings.in_order())
    return module


def passage(source: str, path: str = "") -> str:
    """A text without steps or blocks, such as an organisation's own for a local block, as HTML. Raises Broken."""
    findings = Findings(path)
    text = normalised(source)
    made = html(tree(text.rstrip() + "\n"), findings) if _readable(text, findings) else ""
    if errors(findings.faults):
        raise Broken(findings.in_order())
    return made


def normalised(source: str) -> str:
    """One way to write each letter and each end of line, whatever machine the text was typed on."""
    text = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def read(source: str, findings: Findings) -> Module | None:
    """The module, as far as it could be read; None when it could not. The faults are in findings."""
    text = normalised(source)
    if not _readable(text, findings):
        return None
    nodes = tree(text.rstrip() + "\n")
    front = front_matter(nodes, findings)
    body = [node for node in nodes if node.type != "front_matter"]
    steps = tuple(_steps(parts(body, text.split("\n"), findings), findings))
    rules.check_steps(steps, front.retired if front else (), findings)
    return _module(front, steps) if front else None


def _readable(text: str, findings: Findings) -> bool:
    if len(text) > LONGEST:
        findings.add(1, f"Texten har {len(text)} tecken, högst {LONGEST} går. Dela modulen.")
        return False
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        findings.add(line, f"Här finns ett dolt tecken (U+{ord(found[0]):04X}). Skriv om raden för hand.")
        return False
    return True


def _module(front: Front, steps: tuple[Step, ...]) -> Module:
    return Module(
        id=front.id,
        title=front.title,
        summary=front.summary,
        minutes=front.minutes,
        version=front.edition,
        steps=steps,
        retake=front.retake,
        reviewed=front.review,
        content_note=front.content_note,
        retired=front.retired,
        translated_from=front.translated_from,
    )


def _steps(found: Iterable[Part], findings: Findings) -> Iterator[Step]:
    """Each ## begins a step; what stands before the first belongs to none."""
    title: Node | None = None
    inside: list[Part] = []
    for part in found:
        if isinstance(part, Node) and part.tag == "h2":
            yield from _step(title, inside, findings)
            title, inside = part, []
        else:
            inside.append(part)
    yield from _step(title, inside, findings)


def _step(title: Node | None, inside: list[Part], findings: Findings) -> Iterator[Step]:
    if title is None:
        if inside:
            line = line_of(inside[0]) if isinstance(inside[0], Node) else inside[0].line
            findings.add(line, "Text före första steget. Skriv en rubrik ovanför: ## Rubrik {#id}.")
        return
    head = heading(title, findings)
    if head.classes:
        findings.add(head.line, "Ett steg har bara ett id: ## Rubrik {#id}.")
    if not inside:
        findings.add(head.line, "Steget är tomt. Skriv något under rubriken eller ta bort den.")
    yield Step(head.id, head.title, tuple(_blocks(inside, findings)), head.line)


def _blocks(inside: list[Part], findings: Findings) -> Iterator[Block]:
    """Blocks as they stand, and the pictures and prose between them."""
    between: list[Node] = []
    for part in inside:
        if isinstance(part, Fence):
            yield from pictures_and_prose(between, findings)
            between = []
            made = block(part, findings)
            if made:
                yield made
        else:
            between.append(part)
    yield from pictures_and_prose(between, findings)
