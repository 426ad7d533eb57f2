"""What single values do to one output of a sweep, by each kind of sensitivity that its folder holds.

Kinds are never set beside each other: an elementary effect is over the whole range of a value, an index is a
share of the variance over all points, and a swing goes from a value's 10th to its 90th centile.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.folders.stands import SweepStand
from simulator.analysis.intervals import Estimate, known
from simulator.analysis.sensitivity.elementary import Screening
from simulator.analysis.sensitivity.given_data import Shares
from simulator.analysis.sensitivity.sobol_indices import Indices
from simulator.analysis.sweep.sensitivity import DRAWS, POINTS, Explained, Sensitivity

Floats = NDArray[np.float64]

SCREENING, INDICES, OVER_DRAWS, OVER_POINTS = KINDS = ("screening", "indices", "draws", "points")
# Of inputs that do nothing one in twenty explains more by chance.
BY_CHANCE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An output by which sweeps are compared: level or difference of a measure (full name) of a scenario."""

    scenario: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """What one value does to one output.

    ``size``: the mean size of its elementary effects in the output's unit, its total index, or the share of
    variance that it explains alone, with a 95% interval. ``alone``: its first-order index. ``at_low``,
    ``at_high``, ``swing``: of shares, the output at its 10th and 90th centile, and from one to the other.
    ``mean`` and ``spread``: of elementary effects. ``is_told``: from what a value that does nothing shows.
    """

    size: Estimate
    is_told: bool
    alone: Estimate | None = None
    swing: Estimate | None = None
    at_low: float = np.nan
    at_high: float = np.nan
    mean: float = np.nan
    spread: float = np.nan


def kinds_in(drives: Sensitivity) -> tuple[str, ...]:
    """Name the kinds of sensitivity that a sweep holds."""
    held = {one.over for one in drives.explained}
    is_held = {
        SCREENING: drives.screening is not None,
        INDICES: drives.indices is not None,
        OVER_DRAWS: DRAWS in held,
        OVER_POINTS: POINTS in held,
    }
    return tuple(kind for kind in KINDS if is_held[kind])


def drivers_of(stand: SweepStand, kind: str, *, wanted: Wanted) -> Mapping[str, Driver] | None:
    """Give what each value does to an output; ``None`` where some point or draw lacks the output."""
    return drivers_in(stand.estimates.drives, kind, place=place_of(stand, wanted))


def drivers_in(drives: Sensitivity, kind: str, *, place: int) -> Mapping[str, Driver] | None:
    """Give what each value does to the output at a place; ``None`` where some point or draw lacks it."""
    return None if _is_unknown(drives, kind, place=place) else dict(_drivers(drives, kind, place=place))


def middle_in(drives: Sensitivity, kind: str, *, place: int) -> float:
    """Give the mean of an output over the draws or points by which single values were judged.

    Not-a-number of screenings and indices, which judge otherwise.
    """
    if kind in (SCREENING, INDICES):
        return np.nan
    first = next(iter(_part(drives, kind).shares.values()))
    return float(np.mean(first.fit[:, place]))


def place_of(stand: SweepStand, wanted: Wanted) -> int:
    """Find an output among those of a sweep."""
    said = (wanted.scenario, wanted.kind, stand.places[wanted.text])
    outputs = enumerate(stand.estimates.drives.outputs)
    return next(place for place, one in outputs if (one.scenario, one.kind, one.measure) == said)


def _is_unknown(drives: Sensitivity, kind: str, *, place: int) -> bool:
    if kind in (SCREENING, INDICES):
        return bool(drives.unknown[place])
    return bool(_part(drives, kind).unknown[place])


def _part(drives: Sensitivity, kind: str) -> Explained:
    over = {OVER_DRAWS: DRAWS, OVER_POINTS: POINTS}[kind]
    return next(one for one in drives.explained if one.over == over)


def _drivers(drives: Sensitivity, kind: str, *, place: int) -> Iterator[tuple[str, Driver]]:
    if kind == SCREENING:
        assert drives.screening is not None
        for row, path in enumerate(drives.paths):
            yield path, _of_screening(drives.screening, (row, place))
    elif kind == INDICES:
        assert drives.indices is not None
        for row, path in enumerate(drives.paths):
            yield path, _of_indices(drives.indices, (row, place))
    else:
        for path, shares in _part(drives, kind).shares.items():
            yield path, _of_shares(shares, place)


def _of_screening(made: Screening, at: tuple[int, int]) -> Driver:
    return Driver(
        size=_estimate(made.mu_star[at], low=made.low[at], high=made.high[at]),
        is_told=bool(made.mu_star[at] > 0),
        mean=float(made.mu[at]),
        spread=float(made.sigma[at]),
    )


def _of_indices(made: Indices, at: tuple[int, int]) -> Driver:
    return Driver(
        size=_estimate(made.total[at], low=made.total_low[at], high=made.total_high[at]),
        alone=_estimate(made.first[at], low=made.first_low[at], high=made.first_high[at]),
        is_told=bool(made.total[at] > 0),
    )


def _of_shares(made: Shares, place: int) -> Driver:
    return Driver(
        size=_estimate(made.share[place], low=made.share_low[place], high=made.share_high[place]),
        swing=_estimate(made.swing[place], low=made.swing_low[place], high=made.swing_high[place]),
        is_told=bool(made.by_chance[place] < BY_CHANCE),
        at_low=float(made.at_low[place]),
        at_high=float(made.at_high[place]),
    )


def _estimate(mean: float, *, low: float, high: float) -> Estimate:
    ends = (known(low), known(high))
    return Estimate(mean=known(mean), sd=None, low=ends[0], high=ends[1], low_80=None, high_80=None, n=1)
