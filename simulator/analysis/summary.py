"""``summary.json``: every measure of every scenario, and its difference from the baseline."""

import json
from collections.abc import Mapping

from simulator.analysis.comparison import Comparison
from simulator.analysis.intervals import Estimate

Numbers = dict[str, float | int | None]


def summary_text(comparison: Comparison) -> str:
    """Write the summary: the same bytes for the same runs, whoever did them and when.

    Numbers are written in full (the shortest text that reads back the same); what does not exist is ``null``.
    """
    results = comparison.results
    said = {
        "experiment": results.manifest.experiment,
        "engine": results.manifest.engine,
        "seed": results.manifest.seed,
        "replications": len(results.replications),
        "scenarios": {scenario: _all(comparison.measures[scenario]) for scenario in comparison.scenarios},
        "differences": {
            scenario: _all(comparison.differences[scenario], differences=True)
            for scenario in comparison.others
        },
    }
    return json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _all(table: Mapping[str, Estimate], *, differences: bool = False) -> dict[str, Numbers]:
    """Write every estimate of a table."""
    return {name: _numbers(one, differences=differences) for name, one in table.items()}


def _numbers(one: Estimate, *, differences: bool) -> Numbers:
    """Write one estimate."""
    found: Numbers = {"mean": one.mean, "low": one.low, "high": one.high, "n": one.n}
    return found | ({"probability_of_reduction": one.probability_of_reduction} if differences else {})
