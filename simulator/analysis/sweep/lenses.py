"""The two lenses side by side: what a sweep says as stocks, and by people at the same points and draws."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.control_variate import Controlled, controlled
from simulator.analysis.intervals import Estimate, estimate, estimate_level, known
from simulator.analysis.measures import least, most
from simulator.analysis.sweep.confirming import CONFIRMED, points_to_confirm
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.sweep.sensitivity import known_mean
from simulator.definition.design import MORRIS
from simulator.definition.seek import DIFFERENCE, LEVEL
from simulator.errors import OutputError
from simulator.experiment.measure_names import MeasureName
from simulator.experiment.sweep.plan import CENTRAL
from simulator.experiment.sweep.results import SweepResults

Floats = NDArray[np.float64]
SIGN, APART, AGREE, UNKNOWN = "opposite", "apart", "agree", "unknown"
DRAWS, POINTS = "draws", "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """One output at one point by both lenses: ``gap`` is stocks less people, over replications or draws.

    ``measure`` by its place in the sweep, ``scenario`` by its own, ``point`` from 0.
    """

    point: int
    scenario: int
    measure: int
    kind: str
    stocks: Estimate
    people: Estimate
    gap: Estimate

    @property
    def verdict(self) -> str:
        """Say whether the lenses have opposite signs, lie apart beyond chance, or agree so far."""
        if self.gap.low is None or self.gap.high is None:
            return UNKNOWN
        if self.kind == DIFFERENCE and _sign(self.stocks) * _sign(self.people) < 0:
            return SIGN
        return APART if self.gap.low > 0 or self.gap.high < 0 else AGREE


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """A mean by people, over draws at a ``point`` or over points (then ``None``), helped by stocks."""

    point: int | None
    scenario: int
    measure: int
    kind: str
    made: Controlled


@dataclass(frozen=True, slots=True, kw_only=True)
class Lenses:
    """All that both lenses say: by point, and the means that stocks help with."""

    people: SweepResults
    points: tuple[int, ...]
    lenses: tuple[Lens, ...]
    helped: tuple[Helped, ...]


def lenses_of(results: SweepResults) -> Lenses | None:
    """Read the confirmation of a finished sweep; nothing where none was asked for."""
    from simulator.analysis.sweep.asked import load_sweep

    if results.plan.experiment.confirm is None:
        return None
    people = load_sweep(results.folder / CONFIRMED)
    points = points_to_confirm(results)
    if people.plan.points != tuple(results.plan.points[one] for one in points):
        raise OutputError(
            f"{people.folder}: holds other points than [confirm] asks for; remove it, and sweep again."
        )
    outputs, names = list(_outputs(results, people)), names_of(results)
    return Lenses(
        people=people,
        points=tuple(points),
        lenses=tuple(
            _lens(output, point, row=row, name=names[output[1]])
            for output in outputs
            for row, point in enumerate(points)
        ),
        helped=tuple(_helped(results, outputs, points=points)),
    )


Output = tuple[int, int, str, Floats, Floats]


def _outputs(results: SweepResults, people: SweepResults) -> Iterator[Output]:
    """Give each output that both have: stocks (all points, draws), people (points, draws, replications)."""
    names = {name: place for place, name in enumerate(people.plan.names)}
    common = [(place, names[name]) for place, name in enumerate(results.plan.names) if name in names]
    for kind in (LEVEL, DIFFERENCE):
        for scenario in range(1 if kind == DIFFERENCE else 0, len(results.plan.scenarios)):
            for measure, other in common:
                stocks, seen = (
                    values[..., scenario, place] - (values[..., 0, place] if kind == DIFFERENCE else 0.0)
                    for values, place in ((results.values, measure), (people.values, other))
                )
                yield scenario, measure, kind, stocks[:, :, 0], seen


def _lens(output: Output, point: int, *, row: int, name: MeasureName) -> Lens:
    """Estimate both, and the gap, over replications, or over draws where there are several."""
    scenario, measure, kind, stocks, people = output
    if people.shape[1] > 1:
        seen = known_mean(people[row], (1,))
        said = stocks[point, : len(seen)]
    else:
        seen = people[row, 0]
        said = np.full(len(seen), stocks[point, 0])
    return Lens(
        point=point,
        scenario=scenario,
        measure=measure,
        kind=kind,
        stocks=_estimate(said, of=name if kind == LEVEL else None),
        people=_estimate(seen, of=name if kind == LEVEL else None),
        gap=_estimate(said - seen),
    )


def _helped(results: SweepResults, outputs: Sequence[Output], *, points: Sequence[int]) -> Iterator[Helped]:
    """Help people's means by what stocks say: over draws at each point, else over points not picked."""
    plan = results.plan
    design, confirm = plan.experiment.design, plan.experiment.confirm
    assert confirm is not None
    is_drawn = plan.draws != (CENTRAL,)
    is_sampled = design is not None and design.kind != MORRIS and not design.indices and confirm.best is None
    for scenario, measure, kind, stocks, people in outputs:
        means = known_mean(people, (2,))
        if is_drawn:
            for row, point in enumerate(points):
                x = stocks[point]
                made = controlled(means[row], x[: means.shape[1]], all_x=x, is_sample=True)
                if made is not None:
                    yield Helped(point=point, scenario=scenario, measure=measure, kind=kind, made=made)
        elif is_sampled:
            x = stocks[:, 0]
            made = controlled(means[:, 0], x[list(points)], all_x=x, is_sample=False)
            if made is not None:
                yield Helped(point=None, scenario=scenario, measure=measure, kind=kind, made=made)


def _estimate(values: Floats, *, of: MeasureName | None = None) -> Estimate:
    """Estimate a mean; that ``of`` a level ends where it can be."""
    there = [known(one) for one in values]
    return estimate(there) if of is None else estimate_level(there, most=most(of), least=least(of))


def _sign(one: Estimate) -> int:
    """Give the sign of what was seen: nought where its interval holds nought."""
    if one.low is None or one.high is None:
        return 0
    return int(one.low > 0) - int(one.high < 0)
