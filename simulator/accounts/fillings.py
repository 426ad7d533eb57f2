"""Who comes into freed beds: how many of the days, of which activity, and what each day brings with it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.accounts.beds import Beds, Floats, Ward
from simulator.accounts.books import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What fills freed beds again, on the mean over replications.

    ``factors`` (W) is the share of each ward's freed days that fill again, ``takes`` (W, A) the share of them
    that each activity takes, turnaround left out. A second of a stay costs ``pence`` (Y, A, O) and begins
    ``starts`` (Y, A) stays, both those of the scenario. ``years`` (Y, P) is the part of each period that lies
    in each year. ``homes`` (L, A) is what of an activity's days is of those who live in each locality, where
    that is asked.
    """

    factors: Floats
    takes: Floats
    pence: Floats
    starts: Floats
    years: Floats
    homes: Floats | None = None

    def seconds(self, here: Beds, there: Beds, *, spans: Floats) -> Floats:
        """Give the person-seconds in place that fill again, by span and year of the window (S, Y, A)."""
        again = ((there.used - here.used) * self.factors) @ self.takes
        return np.asarray(np.einsum("sp,yp,pa->sya", spans, self.years, again))


def filling(here: Sequence[Books], there: Sequence[Books], *, factors: Floats, years: Floats) -> Filling:
    """Say what fills the beds that a scenario frees: stays as they are in the scenario, at its prices.

    A stay is as long, and a day as dear, as on the mean of the scenario's replications in that year; of an
    activity that is not done there, as in the baseline.
    """
    stays, usual = _stays(here), _stays(there)
    is_done = stays > 0
    seconds = np.where(is_done, stays, usual)
    pence, starts = (
        np.where(is_done if mine.ndim == 2 else is_done[:, :, None], mine, other)
        for mine, other in ((_cost(here), _cost(there)), (_starts(here), _starts(there)))
    )
    return Filling(
        factors=factors,
        takes=_takes(here, there),
        pence=_each(pence, seconds[:, :, None]),
        starts=_each(starts, seconds),
        years=years,
        homes=_homes(here, there),
    )


def _homes(here: Sequence[Books], there: Sequence[Books]) -> Floats | None:
    """Give what of each activity's days is of each locality's people, on the mean (L, A): as in the scenario,
    of what is not done there as in the baseline."""
    found = []
    for worlds in (here, there):
        local = [one.local.stays.sum(axis=0) for one in worlds if one.local is not None]
        if not local:
            return None
        whole = _stays(worlds).sum(axis=0)
        found.append((whole, _each(np.mean(local, axis=0), whole)))
    (days, mine), (_, usual) = found
    return np.where(days > 0, mine, usual)


def _takes(here: Sequence[Books], there: Sequence[Books]) -> Floats:
    """Give what of the days that fill a ward again each of its activities takes (W, A).

    Those whose days fell, by how far they fell; where none did, all by the days they have.
    """
    beds = here[0].beds
    assert beds is not None
    fell, has = (_stays(there) - _stays(here)).sum(axis=0), _stays(here).sum(axis=0)
    turning = np.mean([one.beds.turning for one in here if one.beds and one.beds.turning is not None], axis=0)
    rows = [
        _parts(ward, fell=fell, has=has, names=here[0].activities) * (1.0 - part)
        for ward, part in zip(beds.wards, turning, strict=True)
    ]
    return np.array(rows)


def _parts(ward: Ward, *, fell: Floats, has: Floats, names: Sequence[str]) -> Floats:
    is_of_it = np.array([name in ward.activities for name in names])
    weights = np.where(is_of_it, np.maximum(fell, 0.0), 0.0)
    if not weights.any():
        weights = np.where(is_of_it, has, 0.0)
    return _each(weights, weights.sum())


def _stays(worlds: Sequence[Books]) -> Floats:
    return np.asarray(np.mean([one.stays for one in worlds if one.stays is not None], axis=0))


def _cost(worlds: Sequence[Books]) -> Floats:
    return np.asarray(np.mean([one.activity for one in worlds], axis=0))


def _starts(worlds: Sequence[Books]) -> Floats:
    names = worlds[0].activities
    return np.array([np.mean([one.starts[name] for one in worlds], axis=0) for name in names]).T


def _each(amount: Floats, of: Floats) -> Floats:
    """Divide; nought where there is nothing to divide by."""
    found = np.zeros(np.broadcast_shapes(amount.shape, np.shape(of)))
    return np.asarray(np.divide(amount, of, out=found, where=of > 0))
