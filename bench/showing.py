"""What a bench says when it is done: a small table, and last one line of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """What a figure should be: at least this, or at most that."""

    least: float | None = None
    most: float | None = None

    def is_met(self, figure: float) -> bool:
        return (self.least is None or figure >= self.least) and (self.most is None or figure <= self.most)

    def __str__(self) -> str:
        return f"≥ {self.least:g}" if self.least is not None else f"≤ {self.most:g}"


@dataclass(frozen=True)
class Measured:
    """The figures with goals, which end as JSON, and the others, each with what it is a measure of."""

    figures: Mapping[str, float]
    beside: Mapping[str, str]


def show(name: str, measure: Callable[[], Measured], goals: Mapping[str, Goal]) -> bool:
    """Measure and print; whether every goal was met."""
    measured = measure()
    print(f"\nbench {name}")
    for what, text in measured.beside.items():
        print(f"  {what:<36} {text:>14}")
    for key, figure in measured.figures.items():
        missed = "" if goals[key].is_met(figure) else "   missed"
        print(f"  {key:<36} {figure:>14g}   goal {goals[key]}{missed}")
    print(json.dumps(dict(measured.figures)), flush=True)
    return all(goals[key].is_met(figure) for key, figure in measured.figures.items())
