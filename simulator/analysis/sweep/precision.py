"""Replications of a sweep, until every primary difference is known well enough at every point by itself.

Each point has its own number, found by the rule of a run (``stopping``) on its replications in their order.
Those beyond it are kept and never used, so tables depend on nothing but values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.forecasts import in_time, next_count
from simulator.analysis.in_part import in_part
from simulator.analysis.measures import unit
from simulator.analysis.stopping import enough, foreseen, half_widths
from simulator.analysis.sweep.measuring import names_in
from simulator.definition.experiment import STOCKS, Experiment, UntilPrecise
from simulator.errors import DefinitionError, OutputError
from simulator.experiment.cluster.where import Workers
from simulator.experiment.pace import Paced
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.sweep.chunk_files import are_there
from simulator.experiment.sweep.compiling import place_of
from simulator.experiment.sweep.failing import are_failed, failed_in
from simulator.experiment.sweep.plan import CENTRAL, Plan, one_round, with_counts
from simulator.experiment.sweep.results import SweepResults, values_in
from simulator.experiment.sweep.run import run_sweep

Floats = NDArray[np.float64]
MOST_NAMED = 6
UNFINISHED = "is not finished; run the sweep again to go on."


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How well every primary difference came to be known.

    ``reached`` and ``replications`` by point; ``matters`` by the measure's place among the plan's names, from
    which difference on it matters; ``halves`` (points, scenarios without the baseline, those measures).
    """

    reached: tuple[bool, ...]
    replications: tuple[int, ...]
    matters: Mapping[int, float]
    halves: Floats


def is_until_precise(experiment: Experiment) -> bool:
    """Say whether replications go on until all is precise: where there is chance, and a difference."""
    return (
        isinstance(experiment.replications, UntilPrecise)
        and experiment.engine != STOCKS
        and len(experiment.scenarios) > 1
    )


def run_until_precise(
    plan: Plan,
    *,
    out: Path | None = None,
    workers: Workers = None,
    progress: Progress | None = None,
    notes: tuple[str, ...] = (),
    again: bool = False,
) -> SweepResults:
    """Run every point as often as it needs, within the limits of the file.

    A note names the points for which the most were too few. Raises what ``run_sweep`` does.
    """
    limits, matters = limits_of(plan), matters_of(plan)
    if not matters:
        said = "the measure that says matters_from is settled by a contract, which a sweep does not do."
        raise DefinitionError(plan.experiment.origin.fault("replications", said))
    paced = Paced(progress or Silence())
    counts = [limits.at_least] * len(plan.points)
    used: dict[int, int] = {}
    while True:
        is_first = counts == [limits.at_least] * len(plan.points)
        results = run_sweep(
            one_round(plan, counts),
            out=out,
            workers=workers,
            progress=paced,
            notes=notes,
            again=again or not is_first,
        )
        ahead = _look(plan, _differences(results.values, matters), counts=counts, used=used)
        if not ahead:
            break
        if is_first:
            paced.says(_forecast(plan, ahead, seconds_a_run=paced.seconds_a_run))
        for point, foreseen_there in ahead.items():
            counts[point] = next_count(counts[point], foreseen_there, at_most=limits.at_most)
    return run_sweep(
        settle(plan, used),
        out=out,
        workers=workers,
        progress=paced,
        notes=(*notes, *_unreached(plan, used)),
        again=True,
    )


def settled_in(plan: Plan, folder: Path) -> Plan:
    """Give the plan with the replications that each point needed, of those that a finished folder holds.

    Raises ``OutputError`` where a point has too few to tell and fewer than the most.
    """
    held, values = held_in(folder, plan, most=limits_of(plan).at_most)
    used: dict[int, int] = {}
    if _look(plan, _differences(values, matters_of(plan)), counts=counts_of(held), used=used):
        raise OutputError(f"{folder}: {UNFINISHED}")
    return settle(plan, used)


def held_in(folder: Path, plan: Plan, *, most: int) -> tuple[Plan, Floats]:
    """Give the plan with the first replications, up to so many, that a folder holds, and their values."""
    whole = with_counts(plan, [most] * len(plan.points))
    failed = failed_in(folder, whole)
    there = are_there(folder, whole) | are_failed(whole, failed)
    held = with_counts(plan, np.logical_and.accumulate(there[:, 0], axis=1).sum(axis=1).tolist())
    return held, values_in(folder, held, failed=failed)


