"""From lanes back to record rows: who of a lane is of which activity, group and home."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import Floats, Ints, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.kernels.net import PLACE_LEFT
from simulator.engines.network.tally import Tally
from simulator.engines.network.unreached import free_times
from simulator.engines.records import (
    ACTIVE_AREA,
    ACTIVITY_FIELDS,
    ARRIVALS,
    KEPT_AREA,
    KEPT_STAY_SECONDS,
    LEAVES,
    LEFT_WAIT_SECONDS,
    STARTS,
    STAY_SECONDS,
    WAIT_SECONDS,
)

OWN_FIELDS = (*range(ARRIVALS, ACTIVITY_FIELDS),)
AREAS = (STAY_SECONDS, KEPT_STAY_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Wherever a case can be: its ``lane``, its ``row``, the row of the ``owner`` of its place (or -1);
    ``share`` of the lane's visits, ``inside`` of its person-seconds, ``keeping`` of those who keep a
    place."""

    lane: Ints
    row: Ints
    owner: Ints
    share: Floats
    inside: Floats
    keeping: Floats


def places_of(program: Program, laid: Assembly, *, share: Floats) -> Places:
    """Find the places of a run, and how its lanes were made up by the starts at nodes (nodes, H + 1)."""
    nodes, lanes = laid.nodes, laid.lanes
    node, home = np.nonzero(lanes.of >= 0)
    lane = lanes.of[node, home]
    row = program.activities.row[nodes.activity[node], nodes.group[node]]
    owner = nodes.owner[node]
    of_owner = program.activities.row[np.maximum(owner, 0), nodes.group[node]]
    visits = share[node, home] + 1e-12 * laid.mix.share[node, home]
    keeps = keeping_shares(laid)[node, home]
    found = row >= 0
    node, home, lane, row = node[found], home[found], lane[found], row[found]
    owner, of_owner = owner[found], of_owner[found]
    visits, keeps = visits[found], keeps[found]
    return Places(
        lane=lane,
        row=row + home,
        owner=np.where((owner >= 0) & (of_owner >= 0), of_owner + home, -1),
        share=within_lanes(lane, visits, instead=visits, count=lanes.count),
        inside=within_lanes(lane, visits * laid.mixing.mean[node, home], instead=visits, count=lanes.count),
        keeping=within_lanes(lane, visits * keeps, instead=visits, count=lanes.count),
    )


def keeping_shares(laid: Assembly) -> Floats:
    """Give the share of visits (nodes, H + 1) that end in keeping the place for another."""
    lanes = laid.lanes
    share = laid.mixing.way_share[lanes.keeping_way, lanes.keeping_at % lanes.of.shape[1]]
    found = np.bincount(lanes.keeping_at, weights=share, minlength=lanes.of.size)
    return np.asarray(found, dtype=np.float64).reshape(lanes.of.shape)


def within_lanes(lane: Ints, weight: Floats, *, instead: Floats, count: int) -> Floats:
    """Make weights shares of their lanes; where a lane has none, take the other weights."""
    total = np.bincount(lane, weights=weight, minlength=count)
    chosen = np.where(total[lane] > 0, weight, instead)
    total = np.bincount(lane, weights=chosen, minlength=count)
    return np.asarray(np.divide(chosen, total[lane], out=np.zeros_like(chosen), where=total[lane] > 0))


def lane_fields(lanes: Floats) -> Floats:
    """Give the fields of an activity row for lanes (…, L, LANE_FIELDS), with what follows from the others.

    Stays are counted as person-seconds in them, which is the same once they are settled; the waits of those
    who left are those of the ones who started.
    """
    found = lanes[..., :ACTIVITY_FIELDS].copy()
    found[..., STAY_SECONDS] = found[..., ACTIVE_AREA] + found[..., KEPT_AREA]
    found[..., KEPT_STAY_SECONDS] = found[..., KEPT_AREA]
    starts = found[..., STARTS]
    wait = np.divide(found[..., WAIT_SECONDS], starts, out=np.zeros_like(starts), where=starts > 0)
    found[..., LEFT_WAIT_SECONDS] = wait * found[..., LEAVES]
    return found


