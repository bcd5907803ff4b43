"""Coverage: completed of those in scope, by unit, on a day."""

from app.coverage.count import PUBLIC, Counts, Line, Report, by_unit
from app.coverage.freeze import freeze, freeze_due
from app.coverage.merge import Block, Node, merge
from app.coverage.words import of, rule, share

__all__ = [
    "PUBLIC", "Block", "Counts", "Line", "Node", "Report", "by_unit", "freeze", "freeze_due", "merge", "of", "rule",
    "share",
]  # fmt: skip
