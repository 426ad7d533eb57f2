"""The one place where the event side and the stock side meet; both people engines call it.

The event side is the clock. At a second of exchange, after a period that closes then: counts and heads are
handed over, the stocks are carried on to now, levels are handed back, capacity is applied. Heads cross whole:
what is taken from a stock since the last exchange was there as whole heads then, and the part of a head that
is left stays in it. What is driven must lie within its declared bounds, or the run fails by its name.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from simulator.compiler.exchange_arrays import (
    DRIVES_DURATION,
    DRIVES_HAZARD,
    DRIVES_JOINERS,
    DRIVES_NEED,
    DRIVES_REFERRAL,
    DRIVES_STRENGTH,
    READ_MEAN,
    READ_NOW,
    Floats,
    Ints,
)
from simulator.compiler.exchange_arrays import Exchange as Arrays
from simulator.compiler.program import ABSENT, Program
from simulator.engines.records import ExchangeRecords
from simulator.engines.stocks.blocks import Engine
from simulator.engines.stocks.coarseness import check_step
from simulator.engines.stocks.stepper import Stepper, stepper_of
from simulator.errors import RunFailed
from simulator.units import SECONDS_A_DAY

# What a computed number of places may fall short of a whole one and still be it.
SLACK = 1e-9
Lever = Callable[[float], None]
# Steps of the stocks in a run from which on compiling their equations pays.
WORTH_COMPILING = 500


class PeopleSide(Protocol):
    """What an engine of people can be asked, and what can be changed in it; all now."""

    def read(self) -> tuple[Ints, Ints]:
        """Give what is present of each meter, and what each has added up since the run began."""

    def heads(self) -> Ints:
        """Give the heads taken from each pool since the run began, and those that came back, side by side."""

    def open_pools(self, heads: Ints) -> None:
        """Say how many whole heads each pool has to give until the next exchange."""

    def set_need(self, need: int, rates: Floats) -> None:
        """Set the rates a year of a need, by segment and home."""

    def set_referral(self, referral: int, rate: float) -> None:
        """Set the rate a year of a referral."""

    def set_hazard(self, segment: int, target: int, *, rate: float) -> None:
        """Set the hazard a year from a segment to another, or to death."""

    def set_joiners(self, segment: int, rate: float) -> None:
        """Set the rate a year at which people join a segment."""

    def set_duration(self, activity: int, times: float) -> None:
        """Set what times drawn at an activity are multiplied by from now on."""

    def set_strength(self, intervention: int, strength: Floats) -> None:
        """Set the strength of an intervention in each of its weeks, the present one included."""

    def set_capacity(self, resource: int, places: int) -> None:
        """Set how many places a resource has."""


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
        self._lines = _Lines(self._arrays)
        self._places = _Places(self._arrays, self._stepper)
        meters, pools = len(self._arrays.meter_of), len(self._arrays.pools)
        self._totals = np.zeros(meters, dtype=np.int64)
        self._heads = np.zeros((pools, 2), dtype=np.int64)
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
        self._second = now
        self._hand_back()
        self._write_down()

    def line_changes(self, line: int) -> None:
        """A driven capacity opens, closes, or an intervention changes it: by the level handed back last."""
        resource = self._lines.passes(line)
        self._side.set_capacity(resource, self._lines.now[resource].places(self._values))

    def fork(self, program: Program, side: PeopleSide) -> Exchange:
        """Give an exchange that goes on from here under another program, which has been the same so far."""
        found = Exchange.__new__(Exchange)
        assert program.exchange is not None
        found._program, found._side, found._arrays = program, side, program.exchange
        found._stepper = self._stepper.copy()
        found._numbers = found._stepper.block.wiring.values
        found._levers = levers(program, side)
        found._lines = _Lines(program.exchange)
        found._lines.catch_up(self._second)
        found._places = self._places
        found._totals, found._heads = self._totals.copy(), self._heads.copy()
        found._reads, found._values = self._reads.copy(), list(self._values)
        found._kept, found._second = self._kept.copy(), self._second
        return found

    def carry_on(self, now: int) -> None:
        """After a fork: hand the levels of the last exchange to the side that has begun here."""
        self._lines.catch_up(now - 1)
        self._check_bounds()
        for lever, value in zip(self._levers, self._values, strict=True):
            lever(value)

    def records(self) -> ExchangeRecords:
        """Return what is left of all exchanges."""
        kept, stocks = self._kept, len(self._places.stocks)
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
        self._numbers[self._places.pools] += crossed[:, 1] - crossed[:, 0]

    def _read_off(self, present: list[int], added: list[int], *, seconds: float) -> None:
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
        self._values = self._numbers[self._places.drives].tolist()
        self._check_numbers()
        self._check_bounds()
        for lever, value in zip(self._levers, self._values, strict=True):
            lever(value)
        for resource, line in self._lines.now.items():
            self._side.set_capacity(resource, line.places(self._values))
        if self._arrays.pools:
            heads = np.floor(self._numbers[self._places.pools]).astype(np.int64)
            self._side.open_pools(np.maximum(heads, 0))

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
        bounds = zip(self._values, self._places.low, self._places.high, strict=True)
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
        self.low, self.high = arrays.low.tolist(), arrays.high.tolist()
        is_now = (arrays.read_way == READ_NOW)[arrays.term_read]
        columns = (arrays.term_read, arrays.term_meter, arrays.term_weight, arrays.term_is_over, is_now)
        self.terms: list[Any] = list(zip(*(column.tolist() for column in columns), strict=True))
        ways = (arrays.read_way, arrays.read_is_ratio, arrays.read_scale, arrays.read_stays)
        self.ways: list[Any] = list(zip(*(column.tolist() for column in ways), strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """How many places a resource has from now on: the whole part of what drives it."""

    drive: int
    factor: float
    plus: float

    def places(self, values: list[float]) -> int:
        """Give the places at the levels of all drives."""
        return max(0, math.floor(self.factor * values[self.drive] + self.plus + SLACK))


class _Lines:
    """The line that each driven capacity is on ``now``, by resource."""

    def __init__(self, arrays: Arrays) -> None:
        columns = (arrays.line_drive, arrays.line_factor, arrays.line_plus)
        self._lines = [Line(*row) for row in zip(*(one.tolist() for one in columns), strict=True)]
        self._second: list[int] = arrays.line_second.tolist()
        self._resource: list[int] = arrays.line_resource.tolist()
        self._passed = 0
        self.now: dict[int, Line] = {}
        self.catch_up(0)

    def catch_up(self, second: int) -> None:
        """Pass all lines that begin at a second or before it."""
        while self._passed < len(self._lines) and self._second[self._passed] <= second:
            self.passes(self._passed)

    def passes(self, line: int) -> int:
        """Pass a line; give its resource."""
        self.now[self._resource[line]] = self._lines[line]
        self._passed = line + 1
        return self._resource[line]


def levers(program: Program, side: PeopleSide) -> list[Lever]:
    """Give what takes each drive's level over to the people's side; capacities go by their lines."""
    arrays = program.exchange
    assert arrays is not None
    return [lever_of(program, side, drive=drive) for drive in range(len(arrays.drive_of))]


def lever_of(program: Program, side: PeopleSide, *, drive: int) -> Lever:
    """Give what takes one drive's level over."""
    arrays = program.exchange
    assert arrays is not None
    of, target, second = (
        int(column[drive]) for column in (arrays.drive_of, arrays.drive_target, arrays.drive_second)
    )
    base = base_of(program, drive)
    if of == DRIVES_NEED:
        return lambda level: side.set_need(target, base * level)
    if of == DRIVES_REFERRAL:
        return lambda level: side.set_referral(target, base * level)
    if of == DRIVES_HAZARD:
        return lambda level: side.set_hazard(target, second, rate=base * level)
    if of == DRIVES_JOINERS:
        return lambda level: side.set_joiners(target, base * level)
    if of == DRIVES_DURATION:
        return lambda level: side.set_duration(target, level)
    if of == DRIVES_STRENGTH and target != ABSENT:
        return lambda level: side.set_strength(target, base * level)
    return lambda level: None


