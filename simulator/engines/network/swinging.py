"""What changes of itself, for stocks that draw nothing: the mean of it.

Trends are as in the people engine. A yearly shock comes at its mean level, after its mean time, for its mean
time; what wanders from month to month stays at its mean, one. Of places lost at random the mean part is lost
always. What a queue makes of a bad winter above the mean one is in the people engine alone.
"""

from collections.abc import Iterator

import numpy as np

from simulator.compiler.fingerprint import fingerprint_of
from simulator.compiler.memory import Memory, said
from simulator.compiler.program import ABSENT, Program, Swings
from simulator.compiler.swing_arrays import OF_CAPACITY
from simulator.engines.swings import Swing, trends
from simulator.engines.turns import Turns, turns_of

# Of the last few programs, by all that they follow from; each is asked for several times.
TURNS = Memory[Turns | None](16)


def mean_turns(program: Program) -> Turns | None:
    """Give the mean of what changes of itself in a program; nothing where nothing does."""
    swings, names = program.swings, program.names
    if swings is None:
        return None
    things = names.needs, names.referrals, names.activities, names.segments, names.resources
    key = fingerprint_of(swings), said(program.laws.mean), program.calendar.end_second, things
    return TURNS.give(
        key,
        lambda: turns_of(program, [*trends(swings), *_shocks(program, swings), *_outages(program, swings)]),
    )


def _shocks(program: Program, swings: Swings) -> Iterator[Swing]:
    mean = program.laws.mean
    columns = (swings.shocked.tolist(), swings.shocked_of.tolist(), swings.shocked_target.tolist())
    for shock, of, target in zip(*columns, strict=True):
        if swings.level_law[shock] == ABSENT:
            continue
        level = float(mean[swings.level_law[shock]])
        first = swings.april_second + int(mean[swings.from_law[shock]])
        last = first + int(mean[swings.lasts_law[shock]])
        for begins, ends in zip(first.tolist(), last.tolist(), strict=True):
            yield Swing(of=of, target=target, second=np.array([begins, ends]), factor=np.array([level, 1.0]))


def _outages(program: Program, swings: Swings) -> Iterator[Swing]:
    mean = program.laws.mean
    every, lasts = mean[swings.every_law], mean[swings.outage_law]
    share = np.divide(lasts, every + lasts, out=np.ones_like(lasts), where=every + lasts > 0)
    left = 1.0 - swings.outage_loses * share
    for place, resource in enumerate(swings.outage_resource.tolist()):
        always = np.zeros(1, dtype=np.int64)
        yield Swing(of=OF_CAPACITY, target=resource, second=always, factor=left[place : place + 1])
