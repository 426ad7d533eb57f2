"""What became of collaborations: fidelity, trust, commitment, practice over time, and losses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.gathered import Gathering
from simulator.analysis.intervals import Estimate, estimate, estimate_level
from simulator.compiler.program import Collaborations, Program
from simulator.definition.dynamics import SHOWN
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_DAY

Floats = NDArray[np.float64]

WEEKS_A_QUARTER, WEEKS_A_YEAR = 13, 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaborating:
    """One collaboration in one scenario.

    ``days`` are the Mondays read, a quarter apart, the last week besides; ``levels`` by what is kept of a
    week, one for each of them. ``losses`` by member: the mean over months of what it lost that nobody made
    good, as a share of its turnover; empty where losses do not feed back.
    """

    scenario: str
    collaboration: str
    days: tuple[date, ...]
    levels: Mapping[str, tuple[Estimate, ...]]
    losses: Mapping[str, Estimate]


def collaborating(found: Gathering, results: Results) -> tuple[Collaborating, ...]:
    """Give every collaboration of every scenario; where losses do not feed back its path is known
    beforehand."""
    return tuple(
        one
        for scenario, program in results.programs.items()
        if program.collaborations is not None
        for one in _of_scenario(
            scenario,
            program,
            paths=found.scenarios[scenario].paths or [program.collaborations.path],
            losses=found.scenarios[scenario].losses,
            draws=results.draws,
        )
    )


def _of_scenario(
    scenario: str,
    program: Program,
    *,
    paths: Sequence[Floats],
    losses: Sequence[Floats],
    draws: int,
) -> Iterator[Collaborating]:
    found = program.collaborations
    assert found is not None
    for place, name in enumerate(found.names):
        weeks = _weeks_read(program, found, place=place)
        yield Collaborating(
            scenario=scenario,
            collaboration=name,
            days=tuple(_day(program, second) for _, second in weeks),
            levels={
                word: tuple(
                    estimate_level([float(path[place, week, column]) for path in paths], draws=draws)
                    for week, _ in weeks
                )
                for column, word in enumerate(SHOWN)
            },
            losses={
                program.names.organisations[member]: estimate(
                    [float(one[:, member].mean()) if len(one) else 0.0 for one in losses], draws=draws
                )
                for member in np.flatnonzero(found.members[place]).tolist()
                if losses
            },
        )


def _weeks_read(program: Program, found: Collaborations, *, place: int) -> list[tuple[int, int]]:
    """List the weeks that are read and the seconds they begin at."""
    first, mondays = int(found.first_second[place]), program.calendar.monday_second
    seconds = [first, *mondays[mondays > first].tolist()]
    chosen = sorted({*range(0, len(seconds), WEEKS_A_QUARTER), len(seconds) - 1})
    return [(week, seconds[week]) for week in chosen]


def _day(program: Program, second: int) -> date:
    return date.fromordinal(program.calendar.first_day) + timedelta(days=second // SECONDS_A_DAY)
