"""Self-checks of a run at its end: cases, stays, queues, places and people agree; nobody is lost."""

import numpy as np

from simulator.compiler.program import Program
from simulator.engines.kernels import layout as at
from simulator.engines.people.world import World
from simulator.errors import SelfCheckFailed


def check_end(world: World, program: Program) -> None:
    """Raise ``SelfCheckFailed`` where the sums of a run do not agree."""
    ints = world.ints
    width = int(ints[at.CASE_WIDTH])
    cases = ints[int(ints[at.CASES]) : int(ints[at.CASES_NEXT])].reshape(-1, width)
    cases = cases[cases[:, at.IS_OPEN] != 0]
    agree(len(cases), int(ints[at.INSIDE]), what="cases open", beside="cases counted in and not out")
    rows = world.rows(at.ROWS, program.rows, width=at.ROW_SIZE)
    own = int(np.count_nonzero(cases[:, at.STAY + at.ACTIVITY]))
    under = int(np.count_nonzero(cases[:, at.UNDER + at.ACTIVITY]))
    queued = int(np.count_nonzero(cases[:, at.WAITS_FOR]))
    inside = int(rows[:, at.ROW_WAITING : at.ROW_BINS].sum())
    agree(
        own + under + queued,
        inside,
        what="stays and waits of open cases",
        beside="stays and waits in the records",
    )
    resources = world.rows(at.RESOURCES, int(ints[at.RESOURCE_COUNT]), width=at.RESOURCE_SIZE)
    agree(queued, int(resources[:, at.WAITING].sum()), what="cases waiting", beside="cases in the queues")
    held = int(np.count_nonzero(cases[:, at.PLACE]))
    agree(held, int(resources[:, at.USED].sum()), what="cases holding a place", beside="places in use")
    states = world.table(at.STATES, int(ints[at.PEOPLE_COUNT]))
    living = int(world.table(at.LIVING, len(program.names.segments) * len(program.names.homes)).sum())
    agree(
        int(np.count_nonzero(states & at.ALIVE)),
        living,
        what="people alive",
        beside="people counted by segment",
    )


def agree(one: int, other: int, *, what: str, beside: str) -> None:
    """Raise if two numbers that must be equal are not."""
    if one != other:
        raise SelfCheckFailed(f"At the end there were {one} {what}, but {other} {beside}.")
