"""``summary.json`` of a sweep: how far each measure goes over the points, and where it is least and most."""

import json

import numpy as np

from simulator.analysis.spread import Spread
from simulator.analysis.sweep.columns import column_of
from simulator.analysis.sweep.estimates import SweepEstimates

Numbers = dict[str, float | int | None]


def sweep_summary_text(found: SweepEstimates) -> str:
    """Write the summary: the same bytes for the same runs, whoever did them and when."""
    results = found.results
    plan = results.plan
    columns = [column_of(path, [point[path] for point in plan.points]) for path in plan.paths]
    said = {
        "experiment": results.manifest.experiment,
        "engine": results.manifest.engine,
        "seed": results.manifest.seed,
        "points": len(plan.points),
        "draws": plan.experiment.draws,
        "replications": plan.replications,
        "varied": [column.name for column, _ in columns],
        "scenarios": {
            scenario: _all(found.levels, plan.names, place=place)
            for place, scenario in enumerate(plan.scenarios)
        },
        "differences": {
            scenario: _all(found.differences, plan.names, place=place, differences=True)
            for place, scenario in enumerate(found.others)
        },
    }
    return json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def extremes(spread: Spread, *, scenario: int, measure: int) -> tuple[int, int] | None:
    """Give the points at which a mean is least and most, the first of equals; ``None`` if there is none."""
    means = spread.mean[:, scenario, measure]
    if np.isnan(means).all():
        return None
    return int(np.nanargmin(means)), int(np.nanargmax(means))


def _all(
    spread: Spread, names: tuple[str, ...], *, place: int, differences: bool = False
) -> dict[str, dict[str, Numbers] | None]:
    """Write where each measure of a scenario is least and most."""
    found: dict[str, dict[str, Numbers] | None] = {}
    for measure, name in enumerate(names):
        ends = extremes(spread, scenario=place, measure=measure)
        found[name] = ends and {
            word: _numbers(spread, (point, place, measure), differences=differences)
            for word, point in zip(("least", "most"), ends, strict=True)
        }
    return found


def _numbers(spread: Spread, at: tuple[int, int, int], *, differences: bool) -> Numbers:
    """Write one estimate with its point."""
    words = ("mean", "low", "high", "mean_low", "mean_high")
    found: Numbers = {"point": at[0] + 1}
    found |= {word: _absent(float(getattr(spread, word)[at])) for word in words}
    found["n"] = int(spread.n[at])
    if differences:
        found["probability_of_reduction"] = _absent(float(spread.below[at]))
    return found


def _absent(number: float) -> float | None:
    """Write what does not exist as ``null``."""
    return None if np.isnan(number) else number
