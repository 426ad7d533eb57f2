"""Enough replications: until every primary difference is known to less than what would change a decision.

The half-width of the 95% interval of each primary paired difference must be below its ``matters_from``, and
stay so for five more replications, or 5% more if that is more (Hoad, Robinson & Davies 2010, J Oper Res Soc
61:1632). Replications count in their order, so the number used depends on nothing but their values.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from simulator.analysis.gather import gather
from simulator.analysis.intervals import estimate_difference
from simulator.definition.experiment import STOCKS, Experiment, UntilPrecise
from simulator.experiment.asked import Asked, asked_measures
from simulator.experiment.cluster.where import Workers
from simulator.experiment.measure_names import vocabulary
from simulator.experiment.progress import Progress
from simulator.experiment.results import Results
from simulator.experiment.run import run_experiment

LEAST_MORE = 5
SHARE_MORE = 0.05
GROWTH = 1.25

Values = Sequence[float | None]
Pair = tuple[Values, Values, float]


def run_as_asked(
    experiment: Experiment,
    *,
    out: Path | None = None,
    workers: Workers = None,
    progress: Progress | None = None,
) -> Results:
    """Run an experiment a fixed number of times, or until it is precise, as its file says.

    Raises what ``run_experiment`` does. Replications beyond those needed are kept and not used; a note says
    when even ``at_most`` were too few.
    """
    limits = experiment.replications
    is_once = experiment.engine == STOCKS or len(experiment.scenarios) == 1
    if not isinstance(limits, UntilPrecise) or is_once:
        return run_experiment(experiment, out=out, workers=workers, progress=progress)
    count = limits.at_least
    while True:
        results = run_experiment(experiment, out=out, workers=workers, progress=progress, replications=count)
        used = _enough(results, at_least=limits.at_least)
        if used is not None:
            return run_experiment(experiment, out=out, workers=workers, progress=progress, replications=used)
        if count >= limits.at_most:
            note = (
                f"{count} replications were not enough: a primary difference is known less well than asked."
            )
            return run_experiment(
                experiment, out=out, workers=workers, progress=progress, replications=count, notes=(note,)
            )
        count = min(limits.at_most, math.ceil(count * GROWTH))


def replications_needed(pairs: Sequence[Pair], *, at_least: int) -> int | None:
    """Say how many replications, in order, are enough for all pairs; ``None`` if there are too few.

    A pair is a scenario's values, the baseline's, and the smallest difference that matters.
    """
    there = min((len(scenario) for scenario, _, _ in pairs), default=0)
    since = None
    for count in range(at_least, there + 1):
        if not all(_is_precise(one[:count], other[:count], limit=limit) for one, other, limit in pairs):
            since = None
            continue
        since = count if since is None else since
        if count - since >= max(LEAST_MORE, math.ceil(SHARE_MORE * since)):
            return count
    return None


def _is_precise(scenario: Values, baseline: Values, *, limit: float) -> bool:
    """Say whether the half-width of a paired difference is below the limit."""
    found = estimate_difference(scenario, baseline)
    return found.high is not None and found.mean is not None and found.high - found.mean < limit


def _enough(results: Results, *, at_least: int) -> int | None:
    """Find how many of the replications there are enough."""
    known = vocabulary(results.programs.values())
    primary = _primary(asked_measures(results.model, results.experiment, known=known))
    found = gather(results, {one.id: one.name for one in primary.values()})
    baseline, *others = results.scenarios
    pairs = [
        (found.scenarios[scenario].values[id], found.scenarios[baseline].values[id], limit)
        for scenario in others
        for id, one in primary.items()
        if (limit := one.matters_from) is not None
    ]
    return replications_needed(pairs, at_least=at_least)


def _primary(asked: Sequence[Asked]) -> Mapping[str, Asked]:
    """Give the primary measures that say from what difference on they matter."""
    return {one.id: one for one in asked if one.is_primary and one.matters_from is not None}