def row_totals(program: Program, places: Places, *, lanes: Floats) -> Floats:
    """Spread lanes' sums (L, LANE_FIELDS) over record rows (rows, ACTIVITY_FIELDS)."""
    fields = lane_fields(lanes)
    found = np.zeros((program.rows, ACTIVITY_FIELDS))
    shares = {field: places.share for field in OWN_FIELDS}
    shares |= {ACTIVE_AREA: places.inside, KEPT_AREA: places.keeping, KEPT_STAY_SECONDS: places.keeping}
    for field, share in shares.items():
        if field != STAY_SECONDS:
            found[:, field] = _added(places.row, fields[places.lane, field] * share, rows=program.rows)
    held = places.owner >= 0
    kept = (lanes[:, ACTIVE_AREA] + lanes[:, KEPT_AREA])[places.lane] * places.inside
    left = lanes[places.lane, PLACE_LEFT] * places.share
    for field, amount in ((KEPT_AREA, kept), (KEPT_STAY_SECONDS, kept), (LEAVES, left)):
        found[:, field] += _added(places.owner[held], amount[held], rows=program.rows)
    found[:, STAY_SECONDS] = found[:, ACTIVE_AREA] + found[:, KEPT_AREA]
    return found


def _added(row: Ints, amount: Floats, *, rows: int) -> Floats:
    return np.asarray(np.bincount(row, weights=amount, minlength=rows), dtype=np.float64)


def activity_series(program: Program, laid: Assembly, *, tally: Tally) -> Floats:
    """Add lanes up by period and activity (P, A, ACTIVITY_FIELDS)."""
    lanes = laid.lanes
    fields = lane_fields(tally.lanes)
    found = np.zeros((len(fields), len(program.names.activities), ACTIVITY_FIELDS))
    for lane, activity in enumerate(lanes.activity.tolist()):
        found[:, activity] += fields[:, lane]
        owner = int(lanes.owner[lane])
        if owner >= 0:
            kept = tally.lanes[:, lane, ACTIVE_AREA] + tally.lanes[:, lane, KEPT_AREA]
            for field in (KEPT_AREA, KEPT_STAY_SECONDS, STAY_SECONDS):
                found[:, owner, field] += kept
            found[:, owner, LEAVES] += tally.lanes[:, lane, PLACE_LEFT]
    return found


def resource_series(program: Program, laid: Assembly, *, tally: Tally) -> Floats:
    """Add lanes and stations up by period and resource (P, R, RESOURCE_FIELDS)."""
    from simulator.engines.network.kernels.net import AVAILABLE, FULL, OPEN, OVERTIME, TURNING
    from simulator.engines.records import (
        AVAILABLE_AREA,
        FULL_AREA,
        OPEN_AREA,
        OVERTIME_AREA,
        QUEUE_AREA,
        RESOURCE_FIELDS,
        RESOURCE_KEPT_AREA,
        TURNING_AREA,
        USED_AREA,
        WAITING_AREA,
    )

    lanes, sums = laid.lanes, tally.lanes
    found = np.zeros((*tally.stations.shape[:2], RESOURCE_FIELDS))
    for lane, (station, place) in enumerate(zip(lanes.station.tolist(), lanes.place.tolist(), strict=True)):
        if station >= 0:
            found[:, station, QUEUE_AREA] += sums[:, lane, WAITING_AREA]
            found[:, station, USED_AREA] += sums[:, lane, ACTIVE_AREA]
        if place >= 0:
            kept = sums[:, lane, KEPT_AREA].copy()
            if station < 0:
                kept += sums[:, lane, ACTIVE_AREA]
            found[:, place, RESOURCE_KEPT_AREA] += kept
            found[:, place, USED_AREA] += kept
    for field, of in (
        (TURNING_AREA, TURNING),
        (AVAILABLE_AREA, AVAILABLE),
        (OVERTIME_AREA, OVERTIME),
        (FULL_AREA, FULL),
        (OPEN_AREA, OPEN),
    ):
        found[:, :, field] = tally.stations[:, :, of]
    free, places, opened = free_times(program, lanes)
    found[:, free, AVAILABLE_AREA], found[:, free, OPEN_AREA] = places, opened
    return found
