"""The one place where the event side and the stock side meet; both people engines call it.

The event side is the clock. At a second of exchange, after a period that closes then: counts and heads are
handed over, the stocks are carried on to now, levels are handed back, capacity is applied. Heads cross whole:
what is taken from a stock since the last exchange was there as whole heads then, and the part of a head that
is left stays in it. What is driven must lie within its declared bounds, or the run fails by its name.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from simulator.compiler.exchange_arrays import (
    DRIVES_CAPACITY,
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
# Steps of the stocks in a run from which on compiling their equations pays.
WORTH_COMPILING = 500


class PeopleSide(Protocol):
    """What an engine of people can be asked, and what can be changed in it; all now."""

    def read(self) -> tuple[Ints, Ints]:
        """Give what is present of each meter, and what each has added up since the run began."""

    def heads(self) -> tuple[Ints, Ints]:
        """Give the heads taken from each pool since the run began, and those that came back to it."""

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
    next_close: int

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
        self._bases = [base_of(program, drive) for drive in range(len(self._arrays.drive_of))]
        self._lines = _Lines(self._arrays)
        self._places = _Places(self._arrays, self._stepper)
        meters, pools = len(self._arrays.meter_of), len(self._arrays.pools)
        self._totals = np.zeros(meters, dtype=np.int64)
        self._heads = np.zeros((2, pools), dtype=np.int64)
        self._reads = self._arrays.at_start.copy()
        self._values: list[float] = []
        self._kept = Kept([], [], np.zeros(len(self._places.stocks)), 0, 0)
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
        self._side.set_capacity(resource, self._lines.places(resource, self._values))

    def fork(self, program: Program, side: PeopleSide) -> Exchange:
        """Give an exchange that goes on from here under another program, which has been the same so far."""
        found = Exchange.__new__(Exchange)
        assert program.exchange is not None
        found._program, found._side, found._arrays = program, side, program.exchange
        found._stepper = self._stepper.copy()
        found._bases = [base_of(program, drive) for drive in range(len(program.exchange.drive_of))]
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
        for drive, value in enumerate(self._values):
            if self._arrays.drive_of[drive] != DRIVES_CAPACITY:
                self._drive(drive, value)

    def records(self) -> ExchangeRecords:
        """Return what is left of all exchanges."""
        kept, stocks = self._kept, len(self._places.stocks)
        width = stocks + len(self._reads) + len(self._arrays.drive_of)
        table = np.array(kept.rows, dtype=np.float64).reshape(len(kept.rows), width)
        taken, returned = self._heads
        return ExchangeRecords(
            second=np.array(kept.seconds, dtype=np.int64),
            stocks=table[:, :stocks],
            reads=table[:, stocks : stocks + len(self._reads)],
            drives=table[:, stocks + len(self._reads) :],
            stock_mean=kept.total / max(kept.count, 1),
            taken=taken.copy(),
            returned=returned.copy(),
        )

    # Handing over

    def _hand_over(self, now: int) -> None:
        present, totals = self._side.read()
        added = (totals - self._totals).tolist()
        self._read_off(present.tolist(), added, seconds=float(now - self._second))
        self._totals = totals
        heads = np.stack(self._side.heads())
        taken, returned = heads - self._heads
        self._heads = heads
        values = self._stepper.block.values
        for pool, row in enumerate(self._places.pools):
            values[row, 0] += returned[pool] - taken[pool]
        values[self._places.inputs, 0] = self._reads

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
        values = self._stepper.block.values
        if self._second == 0:
            values[self._places.inputs, 0] = self._reads
            self._stepper.advance(0)
        self._values = values[self._places.drives, 0].tolist()
        self._check_numbers()
        self._check_bounds()
        for drive, value in enumerate(self._values):
            self._drive(drive, value)
        heads = np.floor(values[self._places.pools, 0]).astype(np.int64)
        self._side.open_pools(np.maximum(heads, 0))

    def _drive(self, drive: int, value: float) -> None:
        """Hand one level back."""
        arrays, side = self._arrays, self._side
        of, target, base = int(arrays.drive_of[drive]), int(arrays.drive_target[drive]), self._bases[drive]
        if of == DRIVES_CAPACITY:
            for resource in self._lines.of_drive[drive]:
                side.set_capacity(resource, self._lines.places(resource, self._values))
        elif of == DRIVES_NEED:
            side.set_need(target, base * value)
        elif of == DRIVES_REFERRAL:
            side.set_referral(target, float(base) * value)
        elif of == DRIVES_HAZARD:
            side.set_hazard(target, int(arrays.drive_second[drive]), rate=float(base) * value)
        elif of == DRIVES_JOINERS:
            side.set_joiners(target, float(base) * value)
        elif of == DRIVES_DURATION:
            side.set_duration(target, value)
        elif target != ABSENT:
            side.set_strength(target, base * value)

    def _check_numbers(self) -> None:
        values = self._stepper.block.values[self._places.stocks, 0]
        if np.isfinite(values).all():
            return
        name = self._arrays.stocks[int(np.flatnonzero(~np.isfinite(values))[0])]
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
        values = self._stepper.block.values
        stocks = values[self._places.stocks, 0]
        if self._second > calendar.warm_up_seconds:
            kept.total += stocks
            kept.count += 1
        closes = calendar.period_close_second
        if kept.next_close < len(closes) and closes[kept.next_close] <= self._second:
            kept.next_close = int(np.searchsorted(closes, self._second, side="right"))
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


class _Lines:
    """How far each driven capacity has come along its lines."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self._line: dict[int, int] = {}
        self._passed = 0
        self.of_drive: dict[int, list[int]] = {}
        for drive, resource in zip(arrays.line_drive.tolist(), arrays.line_resource.tolist(), strict=True):
            known = self.of_drive.setdefault(drive, [])
            if resource not in known:
                known.append(resource)
        for drive in np.flatnonzero(arrays.drive_of == DRIVES_CAPACITY).tolist():
            self.of_drive.setdefault(drive, [])
        self.catch_up(0)

    def catch_up(self, second: int) -> None:
        """Pass all lines that begin at a second or before it."""
        while self._passed < len(self._arrays.line_second) and (
            self._arrays.line_second[self._passed] <= second
        ):
            self.passes(self._passed)

    def passes(self, line: int) -> int:
        """Pass a line; give its resource."""
        resource = int(self._arrays.line_resource[line])
        self._line[resource] = line
        self._passed = line + 1
        return resource

    def places(self, resource: int, values: list[float]) -> int:
        """Give the places of a resource now: the whole part of what drives it."""
        arrays, line = self._arrays, self._line[resource]
        value = values[int(arrays.line_drive[line])]
        number = float(arrays.line_factor[line]) * value + float(arrays.line_plus[line])
        return max(0, math.floor(number + SLACK))


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
