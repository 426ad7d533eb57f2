"""From a point and a draw to what is run there: the model set so, compiled for every scenario, once."""

import threading
from collections.abc import Mapping
from dataclasses import replace

from simulator.compiler.memory import Memory, Tabulated
from simulator.definition.loading import model_of_tables, set_otherwise
from simulator.definition.model import Model
from simulator.definition.settings import Setting, path_of, settings_of
from simulator.definition.uncertain import Uncertain, uncertain_parameters, with_values
from simulator.errors import DefinitionError, RunFailed
from simulator.experiment.designs.point import Point
from simulator.experiment.scenarios import Scenarios, compile_one, counting_too
from simulator.experiment.sweep.plan import CENTRAL, Plan
from simulator.experiment.uncertainty.draws import drawn_ranks, drawn_values
from simulator.experiment.uncertainty.fits import Fitted, fitted
from simulator.experiment.work import Work, work_of
from simulator.units import in_few_words

KEPT = 16


class Works:
    """The work of each point and draw, compiled when it is first asked for; the last few are kept.

    Threads may share it: whoever asks for one that another compiles waits for that one alone.
    """

    def __init__(self, plan: Plan, *, pairs: bool = False) -> None:
        """Compile what a plan has; unless ``pairs``, worlds are not matched."""
        self._plan = plan
        self._pairs = pairs
        self._tabulated = Tabulated()
        self._kept = Memory[_Slot](KEPT)

    def at(self, point: int, draw: int) -> Work:
        """Give the work of a point and a draw; raise ``RunFailed`` where the model cannot be so."""
        slot = self._kept.give((point, draw), _Slot)
        with slot.lock:
            if slot.work is None:
                found = compile_point(self._plan, point, draw=draw, tabulated=self._tabulated)
                slot.work = replace(found, pairs=self._pairs)
            return slot.work


class _Slot:
    """Room for one work, and the lock of whoever compiles it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.work: Work | None = None


def compile_point(plan: Plan, point: int, *, draw: int, tabulated: Tabulated | None = None) -> Work:
    """Give the work of every scenario at a point and a draw."""
    found = scenarios_at(plan, point, draw=draw, tabulated=tabulated)
    return work_of(plan.experiment, found.programs, pairs=False)


def scenarios_at(plan: Plan, point: int, *, draw: int, tabulated: Tabulated | None = None) -> Scenarios:
    """Compile every scenario at a point and a draw, in the plan's order; raise ``RunFailed`` if it cannot."""
    try:
        models = models_at(plan, plan.points[point], draw=draw)
        compiled = {
            name: compile_one(plan.experiment, models[name], scenario=name, tabulated=tabulated)
            for name in plan.scenarios
        }
    except DefinitionError as fault:
        raise RunFailed(f"{place_of(plan, point, draw=draw)}: {fault}") from fault
    return Scenarios(
        models={name: models[name] for name in compiled},
        programs={name: one.program for name, one in compiled.items()},
        notes={name: one.notes for name, one in compiled.items()},
    )


def models_at(plan: Plan, point: Point, *, draw: int) -> Mapping[str, Model]:
    """Give each scenario's model at a point and a draw; those that set nothing of their own share one."""
    own = {name: one.set for name, one in plan.experiment.scenarios.items()}
    plain = _model_at(plan, point, own={}, draw=draw)
    return {name: _model_at(plan, point, own=own[name], draw=draw) if own[name] else plain for name in own}


def place_of(plan: Plan, point: int, *, draw: int) -> str:
    """Say of which point and draw something is said."""
    if not plan.paths and draw != CENTRAL:
        return f"draw {draw}"
    settings = ", ".join(f"{path} = {in_few_words(str(value))}" for path, value in plan.points[point].items())
    said = f"point {point + 1}" + (f" ({settings})" if settings else "")
    return said if draw == CENTRAL else f"{said}, draw {draw}"


def _model_at(plan: Plan, point: Point, *, own: Mapping[str, object], draw: int) -> Model:
    """Give the model as point, scenario and draw have it, in that order."""
    top = plan.experiment.origin.positions.top
    uncertain = [name for name in point if _is_uncertain(plan, name)]
    settings = [Setting(path_of(name), one, top) for name, one in point.items() if name not in uncertain]
    model = set_otherwise(plan.model, [*settings, *settings_of(own, top)])
    if uncertain or draw != CENTRAL:
        is_as_planned = model is plan.model and plan.known
        known = plan.known if is_as_planned else uncertain_parameters(model.origin.resolved)
        values = {name: point[name] for name in uncertain if name in known}
        left = {name: one for name, one in known.items() if name not in values}
        if draw != CENTRAL:
            values |= draw_of(plan, left, draw=draw)
        tables = with_values(model.origin.resolved, values, known=known)
        model = model_of_tables(model, tables, touched=[known[name].way for name in values])
    return counting_too(plan.experiment, model)


def draw_of(plan: Plan, known: Mapping[str, Uncertain], *, draw: int) -> dict[str, object]:
    """Draw a value for each of these parameters."""
    ranks = drawn_ranks(
        sorted({one.rank for one in known.values()}),
        seed=plan.experiment.seed,
        draw=draw,
        copula=plan.copula,
    )
    return drawn_values(known, laws_of(known), ranks=ranks)


def laws_of(known: Mapping[str, Uncertain]) -> dict[str, Fitted]:
    """Fit the law of each parameter; raise ``DefinitionError`` for all whose interval fits none."""
    return {name: fitted(one) for name, one in known.items()}


def _is_uncertain(plan: Plan, name: str) -> bool:
    """Say whether a path is varied over its own range."""
    variation = plan.experiment.vary.get(name)
    return variation is not None and variation.is_uncertain
