"""Harms become arrays: what each dose is counted by, and how much harm a unit of it does."""

import numpy as np

from simulator.compiler.arrays import flags, integers, starts_of
from simulator.compiler.draft import Draft
from simulator.compiler.harm_arrays import (
    BY_CLOCK,
    BY_KEPT,
    BY_OCCUPANCY,
    BY_TIME,
    BY_WAITING,
    HIGH,
    LOW,
    VALUE,
    Harms,
)
from simulator.compiler.harm_clocks import OF_HARM
from simulator.compiler.program import ABSENT, Clocks, Flags, Floats
from simulator.compiler.rounding import half_up
from simulator.definition.harms import OUTCOMES, Amount, Harm
from simulator.definition.quantities import Parameter, number

KINDS = {
    "clock": BY_CLOCK,
    "waiting_for": BY_WAITING,
    "kept_in": BY_KEPT,
    "time_in": BY_TIME,
    "occupancy": BY_OCCUPANCY,
}


def build_harms(draft: Draft, clocks: Clocks) -> Harms | None:
    """Turn the harms of a model into arrays; ``None`` where it has none."""
    names = tuple(sorted(draft.model.harms))
    if not names:
        return None
    written = [draft.model.harms[name] for name in names]
    index = draft.index
    own = [_place(index.names.clocks, f"{OF_HARM}{name}") for name in names]
    bands = [_bands(one, clocks=clocks, clock=clock) for one, clock in zip(written, own, strict=True)]
    activities = [[index.activity[one] for one in harm.dose.activities] for harm in written]
    resources = [[one for name in harm.dose.occupancy for one in _members(draft, name)] for harm in written]
    return Harms(
        names=names,
        kind=integers(KINDS[harm.dose.ways[0]] for harm in written),
        groups=np.array([counted_groups(draft, harm) for harm in written]),
        clock=integers(own),
        activity_first=starts_of(len(one) for one in activities),
        activity=integers(one for ones in activities for one in ones),
        resource_first=starts_of(len(one) for one in resources),
        resource=integers(one for ones in resources for one in ones),
        above=np.array([float(harm.dose.above or 0) for harm in written]),
        band_first=starts_of(len(one) for one in bands),
        band_target=integers(target for ones in bands for target, _ in ones),
        amount=np.array([amount for ones in bands for _, amount in ones]),
    )


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else ABSENT


def _members(draft: Draft, name: str) -> tuple[int, ...]:
    return draft.index.family.get(name) or (draft.index.resource[name],)


def counted_groups(draft: Draft, harm: Harm) -> Flags:
    """Say whose dose counts: everybody's unless groups are named."""
    named = harm.dose.of.groups if harm.dose.of is not None else ()
    groups = draft.groups
    return flags(not named or bool({*groups.keys(group)} & {*named}) for group in range(groups.count))


def _bands(harm: Harm, *, clocks: Clocks, clock: int) -> list[tuple[int, Floats]]:
    """List the bands of a harm: the target from which on each holds, and its amounts."""
    said = harm.amounts()
    if clock == ABSENT:
        return [(ABSENT, _amounts({word: one.single for word, one in said.items()}))]
    first, last = clocks.target_first[clock : clock + 2].tolist()
    return [
        (
            target,
            _amounts({word: _held(one, int(clocks.target_seconds[target])) for word, one in said.items()}),
        )
        for target in range(first, last)
    ]


def _held(amount: Amount, second: int) -> Parameter:
    """Give what holds from a second on: the last point that is not later."""
    return [number(0), *(one for at, one in amount.steps() if half_up(at) <= second)][-1]


def _amounts(said: dict[str, Parameter | None]) -> Floats:
    """Give amounts (outcomes, 3) in the unit of a second, a person or a stay."""
    found = np.full((len(OUTCOMES), 3), np.nan)
    for place, word in enumerate(OUTCOMES):
        one = said.get(word)
        if one is not None:
            found[place, VALUE] = float(one.value)
            found[place, LOW] = float(one.value if one.low is None else one.low)
            found[place, HIGH] = float(one.value if one.high is None else one.high)
    return found
