"""How heavy a text is to read: its words, its LIX, the time it takes, and a picture for each easy-read step."""

import html
import re
from collections.abc import Iterable, Iterator

from .blocks import Block, Image, Module, Place, Question, Scenario, Step, Survey, Text
from .faults import Findings
from .fields import line_of_field

EASY, PLAIN = "sv-simple", "sv"
HEAVIEST = {EASY: 25, PLAIN: 40}
"""LIX: what is under 30 reads like a book for children, 30–40 like a popular magazine."""
MOST_WORDS = 700
PACE = 155
"""Words in a minute: adults read aloud at 184 ± 29, the mean of 17 languages, Swedish among them (Trauzettel-Klosinski
and Dietz, Invest Ophthalmol Vis Sci 2012;53:5452; aged 18–35, with good sight), and this is one deviation slower."""

WORD = re.compile(r"[^\W_]+(?:[’'\-–:.,][^\W_]+)*")
SENTENCE = re.compile(r"[.!?:]+(?=[\s”\"’)]|$)")
BLOCK = re.compile(r"</?(?:p|li|ol|ul|h[1-6]|blockquote|pre|t[a-z]+|hr)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
LONG = 6


def check_reading(text: Text, findings: Findings) -> None:
    """Warn where a text without faults is heavier than its readers should have to bear."""
    module = text.module
    words = words_met(module.steps)
    if text.language in HEAVIEST:
        _check_lix(module, HEAVIEST[text.language], findings)
    if text.language == PLAIN and words > MOST_WORDS:
        findings.add(1, f"Texten har {words} ord. Skriv högst {MOST_WORDS}, eller dela modulen.", warning=True)
    if words > module.minutes * PACE:
        what = f"{words} ord tar {-(-words // PACE)} minuter, inte {module.minutes}. Korta, eller ändra minutes."
        findings.add(line_of_field(text.source, "minutes"), what, warning=True)
    if text.language == EASY:
        _check_pictures(module, findings)


def lix(sentences: Iterable[str]) -> float:
    """Björnsson's index for Swedish: words in a sentence, plus the share in per cent of words over six letters.

    Each piece of text ends a sentence, as a heading or an option does without a full stop, and may hold several.
    """
    found = [words for piece in sentences for each in SENTENCE.split(piece) if (words := WORD.findall(each))]
    every = [word for words in found for word in words]
    return len(every) / len(found) + 100 * sum(len(word) > LONG for word in every) / len(every) if every else 0


def words_met(steps: Iterable[Step]) -> int:
    """How many words one reader meets: one answer's feedback to each question, and one way through each scenario."""
    return sum(_count(step.title) + sum(_count(*_met(block)) for block in step.blocks) for step in steps)


def _check_lix(module: Module, heaviest: int, findings: Findings) -> None:
    found = lix(_pieces(module.steps))
    if found <= heaviest:
        return
    worst = max(module.steps, key=lambda step: lix(_pieces([step])))
    what = f"Texten har LIX {found:.0f}, högst {heaviest} är bra. Tyngst är steget här, {lix(_pieces([worst])):.0f}."
    findings.add(worst.line, f"{what} Korta meningar och byt långa ord.", warning=True)


def _check_pictures(module: Module, findings: Findings) -> None:
    for step in module.steps:
        places = step.scenario.places if step.scenario else ()
        blocks = [*step.blocks, *(block for place in places for block in place.blocks)]
        if not any(isinstance(block, Image) for block in blocks):
            findings.add(step.line, "Steget har ingen bild. En lättläst text behöver en i varje steg.", warning=True)


def _pieces(steps: Iterable[Step]) -> Iterator[str]:
    """All that stands on the steps' pages as plain text, without sources and transcripts."""
    for step in steps:
        yield step.title
        for block in step.blocks:
            for written in _written(block):
                yield from _plain(written)


def _count(*written: str) -> int:
    return sum(len(WORD.findall(piece)) for each in written for piece in _plain(each))


def _plain(written: str) -> list[str]:
    """HTML as plain text, cut where a paragraph or a list item ends."""
    return [html.unescape(TAG.sub("", piece.replace("<br", " <br"))) for piece in BLOCK.split(written)]


def _written(block: Block) -> Iterator[str]:
    """All that is written in a block, as HTML."""
    match block:
        case Question(prompt=prompt, options=options):
            yield from (prompt, *(text for option in options for text in (option.html, option.feedback)))
        case Scenario(places=places):
            yield from (text for place in places for text in _of_place(place))
        case Survey(prompt=prompt, options=answers):
            yield from (prompt, *answers)
        case Image(caption=caption):
            yield html.escape(caption)
        case _:
            yield getattr(block, "html", "")


def _met(block: Block) -> Iterator[str]:
    """What one reader meets of it."""
    match block:
        case Question(prompt=prompt, options=options):
            yield from (prompt, *(option.html for option in options))
            yield max((option.feedback for option in options), key=_count)
        case Scenario():
            yield from (text for place in _longest_way(block) for text in _of_place(place))
        case _:
            yield from _written(block)


def _of_place(place: Place) -> Iterator[str]:
    yield html.escape(place.title)
    yield from (text for block in place.blocks for text in _written(block))
    yield from (choice.html for choice in place.choices)


def _longest_way(scenario: Scenario) -> list[Place]:
    """Of the straightest ways to each end, the one with most words. A scenario without faults has an end."""
    places = {place.id: place for place in scenario.places}
    ways = {scenario.places[0].id: [scenario.places[0]]}
    waiting = list(ways)
    while waiting:
        reached = ways[waiting.pop(0)]
        new = {choice.target for choice in reached[-1].choices} - ways.keys()
        ways |= {target: [*reached, places[target]] for target in new}
        waiting += sorted(new)
    ends = [way for way in ways.values() if way[-1].is_end]
    return max(ends, key=lambda way: _count(*(text for place in way for text in _of_place(place))))
