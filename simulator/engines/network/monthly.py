"""The calendar months of a network whose losses feed back: what had been added up when each began.

A month may begin inside a block. What lanes did is read in the very step; needs, person-seconds of people and
of those enrolled go evenly through a block, and so are read between its ends. The month before is settled
when the block is over: what comes of it is felt from a later Monday on, which begins a block of its own.
No block is cut and nothing is set anew, so that where nobody loses anything a run is what it is without.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.accounts.month import Totals
from simulator.compiler.program import Floats
from simulator.engines.months import Months, OtherWorld
from simulator.engines.network.kernels.books import made_up
from simulator.engines.network.kernels.net import Net
from simulator.engines.network.kernels.running import runs
from simulator.engines.network.rows import places_of, row_totals
from simulator.engines.records import ACTIVE_AREA, KEPT_AREA, STARTS, CollaborationRecords

if TYPE_CHECKING:
    from simulator.engines.network.network import Network


class Lanes(NamedTuple):
    """What had been done by a step: ``sums`` of lanes (L, LANE_FIELDS) since the run began, and ``share``
    (nodes, H + 1) the starts of the window by node."""

    sums: Floats
    share: Floats


class Evenly(NamedTuple):
    """What goes evenly through a block, since the run began: ``needs`` (N) that happened, ``alive`` and, by
    scheme (I), ``enrolled`` person-seconds; and ``enrolments`` (I), all of them at its beginning."""

    needs: Floats
    alive: float
    enrolled: Floats
    enrolments: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block in which months begin: its seconds, what there was when it began, and which months."""

    begins: int
    ends: int
    before: Evenly
    months: tuple[int, ...]


def takes_steps(net: Net, steps: tuple[int, int], *, monthly: Monthly | None) -> None:
    """Take a network through the steps of a block; stop to read where a month begins in it."""
    first, last = steps
    if monthly is not None:
        for stop in monthly.stops(last):
            runs(net, first, stop, first == steps[0], False)
            monthly.reads()
            first = stop
    runs(net, first, last, first == steps[0], True)


def monthly_of(network: Network, *, other: OtherWorld | None) -> Monthly | None:
    """Give the months of a network; nothing where no loss feeds back, or nobody asks for them."""
    return None if network.program.feedback is None or other is None else Monthly(network, other=other)


class Monthly:
    """The network's side of the months, and when they are read and settled."""

    def __init__(self, network: Network, *, other: OtherWorld) -> None:
        program = network.program
        assert program.feedback is not None
        self._network = network
        self._seconds: list[int] = program.feedback.month_second.tolist()
        self._steps: list[int] = np.searchsorted(network.laid.grid.second, self._seconds).tolist()
        self._block: Block | None = None
        self._read: list[Lanes] = []
        self._before = self._lanes()
        self._rows = np.zeros((2, program.rows))
        self._now = self._totals(0, self._evenly())
        self._months = Months(program, self, other=other)
        if self._seconds[0] == 0:
            self._months.begins(0)

    # When it is read

    def opens(self, begins: int, ends: int) -> None:
        """Say that a block is about to begin, after which months of it will be settled."""
        months = tuple(at for at, second in enumerate(self._seconds) if begins < second <= ends)
        if months:
            self._block = Block(begins=begins, ends=ends, before=self._evenly(), months=months)

    def stops(self, last: int) -> list[int]:
        """List the steps before the ``last`` of the block at which a month begins."""
        months = () if self._block is None else self._block.months
        return [self._steps[month] for month in months if self._steps[month] < last]

    def reads(self) -> None:
        """Read what lanes have done, in the middle of a block."""
        self._read.append(self._lanes())

    def closes(self) -> None:
        """Settle the months that end in the block that is over."""
        block, self._block = self._block, None
        if block is None:
            return
        read, self._read, after = self._read, [], self._evenly()
        for place, month in enumerate(block.months):
            if month > 0:
                self._adds(read[place] if place < len(read) else self._lanes())
            else:
                self._before = self._lanes()
            self._now = self._totals(self._seconds[month], _within(block, after, second=self._seconds[month]))
            self._months.begins(month)

    # What is asked of it, and changed by it

    def totals(self) -> Totals:
        """Give what the run had added up since its window began, when the month began."""
        return self._now

    def set_strength(self, intervention: int, strength: Floats) -> None:
        """Set the strength of an intervention in each of its weeks, the present one included."""
        self._network.schemes.bases.strength[intervention] = strength

    def records(self) -> CollaborationRecords | None:
        """Return what came of it; nothing where no intervention depends on a collaboration."""
        return self._months.records()

    # Reading

    def _lanes(self) -> Lanes:
        network, net = self._network, self._network.net
        share = network.tally.share.copy()
        started = network.since.started + net.lane_now[:, STARTS]
        made_up(network.mix.share, network.laid.lanes.of, started, share)
        return Lanes(sums=network.tally.lanes.sum(axis=0) + net.lane_now, share=share)

    def _adds(self, now: Lanes) -> None:
        """Add what lanes did in a month to rows of records, by who made them up in it."""
        network, before = self._network, self._before
        places = places_of(network.program, network.laid, share=now.share - before.share)
        found = row_totals(network.program, places, lanes=now.sums - before.sums)
        self._rows[0] += found[:, STARTS]
        self._rows[1] += found[:, ACTIVE_AREA] + found[:, KEPT_AREA]
        self._before = now

    def _evenly(self) -> Evenly:
        tally = self._network.tally
        return Evenly(
            needs=tally.happened.sum(axis=(0, 2, 3)),
            alive=float(tally.person_seconds.sum()),
            enrolled=tally.enrolled.sum(axis=0),
            enrolments=tally.newly.sum(axis=0),
        )

    def _totals(self, second: int, evenly: Evenly) -> Totals:
        starts, seconds = self._rows
        return Totals(
            second=second,
            starts=starts.copy(),
            place_seconds=seconds.copy(),
            needs=evenly.needs,
            alive=evenly.alive,
            enrolled=evenly.enrolled,
            enrolments=evenly.enrolments,
        )


def _within(block: Block, after: Evenly, *, second: int) -> Evenly:
    """Give what there was at a second of a block, by what there was at both its ends."""
    if second == block.ends:
        return after
    part = (second - block.begins) / (block.ends - block.begins)
    before = block.before
    return Evenly(
        needs=before.needs + part * (after.needs - before.needs),
        alive=before.alive + part * (after.alive - before.alive),
        enrolled=before.enrolled + part * (after.enrolled - before.enrolled),
        enrolments=after.enrolments,
    )
