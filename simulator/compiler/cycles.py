"""Rounds in a network: nodes of which each can be reached from each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

# R. Tarjan (without recursion), Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972).


@dataclass(slots=True)
class Search:
    """What a search through a network has found so far."""

    number: dict[int, int] = field(default_factory=dict)
    lowest: dict[int, int] = field(default_factory=dict)
    stack: list[int] = field(default_factory=list)
    stacked: set[int] = field(default_factory=set)


def find_rounds(network: Mapping[int, Sequence[int]]) -> list[tuple[int, ...]]:
    """List the rounds of a network, each in order of node, in order of their first node.

    A node alone is a round only if it leads to itself.
    """
    search, found = Search(), []
    for node in sorted(network):
        if node not in search.number:
            found += visit(node, network, search=search)
    rounds = [tuple(sorted(one)) for one in found]
    return sorted(one for one in rounds if len(one) > 1 or one[0] in network.get(one[0], ()))


def visit(first: int, network: Mapping[int, Sequence[int]], *, search: Search) -> list[list[int]]:
    """Search all that can be reached from one node, and give the parts that it completes."""
    found: list[list[int]] = []
    pending: list[tuple[int, Iterator[int]]] = [(first, enter(first, network, search=search))]
    while pending:
        node, ahead = pending[-1]
        later = next(ahead, None)
        if later is None:
            pending.pop()
            if pending:
                above = pending[-1][0]
                search.lowest[above] = min(search.lowest[above], search.lowest[node])
            if search.lowest[node] == search.number[node]:
                found.append(take_off(node, search))
        elif later not in search.number:
            pending.append((later, enter(later, network, search=search)))
        elif later in search.stacked:
            search.lowest[node] = min(search.lowest[node], search.number[later])
    return found


def enter(node: int, network: Mapping[int, Sequence[int]], *, search: Search) -> Iterator[int]:
    """Number a node and put it on the stack; give the nodes it leads to."""
    search.number[node] = search.lowest[node] = len(search.number)
    search.stack.append(node)
    search.stacked.add(node)
    return iter(network.get(node, ()))


def take_off(node: int, search: Search) -> list[int]:
    """Take from the stack what belongs with a node."""
    part = []
    while True:
        last = search.stack.pop()
        search.stacked.discard(last)
        part.append(last)
        if last == node:
            return part
