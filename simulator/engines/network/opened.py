"""Routes written with a share of nought that cases may be moved to: by an effect on a share, or by a stock.

The route that a share is taken from needs none of this: of nought there is nothing to take.
"""

from collections.abc import Iterator

import numpy as np

from simulator.compiler.exchange_arrays import DRIVES_ROUTE
from simulator.compiler.program import (
    ABSENT,
    ON_NEED_START,
    ON_REFERRAL_START,
    ON_ROUTE_SHARE,
    Flags,
    Ints,
    Program,
)


def opened(program: Program) -> Flags:
    """Say of each entry of each choice (E) whether cases may be moved to it."""
    routes = program.routes
    found = np.zeros(len(routes.name), dtype=np.bool_)
    for choices, instead in _gaining(program):
        for choice in {*choices.ravel().tolist()} - {ABSENT}:
            rows = slice(int(routes.first[choice]), int(routes.first[choice + 1]))
            found[rows] |= routes.name[rows] == instead
    return found


def _gaining(program: Program) -> Iterator[tuple[Ints, int]]:
    """Yield the choices that each effect or drive on a share acts in, and the route to which it may move."""
    effects, exchange = program.effects, program.exchange
    tables = {
        ON_NEED_START: program.needs.choice,
        ON_REFERRAL_START: program.referrals.choice,
        ON_ROUTE_SHARE: program.activities.choice,
    }
    columns = (effects.on, effects.target, effects.instead)
    for on, target, instead in zip(*(one.tolist() for one in columns), strict=True):
        if on in tables:
            yield tables[on][target], instead
    if exchange is not None:
        for drive in np.flatnonzero(exchange.drive_of == DRIVES_ROUTE).tolist():
            target = int(exchange.drive_target[drive])
            yield program.activities.choice[target], int(exchange.drive_instead[drive])
