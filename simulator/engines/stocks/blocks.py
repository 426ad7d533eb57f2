"""A block of runs, made ready: its arrays, filled at the start, and the functions that carry it on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from simulator.engines.stocks.arithmetic import plain, tables_of
from simulator.engines.stocks.compiling import Compiled, run_compiled, short_cut
from simulator.engines.stocks.integrators.wiring import Wiring, room_for
from simulator.engines.stocks.interpreter import interpreter_of
from simulator.engines.stocks.march import METHODS, march
from simulator.equations.ordering import rows_of
from simulator.equations.plan import START_TIME, STEP, STOP_TIME, TIME, Past, Plan
from simulator.equations.system import Timing

Array = Any


@dataclass(frozen=True)
class Engine:
    """A plan with what carries it out: the interpreter, or compiled code for blocks of runs."""

    plan: Plan
    compiled: Compiled | None = None

    @cached_property
    def interpreter(self) -> Any:
        """Give the plan as Python functions; they fill the start of every run, compiled or not."""
        return interpreter_of(self.plan)

    @cached_property
    def sources(self) -> Array:
        """Give the row that each row of the past remembers."""
        pasts = [one for one in self.plan.first if isinstance(one, Past)]
        found = np.zeros(self.plan.pasts, dtype=np.int64)
        for one in pasts:
            rows = rows_of(one.source, one.loops)
            count = len(rows_of(one.target, one.loops))
            found[one.row : one.row + count] = rows if len(rows) == count else rows * count
        return found

    def block(self, timing: Timing, given: Mapping[int, Array], *, width: int) -> "Block":
        """Make a block of runs and fill its start; ``given`` are rows that somebody else has set."""
        wiring = self._wiring(timing, width)
        table = wiring.values.reshape(self.plan.slots, width)
        for row, value in ((TIME, timing.start), (START_TIME, timing.start), (STOP_TIME, timing.stop)):
            table[row] = value
        table[1], table[STEP] = timing.start, timing.step
        for row, value in given.items():
            table[row] = value
        self.interpreter.begin(table, wiring.history)
        return Block(engine=self, timing=timing, wiring=wiring, width=width)

    def _wiring(self, timing: Timing, width: int) -> Wiring:
        plan, stocks = self.plan, self.plan.stocks
        places = {row: place for place, row in enumerate(stocks)}
        points, starts = tables_of(plan.tables)
        if self.compiled is not None:
            points = _with_constants(points, self.compiled.constants)
        links = np.array(
            [[one.flow for one in plan.links], [places[one.stock] for one in plan.links]], dtype=np.int64
        )
        return Wiring(
            values=np.zeros(plan.slots * width),
            history=np.zeros((max(1, plan.pasts), (timing.steps + 1) * width if plan.pasts else 1)),
            points=points,
            starts=starts,
            links=links.reshape(2, len(plan.links)),
            signs=np.array([one.sign for one in plan.links], dtype=np.int64),
            stocks=np.array(stocks, dtype=np.int64),
            guarded=np.array([places[row] for row in plan.guarded if row in places], dtype=np.int64),
            clamped=np.array([places[row] for row in plan.clamped if row in places], dtype=np.int64),
            sources=self.sources,
            net=room_for(len(stocks), width),
            total=room_for(len(stocks), width),
            first=room_for(len(stocks), width),
            before=room_for(len(stocks), width),
            unsound=np.zeros(width),
        )

    def follower(self, width: int) -> Callable[..., None]:
        """Give the function that fills the rows that change."""
        if self.compiled is not None:
            compiled: Callable[..., None] = self.compiled.follow
            return compiled
        interpreter, slots = self.interpreter, self.plan.slots

        def follow(values: Array, history: Array, *rest: Any) -> None:
            interpreter.follow(values.reshape(slots, width), history, position=rest[0])

        return follow


@dataclass(slots=True)
class Block:
    """Some runs on their way: where they are, and what they hold."""

    engine: Engine
    timing: Timing
    wiring: Wiring
    width: int
    moment: int = 0

    @property
    def values(self) -> Array:
        """Give the values, a row a slot and a column a run."""
        return self.wiring.values.reshape(self.engine.plan.slots, self.width)

    def copy(self) -> "Block":
        """Give a block that goes on from here by itself."""
        apart = ("values", "history", "net", "total", "first", "before", "unsound")
        wiring = self.wiring._replace(**{name: getattr(self.wiring, name).copy() for name in apart})
        return replace(self, wiring=wiring)

    def short_cut(
        self, kept: Array, out: Array, *, first: int = 0, every: int = 1
    ) -> Callable[[int, int], None]:
        """Give a way to carry the runs on from step to step that costs little for a few steps at a time.

        Every so many steps the rows ``kept`` are copied to ``out`` (moments, rows, runs), from its
        run ``first`` on.
        """
        follow, method = self.engine.follower(self.width), METHODS[self.timing.method]
        keeping = every, kept, first, out
        if self.engine.compiled is not None:
            return short_cut(follow, self.wiring, self.width, method, *keeping)
        go = plain(march)
        return lambda begin, end: go(follow, self.wiring, self.width, method, begin, end, *keeping)

    def run_to(self, moment: int, *, every: int, kept: Array, out: Array) -> None:
        """Carry the runs on to a step, and save what is kept on the way."""
        order = (self.width, METHODS[self.timing.method], self.moment, moment, every, kept, 0, out)
        follow = self.engine.follower(self.width)
        if self.engine.compiled is not None:
            run_compiled(follow, self.wiring, *order)
        else:
            plain(march)(follow, self.wiring, *order)
        self.moment = moment


def _with_constants(points: Array, constants: tuple[float, ...]) -> Array:
    if not constants:
        return points
    more = np.array([constants, (0.0,) * len(constants)])
    return np.concatenate([points, more], axis=1)
