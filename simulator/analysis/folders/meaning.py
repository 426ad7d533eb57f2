"""When a measure means the same in several folders: it is there in all, defined alike, of the same part."""

from collections.abc import Sequence

from simulator.analysis.folders.footing import Footing
from simulator.analysis.measures import unit
from simulator.definition.model import Model
from simulator.experiment.measure_names import MeasureName

# A share or a time is of the part that was run whatever its size; a count or a sum is not.
OF_ANY_PART = ("share", "days")


def why_not_the_same(text: str, *, footings: Sequence[Footing]) -> str:
    """Say why a measure is not compared, or nothing where it means the same in all."""
    names = [one.names.get(text) for one in footings]
    if any(name is None for name in names):
        return "not in all folders"
    name = names[0]
    assert name is not None
    defined = [_definition(one.model, name) for one in footings]
    if any(one != defined[0] for one in defined):
        return "defined differently"
    measured = unit(name)
    shares = {one.population_share for one in footings}
    if len(shares) > 1 and measured not in OF_ANY_PART:
        return "of parts of the place of different size"
    if measured.startswith("£") and len({one.model.price_base for one in footings}) > 1:
        return "in prices of different years"
    return ""


def _definition(model: Model, name: MeasureName) -> object:
    """Give what the files say that a measure rests on, beyond that its subject is there."""
    if name.family == "clock":
        clock = model.clocks[name.subject]
        return clock.starts, clock.stops
    if name.family == "count":
        count = model.counts[name.subject]
        return count.of, count.at
    return None
