"""What drives the outputs of a sweep, by whichever method its design allows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.directions import BETTER, less_of
from simulator.analysis.sensitivity.elementary import Screening, elementary_effects, screening_of
from simulator.analysis.sensitivity.given_data import Shares, shares_of
from simulator.analysis.sensitivity.information import partial_information, perfect_information
from simulator.analysis.sensitivity.sobol_indices import Indices, sobol_indices
from simulator.analysis.sensitivity.two_levels import share_of_parameters
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.sweep.outputs import Output, drawn_of, inputs_of, outputs_of, values_of
from simulator.definition.design import GRID, MORRIS, SOBOL, Design
from simulator.experiment.designs.few import few_base_points
from simulator.experiment.designs.morris import morris_levels
from simulator.experiment.designs.point import Point
from simulator.experiment.sweep.results import SweepResults

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DRAWS, POINTS = "draws", "points"
ALL = "all that is uncertain"
LEAST_DRAWS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What single inputs explain of the outputs, over the draws or the points; some lack ``unknown`` ones."""

    over: str
    runs: int
    shares: Mapping[str, Shares]
    unknown: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What knowing a parameter, or all, would be worth for a measure, in its unit.

    ``is_best`` is the scenario that is best on average; ``by_chance`` what chance alone would show.
    """

    output: Output
    parameter: str
    is_best: str
    value: float
    by_chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unweighed:
    """A measure of which nobody can say what it is worth to know, and why: a half sentence."""

    output: Output
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """All that a sweep says about what drives its outputs.

    The last axis of every array are ``outputs``; of those ``unknown`` some point has no value. ``few`` says
    of indices that their base points are few, where they are. ``unweighed`` are the measures that
    ``knowledge`` leaves out. ``parameters_share`` (outputs,): the part of a run's variance that is between
    draws, where there are draws and replications of each.
    """

    outputs: tuple[Output, ...]
    paths: tuple[str, ...]
    unknown: Flags
    screening: Screening | None
    indices: Indices | None
    few: str
    explained: tuple[Explained, ...]
    knowledge: tuple[Knowledge, ...]
    unweighed: tuple[Unweighed, ...]
    parameters_share: Floats | None


def sensitivity_of(results: SweepResults) -> Sensitivity:
    """Work out what a sweep's design allows; an output that some point or draw lacks has no figures."""
    values = values_of(results)
    experiment = results.plan.experiment
    found = sensitivity_at_points(
        results.plan.points,
        known_mean(values, (1, 2)),
        outputs=outputs_of(results),
        design=experiment.design,
        seed=experiment.seed,
    )
    known = tuple(_knowledge(results))
    return replace(
        found,
        explained=(*_over_draws(results, values), *found.explained),
        knowledge=tuple(one for one in known if isinstance(one, Knowledge)),
        unweighed=tuple(one for one in known if isinstance(one, Unweighed)),
        parameters_share=_two_levels(results, values),
    )


def sensitivity_at_points(
    points: Sequence[Point], values: Floats, *, outputs: Sequence[Output], design: Design | None, seed: int
) -> Sensitivity:
    """Work out what a design allows from outputs (points, outputs), whatever runs they are the mean of."""
    paths = tuple(points[0])
    indices = sobol_indices(values, inputs=len(paths)) if design is not None and has_indices(design) else None
    return Sensitivity(
        outputs=tuple(outputs),
        paths=paths,
        unknown=np.asarray(np.isnan(values).any(axis=0)),
        screening=_screening(paths, values, design=design, seed=seed),
        indices=indices,
        few=" ".join(few_base_points(design)),
        explained=tuple(_over_points(points, values, design=design)),
        knowledge=(),
        unweighed=(),
        parameters_share=None,
    )


