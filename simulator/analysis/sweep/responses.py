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
from simulator.analysis.sweep.sensitivity import known_mean
from simulator.analysis.table import REAL
from simulator.definition.design import LATIN_HYPERCUBE, POINTS, SOBOL
from simulator.experiment.sweep.plan import Plan
from simulator.experiment.sweep.results import SweepResults

Floats = NDArray[np.float64]

MOST_PLACES = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How measures go with one path.

    ``column`` names the path with its unit. ``values`` (places,): numbers in rising order, or words as points
    have them. ``mean``, ``low``, ``high`` (places, scenarios, measures): of differences from the baseline, or
    of its levels where it is alone; not-a-number where there is none.
    """

    path: str
    column: str
    values: tuple[float | str, ...]
    mean: Floats
    low: Floats
    high: Floats


def is_grid(plan: Plan) -> bool:
    """Say whether the points are every combination of their values."""
    values = [{str(point[path]) for point in plan.points} for path in plan.paths]
    different = {tuple(str(one) for one in point.values()) for point in plan.points}
    return len(plan.points) == len(different) == prod(len(one) for one in values)


def are_independent(plan: Plan) -> bool:
    """Say whether points were picked each by itself, so that a fit to them has an interval."""
    design = plan.experiment.design
    return design is not None and design.kind in (LATIN_HYPERCUBE, SOBOL, POINTS) and not design.indices


def responses_of(results: SweepResults, *, measures: Sequence[int]) -> tuple[Response, ...]:
    """Make a curve for each path that can have one, of the measures at these places."""
    values = results.values[..., list(measures)]
    if len(results.plan.scenarios) > 1:
        values = values[..., 1:, :] - values[..., :1, :]
    made = _means(results, values, measures=measures) if is_grid(results.plan) else _fits(results, values)
    return tuple(made)


def _means(results: SweepResults, values: Floats, *, measures: Sequence[int]) -> Iterator[Response]:
    """Average over the others on a grid; a run counts where every point that is averaged has it."""
    limits = np.array([most(names_of(results)[one]) for one in measures])
    for path, column, numbers in _columns(results):
        levels = _in_order(numbers)
        at = np.array([levels.index(one) for one in numbers])
        averaged = np.array([values[at == level].mean(axis=0) for level in range(len(levels))])
        spread = spread_of(results, np.moveaxis(averaged, (3, 4), (1, 2)))
        if len(results.plan.scenarios) == 1:
            spread = as_levels(spread, limits)
        yield Response(
            path=path,
            column=column,
            values=tuple(levels),
            mean=spread.mean,
            low=spread.low,
            high=spread.high,
        )


def _fits(results: SweepResults, values: Floats) -> Iterator[Response]:
    """Fit to each path that is a number, over the points that have a value."""
    at_points = known_mean(values, (1, 2))
    has_interval = are_independent(results.plan)
    for path, column, said in _columns(results):
        if isinstance(said[0], str):
            continue
        numbers = np.array(said, np.float64)
        levels = np.unique(numbers)
        places = levels[np.unique(np.linspace(0, len(levels) - 1, MOST_PLACES).round().astype(int))]
        mean = np.full((len(places), *at_points.shape[1:]), np.nan)
        half = mean.copy()
        for measure in range(at_points.shape[2]):
            there = ~np.isnan(at_points[..., measure]).any(axis=1)
            fit = _fit(numbers[there], at_points[there, :, measure], places=places)
            if fit is not None:
                mean[..., measure], half[..., measure] = fit
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


def _fit(numbers: Floats, values: Floats, *, places: Floats) -> tuple[Floats, Floats] | None:
    """Fit values (points, scenarios) and give the fit at places, with the half of its 95% interval."""
    shares = shares_of(numbers, values)
    if shares is None:
        return None
    which = np.searchsorted(np.sort(numbers), places).clip(0, len(numbers) - 1)
    chosen = np.argsort(numbers, kind="stable")[which]
    return shares.fit[chosen], half_of_fit(numbers, values, shares=shares)[chosen]


def _columns(results: SweepResults) -> Iterator[tuple[str, str, list[float | str]]]:
    """Give each path with the name of its column, and its numbers, or words, by point."""
    points = results.plan.points
    for path in results.plan.paths:
        column, values = column_of(path, [point[path] for point in points])
        is_number = column.kind == REAL
        yield path, column.name, [float(str(one)) if is_number else str(one) for one in values]


def _in_order(values: Sequence[float | str]) -> list[float | str]:
    """Give the values, each once: numbers in rising order, words as points have them."""
    if isinstance(values[0], str):
        return list(dict.fromkeys(values))
    return sorted(set(values), key=float)
