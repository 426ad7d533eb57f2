"""Layouts: from left to right, nothing over anything else, the same every time."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.reports.diagrams.layers import Tie, layers_of
from simulator.reports.diagrams.layout import Box, Layout, laid_out

KEYS = "abcdefgh"
RANDOM_TIES = st.lists(
    st.builds(Tie, source=st.sampled_from(KEYS), target=st.sampled_from(KEYS), rank=st.integers(0, 2)),
    max_size=20,
)


def boxes() -> list[Box]:
    """Make eight boxes of different sizes."""
    return [
        Box(key=key, width=40.0 + 5 * at, above=12.0, below=10.0 + 4 * (at % 3))
        for at, key in enumerate(KEYS)
    ]


def edges(layout: Layout, key: str) -> tuple[float, float, float, float]:
    """Give the left, right, upper and lower edge of a box."""
    (x, y), box = layout.middles[key], layout.boxes[key]
    return x - box.width / 2, x + box.width / 2, y - box.above, y + box.below


def ties(*pairs: str) -> list[Tie]:
    """Make ties of pairs of letters."""
    return [Tie(source=one[0], target=one[1]) for one in pairs]


def test_each_box_stands_right_of_all_that_lead_to_it() -> None:
    found = layers_of("abcd", ties("ab", "ac", "bd", "cd", "ad"))

    assert found.layers[0] == ("a",)
    assert sorted(found.layers[1]) == ["#4#1", "b", "c"]
    assert found.layers[2] == ("d",)
    assert not any(found.is_backward)


def test_of_a_circle_the_weakest_tie_leads_back() -> None:
    circle = [Tie(source="a", target="b", rank=1), *ties("bc", "ca")]

    assert layers_of("abc", circle).is_backward == (True, False, False)


def test_a_backbone_is_not_drawn_out_by_what_else_leads_along_it() -> None:
    found = ties("ab", "bc", "ad", "de", "eb")

    assert len(layers_of("abcde", found).layers) == 5
    kept = layers_of("abcde", found, backbone=[True, True, False, False, False])
    assert len(kept.layers) == 3
    assert kept.is_backward.count(True) == 1


def test_what_nothing_leads_to_stands_beside_its_use() -> None:
    found = layers_of("abcd", ties("ab", "bc", "dc"))

    assert found.layers == (("a",), ("b", "d"), ("c",))


def test_ties_that_need_not_cross_do_not() -> None:
    found = layers_of("abcdef", ties("af", "be", "cd"))

    first, second = found.layers
    partner = {"a": "f", "b": "e", "c": "d"}
    assert [partner[key] for key in first] == list(second)


@given(RANDOM_TIES)
def test_no_box_lies_over_another_whatever_the_ties(found: list[Tie]) -> None:
    layout = laid_out(boxes(), found)

    for one, other in combinations(KEYS, 2):
        left, right, top, bottom = edges(layout, one)
        theirs = edges(layout, other)
        assert right <= theirs[0] or theirs[1] <= left or bottom <= theirs[2] or theirs[3] <= top


@given(RANDOM_TIES)
def test_every_tie_runs_from_an_edge_of_its_source_to_an_edge_of_its_target(found: list[Tie]) -> None:
    layout = laid_out(boxes(), found)

    for tie, way, is_back in zip(found, layout.ways, layout.is_backward, strict=True):
        if tie.source == tie.target:
            assert way == ()
            continue
        source, target = edges(layout, tie.source), edges(layout, tie.target)
        assert way[0][0] == pytest.approx(source[0 if is_back else 1])
        assert way[-1][0] == pytest.approx(target[1 if is_back else 0])
        assert source[2] <= way[0][1] <= source[3]
        assert target[2] <= way[-1][1] <= target[3]


@given(RANDOM_TIES)
def test_the_whole_lies_within_its_size_and_comes_out_the_same_twice(found: list[Tie]) -> None:
    layout = laid_out(boxes(), found)

    assert laid_out(boxes(), found) == layout
    for key in KEYS:
        left, right, top, bottom = edges(layout, key)
        assert left >= 0
        assert top >= 0
        assert right <= layout.width
        assert bottom <= layout.height


def test_a_level_tie_meets_both_boxes_at_the_height_that_they_stand_at() -> None:
    layout = laid_out(boxes()[:3], ties("ab", "ac"), level=[True, False])

    assert layout.ways[0][0][1] == layout.middles["a"][1]
    assert layout.ways[0][-1][1] == layout.middles["b"][1]
    assert layout.ways[1][0][1] > layout.middles["a"][1]


def test_what_nothing_ties_together_stands_below() -> None:
    layout = laid_out(boxes()[:4], ties("ab", "cd"))

    assert edges(layout, "a")[3] < edges(layout, "c")[2]
    assert laid_out([], []).middles == {}