def known_mean(values: Floats, axes: tuple[int, ...]) -> Floats:
    """Give the mean over some axes of the runs that have a value; not-a-number where none has."""
    there = ~np.isnan(values)
    count = there.sum(axis=axes)
    total = np.where(there, values, 0.0).sum(axis=axes)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def has_indices(design: Design) -> bool:
    """Say whether a design was made for Sobol' indices, and is run whole."""
    return design.kind == SOBOL and design.indices and not design.only


def _screening(
    paths: Sequence[str], at_points: Floats, *, design: Design | None, seed: int
) -> Screening | None:
    if design is None or design.kind != MORRIS or design.only:
        return None
    assert design.trajectories is not None
    levels = morris_levels(paths, trajectories=design.trajectories, levels=design.levels, seed=seed)
    return screening_of(elementary_effects(levels, at_points, of=design.levels))


def _over_draws(results: SweepResults, values: Floats) -> Iterator[Explained]:
    """Fit outputs to what was drawn."""
    if results.drawn:
        yield from _explained(DRAWS, drawn_of(results), values=known_mean(values, (0, 2)))


def _over_points(points: Sequence[Point], values: Floats, *, design: Design | None) -> Iterator[Explained]:
    """Fit outputs to what points set, where they were sampled for no other method."""
    if design is not None and design.kind not in (MORRIS, GRID) and not design.indices:
        yield from _explained(POINTS, inputs_of(points), values=values)


def _explained(over: str, inputs: Mapping[str, Floats], *, values: Floats) -> Iterator[Explained]:
    """Fit outputs to single inputs; nothing where there is too little of each."""
    made = {name: shares_of(numbers, values) for name, numbers in inputs.items()}
    if known := {name: one for name, one in made.items() if one is not None}:
        missing = np.asarray(np.isnan(values).any(axis=0))
        yield Explained(over=over, runs=len(values), shares=known, unknown=missing)


def _knowledge(results: SweepResults) -> Iterator[Knowledge | Unweighed]:
    """Say for each measure what it is worth to know a parameter before choosing, or why that is not said."""
    plan = results.plan
    if len(results.drawn) < LEAST_DRAWS or len(plan.scenarios) == 1:
        return
    drawn = drawn_of(results)
    levels = known_mean(results.values, (0, 2))  # (draws, scenarios, measures)
    for name, output in zip(names_of(results), outputs_of(results), strict=False):
        sign = {BETTER: -1.0, "": 0.0}.get(less_of(name), 1.0)
        benefits = sign * (levels[:, :, output.measure] - levels[:, :1, output.measure])
        if why := _why_not_weighed(benefits, has_direction=bool(sign)):
            yield Unweighed(output=output, why=why)
            continue
        best = plan.scenarios[int(benefits.mean(axis=0).argmax())]
        whole = perfect_information(benefits)
        yield Knowledge(output=output, parameter=ALL, is_best=best, value=whole, by_chance=0.0)
        for parameter, numbers in drawn.items():
            worth = partial_information(numbers, benefits)
            if worth is not None:
                yield Knowledge(
                    output=output,
                    parameter=parameter,
                    is_best=best,
                    value=min(worth.value, whole),
                    by_chance=worth.by_chance,
                )


def _why_not_weighed(benefits: Floats, *, has_direction: bool) -> str:
    """Say why of benefits (draws, scenarios) no worth can be told; nothing where it can."""
    if not has_direction:
        return "neither less nor more of it is better"
    if missing := int(np.isnan(benefits).any(axis=1).sum()):
        return f"it has no value in {missing} of {len(benefits)} draws (nobody to measure it of)"
    return "" if benefits.any() else "no scenario changes it in any draw"


def _two_levels(results: SweepResults, values: Floats) -> Floats | None:
    """Give the part of variance that is between draws, as a mean over the points."""
    draws, replications = values.shape[1:3]
    if not results.drawn or min(draws, replications) < LEAST_DRAWS:
        return None
    return np.asarray(share_of_parameters(np.moveaxis(values, 3, 1)).mean(axis=0))
