"""What the loops of the network read and write: one bundle of arrays, stocks in the places of their lanes."""

from typing import NamedTuple

from simulator.compiler.program import Floats, Ints

# Beside the fields of an activity row: places left by somebody who was in a lane that is done in them.
PLACE_LEFT = 16
LANE_FIELDS = 17
TURNING, AVAILABLE, OVERTIME, FULL, OPEN, STATION_FIELDS = range(6)
# What becomes of the place on the way: none is kept, it is gone on in, it is kept for the wait.
LETS_GO, GOES_ON, KEEPS = range(3)
# What happened to the heads: who came, who left by a route, who died outside them.
CAME, LEFT, DIED_HERE, HEADS = range(4)
# Rows of a closure's table; how likely it is that more than n places are free follows from ``FREE`` on.
BUSY, DELAYED, TURNED_AWAY, EVEN, SWING, FREE = range(6)
CELLS = 512


class Net(NamedTuple):
    """Structure first, then what is set from week to week, then the state, then records.

    Shapes: U units (a resource with its lanes, or a lane without), L lanes, C cells, K links, J stages, R
    resources, Z sources, D lengths of step, P profiles (and the plain clock last), T tables. ``stage_*``
    (D, J): of what was there, the part that stays over a step; of what comes during it, the part still
    there, and of the whole chain the part still there and its seconds. ``lane_key`` (L + 1) where a lane's
    kinds of ending begin in ``link_first``; ``link_rule`` what becomes of the place (below). Of a resource,
    since it was served last: ``inside`` its lanes, ``queueing`` for them; ``level`` is present ÷ (present +
    places).
    """

    unit_first: Ints
    unit_lane: Ints
    unit_station: Ints
    unit_slow: Ints
    lane_place: Ints
    lane_station: Ints
    lane_held: Ints
    lane_free: Ints
    lane_patience: Ints
    lane_room: Ints
    lane_priority: Ints
    cell_first: Ints
    cell_lane: Ints
    cell_holder: Ints
    lane_key: Ints
    link_first: Ints
    link_cell: Ints
    link_rule: Ints
    stage_first: Ints
    stage_next: Ints
    stage_profile: Ints
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

    step_seconds: Floats
    pace: Floats
    closure: Floats
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
    lane_death: Floats
    lane_risk: Floats
    lane_cut: Floats
    lane_turns: Floats
    turn_mean: Floats
    slow_stay: Floats
    spacing: Floats
    cell_queues: Floats

    cell_stock: Floats
    cell_in: Floats
    cell_new: Floats
    cell_was: Floats
    stage_stock: Floats
    lane_age: Floats
    lane_done: Floats
    lane_pool: Floats
    lane_start: Floats
    lane_begun: Floats
    unit_due: Floats
    kept: Floats
    turning: Floats
    inside: Floats
    queueing: Floats
    present: Floats
    level: Floats
    usual: Floats
    places: Ints
    table: Ints

    lane_now: Floats
    station_now: Floats
    link_flow: Floats
    waits: Floats
    hours: Floats
    hour_counts: Floats
    looked: Floats
    looked_in: Floats
    heads: Floats
    tried: Floats
    wanted: Floats
    blocked: Floats
    stood: Floats
