"""Blocks with a list to choose from: questions, with feedback on each option, and surveys."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from .blocks import Option, Question, Survey
from .faults import Findings
from .fences import Fence, around_list, no_arguments, one_key
from .markdown import Node, html, inline_html, line_of, plain, tokens_of

BOX = re.compile(r"\[([ xX])\](\s+|$)")


def question(fence: Fence, findings: Findings) -> Question:
    no_arguments(fence, findings)
    prompt, items = around_list(fence.inside, findings)
    options = tuple(_option(item, findings) for item in items)
    if not prompt:
        findings.add(fence.line, "Frågan saknas. Skriv den före alternativen.")
    if len(options) < 2:
        findings.add(fence.line, "En fråga behöver minst två alternativ: - [x] rätt, - [ ] annat.")
    elif not any(option.right for option in options):
        findings.add(fence.line, "Frågan har inget rätt svar. Skriv [x] framför minst ett alternativ.")
    return Question(html(prompt, findings), options, fence.line)


def _option(item: Node, findings: Findings) -> Option:
    line, tokens = line_of(item), first_line(item)
    right = _take_box(tokens, line, findings)
    if not plain(tokens):
        findings.add(line, "Alternativet är tomt. Skriv vad man kan svara.")
    feedback = _feedback(item, tokens, findings)
    return Option(inline_html(tokens, line, findings), right, feedback, line)


def first_line(item: Node) -> list[Token]:
    """The running text a list item begins with."""
    first = item.children[0] if item.children else None
    return tokens_of(first) if first and first.type == "paragraph" else []


def _take_box(tokens: Sequence[Token], line: int, findings: Findings) -> bool:
    """Whether the option is right; its box is taken out of the text."""
    box = BOX.match(tokens[0].content) if tokens else None
    if not box:
        findings.add(line, "Alternativet börjar inte med [x] (rätt) eller [ ]. Skriv det först.")
        return False
    tokens[0].content = tokens[0].content[box.end() :]
    return box[1] != " "


def _feedback(item: Node, tokens: Sequence[Token], findings: Findings) -> str:
    line, rest = line_of(item), item.children[1:]
    quotes = [node for node in rest if node.type == "blockquote"]
    # Indented by six blanks it is, in Markdown, more of the option's own text.
    if any(token.content.startswith(">") for token in tokens):
        findings.add(line, "Återkopplingen är för långt indragen. Skriv två blanksteg före >.")
    elif len(quotes) != len(rest):
        findings.add(line, "Under ett alternativ kan bara återkoppling stå. Börja varje rad med >.")
    elif not any(node.children for node in quotes):
        findings.add(line, "Alternativet saknar återkoppling. Skriv två blanksteg, > och texten på raden under.")
    return html([child for node in quotes for child in node.children], findings)


def survey(fence: Fence, findings: Findings) -> Survey:
    prompt, items = around_list(fence.inside, findings)
    options = tuple(plain(first_line(item)) for item in items)
    if not prompt or len(options) < 2 or not all(options):
        findings.add(fence.line, "En enkät behöver en fråga och minst två svar i en lista.")
    if any(BOX.match(option) for option in options):
        findings.add(fence.line, "I en enkät finns inget rätt svar. Ta bort [x] och [ ].")
    for item in items:
        html([item], findings)
    return Survey(one_key(fence, findings), html(prompt, findings), options, fence.line)
