"""Examining files before anything is run: every fault, and what the model comes to on paper."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.compiler.compile import Compiled, compile_and_check
from simulator.compiler.expectations import arrivals_a_day, expected_deaths, expected_load, mean_capacity
from simulator.compiler.interventions import running
from simulator.compiler.program import Program
from simulator.compiler.window import Window
from simulator.definition.experiments import SIGNS_OF_EXPERIMENT, check_files, load_experiment
from simulator.definition.facts import law_facts
from simulator.definition.files import read_draft
from simulator.definition.loading import SaidSettings, load_model
from simulator.definition.model import Model
from simulator.definition.systems import has_stocks, timing_of
from simulator.errors import DefinitionError, Fault
from simulator.experiment.asked import asked_measures, check_measures
from simulator.experiment.measure_names import vocabulary
from simulator.experiment.scenarios import compile_scenarios
from simulator.experiment.unused_words import unused_words
from simulator.units import SECONDS_A_DAY, SECONDS_A_WEEK

_WARM_UP = 52 * SECONDS_A_WEEK
_YEAR = 364 * SECONDS_A_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found in one file: ``faults`` stop it from running; ``lines`` are worth knowing."""

    file: str
    faults: tuple[Fault, ...]
    lines: tuple[str, ...]


def examine(path: Path, *, settings: SaidSettings = (), verbose: bool = False) -> Examined:
    """Check one model or experiment file, compile it, and say what it comes to on paper."""
    faults = check_files([path], settings=settings)
    if faults:
        return Examined(file=str(path), faults=tuple(faults), lines=())
    try:
        if (alone := _stocks_alone(path, settings)) is not None:
            return Examined(file=str(path), faults=(), lines=(f"{path}: no faults.", *alone))
        model, compiled = _compile(path, settings)
    except DefinitionError as error:
        return Examined(file=str(path), faults=error.faults, lines=())
    lines = [f"{path}: no faults."]
    for scenario, found in compiled.items():
        lines += [_in(scenario, f"note: {note.path}: {note.text}") for note in found.notes]
    lines += [f"note: {one}" for one in unused_words(model)]
    first = next(iter(compiled.values())).program
    lines += _on_paper(first)
    if verbose:
        lines += [f"law: {fact}" for fact in law_facts(model)]
    return Examined(file=str(path), faults=(), lines=tuple(dict.fromkeys(lines)))


def _stocks_alone(path: Path, settings: SaidSettings) -> tuple[str, ...] | None:
    """Say what a model of stocks and flows comes to; nothing where there is more to it."""
    if any(word in read_draft(path).raw for word in SIGNS_OF_EXPERIMENT):
        return None
    model = load_model(path, settings=settings)
    if model.activities or not has_stocks(model):
        return None
    timing = timing_of(model.integration)
    counts = f"{len(model.stocks)} stocks, {len(model.flows)} flows, {len(model.auxiliaries)} auxiliaries"
    return (f"{counts}; {timing.steps:,} steps of {timing.step:g} {timing.unit}.",)


def _in(scenario: str, line: str) -> str:
    return f"{scenario}: {line}" if scenario else line


def _compile(path: Path, settings: SaidSettings) -> tuple[Model, dict[str, Compiled]]:
    """Compile every scenario of an experiment; of a model, the model alone and with each switch on."""
    if any(word in read_draft(path).raw for word in SIGNS_OF_EXPERIMENT):
        experiment = load_experiment(path, settings=settings)
        scenarios = compile_scenarios(experiment)
        asked_measures(scenarios.model, experiment, known=vocabulary(scenarios.programs.values()))
        return scenarios.model, {
            name: Compiled(program=program, notes=scenarios.notes[name])
            for name, program in scenarios.programs.items()
        }
    model = load_model(path, settings=settings)
    if model.starts is None:
        fault = model.origin.fault("starts", "is missing; a model checked by itself says when it starts.")
        raise DefinitionError(fault)
    window = Window(
        starts=model.starts, warm_up_seconds=_WARM_UP, horizon_seconds=_YEAR, period_seconds=SECONDS_A_WEEK
    )
    compiled: dict[str, Compiled] = {}
    faults: list[Fault] = []
    for switch in ("", *sorted(model.interventions)):
        try:
            compiled[switch] = _with_switch(model, switch, window=window)
        except DefinitionError as error:
            faults += error.faults
    if faults:
        raise DefinitionError(dict.fromkeys(faults))
    check_measures(model, known=vocabulary(one.program for one in compiled.values()))
    return model, compiled


def _with_switch(model: Model, switch: str, *, window: Window) -> Compiled:
    """Compile a model with one switch on, over as long as it takes for a year of it; or with none."""
    if not switch:
        return compile_and_check(model, window=window)
    first, _ = running(window, model.interventions[switch])
    longer = replace(window, horizon_seconds=max(first - _WARM_UP, 0) + _YEAR)
    return compile_and_check(model, window=longer, on=(switch,))


def _on_paper(program: Program) -> Iterator[str]:
    """Say what the model comes to if nobody ever waited: arrivals, loads, deaths by both ways."""
    names = program.names
    for name, number in sorted(arrivals_a_day(program).items()):
        yield f"on paper: {name}: {number:,.3g} a day"
    loads, capacity = expected_load(program), mean_capacity(program)
    for name, load, places in zip(names.resources, loads, capacity, strict=True):
        yield f"on paper: {name}: {load:,.4g} places in use if nobody waited ({_limit(load, places)})"
    if names.segments:
        deaths = expected_deaths(program)
        yield (
            f"on paper: deaths a year: {deaths.outside:,.0f} outside resident activities by hazard, "
            f"{deaths.inside:,.0f} inside by route 'died'"
        )


def _limit(load: float, places: float) -> str:
    """Say what a load is of the places there are."""
    if places == 0:
        return "of none at any time"
    return "no limit" if places == float("inf") else f"{load / places:.0%} of {places:,.4g} on average"
