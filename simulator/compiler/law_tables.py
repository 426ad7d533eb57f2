"""Sampling tables: the quantiles of a law at the borders of cells, or its steps.

A continuous law has three levels of 1,024 cells: the body up to 1 − 2⁻¹⁰, the next up to 1 − 2⁻²⁰, the
uppermost to 1. Between borders the quantile is a straight line, and the whole is rescaled so that its mean
is the law's to the last bit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.compiler.program import LAW_CONTINUOUS, LAW_IN_ORDER, LAW_STEPS, Floats, Laws

CELLS = 1024
FITTED = 32
UPPER, UPPERMOST = 2.0**-10, 2.0**-20
CHANCE_ABOVE = np.stack(
    [
        1.0 - np.arange(CELLS + 1) / CELLS * (1.0 - UPPER),
        UPPER - np.arange(CELLS + 1) / CELLS * (UPPER - UPPERMOST),
        UPPERMOST - np.arange(CELLS + 1) / CELLS * UPPERMOST,
    ]
)
CHANCE_BELOW = np.arange(CELLS + 1) / CELLS * (1.0 - UPPER)


@dataclass(frozen=True, kw_only=True, eq=False)
class LawTable:
    """One law as an engine reads it: a variate is ``scale`` times a value of the table.

    ``points`` are the values at the cell borders of three levels, the values of the steps, or the values in
    order; ``cumulative`` the running shares of the steps (empty for the others). ``mean`` is the mean of a
    variate.
    """

    kind: int
    scale: float
    mean: float
    points: Floats
    cumulative: Floats

    @cached_property
    def key(self) -> tuple[int, bytes, bytes]:
        """Give what two laws have in common that may share their points; bytes remember their hash."""
        return self.kind, self.points.tobytes(), self.cumulative.tobytes()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """A law by its quantiles: ``lower(p)`` has a chance p below it, ``upper(q)`` a chance q above it.

    ``below`` and ``above`` give the chances of a value; ``bottom`` and ``top`` are the ends of the law,
    infinite where it has none.
    """

    lower: Callable[[Floats], Floats]
    upper: Callable[[Floats], Floats]
    below: Callable[[Floats], Floats]
    above: Callable[[Floats], Floats]
    mean: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steps:
    """A law of a few values, ascending, each with its chance."""

    values: Floats
    chances: Floats

    @property
    def mean(self) -> float:
        """Give the mean."""
        return float(np.dot(self.values, self.chances))


def curve_table(curve: Curve) -> LawTable:
    """Tabulate a continuous law."""
    values = np.stack([curve.lower(CHANCE_BELOW), curve.upper(CHANCE_ABOVE[1]), curve.upper(CHANCE_ABOVE[2])])
    values[0, 0] = first_border(curve, values[0, 1])
    values[2, -1] = last_border(curve, values[2, -2])
    values[0, -FITTED - 1 :] = fitted_borders(curve, values[0, -FITTED - 1 :])
    return bordered_table(values, curve.mean)


def first_border(curve: Curve, second: float) -> float:
    """Give the lowest border: what puts the median of its cell right, but not below the law's end."""
    half = np.array([CHANCE_BELOW[1] / 2.0])
    return max(float(2.0 * curve.lower(half)[0] - second), curve.bottom)


def last_border(curve: Curve, before: float) -> float:
    """Give the highest border: what puts the median of its cell right, but not above the law's end."""
    half = np.array([CHANCE_ABOVE[2, -2] / 2.0])
    return min(float(2.0 * curve.upper(half)[0] - before), curve.top)


