"""What consequences cost those who pay: by period, activity and organisation, in pence."""

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import ABSENT, Program

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64] | Floats


def befallen_pence(program: Program, befallen: Numbers) -> Floats:
    """Price those befallen (periods, K, S, H) as the cost of the activity that it followed."""
    names, written = program.names, program.consequences
    found = np.zeros((len(befallen), len(names.activities), len(names.organisations)))
    if written is None:
        return found
    for row in np.flatnonzero(written.payer != ABSENT).tolist():
        pence = befallen[:, row].sum(axis=(1, 2)) * written.pence[row]
        found[:, written.activity[row], written.payer[row]] += pence
    return found
