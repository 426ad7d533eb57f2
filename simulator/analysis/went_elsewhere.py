"""Where cases went instead: diverted on their way, moved on before a stay was over, or sent by a share."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.gathered import Gathered, Gathering
from simulator.analysis.intervals import Estimate, estimate_level
from simulator.analysis.reading import Reading
from simulator.analysis.ways import DIVERTED, ways_of
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_YEAR

Counts = NDArray[np.int64] | NDArray[np.float64]
OFFERED, WENT = range(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class WentElsewhere:
    """What one intervention moves from one place to another, in cases a year.

    ``at`` is where they were, or the need or referral that starts elsewhere; ``instead_of`` where they would
    have gone (``or_home``: some of them home), or for those stepped down the place that they left early.
    ``offered`` were meant to go, ``went`` found a place there and then, or went where none is asked for.
    """

    scenario: str
    intervention: str
    kind: str
    at: str
    instead_of: str
    to: str
    or_home: bool
    offered: Estimate
    went: Estimate


def moved_in(reading: Reading) -> Counts:
    """Count what each way was offered and moved over the window (ways, 2)."""
    return np.asarray(reading.observation.move_series[reading.frame.periods.first :].sum(axis=0))


def went_elsewhere(found: Gathering, results: Results) -> tuple[WentElsewhere, ...]:
    """Estimate every way that cases were moved in any scenario but the baseline, and in it too."""
    return tuple(
        one
        for scenario, gathered in found.scenarios.items()
        for one in _of_one(scenario, gathered, draws=results.draws)
    )


def _of_one(scenario: str, gathered: Gathered, *, draws: int) -> Iterator[WentElsewhere]:
    """Estimate the ways of one scenario; what nobody was offered, or nobody counted, is left out."""
    program = gathered.frame.program
    years = gathered.frame.periods.window_seconds / SECONDS_A_YEAR
    for way, places in ways_of(program).items():
        if max(places) >= min(len(one) for one in gathered.moved):
            continue
        counts = np.array([one[places].sum(axis=0) for one in gathered.moved]) / years
        if not counts[:, OFFERED].any():
            continue
        yield WentElsewhere(
            scenario=scenario,
            intervention=way.intervention,
            kind=way.kind,
            at=way.at,
            instead_of=way.instead_of,
            to=way.to,
            or_home=way.kind == DIVERTED and bool(program.moves.home_share[places].any()),
            offered=estimate_level(counts[:, OFFERED].tolist(), draws=draws),
            went=estimate_level(counts[:, WENT].tolist(), draws=draws),
        )
