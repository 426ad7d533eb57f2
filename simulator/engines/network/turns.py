"""Which units take a turn in every step, and which every few: those in which nothing happens within hours.

A unit is slow if its stays are long beside a turn, it never closes, and nobody waits for it who keeps a place
that is not slow itself: who keeps a space in A&E must not wait for the next turn of a ward.
"""

from dataclasses import dataclass, replace

import numpy as np

from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.network.grid import Grid, block_seconds
from simulator.engines.network.lanes import Lanes

TURN_STEPS = 4
# The shortest stage of a slow unit, in turns.
LONG = 8.0
NO_TURN = -1

Units = tuple[Ints, Ints, Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """``units`` in order: first lane of each, lanes, resources; ``slow`` (units); ``kind`` (steps) of the
    turn that ends with a step, or -1; ``grid`` with the lengths of turns among its own."""

    units: Units
    slow: Ints
    kind: Ints
    grid: Grid


def lay_turns(
    program: Program, lanes: Lanes, *, grid: Grid, units: Units, turn_seconds: int, shortest: Floats
) -> Turns:
    """Find the slow units and cut a run into their turns; ``shortest`` stage of each lane in seconds."""
    slow = _slow_units(program, lanes, units=units, is_long=shortest >= LONG * turn_seconds)
    is_slow = np.zeros(len(program.names.resources), dtype=np.bool_)
    is_slow[units[2][(slow == 1) & (units[2] >= 0)]] = True
    resources = program.resources
    changed = resources.change_second[is_slow[resources.change_resource]]
    usual = np.arange(0, grid.second[-1] + 1, turn_seconds)
    ends = _met(grid.second, np.concatenate([usual, block_seconds(program), changed]))
    seconds = np.diff(ends)
    lengths = np.unique(np.concatenate([grid.lengths, seconds]))
    kind = np.full(len(grid.kind), NO_TURN, dtype=np.int64)
    kind[np.searchsorted(grid.second, ends[1:]) - 1] = np.searchsorted(lengths, seconds)
    own = np.searchsorted(lengths, grid.lengths).astype(np.int64)[grid.kind]
    return Turns(units=units, slow=slow, kind=kind, grid=replace(grid, kind=own, lengths=lengths))


def _met(seconds: Ints, asked: Ints) -> Ints:
    """Give those of ascending seconds that are asked for."""
    place = np.minimum(np.searchsorted(seconds, asked), len(seconds) - 1)
    met = np.zeros(len(seconds), dtype=np.bool_)
    met[place[seconds[place] == asked]] = True
    return seconds[met]


def _slow_units(program: Program, lanes: Lanes, *, units: Units, is_long: np.ndarray) -> Ints:
    first, member, station = units
    resources = program.resources
    closes = resources.capacity == 0
    closes[resources.change_resource[resources.change_capacity == 0]] = True
    turned = program.activities.turnaround_law[lanes.activity] != ABSENT
    can = is_long & (lanes.needed == 0) & ~turned
    found = np.array(
        [
            bool(can[member[one:other]].all()) and (resource < 0 or not closes[resource])
            for one, other, resource in zip(first[:-1], first[1:], station.tolist(), strict=True)
        ]
    )
    unit_of = np.empty(lanes.count, dtype=np.int64)
    unit_of[member] = np.repeat(np.arange(len(station)), np.diff(first))
    held = lanes.cell_holder >= 0
    waited, keeping = unit_of[lanes.cell_lane[held]], unit_of[lanes.cell_holder[held]]
    for _ in range(len(station)):
        found[waited[~found[keeping]]] = False
    return found.astype(np.int64)
