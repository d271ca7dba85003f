"""Who brought whom: rings of any length are found, trees are measured, drawings are bounded."""

from itertools import pairwise
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from zabota.referrals.chains import brought_by, draw_chain, find_ring, trees_of

arrows = st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=25)


def reaches(brought: dict[int, list[int]], one: int, other: int) -> bool:
    """Whether there is a way, by brute force."""
    seen, wave = {one}, {one}
    while wave:
        wave = {there for here in wave for there in brought.get(here, ())} - seen
        seen |= wave
    return other in seen


@given(arrows, st.integers(1, 8), st.integers(1, 8))
def test_a_ring_is_found_where_there_is_one_and_only_there(
    given_arrows: list[tuple[int, int]], one: int, other: int
) -> None:
    brought = brought_by(given_arrows)
    ring = find_ring(brought, one, other)
    assert bool(ring) == (one == other or reaches(brought, other, one))
    if ring:
        assert ring[0] == ring[-1] == one and ring[1] == other
        for here, there in pairwise(ring[1:]):
            assert there in brought[here]


@given(arrows)
def test_who_refuses_every_ring_has_only_trees(given_arrows: list[tuple[int, int]]) -> None:
    kept: list[tuple[int, int]] = []
    for one, other in given_arrows:
        if not find_ring(brought_by(kept), one, other):
            kept.append((one, other))
    brought = brought_by(kept)
    # Nobody reaches themselves by a way of one arrow or more.
    assert not any(reaches(brought, there, one) for one in brought for there in brought[one])


def test_rings_of_any_length() -> None:
    for length in (1, 2, 3, 40):
        chain = {number: [number + 1] for number in range(1, length)}
        assert len(find_ring(chain, length, 1)) == length + 1
    assert find_ring({1: [2], 2: [3]}, 1, 4) == ()


@given(arrows)
def test_trees_and_drawings_hold_everybody_once(given_arrows: list[tuple[int, int]]) -> None:
    brought = brought_by(given_arrows)
    everybody = {one for arrow in given_arrows for one in arrow}
    trees = trees_of(brought)
    met = set()
    for tree in trees:
        drawing = draw_chain(brought, tree.root, most=100)
        shown = [node.client for node in drawing.nodes]
        assert len(shown) == len(set(shown)) == tree.all + 1
        places = {(node.x, node.y) for node in drawing.nodes}
        assert len(places) == len(shown)
        assert all(node.y < drawing.height and node.x < drawing.width for node in drawing.nodes)
        met |= set(shown)
    assert met == everybody


def test_ten_thousand_are_bounded() -> None:
    brought = brought_by((number // 3, number) for number in range(1, 10_000))
    began = process_time()
    trees = trees_of(brought)
    drawing = draw_chain(brought, trees[0].root, most=60)
    assert len(drawing.nodes) == 60 and trees[0].all == 9_999
    assert sum(node.more for node in drawing.nodes) > 0
    # Measured 0.03 s; a picture nobody waits for.
    assert process_time() - began < 2
