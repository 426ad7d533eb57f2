"""Clocks on stocks: how long it takes from point to point, from the means of every lane on the way.

Within one activity the law of a span is that of its parts joined: the wait, the stay, the time a place is
kept. From activity to activity its mean and mean square follow from the chain of lanes, and a lognormal law
is put through them.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np

from simulator.compiler.law_excess import survival
from simulator.compiler.program import (
    ABSENT,
    AT_ARRIVAL,
    AT_END,
    AT_LEAVE,
    AT_NEED,
    AT_READY,
    AT_START,
    Floats,
    Ints,
    Program,
)
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.law_moments import table_of
from simulator.engines.network.nodes import DONE, INSTEAD
from simulator.engines.network.rows import keeping_shares
from simulator.engines.network.spans import edges, exponential, joined, law_shares, span_law, wait_law
from simulator.engines.network.tally import Tally
from simulator.engines.records import (
    ACTIVE_AREA,
    ARRIVALS,
    KEPT_AREA,
    STARTS,
    WAIT_BINS,
    WAIT_SECONDS,
    WAITED,
)

COMES, BEGINS, ENDS = range(3)
POINT_STATE = {AT_ARRIVAL: COMES, AT_START: BEGINS, AT_END: ENDS, AT_READY: ENDS, AT_LEAVE: ENDS}

Made = TypeVar("Made")
# A part of what a clock measured: group, home, number, its law by bin and its mean.
Measured = tuple[int, int, float, Floats, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """What clocks measured in the window, by clock, group and home: ``stopped``, ``seconds`` (clocks, G, H +
    1), ``within`` (targets, G, H + 1); ``open`` (clocks), ``over`` (targets) the mean numbers open."""

    stopped: Floats
    seconds: Floats
    within: Floats
    open: Floats
    over: Floats


def clock_spans(program: Program, laid: Assembly, *, tally: Tally, lanes: Floats) -> list[list[Measured]]:
    """Measure every clock over a window in which ``lanes`` added up."""
    measure = _Measure(program, laid, tally=tally, lanes=lanes)
    return [measure.clock(clock) for clock in range(len(program.names.clocks))]


def spans(program: Program, measured: Sequence[Sequence[Measured]], *, seconds: float) -> Spans:
    """Add up what every clock measured over a window of so many ``seconds``."""
    clocks, groups = program.clocks, program.activities.row.shape[1]
    homes, count = len(program.names.homes) + 1, len(program.names.clocks)
    found = Spans(
        stopped=np.zeros((count, groups, homes)),
        seconds=np.zeros((count, groups, homes)),
        within=np.zeros((len(clocks.target_seconds), groups, homes)),
        open=np.zeros(count),
        over=np.zeros(len(clocks.target_seconds)),
    )
    for clock, parts in enumerate(measured):
        if not parts:
            continue
        mine = slice(int(clocks.target_first[clock]), int(clocks.target_first[clock + 1]))
        limits = _Limits(clocks.target_seconds[mine])
        group, home, number, law, mean = zip(*parts, strict=True)
        place, stopped = (np.array(group), np.array(home)), np.array(number)
        took = stopped * np.array(mean)
        within, beyond = (np.array(one) for one in zip(*map(limits.of, law), strict=True))
        np.add.at(found.stopped[clock], place, stopped)
        np.add.at(found.seconds[clock], place, took)
        found.open[clock] = _one_by_one(took / seconds)
        for target, row in enumerate(range(mine.start, mine.stop)):
            np.add.at(found.within[row], place, stopped * within[:, target])
            found.over[row] = _one_by_one(beyond[:, target] * (took / seconds))
    return found


def span_bins(program: Program, measured: Sequence[Sequence[Measured]]) -> Floats:
    """Count what every clock measured by bin (clocks, G, bins)."""
    found = np.zeros((len(measured), program.activities.row.shape[1], WAIT_BINS))
    for clock, parts in enumerate(measured):
        for group, _, number, law, _ in parts:
            found[clock, group] += number * law
    return found


def _one_by_one(values: Floats) -> float:
    """Add up from the first to the last."""
    return float(np.cumsum(values)[-1])


class _Limits:
    """What laws say of the targets of one clock; laws come again and again."""

    def __init__(self, seconds: Ints) -> None:
        self._seconds = seconds
        self._known: dict[int, tuple[Floats, Floats]] = {}
        self._laws: list[Floats] = []

    def of(self, law: Floats) -> tuple[Floats, Floats]:
        """Give the share within each target, and the part of the time that is spent beyond it."""
        if id(law) not in self._known:
            self._laws.append(law)
            limits = self._seconds.tolist()
            self._known[id(law)] = (
                np.array([_below(law, limit) for limit in limits]),
                np.array([_beyond(law, limit) for limit in limits]),
            )
        return self._known[id(law)]


def _below(law: Floats, limit: float) -> float:
    """Give the share of a law within a limit."""
    return float(np.interp(np.log(max(limit, 1.0)), _log_edges(), np.cumsum(law)[1:]))


def _beyond(law: Floats, limit: float) -> float:
    """Give the part of its time for which a span is open beyond a limit."""
    middle = _late_middles()
    total = float(law @ middle)
    return float(law @ np.maximum(middle - limit, 0.0)) / total if total > 0 else 0.0


@cache
def _late_middles() -> Floats:
    return np.append(0.0, edges() * 2.0 ** (-0.5 / 16))


@cache
def _log_edges() -> Floats:
    return np.asarray(np.log(edges()))


def _inside_activities(
    start: list[tuple[int, int]], stop: list[tuple[int, int]]
) -> dict[int, tuple[int, int]]:
    """Give where a clock starts and stops in each of its activities; nothing where these are not the same."""
    starts, stops = ({activity: point for point, activity in points} for points in (start, stop))
    if len(starts) < len(start) or len(stops) < len(stop) or starts.keys() != stops.keys():
        return {}
    if not all(point in (AT_ARRIVAL, AT_START) for point in starts.values()):
        return {}
    return {activity: (point, stops[activity]) for activity, point in starts.items()}


class _Measure:
    def __init__(self, program: Program, laid: Assembly, *, tally: Tally, lanes: Floats) -> None:
        self._program, self._laid, self._tally, self._lanes = program, laid, tally, lanes
        starts = np.maximum(lanes[:, STARTS], 1e-12)
        self._wait = lanes[:, WAIT_SECONDS] / starts
        self._stay = lanes[:, ACTIVE_AREA] / starts
        self._known: dict[tuple[int, int, int, int, int], tuple[Floats, float]] = {}
        self._waits: dict[int, tuple[Floats, float]] = {}
        self._stays: dict[int, Floats] = {}
        self._keeping: dict[int, tuple[float, float]] = {}

    def clock(self, clock: int) -> list[Measured]:
        """Measure one clock, part by part."""
        clocks = self._program.clocks
        begin, end = (
            slice(*clocks.start_first[clock : clock + 2]),
            slice(*clocks.stop_first[clock : clock + 2]),
        )
        start = list(
            zip(clocks.start_point[begin].tolist(), clocks.start_activity[begin].tolist(), strict=True)
        )
        stop = list(zip(clocks.stop_point[end].tolist(), clocks.stop_activity[end].tolist(), strict=True))
        inside = _inside_activities(start, stop)
        if inside and not (len(inside) > 1 and self._is_passed_on(inside)):
            return [
                one
                for activity, (begins, ends) in inside.items()
                for one in self._within_activity(activity, begins, stop=ends)
            ]
        restarts = clocks.restarts is not None and bool(clocks.restarts[clock])
        return self._along(start, stop, restarts=restarts)

    def _is_passed_on(self, activities: Collection[int]) -> bool:
        """Say whether cases come from one of these to another, where the clock they brought stops."""
        lanes = self._laid.lanes
        leads = lanes.link_cell >= 0
        start = lanes.activity[lanes.link_lane[leads]]
        end = lanes.activity[lanes.cell_lane[lanes.link_cell[leads]]]
        among = [*activities]
        return bool((np.isin(start, among) & np.isin(end, among) & (start != end)).any())

    def _within_activity(self, activity: int, start: int, *, stop: int) -> list[Measured]:
        """Join the parts of a span inside one activity, lane by lane and law by law."""
        nodes, lanes = self._laid.nodes, self._laid.lanes
        keeps = keeping_shares(self._laid)
        found: list[Measured] = []
        for node, home in np.argwhere((lanes.of >= 0) & (nodes.activity == activity)[:, None]).tolist():
            lane, group = int(lanes.of[node, home]), int(nodes.group[node])
            number = float(self._tally.share[node, home])
            if number <= 0:
                continue
            law = int(self._program.activities.duration_law[activity, group])
            keeping = float(keeps[node, home]) if stop == AT_LEAVE else 0.0
            key = (start, stop, lane, law, round(keeping * 1000))
            if key not in self._known:
                self._known[key] = self._parts(lane, law, points=(start, stop), keeping=keeping)
            found.append((group, home, number, *self._known[key]))
        return found

    def _parts(self, lane: int, law: int, *, points: tuple[int, int], keeping: float) -> tuple[Floats, float]:
        shares, mean = np.eye(1, WAIT_BINS)[0], 0.0
        if points[0] == AT_ARRIVAL:
            shares, mean = _once(self._waits, lane, make=lambda: self._waited(lane))
        if points[1] == AT_START:
            return shares, mean
        if law != ABSENT:
            stay = _once(
                self._stays, law, make=lambda: law_shares(*survival(table_of(self._program.laws, law)))
            )
            shares, mean = joined(shares, stay), mean + float(self._program.laws.mean[law])
        if keeping > 0:
            kept, chance = _once(self._keeping, lane, make=lambda: self._kept(lane))
            shares = (1.0 - keeping * chance) * shares + keeping * chance * joined(shares, _exponential(kept))
            mean += keeping * chance * kept
        return shares, mean

    def _waited(self, lane: int) -> tuple[Floats, float]:
        """Give the law and the mean of the waits for a lane."""
        sums, counts = self._lanes[lane], self._laid.net.waits[lane]
        waits = wait_law(float(sums[STARTS]), float(sums[WAITED]), counts=counts)
        if waits.sum() > 0:
            return waits / waits.sum(), float(self._wait[lane])
        return np.eye(1, WAIT_BINS)[0], 0.0

    def _kept(self, lane: int) -> tuple[float, float]:
        """Give the mean time for which those who keep a place of a lane and wait do so, and their share."""
        lanes = self._laid.lanes
        cells = np.append(lanes.cell_holder, -1)[np.maximum(lanes.link_cell, -1)]
        mine = (lanes.link_lane == lane) & (lanes.link_cell >= 0) & (cells == lane)
        flow = self._tally.links[mine]
        target = lanes.cell_lane[lanes.link_cell[mine]]
        total = float(flow.sum())
        if total <= 0:
            return 0.0, 0.0
        waited = self._lanes[target, WAITED] / np.maximum(self._lanes[target, ARRIVALS], 1e-12)
        chance = min(max(float(flow @ waited) / total, 1e-6), 1.0)
        return float(self._lanes[lane, KEPT_AREA]) / (total * chance), chance

    def _along(
        self, start: list[tuple[int, int]], stop: list[tuple[int, int]], *, restarts: bool
    ) -> list[Measured]:
        """Follow the chain of lanes from the points where a clock starts to those where it stops."""
        lanes = self._laid.lanes
        onward, mean, square = self._chain()
        if restarts:  # who comes back to where it starts begins anew, and is counted there
            onward[:, self._states(start)] = 0.0
        stops = self._states(stop)
        others = _met(onward, [state for state, _ in self._begins(start)], stops=stops)
        reach, first, second = np.zeros(len(mean)), np.zeros(len(mean)), np.zeros(len(mean))
        reach[stops] = 1.0
        through = np.linalg.inv(np.eye(len(others)) - onward[np.ix_(others, others)])
        reach[others] = through @ onward[np.ix_(others, stops)].sum(axis=1)
        there = onward @ reach
        first[others] = through @ (mean * there)[others]
        later = square * there + 2.0 * mean * (onward @ first)
        second[others] = through @ later[others]
        found: list[Measured] = []
        for state, flow in self._begins(start):
            number = flow * float((onward[state] @ reach) if state in stops else reach[state])
            if number <= 0 or state in stops:
                continue
            own = float(first[state] / reach[state])
            law = span_law(own, float(second[state] / reach[state]))
            lane = state // 3
            weight = np.where(lanes.of == lane, self._tally.share, 0.0)
            total = float(weight.sum())
            for node, home in np.argwhere(weight > 0).tolist():
                part = float(weight[node, home]) / total
                found.append((int(self._laid.nodes.group[node]), home, number * part, law, own))
        return found

    def _chain(self) -> tuple[Floats, Floats, Floats]:
        """Give chances, mean and mean square of a step of the chain comes → begins → ends → comes …"""
        lanes, sums = self._laid.lanes, self._lanes
        size = 3 * lanes.count
        onward, mean = np.zeros((size, size)), np.zeros(size)
        index = np.arange(lanes.count) * 3
        onward[index + COMES, index + BEGINS] = np.minimum(
            sums[:, STARTS] / np.maximum(sums[:, ARRIVALS], 1e-12), 1.0
        )
        onward[index + BEGINS, index + ENDS] = 1.0
        usual = (lanes.link_cell >= 0) & (lanes.link_kind != INSTEAD)
        for kind_states, kinds in ((ENDS, (DONE,)), (COMES, tuple(range(1, lanes.kinds)))):
            chosen = usual & np.isin(lanes.link_kind, kinds)
            below = sums[:, STARTS if kind_states == ENDS else ARRIVALS]
            share = self._tally.links[chosen] / np.maximum(below[lanes.link_lane[chosen]], 1e-12)
            place = (lanes.link_lane[chosen] * 3 + kind_states, lanes.cell_lane[lanes.link_cell[chosen]] * 3)
            np.add.at(onward, place, share)
        total = onward.sum(axis=1, keepdims=True)
        onward = np.where(total > 1.0, onward / np.maximum(total, 1e-12), onward)
        mean[index + COMES], mean[index + BEGINS] = self._wait, self._stay
        spread = np.divide(self._laid.mix.square, np.maximum(self._laid.mix.mean, 1e-9) ** 2)
        square = 2.0 * mean * mean
        square[index + BEGINS] = np.maximum(spread, 1.0) * self._stay**2
        return onward, mean, square

    def _states(self, points: list[tuple[int, int]]) -> Ints:
        activity = self._laid.lanes.activity
        found = [
            np.flatnonzero(activity == one) * 3 + POINT_STATE[point]
            for point, one in points
            if point != AT_NEED
        ]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)

    def _begins(self, points: list[tuple[int, int]]) -> list[tuple[int, float]]:
        """List the states in which a clock starts, with how many start there in the window."""
        lanes, sums = self._laid.lanes, self._lanes
        found: list[tuple[int, float]] = []
        for point, activity in points:
            if point == AT_NEED:
                cells = np.unique(self._laid.sources.cell)
                fed = np.bincount(
                    lanes.cell_lane[self._laid.sources.cell],
                    weights=self._laid.net.source_rate,
                    minlength=lanes.count,
                )
                found += [
                    (lane * 3, float(sums[lane, ARRIVALS])) for lane in np.flatnonzero(fed > 0).tolist()
                ]
                del cells
            else:
                field = ARRIVALS if point == AT_ARRIVAL else STARTS
                found += [
                    (lane * 3 + POINT_STATE[point], float(sums[lane, field]))
                    for lane in np.flatnonzero(lanes.activity == activity).tolist()
                ]
        return found


def _once(known: dict[int, Made], key: int, *, make: Callable[[], Made]) -> Made:
    """Give what is known of a lane or a law, or find it."""
    if key not in known:
        known[key] = make()
    return known[key]


def _met(onward: Floats, begins: list[int], *, stops: Ints) -> Ints:
    """List the states that are met between where a clock starts and where it stops."""
    goes = onward > 0.0
    goes[stops] = False
    met = np.zeros(len(onward), dtype=np.bool_)
    new = np.array(begins, dtype=np.int64)
    while new.size:
        met[new] = True
        new = np.flatnonzero(goes[new].any(axis=0) & ~met)
    met[stops] = False
    return np.flatnonzero(met)


def _exponential(mean: float) -> Floats:
    """Give the shares by bin of an exponential span."""
    place = 1 + int(16 * np.log2(max(mean, 1.0)))
    return np.asarray(exponential()[min(place, WAIT_BINS - 1)])
