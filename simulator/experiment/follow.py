"""One person followed through two worlds of one replication: every event of theirs, in both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from simulator.compiler.program import Ints, Program
from simulator.definition.experiment import BASELINE, Experiment
from simulator.definition.model import Model
from simulator.definition.words import nearest
from simulator.engines import log
from simulator.engines.demand import Demand
from simulator.engines.months import OtherWorld
from simulator.engines.people import Simulation
from simulator.engines.records import EventLog
from simulator.errors import DefinitionError, Fault
from simulator.experiment.scenarios import compile_scenarios
from simulator.units import shown

SECOND, WHAT, PERSON = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What happened to one person in the baseline and in a scenario, the same replication of both.

    ``why`` says how the person was chosen; ``segment`` and ``home`` are their first ones.
    """

    experiment: Experiment
    models: Mapping[str, Model]
    scenario: str
    replication: int
    person: int
    why: str
    segment: int
    home: int
    programs: Mapping[str, Program]
    logs: Mapping[str, EventLog]

    @property
    def model(self) -> Model:
        """Give the scenario's model, by which things are called."""
        return self.models[self.scenario]


def follow(
    experiment: Experiment, *, scenario: str | None = None, person: int | None = None, replication: int = 1
) -> Followed:
    """Follow one person through the baseline and one scenario (the first, unless named).

    Without a ``person`` it is whoever had most cases in the baseline of all whom the scenario enrols, or of
    everybody where it enrols nobody: that costs two more runs. Raises ``DefinitionError`` for a scenario or
    person that is not there.
    """
    name = _scenario(experiment, scenario)
    both = {one: experiment.scenarios[one] for one in (BASELINE, name)}
    scenarios = compile_scenarios(experiment.model_copy(update={"scenarios": both}))
    programs = scenarios.programs
    runs = _Runs(programs, seed=experiment.seed, replication=replication - 1)
    people = len(runs.demand.population.address)
    if not people:
        raise _fault(experiment, "nobody lives in this model: its cases are referrals, of nobody.")
    if person is not None and not 0 <= person < people:
        raise _fault(experiment, f"there is no person {person}; the people are numbered 0 to {people - 1:,}.")
    why = "the person asked for"
    if person is None:
        person, why = _frequent(runs, name, people=people)
    return Followed(
        experiment=experiment,
        models=scenarios.models,
        scenario=name,
        replication=replication,
        person=person,
        why=why,
        segment=int(runs.demand.population.segment[person]),
        home=int(runs.demand.population.home[person]),
        programs=programs,
        logs={one: runs.log_of(one, person) for one in programs},
    )


@dataclass(slots=True)
class Counting:
    """Counts what happens to each person, and keeps no row."""

    opened: Ints
    enrolled: Ints
    from_second: int

    def __call__(self, rows: Ints) -> Ints:
        """Count the rows of a log."""
        size = len(self.opened)
        counts = (
            (rows[:, WHAT] == log.OPENED) & (rows[:, PERSON] >= 0) & (rows[:, SECOND] >= self.from_second)
        )
        self.opened += np.bincount(rows[counts, PERSON], minlength=size)
        self.enrolled += np.bincount(rows[rows[:, WHAT] == log.ENROLLED, PERSON], minlength=size)
        return rows[:0]


@dataclass(slots=True)
class _Runs:
    """The two worlds, which read one demand."""

    programs: Mapping[str, Program]
    seed: int
    replication: int
    demand: Demand = field(init=False)
    months: OtherWorld = field(default_factory=OtherWorld)

    def __post_init__(self) -> None:
        both = list(self.programs.values())
        self.demand = Demand.for_programs(both, seed=self.seed, replication=self.replication)

    def simulation(self, scenario: str, keeping: Callable[[Ints], Ints]) -> Simulation:
        """Begin a world that hands its log over."""
        return Simulation(
            self.programs[scenario],
            seed=self.seed,
            replication=self.replication,
            demand=self.demand,
            keeps_log=True,
            keeping=keeping,
            other_world=self.months if scenario == BASELINE else self.months.for_reading(),
        )

    def log_of(self, scenario: str, person: int) -> EventLog:
        """Run a world and give the events of one person."""
        found = self.simulation(scenario, lambda rows: rows[rows[:, PERSON] == person]).finish().log
        assert found is not None
        return found

    def counted(self, scenario: str, people: int) -> Counting:
        """Run a world and count what happens to each person."""
        nothing = np.zeros(people, dtype=np.int64)
        warm_up = self.programs[scenario].calendar.warm_up_seconds
        counting = Counting(nothing, nothing.copy(), warm_up)
        self.simulation(scenario, counting).finish()
        return counting


def _frequent(runs: _Runs, scenario: str, *, people: int) -> tuple[int, str]:
    """Choose whoever had most cases in the baseline of those whom the scenario enrols."""
    usual = runs.counted(BASELINE, people).opened
    enrolled = runs.counted(scenario, people).enrolled > 0
    if not enrolled.any():
        return int(
            np.argmax(usual)
        ), "of everybody the one with most needs in the baseline; nobody is enrolled"
    return (
        int(np.argmax(np.where(enrolled, usual, -1))),
        "of all whom the scenario enrols the one with most needs in the baseline",
    )


def _scenario(experiment: Experiment, said: str | None) -> str:
    others = [name for name in experiment.scenarios if name != BASELINE]
    if said is None and others:
        return others[0]
    if said in others:
        return str(said)
    known = f"known are {', '.join(others) or 'none'}."
    raise _fault(
        experiment, f"no scenario is called {shown(said or '')}; {known}{nearest(said or '', others)}"
    )


def _fault(experiment: Experiment, message: str) -> DefinitionError:
    return DefinitionError(Fault(message=message, file=experiment.origin.file))
