"""Which layer each box stands in, and in which order from the top: ties lead to the right wherever they can.

The way of Sugiyama, Tagawa and Toda (1981): ties that would close a circle are turned round, the strongest
kept first; where some ties are a backbone, another is turned round too if the backbone is shorter for it;
each box stands one layer after the last that leads to it; a tie over several layers gets a stand-in in each
between; and layers are put in order by the middle of their neighbours, to and fro, keeping the order with the
fewest crossings. All of it is deterministic.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

SWEEPS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Something leads from one box to another; of ties that cannot all lead right, the lowest rank does."""

    source: str
    target: str
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """The layers from the left, each from the top; a stand-in is a key of the tie's place and the layer.

    ``chains`` has for each tie what it goes through from left to right, its ends included; ``is_backward``
    whether it leads to the left. A tie from a box to itself has no chain.
    """

    layers: tuple[tuple[str, ...], ...]
    chains: tuple[tuple[str, ...], ...]
    is_backward: tuple[bool, ...]


def layers_of(keys: Sequence[str], ties: Sequence[Tie], *, backbone: Sequence[bool] = ()) -> Layers:
    """Put boxes in layers and in order; ``backbone`` says which ties are to be as short as can be."""
    is_backbone = backbone or [False] * len(ties)
    backward = _backward(keys, ties, is_backbone=is_backbone)
    level = _levels(keys, ties, backward=backward)
    chains, layers = _with_stand_ins(keys, ties, backward=backward, level=level)
    return Layers(layers=_in_order(layers, chains), chains=chains, is_backward=backward)


def _backward(keys: Sequence[str], ties: Sequence[Tie], *, is_backbone: Sequence[bool]) -> tuple[bool, ...]:
    """Say of each tie whether it leads back: the backbone comes first, then the lowest rank."""
    from networkx import DiGraph, has_path

    graph = DiGraph()
    graph.add_nodes_from(keys)
    stiff = {
        end
        for tie, is_one in zip(ties, is_backbone, strict=True)
        if is_one
        for end in (tie.source, tie.target)
    }
    found = [False] * len(ties)
    order = sorted(range(len(ties)), key=lambda place: (not is_backbone[place], ties[place].rank, place))
    for place in order:
        source, target = ties[place].source, ties[place].target
        if source == target:
            continue
        found[place] = has_path(graph, target, source)
        if not found[place] and not is_backbone[place] and stiff and not has_path(graph, source, target):
            found[place] = _stretch(graph, (target, source), stiff=stiff) < _stretch(
                graph, (source, target), stiff=stiff
            )
        graph.add_edge(*((target, source) if found[place] else (source, target)))
    return tuple(found)


def _stretch(graph: Any, tie: tuple[str, str], *, stiff: Collection[str]) -> int:
    """Say how far to the right a tie would drive the backbone."""
    from networkx import topological_sort

    graph.add_edge(*tie)
    level: dict[str, int] = {}
    for key in topological_sort(graph):
        level[key] = max((level[one] + 1 for one in graph.predecessors(key)), default=0)
    graph.remove_edge(*tie)
    return sum(level[key] for key in stiff)


def _levels(keys: Sequence[str], ties: Sequence[Tie], *, backward: Sequence[bool]) -> dict[str, int]:
    """Number the layers: one after the last that leads here; what nothing leads to stands by its use."""
    from networkx import DiGraph, topological_sort

    graph = DiGraph()
    graph.add_nodes_from(keys)
    for tie, is_back in zip(ties, backward, strict=True):
        if tie.source != tie.target:
            graph.add_edge(*((tie.target, tie.source) if is_back else (tie.source, tie.target)))
    order = list(topological_sort(graph))
    level = dict.fromkeys(keys, 0)
    for key in order:
        level[key] = max((level[one] + 1 for one in graph.predecessors(key)), default=0)
    for key in reversed(order):
        if graph.in_degree(key) == 0 and graph.out_degree(key) > 0:
            level[key] = min(level[one] for one in graph.successors(key)) - 1
    return level


def _with_stand_ins(
    keys: Sequence[str], ties: Sequence[Tie], *, backward: Sequence[bool], level: dict[str, int]
) -> tuple[tuple[tuple[str, ...], ...], list[list[str]]]:
    layers: list[list[str]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    for key in keys:
        layers[level[key]].append(key)
    chains = []
    for place, (tie, is_back) in enumerate(zip(ties, backward, strict=True)):
        left, right = (tie.target, tie.source) if is_back else (tie.source, tie.target)
        between = [f"#{place}#{at}" for at in range(level[left] + 1, level[right])]
        for at, one in enumerate(between, start=level[left] + 1):
            layers[at].append(one)
        chains.append((left, *between, right) if left != right else ())
    return tuple(chains), layers


def _in_order(layers: list[list[str]], chains: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Order every layer so that few ties cross."""
    right: dict[str, list[str]] = {key: [] for layer in layers for key in layer}
    left: dict[str, list[str]] = {key: [] for layer in layers for key in layer}
    for chain in chains:
        for one, other in pairwise(chain):
            right[one].append(other)
            left[other].append(one)
    best, fewest = [list(one) for one in layers], _crossings(layers, right)
    for sweep in range(SWEEPS):
        going, sides = (
            (range(1, len(layers)), left)
            if sweep % 2 == 0
            else (
                range(len(layers) - 2, -1, -1),
                right,
            )
        )
        for at in going:
            beside = layers[at - 1] if sweep % 2 == 0 else layers[at + 1]
            layers[at] = _by_neighbours(layers[at], beside, sides=sides)
        crossings = _crossings(layers, right)
        if crossings < fewest:
            best, fewest = [list(one) for one in layers], crossings
    return tuple(tuple(one) for one in best)


def _by_neighbours(layer: list[str], beside: list[str], *, sides: dict[str, list[str]]) -> list[str]:
    """Order a layer by the mean place of each one's neighbours; who has none keeps its place."""
    place = {key: at for at, key in enumerate(beside)}
    wanted: dict[str, float] = {}
    for at, key in enumerate(layer):
        near = [place[one] for one in sides[key]]
        wanted[key] = sum(near) / len(near) if near else float(at)
    return sorted(layer, key=lambda key: wanted[key])


def _crossings(layers: Sequence[Sequence[str]], right: dict[str, list[str]]) -> int:
    """Count the pairs of ties between neighbouring layers that cross."""
    found = 0
    for one, other in pairwise(layers):
        place = {key: at for at, key in enumerate(other)}
        ends: list[int] = [
            end for key in one for end in sorted(place[near] for near in right[key] if near in place)
        ]
        found += _inversions(ends)
    return found


def _inversions(ends: list[int]) -> int:
    """Count pairs that stand the wrong way round, by merging."""
    if len(ends) < 2:
        return 0
    middle = len(ends) // 2
    first, second = ends[:middle], ends[middle:]
    found = _inversions(first) + _inversions(second)
    first.sort()
    second.sort()
    at = 0
    for one in second:
        while at < len(first) and first[at] <= one:
            at += 1
        found += len(first) - at
    return found
