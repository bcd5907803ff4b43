"""Scenarios: places with choices that lead on, and whether one can walk from the first place to an end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import cast, get_args
from urllib.parse import unquote

from .blocks import Choice, Place, Scenario, Tone
from .faults import Findings, meant, short
from .fences import Fence, around_list, no_arguments
from .markdown import Node, inline_html, line_of
from .prose import heading, pictures_and_prose
from .questions import first_line

TONES = get_args(Tone)


def scenario(fence: Fence, findings: Findings) -> Scenario:
    no_arguments(fence, findings)
    found = Scenario(tuple(_places(fence, findings)), fence.line)
    if not found.places:
        findings.add(fence.line, "Scenariot har ingen plats. Skriv en rubrik: ### Plats {#id}.")
    # With a choice that leads nowhere yet, every place after it would be a fault of its own.
    elif all(choice.target for place in found.places for choice in place.choices):
        _check_paths(found, findings)
    return found


def _places(fence: Fence, findings: Findings) -> Iterator[Place]:
    """Each ### begins a place; what stands before the first belongs to none."""
    starts = [index for index, node in enumerate(fence.inside) if node.tag == "h3"]
    if fence.inside and starts[:1] != [0]:
        findings.add(line_of(fence.inside[0]), "Text före första platsen. Skriv ovanför: ### Plats {#id}.")
    for start, end in pairwise([*starts, len(fence.inside)]):
        yield _place(fence.inside[start], fence.inside[start + 1 : end], findings)


def _place(title: Node, inside: list[Node], findings: Findings) -> Place:
    head = heading(title, findings)
    if len(head.classes) > 1 or not set(head.classes) <= set(TONES):
        findings.add(head.line, "Efter id kan .good, .unsure eller .risky stå, bara en av dem.")
    tone = cast(Tone, head.classes[0]) if head.classes else None
    text, items = around_list(inside, findings)
    choices = tuple(_choice(item, findings) for item in items)
    return Place(head.id, head.title, tone, tuple(pictures_and_prose(text, findings)), choices, head.line)


def _choice(item: Node, findings: Findings) -> Choice:
    line, tokens = line_of(item), first_line(item)
    is_link = len(tokens) > 2 and tokens[0].type == "link_open" and tokens[-1].type == "link_close"
    url = unquote(str(tokens[0].attrs["href"])) if is_link else ""
    target = url[1:] if url.startswith("#") else ""
    if len(item.children) != 1 or not target:
        findings.add(line, "Varje punkt i ett scenario är ett val som leder vidare: - [vad jag gör](#plats).")
    return Choice(inline_html(tokens[1:-1], line, findings), target, line)


def _check_paths(found: Scenario, findings: Findings) -> None:
    """No link leads nowhere, every place can be reached, and an end can be reached from everywhere."""
    ids = dict.fromkeys(place.id for place in found.places if place.id)
    for choice in (choice for place in found.places for choice in place.choices):
        if choice.target not in ids:
            what = f"Platsen ”{short(choice.target)}” finns inte. {meant(choice.target, ids)}"
            findings.add(choice.line, what)
    forward = {place.id: [choice.target for choice in place.choices] for place in found.places}
    _check_reached(found, _reached(list(ids)[:1], forward), findings)
    ends = [place.id for place in found.places if place.is_end]
    if ends:
        _check_ends(found, _reached(ends, _backward(forward)), findings)
    else:
        findings.add(found.line, "Scenariot har inget slut. Låt minst en plats vara utan val.")


def _check_reached(found: Scenario, reached: set[str], findings: Findings) -> None:
    for place in found.places:
        if place.id and place.id not in reached:
            findings.add(place.line, f"Ingen väg leder till ”{place.id}”. Lägg till ett val dit.")


def _check_ends(found: Scenario, ending: set[str], findings: Findings) -> None:
    for place in found.places:
        if place.id and place.id not in ending:
            findings.add(place.line, f"Från ”{place.id}” går det inte att nå ett slut. Lägg till ett val.")


def _backward(forward: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    backward: dict[str, list[str]] = defaultdict(list)
    for place, targets in forward.items():
        for target in targets:
            backward[target].append(place)
    return backward


def _reached(starts: Iterable[str], ways: Mapping[str, Iterable[str]]) -> set[str]:
    reached: set[str] = set()
    left = list(starts)
    while left:
        place = left.pop()
        if place not in reached:
            reached.add(place)
            left.extend(ways.get(place, ()))
    return reached
