"""Run a system of stocks and flows once, or many times with other numbers."""

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from simulator.engines.stocks.blocks import Engine
from simulator.engines.stocks.coarseness import (
    NEARLY,
    Looks,
    TooCoarse,
    Watch,
    moments_of,
    too_long_for_delays,
)
from simulator.engines.stocks.compiling import compiled_plan, is_compiled_here
from simulator.engines.stocks.given import Prepared, elements_of, prepared
from simulator.equations.plan import CLOCK, Assign, Plan
from simulator.equations.system import System, Timing
from simulator.equations.tree import everything
from simulator.errors import RunFailed

Array = Any
WIDTH = 32
# Many runs of few equations go eight times as many abreast, as long as all their numbers stay near the core.
WIDE, WIDE_FROM, NEAR_BYTES = 256, 1000, 256 * 1024
SECONDS_A_NODE = 3e-6
PATIENCE_SECONDS = 1.5
MOST_NUMBERS = 400_000_000
MOST_WAITING = 2_000_000


@dataclass(frozen=True)
class StockRuns:
    """What runs gave: times, the name of each column, and a number for each time, column and run."""

    times: Array
    names: tuple[str, ...]
    values: Array

    def column(self, name: str) -> Array:
        """Give one column: a number for each time and run."""
        return self.values[:, self.names.index(name), :]


def run_stocks(
    system: System,
    *,
    given: Mapping[str, object] | None = None,
    runs: int = 1,
    keep: Sequence[str] | None = None,
    engine: str = "",
) -> StockRuns:
    """Run a system; ``given`` sets values in the place of equations, a number or one for each run.

    ``keep`` names the variables whose numbers are wanted, all where nothing is said. ``engine`` is
    ``interpreter`` or ``compiled``; the quicker one where nothing is said, and the numbers are the same bit
    for bit. Raises :class:`RunFailed` where a number is none, and where the step is too coarse.
    """
    values = dict(given or {})
    ready = prepared(system, tuple(values))
    kept, names = _columns(ready.plan, keep)
    timing = system.timing
    _check_size(timing, len(kept), runs=runs)
    is_compiled = engine == "compiled" or (not engine and _is_long(ready.plan, timing, runs=runs))
    rows = np.concatenate([kept, np.array(ready.plan.spans, dtype=np.int64)])
    job = _Job(ready, rows, values, runs=runs)
    made = job.compiled() if is_compiled else job.interpreted()
    table = made.table[:, : len(kept)]
    if not made.is_sound:
        check_numbers(table, names, times=job.times, timing=timing)
    if found := too_long_for_delays(ready.plan, timing, spans=made.table[:, len(kept) :]) or made.coarse:
        raise RunFailed(found.said(runs=runs, timing=timing))
    return StockRuns(job.times, names, table)


def width_of(runs: int, *, slots: int) -> int:
    """Say how many runs go abreast: it changes no number, only the time."""
    if runs >= WIDE_FROM and slots * WIDE * 8 <= NEAR_BYTES:
        return WIDE
    return 1 if runs == 1 else WIDTH


def must_compile(system: System, given: Iterable[str] = (), *, runs: int = 1) -> bool:
    """Say whether so many runs, these values given, first compile the equations, which takes seconds."""
    plan = prepared(system, tuple(given)).plan
    width = width_of(runs, slots=plan.slots)
    return _is_long(plan, system.timing, runs=runs) and not is_compiled_here(plan, width)


@dataclass(frozen=True)
class _Made:
    """Runs made: their numbers (moments, rows, runs), and what was seen on the way of too coarse a step.

    ``is_sound`` where all that was kept are numbers; rows of spans, which may be beyond all numbers, count.
    """

    table: Array
    is_sound: bool
    coarse: TooCoarse | None


