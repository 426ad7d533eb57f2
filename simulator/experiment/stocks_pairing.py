"""Two worlds as stocks: how many needs were averted or induced, and what changed otherwise."""

import numpy as np

from simulator.engines.network import Network
from simulator.experiment.enrolled import NOT_RECORDED
from simulator.experiment.pairing import Pairing
from simulator.experiment.window import periods


def pair_stocks(baseline: Network, other: Network, *, scenario: str, replication: int) -> Pairing:
    """Set one scenario's needs beside the baseline's; what no effect explains is knock-on."""
    program = other.program
    first = periods(program.calendar).first
    here = baseline.tally.happened[first:].sum(axis=(0, 2, 3))
    there = other.tally.happened[first:].sum(axis=(0, 2, 3))
    averted = other.tally.averted[first:].sum(axis=(0, 2))
    induced = other.tally.induced[first:].sum(axis=(0, 2, 3))
    left = here - averted.sum(axis=1) + induced - there
    shape = (len(program.names.interventions), len(program.names.needs))
    unknown = np.full(shape, NOT_RECORDED, dtype=np.float64)
    followed = other.followed
    return Pairing(
        scenario=scenario,
        replication=replication,
        baseline=here,
        scenario_needs=there,
        averted=averted,
        induced=induced,
        knock_on_fewer=np.maximum(left, 0.0),
        knock_on_more=np.maximum(-left, 0.0),
        displaced=other.tally.displaced[first:].sum(axis=0) - baseline.tally.displaced[first:].sum(axis=0),
        people=followed.people if followed else np.zeros(shape[0]),
        use_before=followed.before if followed else unknown,
        use_after=followed.after if followed else unknown,
        use_after_without=followed.without if followed else unknown,
    )
