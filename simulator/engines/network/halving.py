"""Half the step as a check: what a finer step would change, and which step is too coarse to be believed.

Every stage of a stay is exact over its step, so no step makes a run swing; but a queue answers only at the
end of a step to what came in it, and that shows where people stay no longer than a step or two.
"""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import Floats, Program
from simulator.engines.network.grid import STEP_SECONDS
from simulator.engines.network.network import Network
from simulator.engines.network.rows import activity_series, resource_series
from simulator.engines.records import STARTS, USED_AREA
from simulator.errors import RunFailed
from simulator.units import SECONDS_A_DAY, SECONDS_A_WEEK

# A year shows it; the check is to cost less than the run.
LONGEST = 52 * SECONDS_A_WEEK
# Changes are looked for where a place is in use on average, or somebody starts every day.
LEAST = 1.0
TOO_MUCH = 0.1
HALF_THE_STEP = "Half the step"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The largest change of one kind of figure, and whose it is; ``share`` of the finer step's."""

    of: str
    what: str
    share: float

    def __str__(self) -> str:
        return f"{self.what} by {abs(self.share):.1%} at most ({self.of})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Halved:
    """What half the step changes."""

    step_seconds: int
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        told = " and ".join(str(change) for change in self.changes) or "nothing that is large enough to tell"
        return f"{HALF_THE_STEP} ({self.step_seconds / 120:g} minutes) changes the baseline's {told}."


def halved(program: Program, *, step_seconds: int = STEP_SECONDS) -> Halved:
    """Run a program's warm-up and first year with this step and with half of it, and compare.

    Raises ``RunFailed`` where a figure changes by more than a tenth.
    """
    coarse, fine = (_figures(program, step_seconds=step) for step in (step_seconds, step_seconds // 2))
    names = (program.names.resources, program.names.activities)
    kinds = ("mean occupancies", "numbers of starts")
    changes = [
        change
        for what, whose, one, other in zip(kinds, names, coarse, fine, strict=True)
        if (change := _largest(what, whose, coarse=one, fine=other)) is not None
    ]
    for change in changes:
        if abs(change.share) > TOO_MUCH:
            raise RunFailed(
                f"the step of {step_seconds // 60} minutes is too coarse for the network as stocks: half of "
                f"it changes the {change.what} of '{change.of}' by {abs(change.share):.0%}; "
                'take engine = "people".'
            )
    return Halved(step_seconds=step_seconds, changes=tuple(changes))


def _figures(program: Program, *, step_seconds: int) -> tuple[Floats, Floats]:
    """Give mean places in use by resource, and starts a day by activity."""
    network = Network(program, step_seconds=step_seconds)
    calendar = program.calendar
    until = min(calendar.end_second, calendar.warm_up_seconds + LONGEST)
    tally = network.run(until=until)
    first = int(np.searchsorted(calendar.period_close_second, calendar.warm_up_seconds, side="right"))
    used = resource_series(program, network.laid, tally=tally)[first:, :, USED_AREA].sum(axis=0)
    starts = activity_series(program, network.laid, tally=tally)[first:, :, STARTS].sum(axis=0)
    seconds = until - calendar.warm_up_seconds
    return used / seconds, starts / seconds * SECONDS_A_DAY


def _largest(what: str, names: tuple[str, ...], *, coarse: Floats, fine: Floats) -> Change | None:
    seen = fine >= LEAST
    if not seen.any():
        return None
    share = np.where(seen, coarse / np.where(seen, fine, 1.0) - 1.0, 0.0)
    at = int(np.argmax(np.abs(share)))
    return Change(of=names[at], what=what, share=float(share[at]))