@dataclass(frozen=True)
class _Job:
    """Runs to be made of one plan."""

    ready: Prepared
    rows: Array
    values: Mapping[str, object]
    runs: int

    @property
    def timing(self) -> Timing:
        return self.ready.plan.system.timing

    @property
    def times(self) -> Array:
        timing = self.timing
        saves = np.arange(timing.steps // timing.steps_a_save + 1)
        return timing.start + saves * timing.steps_a_save * timing.step

    @cached_property
    def watch(self) -> Watch:
        """Give who looks for a step that is too coarse."""
        return Watch(self.ready.plan, self.timing)

    def interpreted(self) -> _Made:
        """Make all runs at once."""
        table = self._table()
        # What is beyond all numbers is found in the table and told with its time; numpy need not warn of it.
        with np.errstate(all="ignore"):
            looks, is_sound = self._into(table, Engine(self.ready.plan), 0, self.runs)
        return _Made(table, is_sound, self.watch.too_coarse([looks]))

    def compiled(self) -> _Made:
        """Make blocks of runs side by side; look at several together for too coarse a step."""
        width = width_of(self.runs, slots=self.ready.plan.slots)
        engine = Engine(self.ready.plan, compiled_plan(self.ready.plan, width))
        table = self._table()
        firsts = range(0, self.runs, width)
        looks, is_sound = self._into(table, engine, firsts[0], width)
        waiting, coarse = [looks], []
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
            for looks, is_part_sound in pool.map(
                lambda first: self._into(table, engine, first, width), firsts[1:]
            ):
                is_sound = is_sound and is_part_sound
                if sum(one.values.size for one in waiting) > MOST_WAITING:
                    coarse.append(self.watch.too_coarse(waiting))
                    waiting = []
                waiting.append(looks)
        coarse.append(self.watch.too_coarse(waiting))
        found = [one for one in coarse if one]
        least = min((one.wanted for one in found), default=0.0)
        return _Made(table, is_sound, next((one for one in found if one.wanted <= least * NEARLY), None))

    def _table(self) -> Array:
        return np.empty((len(self.times), len(self.rows), self.runs))

    def _into(self, table: Array, engine: Engine, *place: int) -> tuple[Looks, bool]:
        """Make one block of runs; one that is not full is filled up with copies of its last run.

        Give what was seen of it, and whether all that is kept of it are numbers.
        """
        first, width = place
        part = slice(first, min(first + width, self.runs))
        timing, given = self.timing, self.ready.given(self.values, part)
        full = {row: _filled(value, width) for row, value in given.items()}
        block = engine.block(timing, full, width=width)
        moments, apart, before = moments_of(timing), _distinct(full), 0
        seen = [np.zeros((0, len(apart)))] * len(moments)
        go = block.short_cut(self.rows, table, first=first, every=timing.steps_a_save)
        for at, moment in enumerate(moments):
            go(before, moment)
            before = moment
            if self.watch.is_of_use:
                seen[at] = block.values[:, apart]
        is_sound = not block.wiring.unsound.any()
        return Looks(values=np.array(seen), runs=first + apart), is_sound


def check_numbers(table: Array, names: Sequence[str], *, times: Array, timing: Timing) -> None:
    """Fail where anything is not a number, or beyond all numbers; say what and when."""
    bad = ~np.isfinite(table)
    if not bad.any():
        return
    at, column, run = (int(one) for one in np.argwhere(bad)[0])
    found = table[at, column, run]
    said = "not a number" if np.isnan(found) else "beyond all numbers"
    many = f" in run {run + 1}" if table.shape[2] > 1 else ""
    when = timing.said(float(times[at]))
    raise RunFailed(
        f"'{names[column]}' is {said} at time {when}{many}; look for a division by 0, a root or "
        "logarithm of something negative, or growth without end."
    )


def column_names(system: System, keep: Sequence[str] | None = None) -> dict[str, tuple[str, ...]]:
    """Name the columns of each variable as its file does, ``Stock A[Entry 1]``, by key."""
    wanted = [one for one in system.shown if keep is None or one.key in keep or one.name in keep]
    found = {}
    for variable in wanted:
        names = []
        for element in elements_of(system, variable):
            shown = ",".join(system.element_names.get(one, one) for one in element)
            names.append(f"{variable.name}[{shown}]" if element else variable.name)
        found[variable.key] = tuple(names)
    return found


def _columns(plan: Plan, keep: Sequence[str] | None) -> tuple[Array, tuple[str, ...]]:
    named = column_names(plan.system, keep)
    rows = [plan.places[key] + at for key, names in named.items() for at in range(len(names))]
    return np.array(rows, dtype=np.int64), tuple(name for names in named.values() for name in names)


def _distinct(given: Mapping[int, Array]) -> Array:
    """Give the places of runs that differ in what they are given, each once."""
    rows = [value for value in given.values() if value.ndim]
    if not rows:
        return np.zeros(1, dtype=np.int64)
    return np.sort(np.unique(np.array(rows), axis=1, return_index=True)[1])


def _filled(value: Array, width: int) -> Array:
    if value.ndim == 0 or len(value) == width:
        return value
    return np.concatenate([value, np.full(width - len(value), value[-1])])


def _is_long(plan: Plan, timing: Timing, *, runs: int) -> bool:
    """Say whether the interpreter would try anybody's patience."""
    nodes = 0
    for one in plan.each:
        size = sum(1 for _ in everything(one.tree)) if isinstance(one, Assign) else 10
        nodes += size + (20 * len(one.loops) if isinstance(one, Assign) else 0)
    looks = 4 if timing.method == "rk4" else 1
    seconds = timing.steps * looks * (nodes + 4 * len(plan.links) + CLOCK) * SECONDS_A_NODE
    return seconds * max(1.0, runs / 4) > PATIENCE_SECONDS


def _check_size(timing: Timing, columns: int, *, runs: int) -> None:
    numbers = (timing.steps // timing.steps_a_save + 1) * columns * runs
    if numbers > MOST_NUMBERS:
        raise RunFailed(
            f"{numbers:,} numbers would be kept; {MOST_NUMBERS:,} are the most. Save fewer of them."
        )
