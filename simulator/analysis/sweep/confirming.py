"""What a sweep as stocks is confirmed by: a sweep by people of some of its points, or draws."""

from collections.abc import Mapping

import numpy as np

from simulator.analysis.sweep.choice import choice_of
from simulator.definition.experiment import PEOPLE, Experiment
from simulator.definition.experiments import experiment_of_tables
from simulator.experiment.sweep.results import SweepResults

CONFIRMED = "confirmed"
LEFT_OUT = ("select", "confirm", "seek", "calibrate")


def confirming(results: SweepResults) -> Experiment:
    """Give the sweep by people that confirms a finished sweep as stocks."""
    experiment = results.plan.experiment
    confirm = experiment.confirm
    assert confirm is not None
    resolved: Mapping[str, object] = experiment.origin.resolved
    tables = {word: one for word, one in resolved.items() if word not in LEFT_OUT}
    tables |= {"engine": PEOPLE, "replications": confirm.replications}
    if experiment.draws:
        tables["draws"] = confirm.draws or experiment.draws
    design = resolved.get("design")
    if isinstance(design, Mapping):
        numbers = [point + 1 for point in points_to_confirm(results)]
        before = experiment.design.only if experiment.design is not None else ()
        tables["design"] = {**design, "only": [before[one - 1] if before else one for one in numbers]}
    return experiment_of_tables(experiment, tables)


def points_to_confirm(results: SweepResults) -> list[int]:
    """Give the points that are run by people, in order."""
    confirm, count = results.plan.experiment.confirm, len(results.plan.points)
    assert confirm is not None
    if confirm.points:
        return [one - 1 for one in confirm.points]
    if confirm.even is not None:
        return sorted({round(float(one)) for one in np.linspace(0, count - 1, min(confirm.even, count))})
    if confirm.best is not None:
        return sorted(_best_points(results, confirm.best))
    return list(range(count))


def _best_points(results: SweepResults, count: int) -> list[int]:
    """Give so many points, those with the best candidates of the choice first."""
    choice = choice_of(results)
    assert choice is not None
    values = choice.contest.values(results.values)[:, 0]
    order = sorted(np.flatnonzero(~np.isnan(values)).tolist(), key=lambda one: (float(values[one]), one))
    return list(dict.fromkeys(choice.contest.candidates[one][0] for one in order))[:count]
