"""``summary.json``: every measure of every scenario, and its difference from the baseline."""

import json

from simulator.analysis.comparison import Comparison
from simulator.analysis.intervals import Estimate

Numbers = dict[str, float | int | None]


def summary_text(comparison: Comparison) -> str:
    """Write the summary: the same bytes for the same runs, whoever did them and when.

    Scenarios stand by name behind the baseline: an object has no order, and so the order in a file changes no
    byte here. Numbers are written in full (the shortest text that reads back the same); what does not exist
    is ``null``.
    """
    results = comparison.results
    baseline, *others = comparison.scenarios
    said = {
        "experiment": results.manifest.experiment,
        "engine": results.manifest.engine,
        "seed": results.manifest.seed,
        **({"draws": results.draws} if results.draws else {}),
        "replications": len(results.replications),
        "scenarios": {scenario: _all(comparison, scenario) for scenario in (baseline, *sorted(others))},
        "differences": {
            scenario: _all(comparison, scenario, differences=True) for scenario in sorted(others)
        },
    }
    return json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _all(comparison: Comparison, scenario: str, *, differences: bool = False) -> dict[str, Numbers]:
    """Write every named measure of a scenario, or every difference."""
    table = (comparison.differences if differences else comparison.measures)[scenario]
    return {name: _numbers(table[name], differences=differences) for name in comparison.names}


def _numbers(one: Estimate, *, differences: bool) -> Numbers:
    """Write one estimate."""
    found: Numbers = {"mean": one.mean, "low": one.low, "high": one.high, "n": one.n}
    if one.draws:
        found |= {"mean_low": one.mean_low, "mean_high": one.mean_high}
    return found | ({"probability_of_reduction": one.probability_of_reduction} if differences else {})
