"""What a queue stands in, between settings that are known already: a mixture of the nearest of a lattice.

Tables are dear and kept, so they are made for few settings: shares a twentieth apart, numbers kept a
twentieth of themselves, numbers waiting whole. To take the nearest of them lets every table jump where a
setting passes from one to the next, and what a scheme changes, a difference of two such worlds, jumps with
it. Straight lines between corners of the simplex around a setting (Kuhn 1960, IBM Journal of Research and
Development 4:518) have no jumps: one corner more than there are numbers in a setting, found by the order of
their fractions. At a corner shares need not add to one; mixed they do.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from simulator.engines.network.matching import Kept
from simulator.engines.network.queue import Setting
from simulator.engines.network.stationary import Thinning

STEPS = 20
A_STEP_MORE = math.log1p(1.0 / STEPS)


def around(setting: Setting) -> Iterator[tuple[float, Setting]]:
    """Give the settings of the lattice between which one lies, with their weights, which add up to one."""
    place, corner = _kept(setting) if isinstance(setting, Kept) else _thinning(setting)
    low = [math.floor(one) for one in place]
    part = [one - below for one, below in zip(place, low, strict=True)]
    order = sorted(range(len(part)), key=lambda axis: -part[axis])
    before = 1.0
    for axis in order:
        if before > part[axis]:
            yield before - part[axis], corner(low)
        before = part[axis]
        low[axis] += 1
    if before > 0.0:
        yield before, corner(low)


def _kept(setting: Kept) -> tuple[list[float], Callable[[Sequence[int]], Setting]]:
    def corner(at: Sequence[int]) -> Setting:
        mean, chance, spread = at
        return Kept(
            mean=float(f"{math.exp(mean * A_STEP_MORE):.4g}"), chance=chance / STEPS, spread=spread / STEPS
        )

    return [math.log(setting.mean) / A_STEP_MORE, setting.chance * STEPS, setting.spread * STEPS], corner


def _thinning(setting: Thinning) -> tuple[list[float], Callable[[Sequence[int]], Setting]]:
    """Take from how many waiting on fewer come, and over how many more they stop, apart: that never
    is less than one."""
    shares = len(setting.share)
    place = [one * STEPS for one in (*setting.share, setting.waiting, setting.bursts)]
    if setting.eases is not None and setting.stops is not None:
        place += [setting.eases, setting.stops - setting.eases]

    def corner(at: Sequence[int]) -> Setting:
        eased = at[shares + 2 :]
        return replace(
            setting,
            share=tuple(one / STEPS for one in at[:shares]),
            waiting=at[shares] / STEPS,
            bursts=at[shares + 1] / STEPS,
            eases=eased[0] if eased else None,
            stops=sum(eased) if eased else None,
        )

    return place, corner