def fitted_borders(curve: Curve, values: Floats) -> Floats:
    """Fit the last borders of the body, all but the first, so that straight lines come nearest the quantiles.

    Chords lie above a long tail, and there the cells are widest: nearly all of the error of a table is
    here. Least squares, the integrals by Gauss's rule of eight points. Where it would not rise (an atom, a
    gap) the quantiles themselves stay.
    """
    nodes, weights = np.polynomial.legendre.leggauss(8)
    share, weights = (nodes + 1.0) / 2.0, weights / 2.0
    high, low = CHANCE_ABOVE[0, -FITTED - 1 : -1], CHANCE_ABOVE[0, -FITTED:]
    heights = curve.upper((high[:, None] + (low - high)[:, None] * share).ravel()).reshape(FITTED, -1)
    falling, rising = heights @ (weights * (1.0 - share)), heights @ (weights * share)
    matrix = (np.diag(np.full(FITTED, 4.0)) + np.eye(FITTED, k=1) + np.eye(FITTED, k=-1)) / 6.0
    matrix[-1, -1] = 1.0 / 3.0
    right = rising + np.append(falling[1:], 0.0)
    right[0] -= values[0] / 6.0
    fitted = np.append(values[0], np.linalg.solve(matrix, right))
    return fitted if np.all(np.diff(fitted) >= 0.0) else values


def bordered_table(values: Floats, mean: float) -> LawTable:
    """Make a continuous table of the values at its borders (3, 1025), brought to a mean exactly."""
    values = with_mean(np.maximum.accumulate(values.ravel()).reshape(values.shape), mean)
    has_unit_mean = mean > 0.0
    return LawTable(
        kind=LAW_CONTINUOUS,
        scale=mean if has_unit_mean else 1.0,
        mean=mean,
        points=(values / mean if has_unit_mean else values).ravel(),
        cumulative=np.empty(0),
    )


def with_mean(values: Floats, mean: float) -> Floats:
    """Scale borders so that the mean is right; an atom (borders equal to a neighbour) stays where it is."""
    is_level = np.diff(values, axis=1) == 0.0
    never = np.zeros((len(values), 1), dtype=bool)
    is_atom = np.hstack([is_level, never]) | np.hstack([never, is_level])
    fixed = border_mean(np.where(is_atom, values, 0.0))
    moving = border_mean(values) - fixed
    if moving > 0.0 and mean > fixed:
        return np.where(is_atom, values, values * ((mean - fixed) / moving))
    return values + (mean - fixed - moving)


def border_mean(values: Floats) -> float:
    """Give the mean of a continuous table."""
    widths = CHANCE_ABOVE[:, :-1] - CHANCE_ABOVE[:, 1:]
    return float(np.sum(widths * (values[:, :-1] + values[:, 1:])) / 2.0)


def step_table(steps: Steps) -> LawTable:
    """Make the table of a law of a few values; these stay exactly what they are."""
    cumulative = np.cumsum(steps.chances)
    cumulative[-1] = 1.0
    return LawTable(
        kind=LAW_STEPS, scale=1.0, mean=steps.mean, points=steps.values.copy(), cumulative=cumulative
    )


def ordered_table(values: Sequence[float]) -> LawTable:
    """Make the table of values that are taken in order, over and over."""
    points = np.array(values, dtype=np.float64)
    return LawTable(
        kind=LAW_IN_ORDER, scale=1.0, mean=float(points.mean()), points=points, cumulative=np.empty(0)
    )


def pack_tables(tables: Sequence[LawTable]) -> Laws:
    """Put tables one after the other, steps first; laws of one shape share their points."""
    order = sorted(range(len(tables)), key=lambda law: tables[law].kind != LAW_STEPS)
    first = np.zeros(len(tables), dtype=np.int64)
    placed: dict[tuple[int, bytes, bytes], int] = {}
    points: list[Floats] = []
    cumulative: list[Floats] = []
    end = 0
    for law in order:
        table = tables[law]
        if table.key not in placed:
            placed[table.key] = end
            points.append(table.points)
            cumulative.append(table.cumulative)
            end += len(table.points)
        first[law] = placed[table.key]
    return Laws(
        kind=np.array([table.kind for table in tables], dtype=np.int64),
        scale=np.array([table.scale for table in tables], dtype=np.float64),
        first=first,
        size=np.array([len(table.points) for table in tables], dtype=np.int64),
        mean=np.array([table.mean for table in tables], dtype=np.float64),
        points=np.concatenate([np.empty(0), *points]),
        cumulative=np.concatenate([np.empty(0), *cumulative]),
    )
