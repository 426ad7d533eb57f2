"""The differences of a sweep at all its points and in all its scenarios, judged at once."""

from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.reports.blocks import Section
from simulator.reports.sweep.words import finding_at, point_words, primary_places, scenario_words
from simulator.reports.together import Judged, judged_section


def together_section(found: SweepEstimates) -> Section | None:
    """Judge every difference of what decides at once; nothing with draws or without chance."""
    if found.together is None:
        return None
    points = range(len(found.results.plan.points))
    judged = [
        Judged(
            of=_of(found, point, scenario=scenario),
            finding=finding_at(found, point, scenario=place, measure=measure),
            low=float(found.together.low[point, place, measure]),
            high=float(found.together.high[point, place, measure]),
            p=float(found.together.p[point, place, measure]),
        )
        for measure in primary_places(found)
        for place, scenario in enumerate(found.others)
        for point in points
    ]
    return judged_section(judged, compared=len(points) * len(found.others), of="What is compared")


def _of(found: SweepEstimates, point: int, *, scenario: str) -> str:
    where = point_words(found, point)
    return f"{scenario_words(found, scenario)}, {where}" if where else scenario_words(found, scenario)
