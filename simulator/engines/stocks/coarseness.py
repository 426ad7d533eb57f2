"""Too coarse a step is refused: one longer than a delay, or in which something decays several times over.

What decays is found from how the flows answer a small change of each stock, in every run that differs, where
the run starts and ends and at its quarters: the eigenvalues of that matrix, times the step, must lie where
the method is stable. Where a stock's answer is no straight line (a table's corner, a comparison) it is left
out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from simulator.engines.stocks.blocks import Engine
from simulator.engines.stocks.interpreter import Interpreter, interpreter_of
from simulator.engines.stocks.march import STABLE_TO
from simulator.equations.ordering import rows_of
from simulator.equations.plan import STEP, STOP_TIME, TIME, Assign, Past, Plan
from simulator.equations.system import System, Timing
from simulator.errors import RunFailed

Array = Any
MOST_STOCKS = 200
MOST_NUMBERS_AT_ONCE = 2_000_000
SMALL, SMALLER = 1e-4, 2e-5
STRAIGHT = 1e-2
SLACK = 1e-9
NEARLY = 1 + 1e-6
QUARTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TooCoarse:
    """A step that will not do: because of the variable ``key``, in the run of this ``place``, at a time.

    ``wanted`` is a step that would do, and ``is_delay`` where no step may be longer than a delay.
    """

    key: str
    name: str
    step: float
    wanted: float
    is_delay: bool
    place: int
    time: float

    def said(self, *, runs: int, start: float) -> str:
        """Say it in a sentence, with the run where there are many, and the time where it is not the start."""
        where = f" in run {self.place + 1}" if runs > 1 else ""
        where += f" at time {self.time:g}" if self.time > start else ""
        if self.is_delay:
            would_do = (
                f"take a step of {self.wanted:g} or less." if self.wanted > 0 else "no step is so short."
            )
            what = f"'{self.name}' has a delay or a stage of {self.wanted:g}{where}; {would_do}"
        else:
            what = (
                f"'{self.name}' settles within {self.wanted:.3g}{where}, and the run would swing to and fro "
                f"instead; take a step of {self.wanted:.2g} or less."
            )
        return f"the step of {self.step:g} is too coarse: {what}"


def moments_of(timing: Timing) -> tuple[int, ...]:
    """Give the steps at whose beginning runs are looked at: the first, at the quarters, the last."""
    return tuple(sorted({timing.steps * part // QUARTERS for part in range(QUARTERS + 1)}))


def too_long_for_delays(plan: Plan, timing: Timing, *, spans: Array) -> TooCoarse | None:
    """Find the shortest delay that a step is longer than, in ``spans`` (moments, rows, runs)."""
    spans = np.where(np.isnan(spans), np.inf, spans)
    if not spans.size or float(spans.min()) >= timing.step * (1 - SLACK):
        return None
    at, span, run = (int(one) for one in np.argwhere(spans == spans.min())[0])
    named = plan.names[plan.spans[span]]
    key, owner = _owner(plan, named)
    return TooCoarse(
        key=key,
        name=owner,
        step=timing.step,
        wanted=float(spans.min()),
        is_delay=True,
        place=run,
        time=timing.start + at * timing.steps_a_save * timing.step,
    )


def check_start(system: System, engine: Engine, *, given: Mapping[int, Any]) -> TooCoarse | None:
    """Find, before anything is run, whether the step is too coarse where one run starts."""
    timing, plan = system.timing, engine.plan
    short = replace(timing, stop=timing.start + timing.step)
    block = Engine(plan).block(short, {STOP_TIME: timing.stop, **given}, width=1)
    nothing = np.zeros(0, dtype=np.int64)
    block.run_to(0, every=1, kept=nothing, out=np.zeros((0, 0)))
    spans = block.values[list(plan.spans), :][None]
    looks = Looks(values=block.values[None].copy(), runs=np.zeros(1, dtype=np.int64))
    found = Watch(plan, timing).too_coarse([looks])
    return too_long_for_delays(plan, timing, spans=spans) or found


def check_step(system: System, engine: Engine, *, given: Mapping[int, Any]) -> None:
    """Refuse a step that is too coarse where one run starts. Raises :class:`RunFailed`."""
    found = check_start(system, engine, given=given)
    if found is not None:
        raise RunFailed(found.said(runs=1, start=system.timing.start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """``values`` (moments, slots, runs) of some runs, and ``runs`` their places among all."""

    values: Array
    runs: Array


@dataclass(frozen=True)
class Watch:
    """Looks at runs on their way for what decays too fast for their step."""

    plan: Plan
    timing: Timing

    @property
    def is_of_use(self) -> bool:
        """Say whether there are stocks to be looked at, and not too many."""
        return 0 < len(self.plan.stocks) <= MOST_STOCKS

    def too_coarse(self, looks: Sequence[Looks]) -> TooCoarse | None:
        """Find the fastest decay that the step is too coarse for, the first run and moment of equal ones."""
        if not self.is_of_use:
            return None
        runs = np.concatenate([one.runs for one in looks])
        seen = np.concatenate([one.values for one in looks], axis=2)
        self._put_above_nought(seen)
        values = np.concatenate(list(seen), axis=1)
        most = max(1, MOST_NUMBERS_AT_ONCE // (self.plan.slots * 2 * len(self.plan.stocks)))
        rates, rows = np.zeros(values.shape[1]), np.zeros(values.shape[1], dtype=np.int64)
        with np.errstate(all="ignore"):
            for first in range(0, len(rates), most):
                part = slice(first, first + most)
                rates[part], rows[part] = self._fastest(values[:, part])
        worst = float(rates.max())
        if worst * self.timing.step <= STABLE_TO[self.timing.method] * NEARLY:
            return None
        place = int(np.argmax(rates * NEARLY >= worst))
        key, name = _owner(self.plan, self.plan.names[int(rows[place])])
        return TooCoarse(
            key=key,
            name=name,
            step=self.timing.step,
            wanted=1 / worst,
            is_delay=False,
            place=int(runs[place % len(runs)]),
            time=float(values[TIME, place]),
        )

    @cached_property
    def _follower(self) -> Interpreter:
        """Give what fills the rows that answer at once; what a delay gives does not."""
        each = tuple(one for one in self.plan.each if not isinstance(one, Past))
        return interpreter_of(replace(self.plan, first=(), each=each))

    @cached_property
    def _signs(self) -> Array:
        """Give how each flow's row (flows) fills and drains each stock (stocks, flows)."""
        stocks = {row: at for at, row in enumerate(self.plan.stocks)}
        flows = {row: at for at, row in enumerate(self.plan.flows)}
        found = np.zeros((len(stocks), len(flows)))
        for link in self.plan.links:
            found[stocks[link.stock], flows[link.flow]] += link.sign
        return found

    @cached_property
    def _drained(self) -> list[int]:
        """List the rows of stocks drained by flows that stop, and answer no more, at nought."""
        stopping = [one for one in self.plan.each if isinstance(one, Assign) and one.has_floor]
        rows = {row for one in stopping for row in rows_of(one.target, one.loops)}
        return sorted({link.stock for link in self.plan.links if link.sign < 0 and link.flow in rows})

    def _put_above_nought(self, seen: Array) -> None:
        """Put stocks that swung below nought, where what drains them stops, as far above it."""
        drained = self._drained
        found = seen[:, drained]
        seen[:, drained] = np.where((found < 0) & (found[0] >= 0), -found, found)

    def _fastest(self, values: Array) -> tuple[Array, Array]:
        """Give the rate of the fastest decay at each place of values (slots, places), and its stock's row.

        Nought where a look at the answers alone tells that the step will do.
        """
        stocks = np.array(self.plan.stocks, dtype=np.int64)
        size = np.maximum(np.abs(values[stocks]), 1.0)
        up, down = self._nets(values, size * SMALL)
        wide = _bounded((up - down) / (2 * SMALL * size))
        # No eigenvalue is larger than the largest sum of a column's or a row's answers.
        sums = np.abs(wide)
        bound = np.minimum(sums.sum(axis=0).max(axis=0), sums.sum(axis=1).max(axis=0))
        fast = np.flatnonzero(bound * values[STEP] > STABLE_TO[self.timing.method])
        rates, rows = np.zeros(values.shape[1]), np.zeros(values.shape[1], dtype=np.int64)
        if not len(fast):
            return rates, rows
        size, wide = size[:, fast], wide[:, :, fast]
        near_up, near_down = self._nets(values[:, fast], size * SMALLER)
        narrow = (near_up - near_down) / (2 * SMALLER * size)
        middle = (up[:, :, fast] + down[:, :, fast]) / 2 - (near_up + near_down) / 2
        bend, scale = np.abs(middle) / (SMALL * size), np.maximum(np.abs(wide), 1e-12)
        is_straight = (np.abs(wide - narrow) <= STRAIGHT * scale) & (bend <= STRAIGHT * scale)
        rates[fast], moved = _largest_decay(np.where(is_straight, wide, 0.0))
        rows[fast] = stocks[moved]
        return rates, rows

    def _nets(self, values: Array, change: Array) -> tuple[Array, Array]:
        """Give net flows (stocks, stocks changed, places) with each stock a little up, and a little down."""
        slots, places = values.shape
        stocks, flows = list(self.plan.stocks), list(self.plan.flows)
        count = len(stocks)
        moved = np.empty((slots, 2, count, places))
        moved[:] = values[:, None, None, :]
        for at, row in enumerate(stocks):
            moved[row, 0, at] += change[at]
            moved[row, 1, at] -= change[at]
        flat = moved.reshape(slots, -1)
        self._follower.follow(flat, np.zeros((1, 1)), position=0.0)
        net = (self._signs @ flat[flows]).reshape(count, 2, count, places)
        return net[:, 0], net[:, 1]


def _bounded(answers: Array) -> Array:
    """Leave out the places where an answer is no number."""
    good = np.isfinite(answers).all(axis=(0, 1))
    return np.where(good, answers, 0.0)


def _largest_decay(answers: Array) -> tuple[Array, Array]:
    """Give the fastest decay of each matrix (stocks, stocks, places), and the stock that it moves most."""
    values, vectors = np.linalg.eig(np.ascontiguousarray(np.moveaxis(answers, 2, 0)))
    rates = np.where(-values.real > np.abs(values.imag), -values.real, 0.0)
    which, every = np.argmax(rates, axis=1), np.arange(len(rates))
    return rates[every, which], np.argmax(np.abs(vectors[every, :, which]), axis=1)


def _owner(plan: Plan, named: str) -> tuple[str, str]:
    """Give the key and the name of the file's variable that a row belongs to."""
    key = named.partition("#")[0]
    owner = plan.system.variables.get(key)
    if owner is not None:
        return key, owner.name
    found = next((one for one in plan.system.shown if one.name == key), None)
    return (found.key if found is not None else key), key
