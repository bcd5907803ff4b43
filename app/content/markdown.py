"""Markdown as the course dialect has it: one parser, one sanitiser, and the faults of running text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType

import nh3
from markdown_it import MarkdownIt, helpers
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from .faults import Findings, short

Node = SyntaxTreeNode

BREAKS = ("softbreak", "hardbreak")
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
RAW_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
BRACES = re.compile(r"\{\s*([#.]|lang=|dir=)")
SAFE_LINK = re.compile(r"(https://[^/?#]|mailto:.|tel:\+?[0-9])")


TAGS = "a blockquote br code em h3 h4 hr li ol p pre s span strong table tbody td th thead tr ul"


class Dialect(MarkdownIt):
    """Every link is parsed as a link, so that a bad one becomes a fault and not silent text."""

    def validateLink(self, _url: str) -> bool:
        return True


def _label_end(state: StateInline, start: int, no_links: bool = False) -> int:
    """Where a link's text ends. The parser refuses any brackets in it; here a language may stand in a link."""
    end = helpers.parseLinkLabel(state, start, no_links)
    if end < 0 and no_links and state.env["spans"]:
        end = helpers.parseLinkLabel(state, start, False)
        return -1 if "](" in state.src[start:end] else end
    return end


MARKDOWN = Dialect("commonmark", {"html": False})
MARKDOWN.helpers = ModuleType("helpers")
vars(MARKDOWN.helpers).update(vars(helpers), parseLinkLabel=_label_end)
MARKDOWN.enable(["table", "strikethrough"])
MARKDOWN.use(front_matter_plugin)
# A misspelt word must open a block too: then it is a fault with a line, and not text with colons in it.
MARKDOWN.use(container_plugin, "block", validate=lambda info, *_: bool(info.strip()))
MARKDOWN.use(attrs_plugin, after=(), spans=True, allowed=("lang", "dir"))

RENDERER = RendererHTML()
CLEANER = nh3.Cleaner(
    tags=set(TAGS.split()),
    attributes={"a": {"href"}, "ol": {"start"}, "span": {"lang", "dir"}},
    url_schemes={"https", "mailto", "tel"},
    url_relative="deny",
    link_rel="noreferrer",
)


def tree(text: str) -> list[Node]:
    """The text as a tree, its top level. Brackets are looked at twice only where a span may be among them."""
    return list(Node(MARKDOWN.parse(text, {"spans": "]{" in text})).children)


def line_of(node: Node) -> int:
    """The line in the file, counted from one."""
    return node.map[0] + 1 if node.map else 1


def tokens_of(paragraph: Node) -> list[Token]:
    """The running text of a paragraph or heading."""
    inline = paragraph.children[0].token if paragraph.children else None
    return (inline.children or []) if inline else []


def plain(tokens: Iterable[Token]) -> str:
    """Running text without its markup."""
    return "".join(" " if token.type in BREAKS else token.content for token in tokens).strip()


def html(nodes: Sequence[Node], findings: Findings) -> str:
    for node in nodes:
        for part in node.walk():
            _look(part, findings)
    tokens = [token for node in nodes for token in node.to_tokens()]
    return CLEANER.clean(RENDERER.render(tokens, MARKDOWN.options, {})).strip()


def inline_html(tokens: Sequence[Token], line: int, findings: Findings) -> str:
    """Running text for an element of ours, such as a label, and so without a paragraph of its own."""
    _look_at_text(tokens, line, findings)
    return CLEANER.clean(RENDERER.renderInline(tokens, MARKDOWN.options, {})).strip()


def _look(node: Node, findings: Findings) -> None:
    """Note what may not stand in prose."""
    match node.type:
        case "inline":
            _look_at_text(node.token.children or [] if node.token else [], line_of(node), findings)
        case "heading" if node.tag not in ("h3", "h4"):
            findings.add(line_of(node), f"Rubriken {node.markup} kan inte stå här. Skriv ### för en underrubrik.")
        case "container_block":
            findings.add(line_of(node), "Ett block kan inte stå i en lista. Börja raden med :::.")
        case "code_block":
            findings.add(line_of(node), "Fyra blanksteg först på raden gör texten till kod. Ta bort dem.")


def _look_at_text(tokens: Iterable[Token], line: int, findings: Findings) -> None:
    for at, what in _faults_in(tokens, line):
        findings.add(at, what)


def _faults_in(tokens: Iterable[Token], line: int) -> Iterator[tuple[int, str]]:
    for token in tokens:
        if token.type in BREAKS:
            line += 1
        elif token.type == "image":
            yield line, "Bilden står i en text. Flytta den ut i steget, med en tom rad före och efter."
        elif what := _fault_of(token):
            yield line, what


def _fault_of(token: Token) -> str | None:
    match token.type:
        case "link_open":
            return _link_fault(str(token.attrs["href"]))
        case "span_open":
            return _span_fault(token)
        case "text":
            return _text_fault(token.content)
    return None


def _link_fault(url: str) -> str | None:
    if url.startswith("#"):
        return f"Länken ({short(url)}) är ett val och kan bara stå i en lista i ett scenario."
    if not SAFE_LINK.match(url):
        return f"Länken ({short(url)}) går inte att använda. Skriv https://, mailto: eller tel:."
    return None


def _span_fault(token: Token) -> str | None:
    language, direction = str(token.attrs.get("lang", "")), token.attrs.get("dir")
    if token.meta.get("insecure_attrs"):
        return "Inom klamrar kan bara lang och dir stå, till exempel [text]{lang=en}."
    if not LANGUAGE.fullmatch(language):
        return f"”{short(language)}” är ingen språkkod. Skriv till exempel [text]{{lang=en}}."
    if direction not in (None, "ltr", "rtl"):
        return "dir är ltr eller rtl, till exempel [سلام]{lang=ar dir=rtl}."
    return None


def _text_fault(text: str) -> str | None:
    if found := RAW_HTML.search(text):
        return f"HTML ({short(found[0])}) går inte att använda. Skriv det med Markdown."
    if text.lstrip().startswith("::"):
        return "Raden börjar med kolon men hör till inget block. Ta bort den, eller skriv ::: och ett ord."
    if BRACES.search(text):
        return "Klamrarna blir text. Skriv {#id} sist på en rubrik och {lang=en} tätt efter [text]."
    return None
