"""What merging promises: no sum shown, and no sum of differences between them, is of fewer than k people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.coverage import Block, Node, merge

K = 5


def nodes(ids: Iterator[int], sizes: st.SearchStrategy[int], depth: int) -> st.SearchStrategy[Node]:
    below = nodes(ids, sizes, depth - 1) if depth else st.nothing()
    return st.builds(
        lambda own, children: Node(next(ids), own, tuple(children)), sizes, st.lists(below, max_size=3) if depth else st.just([])
    )  # fmt: skip


trees = nodes(count(1), st.sampled_from([0, 0, 1, 2, 4, 5, 7, 12]), 2)


def cells(node: Node) -> dict[int, int]:
    """The people directly in each unit."""
    found = {node.id: node.own}
    for child in node.below:
        found |= cells(child)
    return {unit: n for unit, n in found.items() if n}


def everything(node: Node) -> dict[int, Node]:
    found = {node.id: node}
    for child in node.below:
        found |= everything(child)
    return found


def shown(block: Block | None, tree: dict[int, Node]) -> list[frozenset[int]]:
    """Each sum shown, as the cells it is the sum of."""
    if block is None:
        return []
    mine = set(block.own).union(*(cells(tree[unit]) for unit in block.units))
    held = frozenset(unit for unit in mine if tree[unit].own)
    return [held, *(each for below in block.below for each in shown(below, tree))]


@given(trees)
@settings(max_examples=300, deadline=None)
def test_no_sums_shown_let_a_hidden_cell_be_computed(node: Node) -> None:
    """Brute force: every way to add and subtract the sums shown, looking for one that is of fewer than k people."""
    tree, sizes = everything(node), cells(node)
    sums = list(dict.fromkeys(shown(merge(node, K), tree)))[:9]
    for signs in product((-1, 0, 1), repeat=len(sums)):
        left = {unit: sum(sign for sign, held in zip(signs, sums, strict=True) if unit in held) for unit in sizes}
        if set(left.values()) == {0, 1} or set(left.values()) == {1}:
            assert sum(sizes[unit] for unit, times in left.items() if times) >= K, (sums, signs)


@given(trees)
@settings(max_examples=300, deadline=None)
def test_what_is_shown_adds_up(node: Node) -> None:
    block = merge(node, K)
    assert (block is None) == (node.n < K)
    if block:
        _adds_up(block)
        assert block.n == node.n


def _adds_up(block: Block) -> None:
    assert block.n >= K
    assert not block.below or sum(each.n for each in block.below) == block.n
    assert len(block.below) != 1
    for each in block.below:
        _adds_up(each)


def test_the_small_are_pooled_and_the_large_kept() -> None:
    block = merge(Node(1, 0, (Node(2, 9), Node(3, 3), Node(4, 4), Node(5, 20))), K)
    assert block is not None
    assert [(each.n, set(each.units)) for each in block.below] == [(9, {2}), (20, {5}), (7, {3, 4})]


def test_a_pool_too_small_takes_the_smallest_of_the_large() -> None:
    block = merge(Node(1, 0, (Node(2, 9), Node(3, 3), Node(5, 20))), K)
    assert block is not None
    assert [(each.n, set(each.units)) for each in block.below] == [(20, {5}), (12, {2, 3})]


def test_those_directly_in_a_unit_are_a_block_of_their_own() -> None:
    block = merge(Node(1, 6, (Node(2, 9),)), K)
    assert block is not None
    assert [(each.n, set(each.units), set(each.own)) for each in block.below] == [(6, set(), {1}), (9, {2}, set())]


@pytest.mark.parametrize(
    "node", [Node(1, 0, (Node(2, 3), Node(3, 20))), Node(1, 4, (Node(2, 4),)), Node(1, 4, (Node(2, 2), Node(3, 2)))]
)
def test_a_node_that_cannot_be_divided_shows_its_whole_only(node: Node) -> None:
    block = merge(node, K)
    assert block is not None
    assert block.below == ()


def test_too_few_in_all_shows_nothing() -> None:
    assert merge(Node(1, 2, (Node(2, 2),)), K) is None
