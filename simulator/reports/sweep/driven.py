"""What drives the difference of a scenario most, in a sentence of a sweep's answer."""

from simulator.analysis.folders.drivers import INDICES, OVER_DRAWS, OVER_POINTS, SCREENING
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.outputs import DIFFERENCE
from simulator.reports import driven
from simulator.reports.sweep.words import path_words


def driven_words(found: SweepEstimates, scenario: str, *, measure: int) -> str:
    """Name what drives a difference most; nothing where nothing tells.

    Of one value that is varied, that it drives what changes needs no saying.
    """
    plan = found.results.plan
    has_points = len(plan.points) > 1
    if has_points and len(plan.paths) == 1:
        return ""
    said = (scenario, DIFFERENCE, measure)
    outputs = enumerate(found.drives.outputs)
    place = next(place for place, one in outputs if (one.scenario, one.kind, one.measure) == said)
    return driven.driven_words(
        found.drives,
        place,
        words=lambda path: f"“{path_words(found, path)}”",
        is_difference=True,
        kinds=(SCREENING, INDICES, OVER_POINTS) if has_points else (OVER_DRAWS,),
    )
