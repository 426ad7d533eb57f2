"""Stocks and flows from a file, whichever kind it is, with settings applied; and faults at their lines."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from simulator.definition.loading import load_model
from simulator.definition.model import Model
from simulator.definition.systems import has_stocks, system_of
from simulator.equations.parser import parse
from simulator.equations.planning import Unplannable, plan_of
from simulator.equations.system import System, Timing, Way
from simulator.equations.tokens import Dialect, Misread, canonical
from simulator.errors import DefinitionError, Fault
from simulator.experiment.stock_steps import fault_of_step, located_in, way_of_step
from simulator.units import shown
from simulator.xmile.reading import Drawn, read_xmile

ENDINGS = (".xmile", ".stmx", ".itmx", ".xml")
METHODS = ("euler", "rk4")
OF_TIMING = ("start", "stop", "step", "dt", "method", "save_every")
MOST_STEPS = 50_000_000
LONGEST_SETTING = 10_000
NEAR = 1e-6
OF_XMILE: Way = ("sim_specs", "dt")


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFile:
    """A system that was read, the values that settings give, and the model where it is one of ours."""

    file: str
    system: System
    given: Mapping[str, float] = field(default_factory=dict)
    model: Model | None = None
    located: Callable[[Way, str], Fault]
    drawn: Drawn | None = None


def read_stocks(path: Path, settings: Iterable[str] = ()) -> StockFile:
    """Read a model (TOML) or an XMILE file. Raises :class:`DefinitionError` with every fault.

    A setting is ``name=value`` of a variable, one of when and how to run (``dt``, ``stop``, ``method`` …),
    or, of a model, a path to a field as everywhere.
    """
    said = list(settings)
    drawn = None
    if path.suffix.lower() in ENDINGS:
        drawn = read_xmile(path)
        system, model = drawn.system, None
        fault: Callable[[Way, str], Fault] = drawn.fault
    else:
        of_fields = [one for one in said if "." in one.partition("=")[0]]
        said = [one for one in said if one not in of_fields]
        model = load_model(path, settings=of_fields)
        if not has_stocks(model):
            raise DefinitionError(
                Fault(message="has no stocks, flows or auxiliaries to run.", file=str(path))
            )
        system, fault = system_of(model), located_in(model)
    system, given = with_settings(system, said)
    try:
        plan_of(system)
    except Unplannable as found:
        raise DefinitionError([fault(way, message) for way, message in found.complaints]) from None
    return StockFile(file=str(path), system=system, given=given, model=model, located=fault, drawn=drawn)


def check_step_of(file: StockFile) -> None:
    """Refuse a step that is too coarse at the start. Raises :class:`DefinitionError` at the step's line."""
    way = way_of_step(file.model) if file.model is not None else OF_XMILE
    found = fault_of_step(file.system, located=file.located, way=way, given=file.given)
    if found is not None:
        raise DefinitionError(found)


def with_settings(system: System, said: Iterable[str]) -> tuple[System, dict[str, float]]:
    """Apply settings of variables and of the timing; give the system, and the values that are given to it."""
    given: dict[str, float] = {}
    of_timing = ""
    for setting in said:
        name, equals, value = (part.strip() for part in setting.partition("="))
        if not equals or not name or len(setting) > LONGEST_SETTING:
            raise DefinitionError(_fault(setting, "write it as name=value."))
        key = canonical(name)
        if key in OF_TIMING and key not in system.variables:
            system = replace(system, timing=_timing(system.timing, key, value=value, setting=setting))
        elif (number := _number(value)) is not None:
            given[name] = number
        else:
            system = _with_equation(system, key, text=value, setting=setting)
        of_timing = setting if key in OF_TIMING else of_timing
    timing = system.timing
    if of_timing and timing.start < timing.stop < timing.start + timing.step * (1 - NEAR):
        lasts = timing.stop - timing.start
        raise DefinitionError(
            _fault(
                of_timing,
                f"the step of {timing.said(timing.step)} is longer than the run, which lasts "
                f"{timing.said(lasts)}.",
            )
        )
    return system, given


def stops_short(timing: Timing) -> str:
    """Say where a run ends whose step does not divide its time; nothing where it does."""
    ends = timing.start + timing.steps * timing.step
    if abs(timing.stop - ends) <= NEAR * timing.step:
        return ""
    return (
        f"the step of {timing.said(timing.step)} does not divide the time from {timing.start:g} to "
        f"{timing.said(timing.stop)}: the run ends at {timing.said(ends)}."
    )


def _with_equation(system: System, key: str, *, text: str, setting: str) -> System:
    variable = system.variables.get(key)
    if variable is None:
        raise DefinitionError(_fault(setting, f"no stock, flow or auxiliary is called {shown(key)}."))
    try:
        tree = parse(text, Dialect.XMILE)
    except Misread as found:
        raise DefinitionError(_fault(setting, str(found))) from None
    formula = replace(variable.formulas[0], tree=tree, element=(), lookup=None)
    return system.with_variables(replace(variable, formulas=(formula,)))


def _timing(timing: Timing, key: str, *, value: str, setting: str) -> Timing:
    if key == "method":
        if value.lower() not in METHODS:
            raise DefinitionError(
                _fault(setting, f"{shown(value)} is not known; allowed are {', '.join(METHODS)}.")
            )
        return replace(timing, method=value.lower())
    number = _number(value)
    if number is None:
        raise DefinitionError(_fault(setting, f"{shown(value)} is not a number."))
    if key == "save_every":
        changed = replace(timing, save_every=number)
    elif key in ("step", "dt"):
        changed = replace(timing, step=number)
    else:
        changed = replace(timing, start=number) if key == "start" else replace(timing, stop=number)
    if changed.step <= 0 or changed.stop < changed.start or (changed.save_every or 1.0) <= 0:
        raise DefinitionError(_fault(setting, "a step is above 0, and a run stops after it starts."))
    if (changed.stop - changed.start) / changed.step > MOST_STEPS:
        raise DefinitionError(_fault(setting, f"makes more than {MOST_STEPS:,} steps."))
    return changed


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _fault(setting: str, message: str) -> Fault:
    return Fault(message=message, file=f"--set {shown(setting, longest=80)[1:-1]}")
