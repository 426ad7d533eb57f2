"""Paths of a sweep that change nothing: every point would be the same, and the sweep is refused.

Those that a pattern fits are left alone: nobody named them, and each costs a second or two to look at.
"""

from collections.abc import Iterator, Sequence

from simulator.definition.faults import Wrong
from simulator.definition.quantities import number_of
from simulator.errors import DefinitionError, Fault
from simulator.experiment.designs.point import Point
from simulator.experiment.scenarios import compile_one
from simulator.experiment.sweep.compiling import models_at
from simulator.experiment.sweep.plan import CENTRAL, Plan

# The first three tell nearly always. Small steps may round to the same, in a part of the place above all, so
# the ends and others between are looked at before a path is refused.
COMPARED_FIRST = 3
MOST_COMPARED = 20


def idle_paths(plan: Plan) -> Iterator[Fault]:
    """Find the paths that change nothing in any scenario, between the values that the points give them.

    Of more than twenty values twenty are looked at, the ends among them. What is wrong with the first three
    is a fault, too; a value of the others that cannot be changes something, and fails when it is run.
    """
    experiment = plan.experiment
    for path in plan.paths:
        if path in experiment.vary and experiment.vary[path].is_of_pattern:
            continue
        distinct = list({repr(point[path]): point[path] for point in plan.points}.values())
        first = distinct[:COMPARED_FIRST]
        way = ("vary", path) if path in experiment.vary else ("design", "file")
        try:
            is_idle = len(first) > 1 and _is_idle(plan, [{path: value} for value in first])
        except DefinitionError as error:
            for fault in error.faults:
                told = f"with one of {', '.join(map(str, first))}: {fault.path}: {fault.message}"
                yield experiment.origin.positions.fault(way, told)
            continue
        others = _others(distinct)
        if is_idle and all(_are_alike(plan, path, values=(first[0], value)) for value in others):
            told = (
                f"{path} changes nothing in any scenario{_of_how_many(len(first) + len(others), distinct)}."
            )
            yield experiment.origin.positions.fault(way, told)


def _others(distinct: Sequence[object]) -> list[object]:
    """Choose the values to look at besides the first: the ends, then others evenly spaced; all if few."""
    rest = _in_order(distinct[COMPARED_FIRST:])
    last, count = len(rest) - 1, min(len(rest), MOST_COMPARED - COMPARED_FIRST)
    even = (round(last * one / max(count - 1, 1)) for one in range(count))
    return [rest[place] for place in dict.fromkeys((last, 0, *even))] if rest else []


def _in_order(values: Sequence[object]) -> list[object]:
    """Put values that are numbers in rising order; leave others as points come."""
    try:
        return sorted(values, key=lambda value: number_of(value)[0])
    except Wrong:
        return list(values)


def _are_alike(plan: Plan, path: str, *, values: Sequence[object]) -> bool:
    """Say whether values of a path come to the same; one that cannot be does not."""
    try:
        return _is_idle(plan, [{path: value} for value in values])
    except DefinitionError:
        return False


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


def _of_how_many(seen: int, distinct: Sequence[object]) -> str:
    """Say that all points would be the same, or at how many of the values where not all were looked at."""
    if seen == len(distinct):
        return "; the points would all be the same"
    return f" at any of {seen} of its {len(distinct):,} values; their points would all be the same"
