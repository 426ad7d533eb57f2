"""Who competes to be the best of a sweep, by which measure, and how the choice stands."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.choosing import Standing, Terms, choose
from simulator.analysis.in_part import in_part
from simulator.analysis.measures import unit
from simulator.analysis.sweep.measuring import names_in
from simulator.analysis.sweep.precision import counts_of, held_in
from simulator.definition.chosen import first_stage
from simulator.definition.experiment import BASELINE, STOCKS, Experiment
from simulator.definition.seek import DIFFERENCE
from simulator.definition.select import Select
from simulator.errors import DefinitionError
from simulator.experiment.measure_names import CONTRACT_WHATS, MeasureName, Vocabulary, read_name
from simulator.experiment.sweep.compiling import compile_point
from simulator.experiment.sweep.plan import CENTRAL, Plan

Floats = NDArray[np.float64]
MOST_CANDIDATES = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A choice to be made: ``measure`` by its place in the plan, and each candidate's point and scenario.

    ``programs``: by point, the fingerprints of its scenarios as far as they have been asked for.
    """

    select: Select
    measure: int
    candidates: tuple[tuple[int, int], ...]
    terms: Terms
    programs: dict[int, tuple[str, ...]] = field(default_factory=dict, compare=False)

    def values(self, of: Floats) -> Floats:
        """Give what decides (candidates, replications), the less the better, of a sweep's values."""
        chosen = of[:, 0, :, :, self.measure]
        if self.select.of == DIFFERENCE:
            chosen = chosen - chosen[:, :, :1]
        sign = 1.0 if self.select.least else -1.0
        return np.array([sign * chosen[point, :, scenario] for point, scenario in self.candidates])


def chosen_by(
    experiment: Experiment, kept: Mapping[str, MeasureName], *, known: Vocabulary
) -> dict[str, MeasureName]:
    """Give the measure that a choice is made by, unless it is kept already."""
    select = experiment.select
    if select is None or select.best in kept or select.best in {one.text for one in kept.values()}:
        return {}
    found = read_name(select.best, known)
    if found.what in CONTRACT_WHATS:
        said = "is settled by a contract, which a sweep does not do; choose by another measure."
        raise DefinitionError(experiment.origin.fault("select.best", said))
    return {select.best: found}


def contest_of(plan: Plan) -> Contest | None:
    """Say who competes, and by what; raise ``DefinitionError`` where there is nothing to choose."""
    experiment, select = plan.experiment, plan.experiment.select
    if select is None:
        return None
    names = plan.names if select.best in plan.names else plan.spelt
    measure = names.index(select.best)
    among = select.among or plan.scenarios
    candidates = tuple(
        (point, place)
        for point in range(len(plan.points))
        for place, scenario in enumerate(plan.scenarios)
        if scenario in among and not (select.of == DIFFERENCE and scenario == BASELINE)
    )
    if not 1 < len(candidates) <= MOST_CANDIDATES:
        said = f"has {len(candidates):,} to choose from; 2 are the fewest, {MOST_CANDIDATES:,} the most."
        raise DefinitionError(experiment.origin.fault("select", said))
    return Contest(
        select=select, measure=measure, candidates=candidates, terms=_terms(plan, select, measure=measure)
    )


def standing_in(folder: Path, plan: Plan, *, contest: Contest) -> Standing:
    """Say how a choice stands with what a folder holds; without chance the first run decides."""
    held, values = held_in(folder, plan, most=contest.terms.most)
    deciding, counts = contest.values(values), counts_of(held)
    if plan.experiment.engine == STOCKS:
        there = np.flatnonzero(~np.isnan(deciding[:, 0]))
        order = sorted(there.tolist(), key=lambda one: (float(deciding[one, 0]), one))
        out = tuple(int(one in order[1:]) for one in range(len(deciding)))
        return Standing(left=tuple(order[:1]), out_at=out, replications=1, is_made=bool(order), needs=False)
    return choose(
        deciding,
        [counts[point] for point, _ in contest.candidates],
        terms=contest.terms,
        worlds=_worlds(plan, contest, first=deciding[:, : contest.terms.first]),
    )


def _worlds(plan: Plan, contest: Contest, *, first: Floats) -> list[str]:
    """Say in which world each candidate is, so that none is compared with itself.

    A point alone may leave a scenario as it is (baselines, where a scheme's size varies). Only those that are
    the same in all of the first replications are compiled to see whether they are.
    """
    alike = Counter(one.tobytes() for one in first)
    return [
        _world(plan, contest, candidate=candidate) if alike[row.tobytes()] > 1 else str(candidate)
        for candidate, row in zip(contest.candidates, first, strict=True)
    ]


def _world(plan: Plan, contest: Contest, *, candidate: tuple[int, int]) -> str:
    """Give the fingerprint of a candidate's program, and of the one it is compared with."""
    point, place = candidate
    if point not in contest.programs:
        programs = compile_point(plan, point, draw=CENTRAL).programs
        contest.programs[point] = tuple(programs[name].fingerprint for name in plan.scenarios)
    found = contest.programs[point]
    return f"{found[place]} {found[0]}" if contest.select.of == DIFFERENCE else found[place]


def _terms(plan: Plan, select: Select, *, measure: int) -> Terms:
    """Give the terms of a choice: what matters is the file's word, or what it says of the measure.

    Both are said of the whole place; of a count that is a share of it, where a share is run.
    """
    own = {**plan.model.measures, **plan.experiment.measures}.get(plan.names[measure])
    matters = None if own is None or own.matters_from is None else own.matters_from.value
    within = matters if select.within is None else select.within
    if plan.experiment.engine == STOCKS:
        return Terms(within=float(within or 0), probability=float(select.probability), first=1, most=1)
    if not within:
        said = "does not say how much better matters; write within = …, or matters_from of the measure."
        raise DefinitionError(plan.experiment.origin.fault("select", said))
    first = first_stage(plan.experiment)
    assert first is not None
    share = float(plan.experiment.population_share)
    return Terms(
        within=in_part(float(within), unit(names_in(plan)[measure]), share=share),
        probability=float(select.probability),
        first=first,
        most=select.at_most,
    )
