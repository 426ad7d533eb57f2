"""Measures of harm: expected deaths, readmissions and people, and quality of life lost, by dose.

They are reckoned from what a run recorded and are never mixed into what was simulated:
harm = Σ over bands of (amount of the band × dose in it), docs/method.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.ratios import over
from simulator.analysis.reading import Cuts, Reading
from simulator.compiler.harm_arrays import (
    BY_CLOCK,
    BY_KEPT,
    BY_OCCUPANCY,
    BY_TIME,
    BY_WAITING,
    QUALITY,
    VALUE,
    Harms,
)
from simulator.engines.records import ACTIVE_AREA, AVAILABLE_AREA, KEPT_AREA, LEAVES, USED_AREA, WAITING_AREA
from simulator.experiment.measure_names import AT_HIGH, AT_LOW, HARM_FAMILIES, MeasureName
from simulator.units import SECONDS_A_YEAR

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

BOUNDS = {"": VALUE, AT_LOW: 1, AT_HIGH: 2}
FIELDS = {BY_WAITING: (WAITING_AREA,), BY_KEPT: (KEPT_AREA,), BY_TIME: (ACTIVE_AREA, KEPT_AREA)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One outcome of one harm, at its value or at an end of its interval."""

    harm: int
    outcome: int
    bound: int = VALUE


def harm_value(reading: Reading, name: MeasureName) -> float:
    """Read a harm a year over the window."""
    asked = _asked(reading, name)
    if asked is None:
        return float("nan")
    return harm_done(reading, asked, cuts=name.cuts) / reading.window_seconds * SECONDS_A_YEAR


def harm_series(reading: Reading, name: MeasureName) -> Floats | None:
    """Read a harm a year by period; ``None`` for cuts, and for doses that are not kept by period."""
    asked = _asked(reading, name)
    if name.cuts or asked is None:
        return None
    found = harm_by_period(reading, asked)
    return None if found is None else over(found * float(SECONDS_A_YEAR), reading.frame.seconds)


def harm_done(reading: Reading, asked: Asked, *, cuts: Cuts = (), persons_only: bool = False) -> float:
    """Give the harm done over the window, to those whom the cuts keep."""
    harms = _harms(reading)
    groups = reading.frame.groups(cuts) & harms.groups[asked.harm]
    if persons_only:
        groups = groups & (reading.frame.layout.segment < len(reading.frame.program.names.segments))
    doses = _doses(reading, asked.harm, groups=groups, homes=reading.frame.homes(cuts))
    return float(_amounts(harms, asked) @ doses)


def harm_by_period(reading: Reading, asked: Asked) -> Floats | None:
    """Give the harm done in each period of the window to everybody, where doses are kept by period."""
    harms, seen = _harms(reading), reading.observation
    if not harms.groups[asked.harm].all() or harms.kind[asked.harm] == BY_OCCUPANCY:
        return None
    if harms.kind[asked.harm] == BY_CLOCK:
        stopped = seen.clock_series[reading.first :, harms.clock[asked.harm], 0]
        targets = _targets(harms, asked.harm)
        beyond = stopped[None] - seen.within_series[reading.first :, targets].T
        doses = _in_bands(np.asarray(beyond, np.float64))
    else:
        chosen = _activities(harms, asked.harm)
        series = seen.activity_series[reading.first :, chosen].sum(axis=1)
        doses = series[:, FIELDS[int(harms.kind[asked.harm])]].sum(axis=1)[None]
    return np.asarray(_amounts(harms, asked) @ doses)


def qualities_lost(reading: Reading) -> list[Asked]:
    """List the harms that cost quality of life."""
    harms = reading.frame.program.harms
    if harms is None:
        return []
    costly = [np.isfinite(harms.amount[_bands(harms, one), QUALITY, VALUE]).all() for one in _all(harms)]
    return [Asked(harm=one, outcome=QUALITY) for one in np.flatnonzero(costly).tolist()]


def _asked(reading: Reading, name: MeasureName) -> Asked | None:
    """Find what a measure asks; ``None`` where this scenario has no such harm."""
    harms = reading.frame.program.harms
    if harms is None or name.subject not in harms.names:
        return None
    outcome = HARM_FAMILIES.index(name.family)
    return Asked(harm=harms.names.index(name.subject), outcome=outcome, bound=BOUNDS[name.what])


def _doses(reading: Reading, harm: int, *, groups: Flags, homes: Flags) -> Floats:
    """Give the dose in each band: people for clocks, seconds for time spent, stays for full beds."""
    harms, seen = _harms(reading), reading.observation
    kind = int(harms.kind[harm])
    if kind == BY_CLOCK:
        kept = np.ix_(groups, homes)
        stopped = seen.clock_stopped[harms.clock[harm]][kept].sum()
        within = [seen.clock_within[target][kept].sum() for target in _targets(harms, harm)]
        return _in_bands(stopped - np.array(within, dtype=np.float64))
    rows = reading.frame.layout
    row = seen.activity_row
    chosen = np.isin(rows.activity[row], _activities(harms, harm)) & groups[rows.group[row]]
    total = seen.activity_total[chosen & homes[rows.home[row]]].sum(axis=0)
    if kind == BY_OCCUPANCY:
        return np.array([total[LEAVES] * max(_occupancy(reading, harm) - harms.above[harm], 0.0)])
    return np.array([total[list(FIELDS[kind])].sum()], dtype=np.float64)


def _in_bands(beyond: Floats) -> Floats:
    """Turn how many are beyond each time into how many are beyond it and not beyond the next."""
    return np.asarray(beyond - np.concatenate([beyond[1:], np.zeros_like(beyond[:1])]), np.float64)


def _occupancy(reading: Reading, harm: int) -> float:
    harms = _harms(reading)
    first, last = harms.resource_first[harm : harm + 2]
    records = reading.observation.resource_series[reading.first :, harms.resource[first:last]]
    total = records.sum(axis=(0, 1))
    return float(over(total[USED_AREA], total[AVAILABLE_AREA]))


def _amounts(harms: Harms, asked: Asked) -> Floats:
    """Give the amount of each band; quality of life lost is a share of the time, and time is in seconds."""
    found = harms.amount[_bands(harms, asked.harm), asked.outcome, asked.bound]
    is_share = asked.outcome == QUALITY and harms.kind[asked.harm] in FIELDS
    return found / SECONDS_A_YEAR if is_share else found


def _harms(reading: Reading) -> Harms:
    harms = reading.frame.program.harms
    assert harms is not None
    return harms


def _all(harms: Harms) -> range:
    return range(len(harms.names))


def _bands(harms: Harms, harm: int) -> slice:
    return slice(int(harms.band_first[harm]), int(harms.band_first[harm + 1]))


def _targets(harms: Harms, harm: int) -> list[int]:
    return [int(one) for one in harms.band_target[_bands(harms, harm)]]


def _activities(harms: Harms, harm: int) -> list[int]:
    first, last = harms.activity_first[harm : harm + 2]
    return [int(one) for one in harms.activity[first:last]]
