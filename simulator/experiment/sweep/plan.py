"""The plan of a sweep: its points, draws and replications, and what is measured of each run."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Program
from simulator.definition.experiment import STOCKS, Experiment, UntilPrecise
from simulator.definition.model import Model
from simulator.definition.uncertain import Uncertain, uncertain_parameters
from simulator.errors import DefinitionError, Fault
from simulator.experiment.designs.make import points_of
from simulator.experiment.designs.point import Point
from simulator.experiment.observation import Observation
from simulator.experiment.uncertainty.draws import Copula, copula_of
from simulator.experiment.uncertainty.fits import NoLaw, fitted

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
# From an observation and its program to the measures of the plan, in their order; not-a-number where absent.
Measures = Callable[[Observation, Program], Floats]

CENTRAL = 0
MOST_RUNS = 10_000_000


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """One replication of every scenario at a point: ``draw`` 0 has all central values; all count from 0."""

    point: int
    draw: int
    replication: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A sweep about to be run.

    ``model`` is the baseline's, with the settings of the experiment and none of a point. ``draws`` are
    numbered from 1, or there is one, 0, with central values. ``measures`` reads the measures
    ``names``, which a file calls so; ``spelt`` is what each is. ``known`` are the uncertain parameters of
    ``model``, where any is varied or drawn. ``counts`` are the replications of each point where they differ,
    ``replications`` the most of them. ``first`` is the number of the first replication: those after others
    have chosen have numbers of their own. Of a plan that ``is_round`` more is to be run: a folder is not
    finished by it.
    """

    experiment: Experiment
    model: Model
    points: tuple[Point, ...]
    draws: tuple[int, ...]
    replications: int
    names: tuple[str, ...]
    spelt: tuple[str, ...]
    measures: Measures
    known: Mapping[str, Uncertain] = field(default_factory=dict)
    copula: Copula = field(default_factory=Copula)
    counts: tuple[int, ...] = ()
    first: int = 0
    is_round: bool = False

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Name the scenarios in the order in which they are run and kept: baseline first, then by name."""
        baseline, *others = self.experiment.scenarios
        return (baseline, *sorted(others))

    @property
    def paths(self) -> tuple[str, ...]:
        """Name the paths that differ from point to point."""
        return tuple(self.points[0])

    @property
    def shape(self) -> tuple[int, int, int]:
        """Count points, draws and replications."""
        return len(self.points), len(self.draws), self.replications

    @property
    def wanted(self) -> Flags:
        """Say which pieces of ``shape`` are to be run: all, where every point has as many replications."""
        counts = np.array(self.counts or [self.replications] * len(self.points))
        asked = np.arange(self.replications) < counts[:, None, None]
        return np.broadcast_to(asked, self.shape)

    def pieces(self, where: Flags | None = None) -> Iterator[Piece]:
        """Give every piece, or those of ``shape`` that are asked for; those that share programs together."""
        asked = self.wanted if where is None else where & self.wanted
        for point, draw, replication in np.argwhere(asked):
            yield Piece(int(point), self.draws[draw], self.first + int(replication))

    def places(self, pieces: Ints) -> tuple[Ints, Ints, Ints, Flags]:
        """Give where pieces (n, 3) stand in ``shape``, and which of them are of the plan at all."""
        point, draw, replication = pieces.T
        draw, replication = draw - self.draws[0], replication - self.first
        here = (point < self.shape[0]) & (draw < self.shape[1])
        here &= (replication >= 0) & (replication < self.shape[2])
        if self.counts:
            counts = np.array(self.counts)
            here &= replication < counts[np.minimum(point, len(counts) - 1)]
        return point[here], draw[here], replication[here], here

    def __len__(self) -> int:
        """Count the pieces."""
        each = sum(self.counts) if self.counts else len(self.points) * self.replications
        return each * len(self.draws)


def with_counts(plan: Plan, counts: Sequence[int]) -> Plan:
    """Give the plan with so many replications at each point."""
    most = max(counts)
    return replace(plan, replications=most, counts=() if min(counts) == most else tuple(counts))


def one_round(plan: Plan, counts: Sequence[int]) -> Plan:
    """Give the plan of a round, after which more may have to be run, with so many replications a point."""
    return replace(with_counts(plan, counts), is_round=True)


def most_pieces(plan: Plan) -> int:
    """Count the pieces that a plan may come to, with the most replications that its experiment allows."""
    experiment = plan.experiment
    most = [plan.replications]
    if isinstance(experiment.replications, UntilPrecise):
        most.append(experiment.replications.at_most)
    if experiment.select is not None:
        most.append(experiment.select.at_most)
    return max(len(plan), max(most) * len(plan.points) * len(plan.draws))


def plan_of(experiment: Experiment, model: Model, *, names: Mapping[str, str], measures: Measures) -> Plan:
    """Plan a sweep of an experiment that was found right; raise ``DefinitionError`` where it cannot be."""
    origin = experiment.origin
    if not is_sweep(experiment):
        said = "there is nothing to sweep; write [vary] and [design], or draws = 100. Else: downstream run."
        raise DefinitionError(origin.fault("vary", said))
    if isinstance(experiment.replications, UntilPrecise) and experiment.draws:
        said = (
            'draws need a number of replications each; until = "precise" is for central values, for more '
            "replications do not make sure what is not known of the parameters."
        )
        raise DefinitionError(origin.fault("replications", said))
    if experiment.log != "none":
        raise DefinitionError(origin.fault("log", "draws and points keep no log; take it out."))
    varies = any(one.is_uncertain for one in experiment.vary.values())
    known = uncertain_parameters(model.origin.resolved) if experiment.draws or varies else {}
    if experiment.draws and not known:
        said = "no value of the model has a low and a high: there is nothing to draw."
        raise DefinitionError(origin.fault("draws", said))
    check_laws(model, known if experiment.draws else {})
    plan = Plan(
        experiment=experiment,
        model=model,
        points=points_of(experiment, model),
        draws=draws_of(experiment),
        replications=replications_of(experiment),
        names=tuple(names),
        spelt=tuple(names.values()),
        measures=measures,
        known=known,
        copula=copula_of(_pairs(experiment, known)),
    )
    _check_confirmed(plan)
    if (runs := len(plan) * len(plan.scenarios)) > MOST_RUNS:
        said = f"comes to {runs:,} runs; {MOST_RUNS:,} are the most."
        raise DefinitionError(origin.fault("design", said))
    return plan


def _check_confirmed(plan: Plan) -> None:
    """Raise ``DefinitionError`` for a point to be run by people too that a sweep does not have."""
    confirm = plan.experiment.confirm
    for place, one in enumerate(confirm.points if confirm is not None else ()):
        if one > len(plan.points):
            said = f"there is no point {one:,}; the sweep has {len(plan.points):,}."
            raise DefinitionError(plan.experiment.origin.fault(f"confirm.points.{place}", said))


def is_sweep(experiment: Experiment) -> bool:
    """Say whether an experiment has points, draws, or a best to be chosen."""
    return experiment.design is not None or experiment.draws > 0 or experiment.select is not None


def nothing(_: Observation, __: Program) -> Floats:
    """Measure nothing: for a plan that is not run."""
    return np.empty(0)


def replications_of(experiment: Experiment) -> int:
    """Give the number of replications that an experiment surely has: one of stocks, which know no chance."""
    if experiment.engine == STOCKS:
        return 1
    said = experiment.replications
    return said.at_least if isinstance(said, UntilPrecise) else said


def draws_of(experiment: Experiment) -> tuple[int, ...]:
    """Number the draws of an experiment."""
    return tuple(range(1, experiment.draws + 1)) if experiment.draws else (CENTRAL,)


def check_laws(model: Model, known: Mapping[str, Uncertain]) -> None:
    """Raise ``DefinitionError`` with every parameter whose interval fits no law."""
    faults: list[Fault] = []
    for parameter in known.values():
        try:
            fitted(parameter)
        except NoLaw as fault:
            faults.append(model.origin.positions.fault(parameter.way, str(fault)))
    if faults:
        raise DefinitionError(faults)


def _pairs(experiment: Experiment, known: Mapping[str, Uncertain]) -> Mapping[tuple[str, str], float]:
    """Give the rank correlations of drawn parameters, by the names of their ranks."""
    found: dict[tuple[str, str], float] = {}
    for place, one in enumerate(experiment.correlations):
        if one.of[0] in experiment.vary:
            continue
        pair = known[one.of[0]].rank, known[one.of[1]].rank
        if pair[0] == pair[1]:
            said = f"{one.of[0]} and {one.of[1]} have one rank already: they are years of one effect."
            raise DefinitionError(experiment.origin.fault(f"correlations.{place}", said))
        found[pair] = float(one.rank)
    return found
