"""What runs of a sweep put out, side by side: levels of every scenario, and differences from the baseline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.columns import column_of
from simulator.analysis.measures import unit
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.table import REAL
from simulator.experiment.designs.point import Point
from simulator.experiment.sweep.results import SweepResults

Floats = NDArray[np.float64]
LEVEL, DIFFERENCE = "level", "difference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One output of a sweep: a measure of a scenario, itself or as difference from the baseline."""

    scenario: str
    kind: str
    measure: int
    spelt: str
    unit: str


def outputs_of(results: SweepResults) -> tuple[Output, ...]:
    """List the outputs of a sweep: levels of the baseline first, then differences, then the other levels."""
    plan = results.plan
    baseline, *others = plan.scenarios
    wanted = [
        (baseline, LEVEL),
        *((one, DIFFERENCE) for one in others),
        *((one, LEVEL) for one in others),
    ]
    return tuple(
        Output(scenario=scenario, kind=kind, measure=place, spelt=plan.names[place], unit=unit(name))
        for scenario, kind in wanted
        for place, name in enumerate(names_of(results))
    )


def values_of(results: SweepResults) -> Floats:
    """Give the outputs of every run (points, draws, replications, outputs) in the order of ``outputs_of``."""
    values = results.values
    levels, differences = values, values[..., 1:, :] - values[..., :1, :]
    parts = [levels[..., :1, :], differences, levels[..., 1:, :]]
    return np.concatenate([part.reshape(*part.shape[:3], -1) for part in parts], axis=-1)


def inputs_of(points: Sequence[Point]) -> dict[str, Floats]:
    """Give the number (points,) of each path that is one; those written in words are left out."""
    return dict(_numbers((path, [point[path] for point in points]) for path in points[0]))


def drawn_of(results: SweepResults) -> dict[str, Floats]:
    """Give what was drawn (draws,) of each uncertain parameter."""
    draws = list(results.drawn.values())
    names = sorted(draws[0]) if draws else []
    return dict(_numbers((name, [draw[name] for draw in draws]) for name in names))


def _numbers(said: Iterator[tuple[str, list[object]]]) -> Iterator[tuple[str, Floats]]:
    for name, values in said:
        column, numbers = column_of(name, values)
        if column.kind == REAL:
            yield name, np.asarray(numbers, np.float64)
