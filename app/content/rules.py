"""What must hold for the steps of a module together."""

from collections.abc import Collection, Iterator, Sequence

from .blocks import Block, Help, Question, Scenario, Step, Survey
from .faults import Findings, short

ASKING = (Question, Scenario, Survey)


def check_steps(steps: Sequence[Step], retired: Collection[str], findings: Findings) -> None:
    _check_ids(steps, retired, findings)
    for step in steps:
        _check_step(step, findings)
    blocks = [block for step in steps for block in step.blocks]
    if not steps:
        findings.add(1, "Modulen har inga steg. Börja varje steg med en rubrik: ## Rubrik {#id}.")
    elif not any(isinstance(block, Question | Scenario) for block in blocks):
        findings.add(1, "Modulen har varken fråga eller scenario. Lägg till ::: question eller ::: scenario.")
    if steps and not any(isinstance(block, Help) for block in blocks):
        findings.add(1, "Modulen visar inget stöd. Lägg till ::: help akut kvinnofridslinjen och :::.")


def _check_ids(steps: Sequence[Step], retired: Collection[str], findings: Findings) -> None:
    """Steps and places share one namespace; the id of a retired step is never used again."""
    taken: dict[str, int] = {}
    for id, line in _ids(steps):
        if id in taken:
            findings.add(line, f"Id ”{short(id)}” finns redan på rad {taken[id]}. Ge det ena ett annat.")
        elif id in retired:
            findings.add(line, f"Id ”{short(id)}” har tillhört ett steg som är borttaget. Välj ett nytt.")
        elif id:
            taken[id] = line


def _ids(steps: Sequence[Step]) -> Iterator[tuple[str, int]]:
    for step in steps:
        yield step.id, step.line
        for block in step.blocks:
            if isinstance(block, Scenario):
                yield from ((place.id, place.line) for place in block.places)


def _check_step(step: Step, findings: Findings) -> None:
    asking: list[Block] = [block for block in step.blocks if isinstance(block, ASKING)]
    for block in asking[1:]:
        findings.add(block.line, "Steget har redan en fråga, ett scenario eller en enkät. Börja ett nytt steg.")
    if step.survey and len(step.blocks) > 1:
        findings.add(step.survey.line, "En enkät står ensam i sitt steg. Flytta det andra.")
