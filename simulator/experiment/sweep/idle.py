"""Paths of a sweep that change nothing: every point would be the same, and the sweep is refused.

Those that a pattern fits are left alone: nobody named them, and each costs a second or two to look at.
"""

from collections.abc import Iterator

from simulator.errors import DefinitionError, Fault
from simulator.experiment.designs.point import Point
from simulator.experiment.scenarios import compile_one
from simulator.experiment.sweep.compiling import models_at
from simulator.experiment.sweep.plan import CENTRAL, Plan

MOST_COMPARED = 3


def idle_paths(plan: Plan) -> Iterator[Fault]:
    """Find the paths that change nothing in any scenario, between the values that the points give them."""
    experiment = plan.experiment
    for path in plan.paths:
        if path in experiment.vary and experiment.vary[path].is_of_pattern:
            continue
        values: list[object] = []
        for point in plan.points:
            if point[path] not in values:
                values.append(point[path])
            if len(values) == MOST_COMPARED:
                break
        way = ("vary", path) if path in experiment.vary else ("design", "file")
        try:
            is_idle = len(values) > 1 and _is_idle(plan, [{path: value} for value in values])
        except DefinitionError as error:
            for fault in error.faults:
                told = f"with one of {', '.join(map(str, values))}: {fault.path}: {fault.message}"
                yield experiment.origin.positions.fault(way, told)
            continue
        if is_idle:
            told = f"{path} changes nothing in any scenario; the points would all be the same."
            yield experiment.origin.positions.fault(way, told)


def _is_idle(plan: Plan, points: list[Point]) -> bool:
    """Say whether the programs of all scenarios are the same at these points."""
    models = [models_at(plan, point, draw=CENTRAL) for point in points]
    return all(
        len(
            {compile_one(plan.experiment, model[name], scenario=name).program.fingerprint for model in models}
        )
        == 1
        for name in reversed(plan.scenarios)
    )
