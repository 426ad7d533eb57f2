"""Stocks and flows carried on interval by interval: what a host sets, reads and hands over on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.engines.stocks.blocks import Block, Engine
from simulator.engines.stocks.compiling import compiled_plan
from simulator.engines.stocks.run import check_numbers
from simulator.equations.plan import Plan
from simulator.equations.planning import plan_of
from simulator.equations.system import Role, System
from simulator.errors import RunFailed

Array = Any
NOTHING = np.zeros(0, dtype=np.int64)
NOWHERE = np.zeros((0, 0, 0))
NEAR = 1e-6


@dataclass(slots=True)
class Stepper:
    """Some runs of a system, at one moment.

    Variables of the role ``INPUT`` are set by the host, before the first step and whenever it likes; their
    values hold until they are set again. Every value is an array of one number a run.
    """

    plan: Plan
    block: Block
    go: Callable[[int, int], None] | None = None

    @property
    def time(self) -> float:
        """Say how far the runs have come, in the system's unit of time."""
        timing = self.block.timing
        return timing.start + self.block.moment * timing.step

    def set(self, key: str, value: Any, *, element: int = 0) -> None:
        """Set an input; what follows from it is worked out with the next step or read."""
        if self.plan.system.variables[key].role is not Role.INPUT:
            raise ValueError(f"'{key}' is no input.")
        self.block.values[self.plan.places[key] + element] = value

    def add(self, key: str, heads: Any, *, element: int = 0) -> None:
        """Put heads into a stock, or take them out."""
        if self.plan.system.variables[key].role is not Role.STOCK:
            raise ValueError(f"'{key}' is no stock.")
        self.block.values[self.plan.places[key] + element] += heads

    def read(self, key: str, element: int = 0) -> Array:
        """Read anything as it is now, what the host has set and added included."""
        self.block.run_to(self.block.moment, every=1, kept=NOTHING, out=NOWHERE)
        return self.block.values[self.plan.places[key] + element].copy()

    def place(self, key: str, element: int = 0) -> int:
        """Give the row in which something stands among the block's values."""
        return self.plan.places[key] + element

    def advance(self, steps: int) -> None:
        """Carry the runs on by so many steps; what is no number then is for the caller to see."""
        if self.go is None:
            self.go = self.block.short_cut(NOTHING, NOWHERE)
        self.go(self.block.moment, self.block.moment + steps)
        self.block.moment += steps

    def copy(self) -> "Stepper":
        """Give a stepper that goes on from here by itself."""
        return Stepper(plan=self.plan, block=self.block.copy())

    def step_to(self, time: float) -> None:
        """Carry the runs on to a time, which must be a whole number of steps from the start.

        Raises :class:`RunFailed` where anything is no number by then.
        """
        timing = self.block.timing
        steps = (time - timing.start) / timing.step
        moment = round(steps)
        if abs(steps - moment) > NEAR or moment < self.block.moment:
            said = f"no whole number of steps of {timing.said(timing.step)}"
            raise RunFailed(f"the stocks cannot be carried on to {timing.said(time)}: {said}.")
        self.block.run_to(moment, every=1, kept=NOTHING, out=NOWHERE)
        rows = list(self.plan.stocks)
        names = [self.plan.names[row] for row in rows]
        check_numbers(self.block.values[None, rows, :], names, times=np.array([time]), timing=timing)


def stepper_of(
    system: System, inputs: Mapping[str, object] | None = None, *, runs: int = 1, is_compiled: bool = True
) -> Stepper:
    """Begin some runs of a system; ``inputs`` are what its inputs are at the start, nought where not said."""
    plan = plan_of(system)
    engine = Engine(plan, compiled_plan(plan, runs) if is_compiled else None)
    given = {plan.places[key]: value for key, value in (inputs or {}).items()}
    return Stepper(plan=plan, block=engine.block(system.timing, given, width=runs))