def next_close(*, program: Program, after: int) -> float:
    """Give the second of the first period close after a second; none is as far as can be."""
    closes = program.calendar.period_close_second
    place = int(np.searchsorted(closes, after, side="right"))
    return int(closes[place]) if place < len(closes) else math.inf


def base_of(program: Program, drive: int) -> Any:
    """Give what a drive multiplies: the rates or strengths of the program, or what turns it into them."""
    arrays = program.exchange
    assert arrays is not None
    of, target, unit = (
        int(arrays.drive_of[drive]),
        int(arrays.drive_target[drive]),
        float(arrays.drive_unit[drive]),
    )
    is_factor = bool(arrays.drive_is_factor[drive])
    if of == DRIVES_NEED:
        needs = program.needs
        times = needs.locality_times[target, program.people.home_locality]
        rates = needs.rate[target] if is_factor else np.where(needs.rate[target] > 0, unit, 0.0)
        return rates[:, None] * times[None, :]
    if of == DRIVES_STRENGTH:
        if target == ABSENT:
            return np.zeros(0)
        strength = program.interventions.strength[target]
        return strength if is_factor else np.ones_like(strength)
    if not is_factor:
        return unit
    if of == DRIVES_REFERRAL:
        return float(program.referrals.rate[target])
    if of == DRIVES_HAZARD:
        return float(program.people.hazard[target, int(arrays.drive_second[drive])])
    return float(program.people.joiners[target]) if of == DRIVES_JOINERS else 1.0


def _begun(arrays: Arrays) -> Stepper:
    """Begin the stocks; raises :class:`RunFailed` where their step is too coarse."""
    inputs = dict(zip(arrays.inputs, arrays.at_start.tolist(), strict=True))
    is_compiled = arrays.system.timing.steps >= WORTH_COMPILING
    stepper = stepper_of(arrays.system, inputs, is_compiled=is_compiled)
    given = {stepper.place(key): value for key, value in inputs.items()}
    check_step(Engine(stepper.plan), arrays.system.timing, spans=np.zeros((0, 0)), given=given)
    return stepper
