"""Which interventions change anything of care: those that do not leave every number as it would be without.

Who only costs something (a shared office, one control room, joint buying) must not cut a run into other
steps, for steps are felt in the last figures.
"""

import numpy as np

from simulator.compiler.program import TIMES, Flags, Program


def acting(program: Program) -> Flags:
    """Say of each intervention whether people, places or care could feel it (I)."""
    found = program.interventions.enrols.copy()
    effects = program.effects
    neutral = np.where(effects.acts == TIMES, 1.0, 0.0)
    felt = (effects.value != neutral[:, None]).any(axis=1)
    found[effects.intervention[felt]] = True
    for table in (program.moves, program.pacts, program.shifts):
        if table is not None:
            found[table.intervention] = True
    return found
