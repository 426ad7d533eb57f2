"""The best of a sweep: chosen in rounds, and run again on fresh replications.

The luckiest of many looks best (the winner's curse), so what chose the best says too much of it. Fresh
replications, of numbers that no choice can reach, say how good it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.choosing import Standing
from simulator.analysis.forecasts import next_count
from simulator.analysis.intervals import Estimate, estimate_difference, estimate_level, known
from simulator.analysis.measures import least, most
from simulator.analysis.sweep.contest import Contest, contest_of, standing_in
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.sweep.precision import UNFINISHED, counts_of, held_in
from simulator.definition.experiment import STOCKS
from simulator.definition.seek import DIFFERENCE, LEVEL
from simulator.errors import OutputError
from simulator.experiment.cluster.where import Workers
from simulator.experiment.folder import default_folder
from simulator.experiment.manifests import name_of
from simulator.experiment.progress import Progress
from simulator.experiment.sweep.plan import Plan, one_round
from simulator.experiment.sweep.results import SweepResults
from simulator.experiment.sweep.run import run_sweep

Floats = NDArray[np.float64]
# Beyond every number that replications of an experiment may have.
FRESH = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """How a sweep is run: where to, by whom, told to whom, with which notes."""

    out: Path | None
    workers: Workers
    progress: Progress
    notes: tuple[str, ...]

    def sweeps(
        self, plan: Plan, *, runs: Callable[..., SweepResults] = run_sweep, again: bool = False
    ) -> SweepResults:
        """Run a plan so; raise what ``run_sweep`` does."""
        return runs(
            plan, out=self.out, workers=self.workers, progress=self.progress, notes=self.notes, again=again
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A measure of the best, a level or a difference: as it was chosen, and by fresh replications."""

    measure: int
    kind: str
    chosen: Estimate
    fresh: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The best of a sweep: who competed, how it ended, and what the best is worth.

    ``best``: its point and its scenario's place; nothing where no candidate has the measure.
    """

    contest: Contest
    standing: Standing
    best: tuple[int, int] | None
    beside: tuple[Beside, ...]


def run_choice(plan: Plan, how: Running) -> None:
    """Run what a choice needs, round by round, and the best again; raise what ``run_sweep`` does."""
    contest = contest_of(plan)
    assert contest is not None
    folder = default_folder(name_of(plan.experiment)) if how.out is None else how.out
    counts = [contest.terms.first] * len(plan.points)
    how.sweeps(one_round(plan, counts))
    while (standing := standing_in(folder, plan, contest=contest)).needs:
        points = sorted({contest.candidates[one][0] for one in standing.left})
        how.progress.says(
            f"Choosing the best: {len(standing.left):,} of {len(contest.candidates):,} are left after "
            f"{standing.replications:,} replications."
        )
        for point in points:
            ahead = 2 * standing.replications
            counts[point] = next_count(standing.replications, ahead, at_most=contest.terms.most)
        how.sweeps(one_round(plan, counts), again=True)
    if standing.left and plan.experiment.engine != STOCKS:
        how.progress.says(f"Running the best again, {contest.select.fresh:,} fresh replications…")
        how.sweeps(_again(plan, contest, standing=standing), again=True)


def choice_of(results: SweepResults) -> Choice | None:
    """Read the choice of a finished sweep from its folder; nothing where none was asked for.

    Raises ``OutputError`` where what it needs is not there.
    """
    plan, folder = results.plan, results.folder
    contest = contest_of(plan)
    if contest is None:
        return None
    standing = standing_in(folder, plan, contest=contest)
    if standing.needs:
        raise OutputError(f"{folder}: {UNFINISHED}")
    if not standing.left:
        return Choice(contest=contest, standing=standing, best=None, beside=())
    best = contest.candidates[standing.left[0]]
    _, values = held_in(folder, plan, most=contest.terms.most)
    chosen = values[best[0], 0, : standing.replications]
    fresh = None
    if plan.experiment.engine != STOCKS:
        again = _again(plan, contest, standing=standing)
        held, values = held_in(folder, again, most=contest.select.fresh)
        if counts_of(held)[best[0]] < contest.select.fresh:
            raise OutputError(f"{folder}: {UNFINISHED}")
        fresh = values[best[0], 0]
    shown = tuple(_beside(results, chosen, fresh=fresh, contest=contest, scenario=best[1]))
    return Choice(contest=contest, standing=standing, best=best, beside=shown)


def _again(plan: Plan, contest: Contest, *, standing: Standing) -> Plan:
    """Give the plan of the best's fresh replications alone."""
    best, _ = contest.candidates[standing.left[0]]
    counts = [contest.select.fresh if point == best else 0 for point in range(len(plan.points))]
    return replace(one_round(plan, counts), first=FRESH)


def _beside(
    results: SweepResults, chosen: Floats, *, fresh: Floats | None, contest: Contest, scenario: int
) -> list[Beside]:
    """Set what the best was chosen by, and every primary measure, beside what fresh replications say."""
    plan = results.plan
    own = {**plan.model.measures, **plan.experiment.measures}
    primary = [
        place for place, name in enumerate(plan.names) if (one := own.get(name)) is not None and one.primary
    ]
    found = []
    for measure in dict.fromkeys((contest.measure, *primary)):
        for kind in (LEVEL, DIFFERENCE) if scenario else (LEVEL,):
            both = [
                None
                if one is None
                else _estimate(results, one, measure=measure, kind=kind, scenario=scenario)
                for one in (chosen, fresh)
            ]
            assert both[0] is not None
            found.append(Beside(measure=measure, kind=kind, chosen=both[0], fresh=both[1]))
    return found


def _estimate(results: SweepResults, values: Floats, *, measure: int, kind: str, scenario: int) -> Estimate:
    """Estimate a measure of a scenario over replications (replications, scenarios, measures)."""
    own, base = ([known(one) for one in values[:, place, measure]] for place in (scenario, 0))
    if kind == DIFFERENCE:
        return estimate_difference(own, base)
    name = names_of(results)[measure]
    return estimate_level(own, most=most(name), least=least(name))
