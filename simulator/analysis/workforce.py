"""Staff by team and year: how many whole-time equivalents, how many hours, and what a scenario changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from simulator.analysis.gathered import Gathering
from simulator.analysis.intervals import Estimate, estimate_difference, estimate_level
from simulator.analysis.workforce_read import Staffing, Team, hours_a_year
from simulator.analysis.yearly import Floats, anniversary
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_YEAR

ALL_YEARS = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """So much of a team: in this world, and less that of the baseline, which itself has no difference."""

    level: Estimate
    change: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One team of one scenario in one year of the window (``starts``), or a year of it on average (``None``).

    A team is a kind of staff of an organisation ('': of none) by a basis: ``posts`` follow the places that
    there are, ``time`` what is done; they are two views of the same people and are never added up.
    ``equivalents`` are whole-time ones while the year lasted, ``hours`` those worked in it; of all years,
    hours a year.
    """

    scenario: str
    basis: str
    organisation: str
    kind: str
    starts: date | None
    equivalents: Amount
    hours: Amount


def workforce_of(found: Gathering, results: Results) -> tuple[Staff, ...]:
    """Compare the staff of every scenario; nothing where the model says nothing of staff."""
    runs = [run for name in results.scenarios for run in found.scenarios[name].staff]
    teams = sorted({team for run in runs for team in run.equivalents})
    known = [team for team in teams if any(np.any(run.equivalents.get(team, 0.0)) for run in runs)]
    return tuple(
        one
        for scenario in results.scenarios
        for team in known
        for one in _team(found, results, scenario=scenario, team=team)
    )


def _team(found: Gathering, results: Results, *, scenario: str, team: Team) -> Iterator[Staff]:
    """Give a team's years, then a year of all on average."""
    basis, organisation, kind = team
    gathered, baseline = found.scenarios[scenario], results.scenarios[0]
    starts, seconds = gathered.frame.window_starts, gathered.staff[0].seconds
    mine = _rows(gathered.staff, team)
    usual = None if scenario == baseline else _rows(found.scenarios[baseline].staff, team)
    a_year = hours_a_year(results.models[scenario], kind)
    weights = seconds / seconds.sum()
    spans: list[tuple[date | None, Floats, float]] = [
        (anniversary(starts, year), np.eye(len(seconds))[year], a_year * seconds[year] / SECONDS_A_YEAR)
        for year in range(len(seconds))
    ]
    for begins, weight, hours in [*spans, (ALL_YEARS, weights, a_year)]:
        yield Staff(
            scenario=scenario,
            basis=basis,
            organisation=organisation,
            kind=kind,
            starts=begins,
            equivalents=_amount(mine, usual, by=weight, draws=results.draws),
            hours=_amount(mine, usual, by=weight * hours, draws=results.draws),
        )


def _rows(runs: Sequence[Staffing], team: Team) -> Floats:
    """Give whole-time equivalents (R, Y)."""
    return np.array([run.equivalents.get(team, np.zeros_like(run.seconds)) for run in runs])


def _amount(here: Floats, there: Floats | None, *, by: Floats, draws: int) -> Amount:
    mine = (here @ by).tolist()
    change = None if there is None else estimate_difference(mine, (there @ by).tolist(), draws=draws)
    return Amount(level=estimate_level(mine, draws=draws), change=change)