def settle(plan: Plan, used: Mapping[int, int]) -> Plan:
    """Give the plan in which each point has the replications it needed, or the most."""
    most = limits_of(plan).at_most
    return with_counts(plan, [used.get(point, most) for point in range(len(plan.points))])


def precision_of(results: SweepResults) -> Precision | None:
    """Say how well every primary difference came to be known; nothing where nobody asked for it."""
    plan = results.plan
    if not is_until_precise(plan.experiment):
        return None
    matters = matters_of(plan)
    differences = _differences(results.values, matters)
    used: dict[int, int] = {}
    _look(plan, differences, counts=counts_of(plan), used=used)
    halves = [half_widths(one[:count])[-1] for one, count in zip(differences, counts_of(plan), strict=True)]
    shape = (len(plan.points), len(plan.scenarios) - 1, len(matters))
    return Precision(
        reached=tuple(point in used for point in range(len(plan.points))),
        replications=tuple(counts_of(plan)),
        matters=matters,
        halves=np.array(halves).reshape(shape),
    )


def counts_of(plan: Plan) -> list[int]:
    """Give the replications of each point."""
    return list(plan.counts) or [plan.replications] * len(plan.points)


def limits_of(plan: Plan) -> UntilPrecise:
    """Give the limits within which replications go on."""
    limits = plan.experiment.replications
    assert isinstance(limits, UntilPrecise)
    return limits


def matters_of(plan: Plan) -> dict[int, float]:
    """Give from what difference on each primary measure that says so matters in what is run, by its place."""
    own = {**plan.model.measures, **plan.experiment.measures}
    names, share = names_in(plan), float(plan.experiment.population_share)
    return {
        place: in_part(float(one.matters_from.value), unit(names[place]), share=share)
        for place, name in enumerate(plan.names)
        if (one := own.get(name)) is not None and one.primary and one.matters_from is not None
    }


def _differences(values: Floats, matters: Mapping[int, float]) -> Floats:
    """Give the primary differences (points, replications, scenarios × measures), scenario less baseline."""
    chosen = values[:, 0][..., list(matters)]
    found = chosen[:, :, 1:] - chosen[:, :, :1]
    return np.asarray(found.reshape(*found.shape[:2], found.shape[2] * found.shape[3]))


def _look(plan: Plan, differences: Floats, *, counts: Sequence[int], used: dict[int, int]) -> dict[int, int]:
    """Note in ``used`` the points that are known well enough; give the others, with how many are foreseen."""
    limits, matters = limits_of(plan), matters_of(plan)
    bounds = np.array([*matters.values()] * (len(plan.scenarios) - 1))
    ahead: dict[int, int] = {}
    for point, count in enumerate(counts):
        if point in used:
            continue
        there = differences[point, :count]
        found = enough(there, bounds, at_least=limits.at_least)
        if found is not None:
            used[point] = found
        elif count < limits.at_most:
            ahead[point] = foreseen(there, bounds, at_least=limits.at_least) if count else limits.at_most
    return ahead


def _forecast(plan: Plan, ahead: Mapping[int, int], *, seconds_a_run: float | None) -> str:
    """Say how many replications and how much time the points that are not known yet will take."""
    limits = limits_of(plan)
    wanted = {point: min(count, limits.at_most) for point, count in ahead.items()}
    runs = sum(count - limits.at_least for count in wanted.values()) * len(plan.scenarios)
    short = sum(count > limits.at_most for count in ahead.values())
    told = f"; at_most = {limits.at_most:,} will hardly be enough at {short:,} of them" if short else ""
    least, most = min(wanted.values()), max(wanted.values())
    between = f"{most:,}" if least == most else f"{least:,} to {most:,}"
    return (
        f"After {limits.at_least:,} replications {len(wanted):,} of {len(plan.points):,} points need more: "
        f"about {between} each{told}, {runs:,} runs more{in_time(runs, seconds_a_run)}."
    )


def _unreached(plan: Plan, used: Mapping[int, int]) -> tuple[str, ...]:
    """Name the points at which even the most replications were too few."""
    short = [point for point in range(len(plan.points)) if point not in used]
    if not short:
        return ()
    named = [place_of(plan, point, draw=CENTRAL) for point in short[:MOST_NAMED]]
    rest = f" and {len(short) - MOST_NAMED:,} more (tables/precision)" if len(short) > MOST_NAMED else ""
    return (
        f"{limits_of(plan).at_most:,} replications were not enough at {len(short):,} of {len(plan.points):,} "
        f"points, where a primary difference is known less well than asked: {'; '.join(named)}{rest}.",
    )
