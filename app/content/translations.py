"""Whether a translation has the shape of its source, so that progress in one is progress in the other."""

from collections.abc import Iterator, Mapping

from .blocks import Block, Image, Prose, Question, Scenario, Step, Survey, Text
from .faults import Findings
from .fields import line_of_field


def compare(source: Text, text: Text, findings: Findings) -> None:
    """Note, in the translation, every way its shape differs from the source's."""
    if text.module.id != source.module.id:
        line = line_of_field(text.source, "id")
        findings.add(line, f"Modulens id är ”{source.module.id}” i sv.md. Skriv samma här.")
    _compare_versions(source, text, findings)
    theirs = {step.id: step for step in source.module.steps}
    ours = {step.id: step for step in text.module.steps}
    _compare_ids(theirs, ours, findings)
    for id, step in ours.items():
        if id in theirs:
            _compare_steps(theirs[id], step, findings)


def _compare_versions(source: Text, text: Text, findings: Findings) -> None:
    made_from, version = text.module.translated_from, source.module.version
    line = line_of_field(text.source, "translated_from")
    if made_from is None:
        findings.add(line, f"”translated_from” saknas. Lägg till raden ”translated_from: {version}”.")
    elif made_from > version:
        findings.add(line, f"translated_from är {made_from}, men sv.md har version {version}. Rätta.")
    elif made_from < version:
        what = f"Texten gäller version {made_from}, men sv.md har {version}. Se över den."
        findings.add(line, what, warning=True)


def _compare_ids(theirs: Mapping[str, Step], ours: Mapping[str, Step], findings: Findings) -> None:
    for id, step in ours.items():
        if id not in theirs:
            findings.add(step.line, f"Steget ”{id}” finns inte i sv.md. Ta bort det, eller rätta id.")
    for id, step in theirs.items():
        if id not in ours:
            findings.add(1, f"Steget ”{id}” (rad {step.line} i sv.md) saknas här. Översätt det också.")
    if set(ours) == set(theirs) and list(ours) != list(theirs):
        findings.add(1, f"Stegen står i en annan ordning i sv.md: {', '.join(theirs)}. Följ den.")


def _fenced(step: Step) -> list[Block]:
    """Pictures and prose are the translator's own: easy-read may need more of both."""
    return [block for block in step.blocks if not isinstance(block, Prose | Image)]


def _compare_steps(source: Step, text: Step, findings: Findings) -> None:
    theirs, ours = _fenced(source), _fenced(text)
    # The class of a block is named as the word an author writes for it.
    kinds = [type(block).__name__.lower() for block in theirs]
    if kinds != [type(block).__name__.lower() for block in ours]:
        what = f"Steget ”{text.id}” har andra block i sv.md: {', '.join(kinds) or 'inga'}. Följ dem."
        findings.add(text.line, what)
        return
    for their, our in zip(theirs, ours, strict=True):
        for line, what in _differences(their, our):
            findings.add(line, what)


def _differences(source: Block, text: Block) -> Iterator[tuple[int, str]]:
    match source, text:
        case Question(), Question():
            yield from _of_questions(source, text)
        case Scenario(), Scenario():
            yield from _of_scenarios(source, text)
        case Survey(), Survey():
            if (source.key, len(source.options)) != (text.key, len(text.options)):
                yield text.line, "Enkäten har ett annat namn eller antal svar i sv.md. Följ det."


def _of_questions(source: Question, text: Question) -> Iterator[tuple[int, str]]:
    if len(source.options) != len(text.options):
        yield text.line, f"Frågan har {len(source.options)} alternativ i sv.md. Skriv lika många."
        return
    for place, (their, our) in enumerate(zip(source.options, text.options, strict=True), 1):
        if their.right != our.right:
            yield (
                our.line,
                f"Alternativ {place} är {'rätt' if their.right else 'inte rätt'} i sv.md. Följ det.",
            )


def _of_scenarios(source: Scenario, text: Scenario) -> Iterator[tuple[int, str]]:
    ids = [place.id for place in source.places]
    if ids != [place.id for place in text.places]:
        yield text.line, f"Scenariot har andra platser i sv.md: {', '.join(ids)}. Följ dem."
        return
    for their, our in zip(source.places, text.places, strict=True):
        if [choice.target for choice in their.choices] != [choice.target for choice in our.choices]:
            yield our.line, f"Valen från ”{our.id}” leder åt andra håll i sv.md. Följ det."
        if their.tone != our.tone:
            yield our.line, f"Platsen ”{our.id}” har en annan ton i sv.md (.good, .unsure, .risky). Följ den."
