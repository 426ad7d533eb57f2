"""Feedback loops: every closed way along the links, shortest first, reinforcing or balancing.

Loops are found by Johnson's algorithm, bounded in length (Johnson 1975; Gupta and Suzumura 2021, as networkx
has them). Their number can grow beyond all bounds, so the length is let out step by step, and no further
once there are more loops than are listed. The graph knows variables by their place in the file: numbers,
whose order no hash changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any

from simulator.analysis.feedback.links import Link, Polarity

LONGEST = 20
MOST = 60
MOST_FOUND = 5_000


class Kind(Enum):
    """What a loop does with a change that goes round it."""

    REINFORCING = "reinforcing"
    BALANCING = "balancing"
    DEPENDS = "one or the other, as levels change"
    UNKNOWN = "unknown"


LETTERS = {Kind.REINFORCING: "R", Kind.BALANCING: "B", Kind.DEPENDS: "D", Kind.UNKNOWN: "U"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """A loop: its name (R1, B2 …) and its links in order, from the variable that the file names first."""

    name: str
    kind: Kind
    links: tuple[Link, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """List the variables that it goes through."""
        return tuple(link.source for link in self.links)

    @property
    def is_delayed(self) -> bool:
        """Say whether any link remembers rather than knows."""
        return any(link.is_delayed for link in self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loops:
    """The loops that are listed; ``length`` is that of the longest looked for.

    ``is_cut`` where there are more up to that length, ``may_be_longer`` where longer ones were not sought.
    """

    loops: tuple[Loop, ...] = ()
    length: int = 0
    is_cut: bool = False
    may_be_longer: bool = False


def loops_of(
    links: Sequence[Link], order: Sequence[str], *, most: int = MOST, longest: int = LONGEST
) -> Loops:
    """List the loops that links make; ``order`` is that of the variables in the file."""
    places = {key: place for place, key in enumerate(order)}
    known = {(places[one.source], places[one.target]): one for one in _merged(links)}
    graph = _graph(known)
    largest = _largest_knot(graph)
    found, length = _up_to(graph, min(longest, largest), most=most)
    kept = [_links_of(one, known) for one in found[:most]]
    return Loops(
        loops=tuple(_named(kept)),
        length=length,
        is_cut=len(found) > most,
        may_be_longer=length < largest,
    )


def kind_of(links: Sequence[Link]) -> Kind:
    """Say what a loop of these links does: balancing where an odd number of them are negative."""
    polarities = [one.polarity for one in links]
    if Polarity.UNKNOWN in polarities:
        return Kind.UNKNOWN
    if Polarity.DEPENDS in polarities:
        return Kind.DEPENDS
    return Kind.BALANCING if polarities.count(Polarity.MINUS) % 2 else Kind.REINFORCING


def _merged(links: Sequence[Link]) -> Iterator[Link]:
    """Give one link for each pair: a stock that leaves by its length of stay may be named in a share too."""
    pairs: dict[tuple[str, str], list[Link]] = {}
    for one in links:
        pairs.setdefault((one.source, one.target), []).append(one)
    for several in pairs.values():
        yield several[0] if len({one.polarity for one in several}) == 1 else _both(several)


def _both(several: list[Link]) -> Link:
    first = several[0]
    is_unknown = any(one.polarity is Polarity.UNKNOWN for one in several)
    polarity = Polarity.UNKNOWN if is_unknown else Polarity.DEPENDS
    return Link(source=first.source, target=first.target, polarity=polarity, basis=first.basis)


def _graph(known: dict[tuple[int, int], Link]) -> Any:
    from networkx import DiGraph

    graph = DiGraph()
    graph.add_edges_from(sorted(known))
    return graph


def _largest_knot(graph: Any) -> int:
    """Count the variables of the largest part in which everything leads to everything; 0 without loops."""
    from networkx import number_of_selfloops, strongly_connected_components

    largest = max((len(part) for part in strongly_connected_components(graph)), default=0)
    return largest if largest > 1 else int(number_of_selfloops(graph) > 0)


def _up_to(graph: Any, longest: int, *, most: int) -> tuple[list[tuple[int, ...]], int]:
    """Find all loops up to the length at which there are more than are wanted, and give that length.

    A length with more of them than anybody could sort is left out, unless it is the first with any.
    """
    found: list[tuple[int, ...]] = []
    for length in range(1, longest + 1):
        longer = sorted(_cycles(graph, length=length), key=lambda one: (len(one), one))
        if len(longer) == MOST_FOUND and found:
            return found, length - 1
        found = longer
        if len(found) > most:
            return found, length
    return found, longest


def _cycles(graph: Any, *, length: int) -> list[tuple[int, ...]]:
    """Find loops up to a length, each from its first variable on."""
    from networkx import simple_cycles

    found = []
    for cycle in islice(simple_cycles(graph, length_bound=length), MOST_FOUND):
        first = cycle.index(min(cycle))
        found.append((*cycle[first:], *cycle[:first]))
    return found


def _links_of(cycle: tuple[int, ...], known: dict[tuple[int, int], Link]) -> tuple[Link, ...]:
    return tuple(known[pair] for pair in zip(cycle, (*cycle[1:], cycle[0]), strict=True))


def _named(found: Sequence[tuple[Link, ...]]) -> Iterator[Loop]:
    """Name loops by what they do, numbered in their order."""
    counts: dict[Kind, int] = {}
    for links in found:
        kind = kind_of(links)
        counts[kind] = counts.get(kind, 0) + 1
        yield Loop(name=f"{LETTERS[kind]}{counts[kind]}", kind=kind, links=links)
