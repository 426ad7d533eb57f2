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

from simulator.engines.stocks.answering import Answers, answers_of
from simulator.engines.stocks.blocks import Engine
from simulator.engines.stocks.interpreter import Interpreter, interpreter_of
from simulator.engines.stocks.march import STABLE_TO
from simulator.equations.ordering import rows_of
from simulator.equations.plan import STEP, STOP_TIME, TIME, Assign, Limit, Past, Plan
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

    def said(self, *, runs: int, timing: Timing) -> str:
        """Say it in a sentence, with the run where there are many, and the time where it is not the start."""
        where = f" in run {self.place + 1}" if runs > 1 else ""
        where += f" at time {timing.said(self.time)}" if self.time > timing.start else ""
        wanted = timing.said(self.wanted)
        if self.is_delay:
            would_do = f"take a step of {wanted} or less." if self.wanted > 0 else "no step is so short."
            what = f"'{self.name}' has a delay or a stage of {wanted}{where}; {would_do}"
        else:
            within, shorter = (timing.said(self.wanted, figures=figures) for figures in (3, 2))
            what = (
                f"'{self.name}' settles within {within}{where}, and the run would swing to and fro instead; "
                f"take a step of {shorter} or less."
            )
        return f"the step of {timing.said(self.step)} is too coarse: {what}"


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
    block.run_to(0, every=1, kept=nothing, out=np.zeros((0, 0, 0)))
    spans = block.values[list(plan.spans), :][None]
    looks = Looks(values=block.values[None].copy(), runs=np.zeros(1, dtype=np.int64))
    found = Watch(plan, timing).too_coarse([looks])
    return too_long_for_delays(plan, timing, spans=spans) or found


