"""Over what a sweep varies or draws a value: between two ends, over values, or as uncertain as it is."""

from dataclasses import dataclass
from fractions import Fraction

from simulator.definition.faults import Wrong
from simulator.definition.quantities import number_of
from simulator.experiment.sweep.results import SweepResults
from simulator.units import Dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Two ends in the unit of ``dimension``; of a value that ``is_uncertain`` its 10th and 90th centile."""

    low: Fraction
    high: Fraction
    dimension: Dimension
    is_uncertain: bool = False


# Values that are told in words, as points set them.
Words = tuple[str, ...]
Range = Span | Words


def range_in(results: SweepResults, path: str, *, is_drawn: bool) -> Range | None:
    """Say over what a value goes, among the draws or else the points; nothing where it is fixed there."""
    plan = results.plan
    if is_drawn:
        return _own(results, path) if path in next(iter(results.drawn.values()), {}) else None
    if path not in plan.paths:
        return None
    variation = plan.experiment.vary.get(path)
    if variation is not None and variation.is_uncertain:
        return _own(results, path)
    if variation is not None and variation.low is not None and variation.high is not None:
        return Span(low=variation.low, high=variation.high, dimension=variation.dimension)
    return _of_values([point[path] for point in plan.points])


def _own(results: SweepResults, path: str) -> Span:
    """Give the interval of an uncertain value."""
    one = results.plan.known[path]
    return Span(low=one.low, high=one.high, dimension=one.bounds.dimension, is_uncertain=True)


def _of_values(values: list[object]) -> Range:
    """Give the least and the most of numbers of one dimension, else the words."""
    try:
        numbers = [number_of(one) for one in values]
    except Wrong:
        numbers = []
    dimensions = {dimension for _, dimension in numbers}
    if len(dimensions) != 1:
        return tuple(dict.fromkeys(str(one) for one in values))
    ends = sorted(number for number, _ in numbers)
    return Span(low=ends[0], high=ends[-1], dimension=dimensions.pop())
