"""An experiment's scenarios become programs, all before anything is run or written."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.compiler.compile import Compiled, FeedsBack, compile_and_check
from simulator.compiler.memory import Tabulated
from simulator.compiler.notes import Notes
from simulator.compiler.program import Program
from simulator.compiler.window import Window
from simulator.definition.experiment import Experiment, starts_of
from simulator.definition.experiments import load_model_of
from simulator.definition.model import Model
from simulator.errors import DefinitionError, Fault
from simulator.experiment.stock_steps import faults_of_exchanges


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenarios:
    """Every scenario's model, program and notes, baseline first, then in the order of the file."""

    models: Mapping[str, Model]
    programs: Mapping[str, Program]
    notes: Mapping[str, Notes]

    @property
    def model(self) -> Model:
        """Give the baseline's model."""
        return next(iter(self.models.values()))


def compile_scenarios(experiment: Experiment) -> Scenarios:
    """Load an experiment's model and compile every scenario; raise ``DefinitionError`` with all faults."""
    found: dict[str, tuple[Model, Compiled]] = {}
    faults: list[Fault] = []
    models, tabulated = Models(experiment), Tabulated()
    for name in experiment.scenarios:
        try:
            model = models.of(name)
            compiled = compile_one(experiment, model, scenario=name, tabulated=tabulated)
            found[name] = model, compiled
            faults += faults_of_exchanges(model, [compiled.program])
        except DefinitionError as fault:
            faults += fault.faults
    if faults:
        raise DefinitionError(dict.fromkeys(faults))
    return Scenarios(
        models={name: model for name, (model, _) in found.items()},
        programs={name: compiled.program for name, (_, compiled) in found.items()},
        notes={name: compiled.notes for name, (_, compiled) in found.items()},
    )


def by_name(programs: Mapping[str, Program]) -> Mapping[str, Program]:
    """Put scenarios in the order in which they are run and kept, whatever order a file has them in."""
    baseline, *others = programs
    return {name: programs[name] for name in (baseline, *sorted(others))}


def compile_scenario(experiment: Experiment, name: str) -> tuple[Model, Compiled]:
    """Compile one scenario: its settings, what the experiment counts besides, what is on."""
    model = Models(experiment).of(name)
    return model, compile_one(experiment, model, scenario=name, tabulated=Tabulated())


class Models:
    """The models of an experiment's scenarios; those that set nothing of their own share the baseline's."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._as_the_experiment_sets: Model | None = None

    def of(self, scenario: str) -> Model:
        """Give the model as one scenario has it; raise ``DefinitionError`` if it cannot be read."""
        if self._experiment.scenarios[scenario].set:
            return self._load(scenario)
        self._as_the_experiment_sets = self._as_the_experiment_sets or self._load(scenario)
        return self._as_the_experiment_sets

    def _load(self, scenario: str) -> Model:
        return counting_too(self._experiment, load_model_of(self._experiment, scenario))


def counting_too(experiment: Experiment, model: Model) -> Model:
    """Add to a model what an experiment counts besides."""
    return model.model_copy(
        update={
            "counts": {**model.counts, **experiment.counts},
            "instants": experiment.instants or model.instants,
        }
    )


def compile_one(
    experiment: Experiment, model: Model, *, scenario: str, tabulated: Tabulated | None = None
) -> Compiled:
    """Compile a model with what a scenario has on, over the time of the experiment."""
    on = experiment.scenarios[scenario].on
    window, feedback = _window(experiment, model), None
    if experiment.feedback:
        feedback = FeedsBack(contract=experiment.scenarios[scenario].contract or experiment.contract)
    return compile_and_check(model, window=window, on=on, tabulated=tabulated, feedback=feedback)


def _window(experiment: Experiment, model: Model) -> Window:
    """Give the stretch of time that an experiment runs over."""
    return Window(
        starts=starts_of(experiment, model.starts),
        warm_up_seconds=int(experiment.warm_up.value),
        horizon_seconds=int(experiment.horizon.value),
        period_seconds=int(experiment.report_every.value),
        population_share=experiment.population_share,
    )
