"""Enough replications: until every primary difference is known to less than what would change a decision.

The half-width of the 95% interval of each primary paired difference must be below its ``matters_from`` (of a
count its share, where a share of the place is run), and stay so for some more (``stopping``). Replications
count in their order, so the number used depends on nothing but their values. How many there will have to be
is told from the first of them.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.forecasts import forecast_of_run, next_count
from simulator.analysis.gather import gather
from simulator.analysis.in_part import in_part
from simulator.analysis.measures import unit
from simulator.analysis.stopping import enough, foreseen
from simulator.definition.experiment import STOCKS, Experiment, UntilPrecise
from simulator.experiment.asked import Asked, asked_measures
from simulator.experiment.cluster.where import Workers
from simulator.experiment.lock import alone_throughout
from simulator.experiment.measure_names import vocabulary
from simulator.experiment.pace import Paced
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.results import Results
from simulator.experiment.run import run_experiment

Floats = NDArray[np.float64]
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
    with alone_throughout():
        return _until_precise(experiment, out=out, workers=workers, progress=progress or Silence())


def _until_precise(
    experiment: Experiment, *, out: Path | None, workers: Workers, progress: Progress
) -> Results:
    """Run an experiment in rounds until every primary difference is precise, or ``at_most`` times."""
    limits = experiment.replications
    assert isinstance(limits, UntilPrecise)
    count, paced = limits.at_least, Paced(progress)
    while True:
        results = run_experiment(experiment, out=out, workers=workers, progress=paced, replications=count)
        differences, matters = _differences(results)
        used = enough(differences, matters, at_least=limits.at_least)
        if used is not None:
            return run_experiment(experiment, out=out, workers=workers, progress=paced, replications=used)
        if count >= limits.at_most:
            note = (
                f"{count} replications were not enough: a primary difference is known less well than asked."
            )
            return run_experiment(
                experiment, out=out, workers=workers, progress=paced, replications=count, notes=(note,)
            )
        ahead = foreseen(differences, matters, at_least=limits.at_least)
        if count == limits.at_least:
            paced.says(forecast_of_run(experiment, ahead, seconds_a_run=paced.seconds_a_run))
        count = next_count(count, ahead, at_most=limits.at_most)


def replications_needed(pairs: Sequence[Pair], *, at_least: int) -> int | None:
    """Say how many replications, in order, are enough for all pairs; ``None`` if there are too few.

    A pair is a scenario's values, the baseline's, and the smallest difference that matters.
    """
    return enough(*_as_arrays(pairs), at_least=at_least)


def _as_arrays(pairs: Sequence[Pair]) -> tuple[Floats, Floats]:
    """Give paired differences (replications, pairs), not-a-number where one is absent, and their limits."""
    columns = [
        np.array(scenario, dtype=np.float64) - np.array(baseline, dtype=np.float64)
        for scenario, baseline, _ in pairs
    ]
    there = min((len(one) for one in columns), default=0)
    found = np.array([one[:there] for one in columns], dtype=np.float64).reshape(len(pairs), there).T
    return found, np.array([limit for _, _, limit in pairs])


def _differences(results: Results) -> tuple[Floats, Floats]:
    """Give the primary differences of every replication there, and what matters of each."""
    known = vocabulary(results.programs.values())
    primary = _primary(asked_measures(results.model, results.experiment, known=known))
    found = gather(results, {one.id: one.name for one in primary.values()})
    share = float(results.experiment.population_share)
    baseline, *others = results.scenarios
    pairs = [
        (
            found.scenarios[scenario].values[id],
            found.scenarios[baseline].values[id],
            in_part(limit, unit(one.name), share=share),
        )
        for scenario in others
        for id, one in primary.items()
        if (limit := one.matters_from) is not None
    ]
    return _as_arrays(pairs)


def _primary(asked: Sequence[Asked]) -> Mapping[str, Asked]:
    """Give the primary measures that say from what difference on they matter."""
    return {one.id: one for one in asked if one.is_primary and one.matters_from is not None}
