"""The clocks that harms count by: with the harm's times as targets, and a name that no measure can give.

So counts at those times are exact, and what is reported of the file's own clocks stays the same.
"""

from simulator.definition.admissions import admitting_activities
from simulator.definition.harms import Harm
from simulator.definition.model import Model
from simulator.definition.quantities import number
from simulator.definition.standards import Clock, ClockPoint
from simulator.units import Dimension

OF_HARM = "harms."


def own_clocks(model: Model) -> dict[str, Clock]:
    """Give the clocks that harms count by, in order of name."""
    return {
        f"{OF_HARM}{name}": _own_clock(model, model.harms[name])
        for name in sorted(model.harms)
        if model.harms[name].dose.clock is not None
    }


def _own_clock(model: Model, harm: Harm) -> Clock:
    """Make the clock of one harm; of those admitted it runs until they are, and not till they leave."""
    clock = model.clocks[str(harm.dose.clock)]
    stops = clock.stops
    if harm.dose.of is not None and harm.dose.of.admitted:
        stops = tuple(ClockPoint("start", one) for one in admitting_activities(model))
    times = sorted({at for amount in harm.amounts().values() for at, _ in amount.steps()})
    targets = tuple(number(at, Dimension.TIME) for at in times)
    return Clock.model_construct(starts=clock.starts, stops=stops, targets=targets)


def is_shown(clock: str) -> bool:
    """Say whether a clock is one of the file's."""
    return not clock.startswith(OF_HARM)
