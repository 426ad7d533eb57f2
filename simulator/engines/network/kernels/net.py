"""What the loops of the network read and write: one bundle of arrays, stocks in the places of their lanes."""

from typing import NamedTuple

import numpy as np

from simulator.compiler.program import Floats, Ints

# Beside the fields of an activity row: places left by somebody who was in a lane that is done in them.
PLACE_LEFT = 16
LANE_FIELDS = 17
TURNING, AVAILABLE, OVERTIME, FULL, OPEN, STATION_FIELDS = range(6)
# What becomes of the place on the way: none is kept, it is gone on in, it is kept for the wait.
LETS_GO, GOES_ON, KEEPS = range(3)
# What happened to the heads: who came, who left by a route, who died outside them.
CAME, LEFT, DIED_HERE, HEADS = range(4)
# Of a lane, during a block. For each length of step: of those who start, the part still in at its end, and
# the seconds spent there; of those in, the part cut short; of those who wait, the part that dies, and of
# those who come evenly. Of those whose stay is over, the parts that leave, that leave a place held before,
# by which the places kept grow, and that leave one to be turned round; of those cut short, who die.
STAYING, SPENT, CUT_SHORT, LOST, EARLY, STEP_FIELDS = range(6)
LEAVING, LEFT_BEHIND, KEEPING, TURNED, DYING, END_FIELDS = range(6)
# What a lane is (``BEFORE``: served before the resource whose place is held in it); how many are in it and
# wait for it; and who has come to it lately, for closures.
PLACE, STATION, HELD, FREE_ROW, PATIENCE, ROOM, PRIORITY, DIRECT_CELL, OWN_CELL, BEFORE, LANE_INTS = range(11)
AGE, DONE_NOW, POOL, START, BEGUN, WAS, INSIDE, LANE_FLOATS = range(8)
TRIED, WANTED, BLOCKED, STOOD, MET_FIELDS = range(5)
# Of a cell: who comes next, who has come, and how many were there.
COMING, NEW, WAS_THERE, CELL_FIELDS = range(4)
# What a resource holds; its settings, and of places that are left by who held them on: those turned round
# still at the end of this step, left before it is served; left a second after it was; and foreseen so to be
# turned round at the end of this step; and its places.
KEPT, TURNING_NOW, IN_USE, QUEUEING, PRESENT, PART, STARTED, USUAL = range(8)
TURN_MEAN, SLOW_STAY, SPACING, LEFT_NOW, LEAVES_NOW, FORESEEN = range(8, 14)
# Where the closure follows it: the variance of the number present, and that number after the last turn;
# how long a place is held; the rate of giving up a stay.
VARIANCE, WAS_PRESENT, STAY, IMPATIENCE, STATION_FLOATS = range(14, 19)
PLACES, TABLE, CELL, STATION_INTS = range(4)
# Of a stage, for each length of step: see below; then its mean, what follows it (1 or 0), and its profile.
STAGE_STAYS, STAGE_KEEPS, ENTERS, MEAN, NEXT, THROUGH, LATE, DOOR, STAGE_FIELDS = range(9)
# Rows of a closure's table; how likely it is that more than n places are free follows from ``FREE`` on.
BUSY, DELAYED, TURNED_AWAY, EVEN, SWING, FREE = range(6)
CELLS = 512


class Bundle(NamedTuple):
    """Structure first, then what is set from week to week, then the state, then records.

    Shapes: U units (a resource with its lanes, or a lane without), L lanes, C cells, K links, J stages, R
    resources, Z sources, D lengths of step, P profiles (and the plain clock last), T tables. ``stage_*``
    (D, J): of what was there, the part that stays over a step; of what comes during it, the part still
    there, and of the whole chain the part still there and its seconds. ``lane_key`` (L + 1) where a lane's
    kinds of ending begin in ``link_first``; ``link_rule`` what becomes of the place (below). ``onward_first``
    the same of links that lead to a cell after an ending of its own, ``ended`` how many ended so. A lane's
    cell of those who start at once (or -1) is ``cell_direct``; ``cell_own`` that of those who keep nothing,
    and up to ``cell_first`` of the next lane those that keep a place follow. Of a resource, since it was
    served last: ``inside`` its lanes, ``queueing`` for them, ``begun`` who was to start; ``level`` is present
    ÷ (present + places), in cells of a table. Where a closure follows the variance, tables come once for each
    of the ``deviations`` (÷ √places), and ``resistance`` (T, cells + 1) with them; else both are empty.
    """

    unit_first: Ints
    unit_lane: Ints
    unit_station: Ints
    unit_slow: Ints
    lane_is: Ints
    cell_first: Ints
    cell_lane: Ints
    cell_holder: Ints
    lane_key: Ints
    link_first: Ints
    link_cell: Ints
    link_rule: Ints
    onward_first: Ints
    onward_link: Ints
    onward_cell: Ints
    stage_first: Ints
    stage_next: Ints
    stage_profile: Ints
    leaving_profile: Ints
    source_cell: Ints
    source_profile: Ints
    change_first: Ints
    change_station: Ints
    change_places: Ints
    change_table: Ints
    step_kind: Ints
    step_hour: Ints
    step_look: Ints
    slow_kind: Ints
    in_window: Ints

    kind_seconds: Floats
    pace: Floats
    closure: Floats
    busy: Floats
    deviations: Floats
    resistance: Floats
    patience_mean: Floats
    patience_equal: Floats

    source_rate: Floats
    link_share: Floats
    stage_mean: Floats
    stage_enter: Floats
    stage_stays: Floats
    stage_keeps: Floats
    stage_left: Floats
    stage_spent: Floats
    lane_left: Floats
    stage_step: Floats
    lane_step: Floats
    lane_ends: Floats
    onward_share: Floats
    turn_stays: Floats
    turn_keeps: Floats
    leaving: Floats
    lane_death: Floats
    lane_risk: Floats
    lane_cut: Floats
    lane_turns: Floats
    cell_queues: Floats

    cell_stock: Floats
    cell: Floats
    stage_stock: Floats
    lane: Floats
    station: Floats
    station_is: Ints

    lane_now: Floats
    station_now: Floats
    link_flow: Floats
    ended: Floats
    waits: Floats
    by_hour: Floats
    hour_counts: Floats
    looked: Floats
    looked_in: Floats
    heads: Floats
    met: Floats


def column(bundle: str, field: int) -> property:
    """Give one field of all rows of a bundle: a view, which can be written to."""
    return property(lambda net: getattr(net, bundle)[:, field])


class Net(Bundle):
    """The bundle, and what Python asks of it by name."""

    lane_place, lane_held = column("lane_is", PLACE), column("lane_is", HELD)
    lane_age = column("lane", AGE)
    cell_in = column("cell", COMING)
    kept, turning = column("station", KEPT), column("station", TURNING_NOW)
    inside, queueing = column("station", IN_USE), column("station", QUEUEING)
    present = column("station", PRESENT)
    usual, slow_stay = column("station", USUAL), column("station", SLOW_STAY)
    turn_mean, spacing = column("station", TURN_MEAN), column("station", SPACING)
    variance, was_present = column("station", VARIANCE), column("station", WAS_PRESENT)
    places, table = column("station_is", PLACES), column("station_is", TABLE)
    tried, wanted = column("met", TRIED), column("met", WANTED)
    blocked, stood = column("met", BLOCKED), column("met", STOOD)

    @property
    def hours(self) -> Floats:
        """Give what was there by resource and hour of the week (R, 168, 3)."""
        return np.ascontiguousarray(self.by_hour.transpose(1, 0, 2))
