"""Examining files before anything is run: every fault, and what the model comes to on paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from simulator.compiler.compile import Compiled, compile_and_check
from simulator.compiler.interventions import running
from simulator.compiler.memory import Tabulated
from simulator.compiler.program import Program
from simulator.compiler.window import Window
from simulator.definition.experiment import Experiment
from simulator.definition.experiments import check_files, load_experiment
from simulator.definition.facts import law_facts
from simulator.definition.files import read_draft
from simulator.definition.loading import SaidSettings, load_model
from simulator.definition.model import Model
from simulator.definition.settings import option_setting
from simulator.definition.systems import has_stocks, system_of, timing_of
from simulator.definition.which_file import SIGNS_OF_EXPERIMENT, is_stock_design
from simulator.errors import DefinitionError, Fault
from simulator.experiment.asked import asked_measures, check_measures
from simulator.experiment.check_references import refuse_broken_checks
from simulator.experiment.compile_notes import compile_notes
from simulator.experiment.how_long import how_long_alone
from simulator.experiment.measure_names import vocabulary
from simulator.experiment.on_paper import on_paper, size_of_runs, sizes
from simulator.experiment.run_notes import run_notes
from simulator.experiment.scenarios import Scenarios, compile_scenarios
from simulator.experiment.stock_files import stops_short
from simulator.experiment.stock_steps import fault_of_step, faults_of_exchanges, located_in, way_of_step
from simulator.experiment.unused_words import unused_words
from simulator.units import SECONDS_A_DAY, SECONDS_A_WEEK

DESIGN = (
    "note: a design over stocks; the names in it are looked up in the model: downstream stocks MODEL.toml "
    "--vary {path}."
)
_WARM_UP = 52 * SECONDS_A_WEEK
_YEAR = 364 * SECONDS_A_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found in one file: ``faults`` stop it from running; ``lines`` are worth knowing."""

    file: str
    faults: tuple[Fault, ...]
    lines: tuple[str, ...]


class Tell(Protocol):
    """Whoever hears a line; one that ``err`` marks is a fault."""

    def __call__(self, message: str, /, *, err: bool = False) -> object:
        """Hear it."""


def tell_all(
    files: Sequence[Path], *, settings: SaidSettings, engine: str | None, verbose: bool, tell: Tell
) -> bool:
    """Examine files and tell what was found; say whether none has a fault. ``engine`` goes to experiments."""
    of_engine = [] if engine is None else [option_setting("engine", engine)]
    others = {path: what for path in files if of_engine and (what := _other_than_experiment(path))}
    if of_engine and all(path in others for path in files):
        for path, what in others.items():
            said = f"--engine goes with experiments, and {path} is {what}; leave it out."
            tell(str(Fault(message=said, file=of_engine[0].position.file)), err=True)
        return False
    said_of_all = list(settings)
    said_of = {path: said_of_all if path in others else [*of_engine, *said_of_all] for path in files}
    found = [examine(path, settings=said_of[path], verbose=verbose) for path in files]
    for one in found:
        for line in one.lines:
            tell(line)
        for fault in one.faults:
            tell(str(fault), err=True)
    return not any(one.faults for one in found)


def _other_than_experiment(path: Path) -> str:
    """Say what a file is where it is no experiment; nothing where it is one, or cannot be read."""
    try:
        raw = read_draft(path).raw
    except DefinitionError:
        return ""
    if is_stock_design(raw):
        return "a design over stocks"
    return "" if any(word in raw for word in SIGNS_OF_EXPERIMENT) else "a model"


def examine(path: Path, *, settings: SaidSettings = (), verbose: bool = False) -> Examined:
    """Check one model or experiment file, compile it, and say what it comes to on paper."""
    faults = check_files([path], settings=settings)
    if faults:
        return Examined(file=str(path), faults=tuple(faults), lines=())
    if is_stock_design(read_draft(path).raw):
        return Examined(file=str(path), faults=(), lines=(f"{path}: no faults.", DESIGN.format(path=path)))
    try:
        if (alone := _stocks_alone(path, settings)) is not None:
            return Examined(file=str(path), faults=(), lines=(f"{path}: no faults.", *alone))
        found = _found_in(path, settings)
    except DefinitionError as error:
        return Examined(file=str(path), faults=error.faults, lines=())
    lines = [f"{path}: no faults."]
    lines += [f"note: {note}" for note in (*found.notes, *unused_words(found.model))]
    lines += [f"on paper: {line}" for line in (*found.size, *(on_paper(found.program) if verbose else ()))]
    if verbose:
        lines += [f"law: {fact}" for fact in law_facts(found.model)]
    return Examined(file=str(path), faults=(), lines=tuple(dict.fromkeys(lines)))


