"""Effects on shares: they send cases another way, be a place free there or not.

Records count them after all moves, each effect twice: how many it sent away from its route to the one that
gains instead, and how many it brought from there.
"""

import numpy as np

from simulator.compiler.effect_paths import ON_SHARES
from simulator.compiler.program import Effects, Ints, Program

AWAY, BROUGHT = range(2)
DIRECTIONS = 2


def effects_that_send(effects: Effects) -> Ints:
    """List the effects on shares of routes, and of where needs and referrals start, in their order."""
    return np.flatnonzero(np.isin(effects.on, ON_SHARES))


def ways_counted(program: Program) -> int:
    """Say how many ways records count: each move, then each effect that sends, either way."""
    return len(program.moves.kind) + DIRECTIONS * len(effects_that_send(program.effects))
