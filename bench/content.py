"""bench content: a module parsed, checked and rendered, beside the bare Markdown parser on the same text."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

from markdown_it import MarkdownIt

from app import content, library
from bench.showing import Goal, Measured

ROUNDS = 15
GOALS = {"module_ms": Goal(most=5)}


def measure() -> Measured:
    folder = library.COURSES / "vaga-se"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*/*.md"))]
    markdown = MarkdownIt("commonmark")
    ours, limit, course = [], [], []
    for _ in range(ROUNDS):
        limit.append(_seconds(lambda: [markdown.render(text) for text in texts]))
        ours.append(_seconds(lambda: [content.parse(text) for text in texts]))
        course.append(_seconds(lambda: content.load(folder)))
    module, bare = (1000 * median(seconds) / len(texts) for seconds in (ours, limit))
    beside = {
        "modules": f"{len(texts)}",
        "bare Markdown, ms a module": f"{bare:.2f}",
        "whole course with its checks, ms": f"{1000 * median(course):.1f}",
    }
    return Measured({"module_ms": round(module, 2)}, beside)


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
