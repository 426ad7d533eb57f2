"""Where cases went instead: diverted on their way, or moved on before a stay was over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.gathered import Gathered, Gathering
from simulator.analysis.intervals import Estimate, estimate_level
from simulator.analysis.reading import Reading
from simulator.compiler.moves import DIVERTS
from simulator.compiler.program import Program
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_YEAR

Counts = NDArray[np.int64] | NDArray[np.float64]
DIVERTED, STEPPED_DOWN = "diverted", "stepped_down"
OFFERED, WENT = range(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class WentElsewhere:
    """What one intervention moves from one activity to another, in cases a year.

    ``at`` is where they were; ``instead_of`` where they would have gone (``or_home``: some of them home), or
    for those stepped down the place that they left early. ``offered`` were meant to go, ``went`` found a
    place there and then.
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
    """Count what each move was offered and moved over the window (moves, 2)."""
    return np.asarray(reading.observation.move_series[reading.frame.periods.first :].sum(axis=0))


def went_elsewhere(found: Gathering, results: Results) -> tuple[WentElsewhere, ...]:
    """Estimate every way that cases were moved in any scenario but the baseline, and in it too."""
    return tuple(
        one
        for scenario, gathered in found.scenarios.items()
        for one in _of_one(scenario, gathered, draws=results.draws)
    )


def _of_one(scenario: str, gathered: Gathered, *, draws: int) -> Iterator[WentElsewhere]:
    """Estimate the ways of one scenario; what nobody was offered is left out."""
    program = gathered.frame.program
    years = gathered.frame.periods.window_seconds / SECONDS_A_YEAR
    for way, places in _ways(program).items():
        counts = np.array([one[places].sum(axis=0) for one in gathered.moved]) / years
        if not counts[:, OFFERED].any():
            continue
        intervention, kind, at, instead_of, to = way
        yield WentElsewhere(
            scenario=scenario,
            intervention=intervention,
            kind=kind,
            at=at,
            instead_of=instead_of,
            to=to,
            or_home=kind == DIVERTED and bool(program.moves.home_share[places].any()),
            offered=estimate_level(counts[:, OFFERED].tolist(), draws=draws),
            went=estimate_level(counts[:, WENT].tolist(), draws=draws),
        )


def _ways(program: Program) -> Mapping[tuple[str, str, str, str, str], list[int]]:
    """List the moves of each way: several are one where they differ only in whom they touch."""
    moves, names = program.moves, program.names
    found: dict[tuple[str, str, str, str, str], list[int]] = {}
    for place in range(len(moves.kind)):
        at = names.activities[moves.at[place]]
        is_diverted = moves.kind[place] == DIVERTS
        way = (
            names.interventions[moves.intervention[place]],
            DIVERTED if is_diverted else STEPPED_DOWN,
            at,
            names.activities[moves.away_from[place]] if is_diverted else at,
            names.activities[moves.to[place]],
        )
        found.setdefault(way, []).append(place)
    return found