def check_step(system: System, engine: Engine, *, given: Mapping[int, Any]) -> None:
    """Refuse a step that is too coarse where one run starts. Raises :class:`RunFailed`."""
    found = check_start(system, engine, given=given)
    if found is not None:
        raise RunFailed(found.said(runs=1, timing=system.timing))


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
        rates, rows = self._fastest(values)
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
    def _answers(self) -> tuple[Answers, ...]:
        """Give what answers what where all is granted that is asked, and wherever it is not."""
        if not any(isinstance(one, Limit) for one in self.plan.each):
            return (answers_of(self.plan, all_granted=False),)
        return tuple(answers_of(self.plan, all_granted=granted) for granted in (True, False))

    @cached_property
    def _granting(self) -> Array:
        """Give the rows that are asked for and granted (2, flows)."""
        limits = [one for one in self.plan.each if isinstance(one, Limit)]
        rows = [
            (wanted + at, granted + at)
            for limit in limits
            for wanted, granted, _ in limit.takers
            for at in range(limit.count)
        ]
        return np.array(rows, dtype=np.int64).reshape(-1, 2).T

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
        rates, rows = np.zeros(values.shape[1]), np.zeros(values.shape[1], dtype=np.int64)
        left = np.arange(values.shape[1])
        for answers in self._answers:
            most = max(1, MOST_NUMBERS_AT_ONCE // (self.plan.slots * (2 * answers.looks + 1)))
            unsure = []
            for first in range(0, len(left), most):
                part = left[first : first + most]
                with np.errstate(all="ignore"):
                    rates[part], rows[part], is_sure = self._fastest_of(values[:, part], answers)
                unsure.append(part[~is_sure])
            left = np.concatenate([left[:0], *unsure])
        return rates, rows

    def _fastest_of(self, values: Array, answers: Answers) -> tuple[Array, Array, Array]:
        """Give the rates, the rows, and the places where the answers hold: all, but where less is granted."""
        stocks = np.array(self.plan.stocks, dtype=np.int64)
        size = np.maximum(np.abs(values[stocks]), 1.0)
        up, down, is_sure = self._nets(values, size * SMALL, answers=answers)
        wide = (up - down) / (2 * SMALL * size[answers.changed])
        wide = np.where(np.isfinite(wide).all(axis=0), wide, 0.0)
        is_fast = _bound(wide, answers) * values[STEP] > STABLE_TO[self.timing.method]
        fast = np.flatnonzero(is_fast & is_sure)
        rates, rows = np.zeros(values.shape[1]), np.zeros(values.shape[1], dtype=np.int64)
        if not len(fast):
            return rates, rows, is_sure
        wide, size = wide[:, fast], size[:, fast]
        near_up, near_down, is_sure[fast] = self._nets(values[:, fast], size * SMALLER, answers=answers)
        size = size[answers.changed]
        narrow = (near_up - near_down) / (2 * SMALLER * size)
        middle = (up[:, fast] + down[:, fast]) / 2 - (near_up + near_down) / 2
        bend, scale = np.abs(middle) / (SMALL * size), np.maximum(np.abs(wide), 1e-12)
        is_straight = (np.abs(wide - narrow) <= STRAIGHT * scale) & (bend <= STRAIGHT * scale)
        full = np.zeros((len(fast), len(stocks), len(stocks)))
        full[:, answers.answering, answers.changed] = np.where(is_straight, wide, 0.0).T
        rates[fast], moved = _largest_decay(full)
        rows[fast] = stocks[moved]
        return rates, rows, is_sure

    def _nets(self, values: Array, change: Array, *, answers: Answers) -> tuple[Array, Array, Array]:
        """Give the net flow of each pair (pairs, places) with its stock a little up, and a little down.

        And whether the answers hold there: where they want it so, all was granted that was asked, however the
        groups were moved, and with nothing moved. Where a net flow is no number, none of that place is.
        """
        slots, places = values.shape
        looks, pairs = answers.looks, (answers.answering, answers.groups[answers.changed])
        moved = np.empty((slots, 2 * looks + 1, places))
        moved[:] = values[:, None, :]
        for at, row in enumerate(self.plan.stocks):
            group = int(answers.groups[at])
            moved[row, group] += change[at]
            moved[row, looks + group] -= change[at]
        self._follower.follow(moved.reshape(slots, -1), np.zeros((1, 1)), position=0.0)
        net = np.zeros((len(change), *moved.shape[1:]))
        places_of = {row: place for place, row in enumerate(self.plan.stocks)}
        for link in self.plan.links:
            net[places_of[link.stock]] += link.sign * moved[link.flow]
        net[:, :, ~np.isfinite(net).all(axis=(0, 1))] = np.nan
        wanted, granted = self._granting
        is_sure = (not answers.all_granted) | (moved[wanted] == moved[granted]).all(axis=(0, 1))
        return net[pairs], net[pairs[0], looks + pairs[1]], is_sure


def _bound(wide: Array, answers: Answers) -> Array:
    """Give what no eigenvalue is larger than, at each place, from the answers (pairs, places).

    It is the largest sum of a column's or a row's answers. What does not answer back has no part in it: in
    blocks of stocks that answer each other, the matrix is triangular.
    """
    sizes = np.abs(wide[answers.is_mutual])
    if not len(sizes):
        return np.zeros(wide.shape[1])
    return np.minimum(
        _largest_sum(sizes, answers.answering[answers.is_mutual]),
        _largest_sum(sizes, answers.changed[answers.is_mutual]),
    )


def _largest_sum(sizes: Array, of: Array) -> Array:
    """Add up sizes (pairs, places) of the same stock; give the largest sum at each place."""
    order = np.argsort(of, kind="stable")
    firsts = np.flatnonzero(np.diff(of[order], prepend=-1))
    return np.add.reduceat(sizes[order], firsts, axis=0).max(axis=0)


def _largest_decay(answers: Array) -> tuple[Array, Array]:
    """Give the fastest decay of each matrix (places, stocks, stocks), and the stock that it moves most."""
    values, vectors = np.linalg.eig(answers)
    rates = np.where(-values.real > np.abs(values.imag), -values.real, 0.0)
    which, every = np.argmax(rates, axis=1), np.arange(len(rates))
    shares = np.abs(vectors[every, :, which])
    # Of stocks that it moves alike the first: what fills another as it empties moves both the same.
    moved = np.argmax(shares * NEARLY >= shares.max(axis=1, keepdims=True), axis=1)
    return rates[every, which], moved


def _owner(plan: Plan, named: str) -> tuple[str, str]:
    """Give the key and the name of the file's variable that a row belongs to."""
    key = named.partition("#")[0]
    owner = plan.system.variables.get(key)
    if owner is not None:
        return key, owner.name
    found = next((one for one in plan.system.shown if one.name == key), None)
    return (found.key if found is not None else key), key
