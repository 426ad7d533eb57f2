"""Which stocks' net flows answer a change of which stock, told from the equations, and what moves together.

Of stocks that share no answering net flow, one look tells what each does: a chain needs two looks, however
long it is. Where nothing is granted less than it asks, a flow does not answer what is further up either.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.equations.ordering import rows_of, slots_in
from simulator.equations.plan import Assign, Limit, Past, Plan

Array = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Pairs of a stock whose net flow answers (``answering``) and the one that is changed (``changed``).

    Stocks are told by their places among ``plan.stocks``; pairs are in order of the answering one. ``groups``
    gives each stock's group of those that are changed together. ``is_mutual`` says of each pair whether both
    answer each other, if by way of others: no other pair has a part in how fast anything settles. With
    ``all_granted`` they hold only where every limit grants all that is asked, however groups are moved.
    """

    answering: Array
    changed: Array
    groups: Array
    is_mutual: Array
    all_granted: bool

    @property
    def looks(self) -> int:
        """Give the number of groups."""
        return int(self.groups.max()) + 1


def answers_of(plan: Plan, *, all_granted: bool) -> Answers:
    """Find which net flows may answer which stocks, and group the stocks.

    What a delay gives answers nothing at once.
    """
    found, limits = _moved_by(plan, all_granted=all_granted)
    at = {row: place for place, row in enumerate(plan.stocks)}
    nets = [0] * len(at)
    for link in plan.links:
        nets[at[link.stock]] |= found.get(link.flow, 0)
    pairs = [(answering, changed) for answering, net in enumerate(nets) for changed in _places(net)]
    answering, changed = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    reached = _reached(nets)
    is_mutual = [bool(reached[other] >> one & 1) for one, other in pairs]
    groups = _groups([*nets, *limits], count=len(nets))
    return Answers(
        answering=answering,
        changed=changed,
        groups=groups,
        is_mutual=np.array(is_mutual, dtype=bool),
        all_granted=all_granted,
    )


def _moved_by(plan: Plan, *, all_granted: bool) -> tuple[dict[int, int], list[int]]:
    """Give, as bits, the stocks that each row answers, and those that each limit sees."""
    found = {row: 1 << place for place, row in enumerate(plan.stocks)}
    limits = []
    for operation in plan.each:
        if isinstance(operation, Limit):
            limits += _through_limit(found, operation, all_granted=all_granted)
        elif not isinstance(operation, Past):
            rows = rows_of(operation.target, operation.loops)
            found.update(zip(rows, _through(found, operation, count=len(rows)), strict=True))
    return found, limits


def _through(found: dict[int, int], operation: Assign, *, count: int) -> list[int]:
    """Give what each element of an assignment answers."""
    answered, loops = [0] * count, (*operation.loops, *operation.inner)
    for slot in slots_in(operation.tree):
        rows = [found.get(row, 0) for row in rows_of(slot, loops)]
        each = len(rows) // count
        for element in range(count):
            for row in rows[element * each : (element + 1) * each] if len(rows) > 1 else rows:
                answered[element] |= row
    return answered


def _through_limit(found: dict[int, int], limit: Limit, *, all_granted: bool) -> list[int]:
    """Put down what the granted rows of a limit answer; give what the limit sees, for each element."""
    seen = []
    for at in range(limit.count):
        rows = [limit.stock, *limit.inflows, *(row for row, _ in limit.taken)]
        rows += [wanted for wanted, _, _ in limit.takers]
        seen.append(_together(found.get(row + at, 0) for row in rows))
        for wanted, granted, _ in limit.takers:
            found[granted + at] = found.get(wanted + at, 0) if all_granted else seen[-1]
    return seen


def _together(several: Iterator[int]) -> int:
    bits = 0
    for one in several:
        bits |= one
    return bits


def _places(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set."""
    while bits:
        least = bits & -bits
        yield least.bit_length() - 1
        bits ^= least


def _reached(nets: Sequence[int]) -> list[int]:
    """Give, as bits, all that each net flow answers directly or by way of others (Warshall 1962)."""
    reached = list(nets)
    for way in range(len(reached)):
        for one in range(len(reached)):
            if reached[one] >> way & 1:
                reached[one] |= reached[way]
    return reached


def _groups(seen: Sequence[int], *, count: int) -> Array:
    """Put each stock in the first group that has none seen together with it (Curtis, Powell & Reid 1974)."""
    apart = [1 << stock for stock in range(count)]
    for together in set(seen):
        for stock in _places(together):
            apart[stock] |= together
    members: list[int] = []
    groups = []
    for stock, others in enumerate(apart):
        group = next((at for at, one in enumerate(members) if not one & others), len(members))
        if group == len(members):
            members.append(0)
        members[group] |= 1 << stock
        groups.append(group)
    return np.array(groups, dtype=np.int64)
