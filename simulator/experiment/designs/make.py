"""The points of an experiment: its paths and its kind of design become what each run has."""

from collections.abc import Mapping, Sequence

from simulator.definition.design import GRID, LATIN_HYPERCUBE, MORRIS, POINTS, SOBOL, Design
from simulator.definition.experiment import Experiment
from simulator.definition.faults import Wrong
from simulator.definition.model import Model
from simulator.definition.points_file import read_points
from simulator.definition.uncertain import Uncertain, uncertain_parameters
from simulator.definition.variations import bounds_of
from simulator.definition.vary import Variation
from simulator.errors import DefinitionError
from simulator.experiment.designs.axis import Axis
from simulator.experiment.designs.grid import grid
from simulator.experiment.designs.latin_hypercube import latin_hypercube
from simulator.experiment.designs.morris import morris
from simulator.experiment.designs.point import Point
from simulator.experiment.designs.sobol import sobol, sobol_for_indices
from simulator.experiment.uncertainty.fits import NoLaw, fitted


def points_of(experiment: Experiment, model: Model) -> tuple[Point, ...]:
    """Make the points of an experiment that was found right; without a design there is one, with nothing set.

    Points come in the order of the names of their paths, whatever order a file has them in. ``only`` some of
    them are given where the design says so.
    """
    design = experiment.design
    if design is None:
        return ({},)
    found = _all_points(experiment, model, design=design)
    if missing := [one for one in design.only if one > len(found)]:
        said = f"there is no point {missing[0]:,}; the design has {len(found):,}."
        raise DefinitionError(experiment.origin.fault("design.only", said))
    return tuple(found[one - 1] for one in design.only) if design.only else found


def _all_points(experiment: Experiment, model: Model, *, design: Design) -> tuple[Point, ...]:
    """Make every point of a design."""
    if design.kind == POINTS:
        assert design.file is not None
        try:
            return tuple(row for _, row in read_points(experiment.origin.folder, design.file))
        except Wrong as complaint:
            origin = experiment.origin
            raise DefinitionError(
                [origin.fault("design.file", said) for _, said in complaint.faults]
            ) from None
    pairs = {one.of: float(one.rank) for one in experiment.correlations if one.of[0] in experiment.vary}
    axes = axes_of(experiment, model)
    return points_over(axes, design, seed=experiment.seed, correlations=pairs)


def points_over(
    axes: Sequence[Axis], design: Design, *, seed: int, correlations: Mapping[tuple[str, str], float]
) -> tuple[Point, ...]:
    """Make every point of a design over paths that come in the order of their names."""
    if design.kind == GRID:
        return grid(axes)
    if design.kind == MORRIS:
        assert design.trajectories is not None
        return morris(axes, trajectories=design.trajectories, levels=design.levels, seed=seed)
    assert design.runs is not None
    if design.kind == SOBOL and design.indices:
        return sobol_for_indices(axes, runs=design.runs, seed=seed)
    if design.kind == SOBOL:
        return sobol(axes, runs=design.runs, seed=seed)
    assert design.kind == LATIN_HYPERCUBE
    return latin_hypercube(axes, runs=design.runs, seed=seed, correlations=correlations)


def axes_of(experiment: Experiment, model: Model) -> tuple[Axis, ...]:
    """Give the paths that are varied, by name; raise ``DefinitionError`` for an interval that fits no law."""
    vary = experiment.vary
    uncertain = (
        uncertain_parameters(model.origin.resolved) if any(one.is_uncertain for one in vary.values()) else {}
    )
    axes, faults = [], []
    for name in sorted(vary):
        try:
            axes.append(_axis(name, vary[name], model=model, uncertain=uncertain))
        except NoLaw as fault:
            faults.append(experiment.origin.fault(f"vary.{name}", str(fault)))
    if faults:
        raise DefinitionError(faults)
    return tuple(axes)


def _axis(name: str, variation: Variation, *, model: Model, uncertain: Mapping[str, Uncertain]) -> Axis:
    if variation.is_uncertain:
        parameter = uncertain[name]
        return Axis(name=name, variation=variation, parameter=parameter, law=fitted(parameter))
    bounds = bounds_of(model, name, variation=variation)
    return Axis(name=name, variation=variation, is_whole=bounds is not None and bounds.is_whole)
