"""What partners do for each other, priced: a cost that falls on whoever pays where it was done."""

import numpy as np
from numpy.typing import NDArray

from simulator.accounts.activity_cost import Counts, Floats, activity_pence
from simulator.compiler.aid_arrays import Pacts
from simulator.compiler.program import ABSENT, Prices, Program

Ints = NDArray[np.int64]


def moved_pence(program: Program, pacts: Pacts, *, done: Counts, prices: Prices | None = None) -> Floats:
    """Give by how much partners' help changes what each activity costs each organisation (P, A, O), in pence.

    ``done`` (P, B, G, 2) are starts and seconds in partners' places. What would have fallen on the payer at
    the activity's own resource falls on the payer at the partner's: where the file names a payer they are the
    same, and nothing changes. The sum over organisations is nought. ``prices`` where stocks changed them.
    """
    names = program.names
    periods, cells, groups = done.shape[:3]
    shape = (periods, cells, groups)
    period, cell, group = (one.ravel() for one in np.indices(shape))
    pence = activity_pence(
        prices or program.prices,
        period=period,
        activity=pacts.cell_activity[cell],
        group=group,
        starts=done[..., 0].ravel(),
        place_seconds=done[..., 1].ravel(),
    )
    by_cell = pence.reshape(shape).sum(axis=2)
    found = np.zeros((periods, len(names.activities), len(names.organisations)))
    for number in range(cells):
        activity = int(pacts.cell_activity[number])
        at_home = payer_at_home(program, activity)
        there = int(program.prices.payer[activity, pacts.cell_resource[number]])
        for payer, sign in ((at_home, -1.0), (there, 1.0)):
            if at_home != ABSENT and there != ABSENT:
                found[:, activity, payer] += sign * by_cell[:, number]
    return found


def payer_at_home(program: Program, activity: int) -> int:
    """Give who pays for an activity in its own resource: all that it has have one owner."""
    own = program.activities.resource[activity]
    own = own[own >= 0]
    return int(program.prices.payer[activity, own[0]]) if len(own) else ABSENT


def starts_by_owner(program: Program, pacts: Pacts, *, starts: Counts) -> dict[str, Floats]:
    """Give what partners started (…, B) by activity and the organisation that owns the place (…, O)."""
    names, owner = program.names, program.resources.owner
    found: dict[str, Floats] = {}
    for number, (activity, resource) in enumerate(
        zip(pacts.cell_activity.tolist(), pacts.cell_resource.tolist(), strict=True)
    ):
        name = names.activities[activity]
        nothing = np.zeros((*starts.shape[:-1], len(names.organisations)))
        table = found.setdefault(name, nothing)
        if owner[resource] != ABSENT:
            table[..., owner[resource]] += starts[..., number]
    return found
