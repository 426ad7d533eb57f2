"""The one place where a file's stocks meet its people: followed one by one, or counted as stocks.

The people's side is the clock. At a second of exchange, after a period that closes then: counts and heads are
handed over, the stocks are carried on to now, levels are handed back, capacity is applied. Heads of people
followed one by one cross whole: what is taken from a stock since the last exchange was there as whole heads
then, and the part of a head that is left stays in it; of the network as stocks parts of heads cross. What is
driven must lie within its declared bounds, or the run fails by its name; where none are declared, more demand
is drawn as it rises.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.compiler.exchange_arrays import DRIVES_STRENGTH, READ_MEAN, READ_NOW, Floats
from simulator.compiler.exchange_arrays import Exchange as Arrays
from simulator.compiler.program import ABSENT, Program
from simulator.engines.exchange_levers import Counts, PeopleSide, levers
from simulator.engines.exchange_lines import Lines
from simulator.engines.exchange_means import Means
from simulator.engines.exchange_openings import Openings
from simulator.engines.records import ExchangeRecords
from simulator.engines.stocks.blocks import Engine
from simulator.engines.stocks.coarseness import check_step
from simulator.engines.stocks.stepper import Stepper, stepper_of
from simulator.errors import RunFailed
from simulator.units import SECONDS_A_DAY

# Steps of the stocks in a run from which on compiling their equations pays.
WORTH_COMPILING = 500


@dataclass(slots=True)
class Kept:
    """What is written down of exchanges, a row each, and sums over those of the window."""

    seconds: list[int]
    rows: list[Floats]
    total: Floats
    count: int
    next_close: float

    def copy(self) -> Kept:
        """Give a copy that grows apart."""
        return Kept(list(self.seconds), list(self.rows), self.total.copy(), self.count, self.next_close)


class Exchange:
    """The exchange of one run, at one moment."""

    def __init__(self, program: Program, side: PeopleSide) -> None:
        assert program.exchange is not None
        self._program, self._side = program, side
        self._arrays: Arrays = program.exchange
        self._stepper = _begun(self._arrays)
        self._numbers: Floats = self._stepper.block.wiring.values
        self._levers = levers(program, side)
        self._lines = Lines(self._arrays)
        self._places = _Places(self._arrays, self._stepper)
        self._openings, self._means = Openings(self._arrays), Means(program)
        meters, pools = len(self._arrays.meter_of), len(self._arrays.pools)
        self._totals: Counts = np.zeros(meters, dtype=np.int64)
        self._heads: Counts = np.zeros((pools, 2), dtype=np.int64)
        self._reads = self._arrays.at_start.copy()
        self._values: list[float] = []
        first = next_close(program=program, after=0)
        self._kept = Kept([], [], np.zeros(len(self._places.stocks)), 0, first)
        self._second = 0

    def begin(self) -> None:
        """Hand the first levels back, before anybody is in a place."""
        self._hand_back()

    def happens(self, now: int) -> None:
        """Exchange: counts and heads over, the stocks on to now, levels back."""
        self._hand_over(now)
        self._stepper.advance(self._arrays.steps)
        self._means.held(self._values, since=self._second, until=now)
        self._second = now
        self._hand_back()
        self._write_down()

    def line_changes(self, line: int) -> None:
        """A driven capacity opens, closes, or an intervention changes it: by the level handed back last."""
        resource = self._lines.passes(line)
        self._side.set_capacity(resource, self._lines.now[resource].places(self._values))

    def later_lines(self) -> list[tuple[int, int, int]]:
        """List the second, resource and places of all lines after second 0, by the levels now."""
        return self._lines.later(self._values)

    def passes_lines(self, until: int) -> Iterator[tuple[int, int]]:
        """Pass the lines before a second; give the place of each among the later ones, and its places."""
        yield from self._lines.ahead(until, self._values)

    def fork(self, program: Program, side: PeopleSide) -> Exchange:
        """Give an exchange that goes on from here under another program, which has been the same so far."""
        found = Exchange.__new__(Exchange)
        assert program.exchange is not None
        found._program, found._side, found._arrays = program, side, program.exchange
        found._stepper = self._stepper.copy()
        found._numbers = found._stepper.block.wiring.values
        found._levers = levers(program, side)
        found._lines = Lines(program.exchange)
        found._lines.catch_up(self._second)
        found._places = self._places
        found._openings, found._means = self._openings.copy(), self._means.copy()
        found._totals, found._heads = self._totals.copy(), self._heads.copy()
        found._reads, found._values = self._reads.copy(), list(self._values)
        found._kept, found._second = self._kept.copy(), self._second
        return found

    def carry_on(self, now: int) -> None:
        """After a fork: hand the levels of the last exchange to the side that has begun here."""
        self._lines.catch_up(now - 1)
        self._openings.carry_on(self._program, self._side, second=now)
        self._check_bounds()
        for lever, value in zip(self._levers, self._values, strict=True):
            lever(value)

    def records(self) -> ExchangeRecords:
        """Return what is left of all exchanges."""
        kept, stocks, means = self._kept, len(self._places.stocks), self._means.copy()
        means.held(self._values, since=self._second, until=self._program.calendar.end_second)
        width = stocks + len(self._reads) + len(self._arrays.drive_of)
        table = np.array(kept.rows, dtype=np.float64).reshape(len(kept.rows), width)
        return ExchangeRecords(
            second=np.array(kept.seconds, dtype=np.int64),
            stocks=table[:, :stocks],
            reads=table[:, stocks : stocks + len(self._reads)],
            drives=table[:, stocks + len(self._reads) :],
            stock_mean=kept.total / max(kept.count, 1),
            taken=self._heads[:, 0].copy(),
            returned=self._heads[:, 1].copy(),
            price_means=means.of_periods(),
        )

    # Handing over

    def _hand_over(self, now: int) -> None:
        present, totals = self._side.read()
        added = (totals - self._totals).tolist()
        self._read_off(present.tolist(), added, seconds=float(now - self._second))
        self._totals = totals
        self._numbers[self._places.inputs] = self._reads
        if self._arrays.pools:
            self._hand_heads_over()

    def _hand_heads_over(self) -> None:
        heads = self._side.heads()
        crossed = heads - self._heads
        self._heads = heads
        self._numbers[self._places.pools] += (crossed[:, 1] - crossed[:, 0]) / self._arrays.share

    def _read_off(self, present: list[float], added: list[float], *, seconds: float) -> None:
        """Work the reads out of what the meters say."""
        places = self._places
        top, bottom = [0.0] * len(self._reads), [0.0] * len(self._reads)
        for read, meter, weight, is_over, is_now in places.terms:
            amount = weight * (present[meter] if is_now else added[meter])
            if is_over:
                bottom[read] += amount
            else:
                top[read] += amount
        for read, (way, is_ratio, scale, stays) in enumerate(places.ways):
            below = bottom[read] if is_ratio else seconds if way == READ_MEAN else 1.0
            if below != 0.0:
                self._reads[read] = top[read] / below * scale
            elif not stays:
                self._reads[read] = 0.0

    # Handing back

    def _hand_back(self) -> None:
        if self._second == 0:
            self._numbers[self._places.inputs] = self._reads
            self._stepper.advance(0)
        self._values = self._openings.floored(self._numbers[self._places.drives].tolist())
        self._check_numbers()
        if self._openings.rise(self._values, when=self._when):
            self._openings.carry_on(self._program, self._side, second=self._second)
        self._check_bounds()
        for lever, value in zip(self._levers, self._values, strict=True):
            lever(value)
        for resource, line in self._lines.now.items():
            self._side.set_capacity(resource, line.places(self._values))
        if self._arrays.pools:
            heads = np.maximum(self._numbers[self._places.pools] * self._arrays.share, 0.0)
            self._side.open_pools(np.floor(heads).astype(np.int64) if self._side.is_whole else heads)

    def _check_numbers(self) -> None:
        stocks = self._numbers[self._places.stocks].tolist()
        if all(map(math.isfinite, stocks)):
            return
        name = next(
            name for name, one in zip(self._arrays.stocks, stocks, strict=True) if not math.isfinite(one)
        )
        raise RunFailed(
            f"stocks.{name}: is no number, or beyond all numbers, {self._when()}; look for a division by 0 "
            "or growth without end."
        )

    def _check_bounds(self) -> None:
        bounds = zip(self._values, self._places.low, self._openings.high, strict=True)
        for drive, (value, low, high) in enumerate(bounds):
            if not low <= value <= high and self._acts(drive):
                raise RunFailed(
                    f'exchange.drives."{self._arrays.drive_names[drive]}": came to {value:g} {self._when()}, '
                    f"outside its between = [{low:g}, {high:g}]; widen the bounds, or see why the stocks "
                    "leave them."
                )

    def _acts(self, drive: int) -> bool:
        """Say whether a drive is felt until the next exchange: that of a strength only while it runs."""
        if self._arrays.drive_of[drive] != DRIVES_STRENGTH:
            return True
        target, table = int(self._arrays.drive_target[drive]), self._program.interventions
        if target == ABSENT:
            return False
        begins, ends = int(table.first_second[target]), int(table.last_second[target])
        return begins < self._second + self._arrays.every_seconds and self._second < ends

    def _when(self) -> str:
        days = (self._second - self._program.calendar.warm_up_seconds) / SECONDS_A_DAY
        return f"on day {days:g} (second {self._second:,})"

    # Records

    def _write_down(self) -> None:
        """Keep the first exchange at or after each period close, and add up those of the window."""
        kept, calendar = self._kept, self._program.calendar
        stocks = self._numbers[self._places.stocks]
        if self._second > calendar.warm_up_seconds:
            kept.total += stocks
            kept.count += 1
        if kept.next_close <= self._second:
            kept.next_close = next_close(program=self._program, after=self._second)
            kept.seconds.append(self._second)
            kept.rows.append(np.concatenate([stocks, self._reads, self._values]))


class _Places:
    """Where things stand among the values of the stocks, and the reads as plain lists."""

    def __init__(self, arrays: Arrays, stepper: Stepper) -> None:
        self.inputs = np.array([stepper.place(key) for key in arrays.inputs], dtype=np.int64)
        self.drives = np.array([stepper.place(key) for key in arrays.drive_keys], dtype=np.int64)
        self.pools = np.array([stepper.place(key) for key in arrays.pools], dtype=np.int64)
        where = zip(arrays.stock_keys, arrays.stock_elements.tolist(), strict=True)
        self.stocks = np.array([stepper.place(key, element) for key, element in where], dtype=np.int64)
        self.low = arrays.low.tolist()
        is_now = (arrays.read_way == READ_NOW)[arrays.term_read]
        columns = (arrays.term_read, arrays.term_meter, arrays.term_weight, arrays.term_is_over, is_now)
        self.terms: list[Any] = list(zip(*(column.tolist() for column in columns), strict=True))
        ways = (arrays.read_way, arrays.read_is_ratio, arrays.read_scale, arrays.read_stays)
        self.ways: list[Any] = list(zip(*(column.tolist() for column in ways), strict=True))


def next_close(*, program: Program, after: int) -> float:
    """Give the second of the first period close after a second; none is as far as can be."""
    closes = program.calendar.period_close_second
    place = int(np.searchsorted(closes, after, side="right"))
    return int(closes[place]) if place < len(closes) else math.inf


def _begun(arrays: Arrays) -> Stepper:
    """Begin the stocks; raises :class:`RunFailed` where their step is too coarse."""
    inputs = dict(zip(arrays.inputs, arrays.at_start.tolist(), strict=True))
    is_compiled = arrays.system.timing.steps >= WORTH_COMPILING
    stepper = stepper_of(arrays.system, inputs, is_compiled=is_compiled)
    given = {stepper.place(key): value for key, value in inputs.items()}
    check_step(arrays.system, Engine(stepper.plan), given=given)
    return stepper
