"""Protection of small groups: hiding small cells leaks, so they are merged upwards (safety.md). Pure."""

from __future__ import annotations

from dataclasses import dataclass

SMALLEST = 5


@dataclass(frozen=True)
class Node:
    """A unit with the people directly in it and the units below it."""

    id: int
    own: int
    below: tuple[Node, ...] = ()

    @property
    def n(self) -> int:
        return self.own + sum(child.n for child in self.below)


@dataclass(frozen=True)
class Block:
    """One sum that may be shown: of whole units with all below them, and of those directly in the units in `own`."""

    n: int
    units: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()
    below: tuple[Block, ...] = ()


def merge(node: Node, k: int = SMALLEST) -> Block | None:
    """The sums that may be shown: each of `k` people or more, and so are all differences between them.

    None where not even the whole may be shown.
    """
    return _shown(node, k) if node.n >= k else None


def _shown(node: Node, k: int) -> Block:
    return Block(node.n, units=frozenset({node.id}), below=_below(node, k))


def _below(node: Node, k: int) -> tuple[Block, ...]:
    """The blocks under a node: the large ones, and one pool of the small. Empty where that would be a single block."""
    parts: list[Node] = [child for child in node.below if child.n]
    own = [Node(node.id, node.own)] if node.own else []
    kept = sorted((part for part in parts + own if part.n >= k), key=lambda part: (part.n, part.id))
    pool = [part for part in parts + own if part.n < k]
    while pool and kept and sum(part.n for part in pool) < k:
        pool.append(kept.pop(0))
    pooled = sum(part.n for part in pool)
    if 0 < pooled < k or len(kept) + bool(pool) < 2:
        return ()
    blocks = [_only_own(part) if part in own else _shown(part, k) for part in kept]
    return (*blocks, *([_pool(pool, own)] if pool else []))


def _only_own(part: Node) -> Block:
    return Block(part.n, own=frozenset({part.id}))


def _pool(parts: list[Node], own: list[Node]) -> Block:
    return Block(
        sum(part.n for part in parts),
        units=frozenset(part.id for part in parts if part not in own),
        own=frozenset(part.id for part in parts if part in own),
    )
