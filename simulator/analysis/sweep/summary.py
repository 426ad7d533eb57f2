"""``summary.json`` of a sweep: how far each measure goes over the points, and where it is least and most.

Of one point alone, with draws, each measure by itself, as in the summary of a run.
"""

import json

import numpy as np

from simulator.analysis.columns import column_of
from simulator.analysis.intervals import known
from simulator.analysis.spread import Spread
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.experiment.sweep.plan import Plan

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
            scenario: _all(found.levels, plan, place=place) for place, scenario in enumerate(plan.scenarios)
        },
        "differences": {
            scenario: _all(found.differences, plan, place=place, differences=True)
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
    spread: Spread, plan: Plan, *, place: int, differences: bool = False
) -> dict[str, dict[str, Numbers] | Numbers | None]:
    """Write every measure of a scenario, under the name that a file gives it and its own."""
    found: dict[str, dict[str, Numbers] | Numbers | None] = {}
    for measure, names in enumerate(zip(plan.names, plan.spelt, strict=True)):
        if len(plan.points) == 1:
            here: dict[str, Numbers] | Numbers | None = _numbers(
                spread, (0, place, measure), differences=differences
            )
        else:
            ends = extremes(spread, scenario=place, measure=measure)
            here = ends and {
                word: {"point": point + 1}
                | _numbers(spread, (point, place, measure), differences=differences)
                for word, point in zip(("least", "most"), ends, strict=True)
            }
        found |= dict.fromkeys(names, here)
    return found


def _numbers(spread: Spread, at: tuple[int, int, int], *, differences: bool) -> Numbers:
    """Write one estimate with its point."""
    words = ("mean", "low", "high", "mean_low", "mean_high")
    found: Numbers = {word: known(getattr(spread, word)[at]) for word in words}
    found["n"] = int(spread.n[at])
    if differences:
        found["probability_of_reduction"] = known(spread.below[at])
    return found