def _stocks_alone(path: Path, settings: SaidSettings) -> tuple[str, ...] | None:
    """Say what a model of stocks and flows comes to; nothing where there is more to it."""
    if any(word in read_draft(path).raw for word in SIGNS_OF_EXPERIMENT):
        return None
    model = load_model(path, settings=settings)
    if model.activities or not has_stocks(model):
        return None
    if fault := fault_of_step(system_of(model), located=located_in(model), way=way_of_step(model)):
        raise DefinitionError(fault)
    refuse_broken_checks(model)
    timing = timing_of(model.integration)
    counts = f"{len(model.stocks)} stocks, {len(model.flows)} flows, {len(model.auxiliaries)} auxiliaries"
    short = stops_short(timing)
    sizes_of = f"{counts}; {timing.steps:,} steps of {timing.said(timing.step)}."
    notes = [f"note: {short}"] if short else []
    if said := how_long_alone(system_of(model), 1):
        notes.append(f"on paper: {said}")
    return (sizes_of, *notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What compiling a file came to: the first program stands for all on paper."""

    model: Model
    program: Program
    notes: tuple[str, ...]
    size: tuple[str, ...]


def _found_in(path: Path, settings: SaidSettings) -> _Found:
    """Compile every scenario of an experiment; of a model, the model alone and with each switch on."""
    if not any(word in read_draft(path).raw for word in SIGNS_OF_EXPERIMENT):
        return _found_in_model(load_model(path, settings=settings))
    experiment = load_experiment(path, settings=settings)
    scenarios = compile_scenarios(experiment)
    known = vocabulary(scenarios.programs.values())
    asked_measures(scenarios.model, experiment, known=known)
    refuse_broken_checks(scenarios.model, known=known)
    program = next(iter(scenarios.programs.values()))
    points = _points_of(experiment, scenarios)
    return _Found(
        model=scenarios.model,
        program=program,
        notes=run_notes(experiment, scenarios),
        size=(*sizes(program), *size_of_runs(program, experiment, points=points)),
    )


def _points_of(experiment: Experiment, scenarios: Scenarios) -> int:
    """Count the points of a sweep; raise ``DefinitionError`` with what is wrong with them."""
    if experiment.design is None and not experiment.draws:
        return 1
    # What draws points is the engines' own and takes a second to import: other files need not wait for it.
    from simulator.experiment.sweep.idle import idle_paths
    from simulator.experiment.sweep.plan import nothing, plan_of

    plan = plan_of(experiment, scenarios.model, names={}, measures=nothing)
    if faults := list(idle_paths(plan)):
        raise DefinitionError(faults)
    return len(plan.points)


def _found_in_model(model: Model) -> _Found:
    if model.starts is None:
        fault = model.origin.fault("starts", "is missing; a model checked by itself says when it starts.")
        raise DefinitionError(fault)
    window = Window(
        starts=model.starts, warm_up_seconds=_WARM_UP, horizon_seconds=_YEAR, period_seconds=SECONDS_A_WEEK
    )
    compiled: dict[str, Compiled] = {}
    faults: list[Fault] = []
    tabulated = Tabulated()
    for switch in ("", *sorted(model.interventions)):
        try:
            compiled[switch] = _with_switch(model, switch, window=window, tabulated=tabulated)
        except DefinitionError as error:
            faults += error.faults
    faults += faults_of_exchanges(model, (one.program for one in compiled.values()))
    if faults:
        raise DefinitionError(dict.fromkeys(faults))
    known = vocabulary(one.program for one in compiled.values())
    check_measures(model, known=known)
    refuse_broken_checks(model, known=known)
    titles = {switch: f"the model with '{switch}'" if switch else "the model alone" for switch in compiled}
    return _Found(
        model=model,
        program=compiled[""].program,
        notes=compile_notes({switch: one.notes for switch, one in compiled.items()}, titles=titles),
        size=tuple(sizes(compiled[""].program)),
    )


def _with_switch(model: Model, switch: str, *, window: Window, tabulated: Tabulated) -> Compiled:
    """Compile a model with one switch on, over as long as it takes for a year of it; or with none."""
    if not switch:
        return compile_and_check(model, window=window, tabulated=tabulated)
    first, _ = running(window, model.interventions[switch])
    longer = replace(window, horizon_seconds=max(first - _WARM_UP, 0) + _YEAR)
    return compile_and_check(model, window=longer, on=(switch,), tabulated=tabulated)
