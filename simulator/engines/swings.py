"""What changes of itself in one replication: trends, shocks and outages, drawn before anything else happens.

Every draw has an address without scenario or window: a shock's are by calendar year (or month), an outage's
by how many came before. So all scenarios of a replication have the same winters and the same floods.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import ABSENT, Floats, Ints, Program, Swings
from simulator.compiler.swing_arrays import OF_CAPACITY
from simulator.engines.draws import uniform
from simulator.engines.population import Key
from simulator.engines.referrals import tables
from simulator.engines.traits import FIRST_YEAR, fresh_scores, next_scores, read_factors
from simulator.engines.variates import variate, whole_seconds

# Draws of a shock's and of an outage's purpose.
LEVEL, FROM, LASTS = range(3)
GAP, LENGTH = range(2)
NOBODY = 0
MOST_OUTAGES = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """A multiplier of one thing: ``factor`` from each of ``second`` on, 1 before."""

    of: int
    target: int
    second: Ints
    factor: Floats

    def at(self, second: Ints) -> Floats:
        """Give the factor at some seconds."""
        place = np.searchsorted(self.second, second, side="right") - 1
        found: Floats = np.where(place >= 0, self.factor[np.maximum(place, 0)], 1.0)
        return found


def draw_swings(program: Program, key: Key) -> list[Swing]:
    """Draw all that changes of itself in a replication."""
    if program.swings is None:
        return []
    lost = outages(program, key=Key(signed(key.seed), key.replication))
    return [*trends(program.swings), *draw_shocks(program, key), *lost]


def draw_shocks(program: Program, key: Key) -> list[Swing]:
    """Draw what shocks multiply in a replication."""
    swings = program.swings
    if swings is None:
        return []
    return list(shocks(program, swings, key=Key(signed(key.seed), key.replication)))


def trends(swings: Swings) -> Iterator[Swing]:
    """Yield what grows: nothing of it is drawn."""
    for of, target, factor in zip(
        swings.trend_of.tolist(), swings.trend_target.tolist(), swings.trend_factor, strict=True
    ):
        yield Swing(of=of, target=target, second=swings.begin_second, factor=factor)


def shocks(program: Program, swings: Swings, *, key: Key) -> Iterator[Swing]:
    """Yield what shocks multiply."""
    found = [list(paths_of(program, shock, key=key)) for shock in range(len(swings.shock_hash))]
    columns = (swings.shocked.tolist(), swings.shocked_of.tolist(), swings.shocked_target.tolist())
    for shock, of, target in zip(*columns, strict=True):
        for second, factor in found[shock]:
            yield Swing(of=of, target=target, second=second, factor=factor)


def paths_of(program: Program, shock: int, *, key: Key) -> Iterator[tuple[Ints, Floats]]:
    """Yield the multiplier of a shock over time: one for each year, or one that wanders."""
    swings = program.swings
    assert swings is not None
    if swings.level_law[shock] == ABSENT:
        yield swings.begin_second, wandering(swings, shock, key=key)
        return
    purpose = int(swings.shock_hash[shock])
    for place, april in enumerate(swings.april_second.tolist()):
        visit = swings.first_april + place - FIRST_YEAR
        draws = [uniform(*key, NOBODY, purpose, visit, draw) for draw in (LEVEL, FROM, LASTS)]
        laws = (swings.level_law[shock], swings.from_law[shock], swings.lasts_law[shock])
        level, after, lasts = (
            value(program, int(law), u=u, visit=place) for law, u in zip(laws, draws, strict=True)
        )
        first = april + whole_seconds(after)
        last = first + whole_seconds(lasts)
        if first < last and last > 0:
            yield np.array([first, last]), np.array([max(level, 0.0), 1.0])


def wandering(swings: Swings, shock: int, *, key: Key) -> Floats:
    """Give the multiplier of each month, its normal score carried on from January 1900."""
    months, purpose = int(swings.month_number[-1]) + 1, int(swings.shock_hash[shock])
    fresh = fresh_scores(key, np.arange(months), purpose=purpose, year=FIRST_YEAR)
    persistence, scores = float(swings.monthly_r[shock]), fresh[:1]
    path = np.empty(months)
    for month in range(months):
        if month > 0:
            scores = next_scores(scores, fresh[month : month + 1], persistence=persistence)
        path[month] = scores[0]
    found = np.empty(months)
    read_factors(swings.monthly_scores[shock], path, found)
    return found[swings.month_number]


def outages(program: Program, *, key: Key) -> Iterator[Swing]:
    """Yield the times at which resources lose places at random."""
    swings = program.swings
    assert swings is not None
    for outage, resource in enumerate(swings.outage_resource.tolist()):
        spans = outage_spans(program, outage, key=key)
        if not spans:
            continue
        left = 1.0 - float(swings.outage_loses[outage])
        yield Swing(
            of=OF_CAPACITY,
            target=resource,
            second=np.array([second for span in spans for second in span], dtype=np.int64),
            factor=np.array([left, 1.0] * len(spans)),
        )


def outage_spans(program: Program, outage: int, *, key: Key) -> list[tuple[int, int]]:
    """List the outages of one resource: from the end of one to the next, then as long as it lasts."""
    swings = program.swings
    assert swings is not None
    purpose, now, found = int(swings.outage_hash[outage]), 0, []
    for visit in range(MOST_OUTAGES):
        law = int((swings.every_law if visit else swings.first_law)[outage])
        gap = uniform(*key, NOBODY, purpose, visit, GAP)
        first = now + whole_seconds(value(program, law, u=gap, visit=visit))
        if first >= program.calendar.end_second:
            break
        length = uniform(*key, NOBODY, purpose, visit, LENGTH)
        now = first + whole_seconds(value(program, int(swings.outage_law[outage]), u=length, visit=visit))
        if first < now:
            found.append((first, now))
    return found


def value(program: Program, law: int, *, u: float, visit: int) -> float:
    """Give the variate of a law at ``u``."""
    return float(variate(*tables(program), law, u, visit + 1))


def signed(seed: int) -> int:
    """Give a seed of 64 bits as a signed number."""
    return seed - (1 << 64) if seed >= 1 << 63 else seed
