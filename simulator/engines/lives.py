"""Lives: the candidates for deaths and changes of segment that could happen in a year, and what they lead to.

Few people change in a year. So everybody's candidates are drawn for what they can be as the year begins; who
could change has theirs drawn again for what they could become, until nobody could become more. Then all are
gone through in order, and those are kept that could happen (see ``reach``).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.candidate_columns import columns_of, people_of
from simulator.engines.reach import follow

# Draws the life candidates, in order, of some of the people, given the set of segments of each.
Draw = Callable[[Ints, Ints], Ints]


class Ways(NamedTuple):
    """What can become of people.

    ``target`` (columns): the segment each column leads to, or the number of segments for death; ``closure``
    (segments): the set that comes with each; ``bound`` (segments, segments + 1): the highest hazards.
    """

    target: Ints
    closure: Ints
    bound: Floats


def live(begins: Ints, ways: Ways, *, draw: Draw) -> tuple[Ints, Ints]:
    """Give a year's life candidates that could happen, and the sets at its end, from those it begins with."""
    rows = draw(np.arange(len(begins)), begins)
    sets = widened(begins, rows, ways=ways)
    may_change = sets != begins
    who = np.flatnonzero(may_change)
    others = rows[~may_change[people_of(rows)]]
    while True:
        rows = draw(who, sets[who])
        wider = widened(sets, rows, ways=ways)
        if np.array_equal(wider, sets):
            break
        sets = wider
    ends = begins.copy()
    kept = follow(rows, ends, ways.target, ways.bound, ways.closure)
    return put_between(others, rows[:kept]), ends


def widened(sets: Ints, rows: Ints, *, ways: Ways) -> Ints:
    """Give everybody's set with what all of their candidates lead to."""
    more = np.append(ways.closure, 0)[ways.target[columns_of(rows)]]
    people = people_of(rows)
    is_new = more & ~sets[people] != 0
    wider = sets.copy()
    np.bitwise_or.at(wider, people[is_new], more[is_new])
    return wider


def put_between(rows: Ints, more: Ints) -> Ints:
    """Put rows of other people between rows, all in order: no first number is in both."""
    found: Ints = np.insert(rows, np.searchsorted(rows[:, 0], more[:, 0]), more, axis=0)
    return found
