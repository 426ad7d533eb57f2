"""Response curves: how measures go with one of several values that were varied, by itself.

On a grid a measure is averaged over all values of the others, run by run. Of a sample the fit to the value's
rank is taken (``given_data``), the others as they were sampled; there must be twenty points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.columns import column_of
from simulator.analysis.measures import most
from simulator.analysis.sensitivity.given_data import half_of_fit, shares_of
from simulator.analysis.spread import as_levels
from simulator.analysis.sweep.estimates import spread_of
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.sweep.outputs import DIFFERENCE
from simulator.analysis.sweep.sensitivity import known_mean
from simulator.analysis.table import REAL
from simulator.definition.design import LATIN_HYPERCUBE, POINTS, SOBOL, Design
from simulator.experiment.designs.point import Point
from simulator.experiment.sweep.results import SweepResults

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MOST_PLACES = 21
MOST_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How measures go with one path.

    ``column`` names the path with its unit. ``values`` (places,): numbers in rising order, or words as points
    have them. ``mean``, ``low``, ``high`` (places, scenarios, measures): of levels, or of differences from
    the baseline; not-a-number where there is none.
    """

    path: str
    column: str
    values: tuple[float | str, ...]
    mean: Floats
    low: Floats
    high: Floats


def is_grid(points: Sequence[Point]) -> bool:
    """Say whether points are every combination of their values."""
    values = [{str(point[path]) for point in points} for path in points[0]]
    different = {tuple(str(one) for one in point.values()) for point in points}
    return len(points) == len(different) == prod(len(one) for one in values)


def are_independent(design: Design | None) -> bool:
    """Say whether points were picked each by itself, so that a fit to them has an interval."""
    return design is not None and design.kind in (LATIN_HYPERCUBE, SOBOL, POINTS) and not design.indices


def responses_of(results: SweepResults, *, measures: Sequence[int], kind: str = "") -> tuple[Response, ...]:
    """Make a curve for each path that can have one, of the measures at these places.

    Of differences from the baseline (``kind``), or of the levels of all scenarios; where nothing is said of
    differences, or of the baseline's levels where it is alone.
    """
    plan, values = results.plan, results.values[..., list(measures)]
    if kind == DIFFERENCE or (not kind and len(plan.scenarios) > 1):
        values, kind = values[..., 1:, :] - values[..., :1, :], DIFFERENCE
    if is_grid(plan.points):
        return tuple(_means(results, values, measures=measures, is_level=kind != DIFFERENCE))
    has_interval = are_independent(plan.experiment.design)
    return tuple(fitted(plan.points, known_mean(values, (1, 2)), has_interval=has_interval))


def _means(
    results: SweepResults, values: Floats, *, measures: Sequence[int], is_level: bool
) -> Iterator[Response]:
    """Average over the others on a grid; a run counts where every point that is averaged has it."""
    limits = np.array([most(names_of(results)[one]) for one in measures])
    for path, column, numbers in columns_of(results.plan.points):
        levels, averaged = averages(numbers, values)
        spread = spread_of(results, np.moveaxis(averaged, (3, 4), (1, 2)))
        if is_level:
            spread = as_levels(spread, limits)
        yield Response(
            path=path,
            column=column,
            values=levels,
            mean=spread.mean,
            low=spread.low,
            high=spread.high,
        )


def averages(numbers: Sequence[float | str], values: Floats) -> tuple[tuple[float | str, ...], Floats]:
    """Average ``values`` (points, …) over the points at each of a path's values; give these in order, too."""
    levels = _in_order(numbers)
    at = np.array([levels.index(one) for one in numbers])
    return tuple(levels), np.array([values[at == level].mean(axis=0) for level in range(len(levels))])


def fitted(points: Sequence[Point], at_points: Floats, *, has_interval: bool) -> Iterator[Response]:
    """Fit ``at_points`` (points, scenarios, measures) to each path that is a number."""
    for path, column, said in columns_of(points):
        if isinstance(said[0], str):
            continue
        numbers = np.array(said, np.float64)
        levels = np.unique(numbers)
        places = levels[np.unique(np.linspace(0, len(levels) - 1, MOST_PLACES).round().astype(int))]
        mean = np.full((len(places), *at_points.shape[1:]), np.nan)
        half = mean.copy()
        for there, together in _known_together(at_points):
            fit = _fit(numbers[there], at_points[there][:, :, together], places=places)
            if fit is not None:
                mean[..., together], half[..., together] = fit
        if np.isnan(mean).all():
            continue
        half = half if has_interval else np.full_like(half, np.nan)
        yield Response(
            path=path,
            column=column,
            values=tuple(places.tolist()),
            mean=mean,
            low=mean - half,
            high=mean + half,
        )


def _known_together(at_points: Floats) -> Iterator[tuple[Flags, list[int]]]:
    """Give measures that the same points have, and which points; no more at once than memory has room for."""
    there: Flags = np.asarray(~np.isnan(at_points).any(axis=1))
    groups: dict[bytes, list[int]] = {}
    for measure in range(there.shape[1]):
        groups.setdefault(there[:, measure].tobytes(), []).append(measure)
    most_at_once = max(1, MOST_AT_ONCE // (at_points.shape[0] * at_points.shape[1]))
    for group in groups.values():
        for first in range(0, len(group), most_at_once):
            yield there[:, group[0]], group[first : first + most_at_once]


def _fit(numbers: Floats, values: Floats, *, places: Floats) -> tuple[Floats, Floats] | None:
    """Fit values (points, scenarios, measures): the fit at places, and half of its 95% interval."""
    shares = shares_of(numbers, values)
    if shares is None:
        return None
    which = np.searchsorted(np.sort(numbers), places).clip(0, len(numbers) - 1)
    chosen = np.argsort(numbers, kind="stable")[which]
    return shares.fit[chosen], half_of_fit(numbers, values, shares=shares)[chosen]


def columns_of(points: Sequence[Point]) -> Iterator[tuple[str, str, list[float | str]]]:
    """Give each path with the name of its column, and its numbers, or words, by point."""
    for path in points[0]:
        column, values = column_of(path, [point[path] for point in points])
        is_number = column.kind == REAL
        yield path, column.name, [float(str(one)) if is_number else str(one) for one in values]


def _in_order(values: Sequence[float | str]) -> list[float | str]:
    """Give the values, each once: numbers in rising order, words as points have them."""
    if isinstance(values[0], str):
        return list(dict.fromkeys(values))
    return sorted(set(values), key=float)
