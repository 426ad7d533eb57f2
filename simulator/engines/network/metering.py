"""What an exchange reads of the network as stocks: numbers present, and what has been added up so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.compiler.exchange_arrays import OF_ACTIVITY, OF_NEED, OF_RESOURCE, OF_SEGMENT, Floats
from simulator.compiler.program import Program
from simulator.engines.network.kernels.net import AVAILABLE, PLACE_LEFT, TURNING
from simulator.engines.network.rows import keeping_shares, within_lanes
from simulator.engines.records import (
    ACTIVE_AREA,
    AVAILABLE_AREA,
    KEPT_AREA,
    KEPT_STAY_SECONDS,
    LEAVES,
    QUEUE_AREA,
    RESOURCE_KEPT_AREA,
    STARTS,
    TURNING_AREA,
    USED_AREA,
    WAITING_AREA,
)

if TYPE_CHECKING:
    from simulator.engines.network.network import Network

KEPT = (KEPT_AREA, KEPT_STAY_SECONDS)


class Meters:
    """The meters of a program, read off one network."""

    def __init__(self, program: Program, network: Network) -> None:
        exchange = program.exchange
        assert exchange is not None
        self._network, self._lanes = network, network.laid.lanes
        columns = (exchange.meter_of, exchange.meter_target, exchange.meter_group, exchange.meter_field)
        self._meters = list(zip(*(one.tolist() for one in columns), strict=True))
        self._sums = np.zeros_like(network.net.lane_now)
        self._stations = np.zeros_like(network.net.station_now)
        self._of_group: dict[int, Floats] = {}
        self._by_group = np.zeros(len(self._meters))
        self.mixed()

    def mixed(self) -> None:
        """Work out anew which part of each lane is of a group that somebody asks for."""
        for meter, (of, target, group, field) in enumerate(self._meters):
            if of == OF_ACTIVITY and group >= 0:
                self._of_group[meter] = self._part(target, group, field=field)

    def closes(self) -> None:
        """Add up what a block brought."""
        net = self._network.net
        self._sums += net.lane_now
        self._stations += net.station_now
        for meter, part in self._of_group.items():
            self._by_group[meter] += float((part * net.lane_now).sum())

    def read(self) -> tuple[Floats, Floats]:
        """Give what is present of each meter, and what each has added up."""
        found = [self._read(meter, now=_Now(self._network)) for meter in range(len(self._meters))]
        table = np.array(found, dtype=np.float64).reshape(len(found), 2)
        return table[:, 0], table[:, 1]

    def _read(self, meter: int, *, now: _Now) -> tuple[float, float]:
        of, target, group, field = self._meters[meter]
        tally = self._network.tally
        if of == OF_RESOURCE:
            return self._of_resource(target, field, now=now)
        if of == OF_ACTIVITY and group >= 0:
            return 0.0, float(self._by_group[meter])
        if of == OF_ACTIVITY:
            return self._of_activity(target, field, now=now)
        if of == OF_NEED:
            return 0.0, float(tally.happened[:, target].sum())
        if of == OF_SEGMENT:
            people = float(self._network.folk.people[target].sum())
            return people, float(tally.person_seconds[:, target].sum())
        return 0.0, float(tally.transitions[:, :, -1].sum() + tally.in_care[:, :, -1].sum())

    def _of_resource(self, resource: int, field: int, *, now: _Now) -> tuple[float, float]:
        lanes, sums, net = self._lanes, self._sums, self._network.net
        mine, place = lanes.station == resource, lanes.place == resource
        kept = float(sums[place, KEPT_AREA].sum() + sums[place & (lanes.station < 0), ACTIVE_AREA].sum())
        held = float(net.kept[resource])
        if field == USED_AREA:
            return float(now.inside[mine].sum()) + held, float(sums[mine, ACTIVE_AREA].sum()) + kept
        if field == RESOURCE_KEPT_AREA:
            return held, kept
        if field == TURNING_AREA:
            return float(net.turning[resource]), float(self._stations[resource, TURNING])
        if field == QUEUE_AREA:
            return float(now.waiting[mine].sum()), float(sums[mine, WAITING_AREA].sum())
        assert field == AVAILABLE_AREA
        return float(net.places[resource]), float(self._stations[resource, AVAILABLE])

    def _of_activity(self, activity: int, field: int, *, now: _Now) -> tuple[float, float]:
        mine, owned = self._lanes.activity == activity, self._lanes.owner == activity
        sums = self._sums
        if field in KEPT:
            there = now.keeping[mine].sum() + (now.keeping + now.inside)[owned].sum()
            total = sums[mine, KEPT_AREA].sum() + sums[owned][:, [ACTIVE_AREA, KEPT_AREA]].sum()
            return float(there), float(total)
        present = {WAITING_AREA: now.waiting, ACTIVE_AREA: now.inside}.get(field)
        there = 0.0 if present is None else float(present[mine].sum())
        more = float(sums[owned, PLACE_LEFT].sum()) if field == LEAVES else 0.0
        return there, float(sums[mine, field].sum()) + more

    def _part(self, activity: int, group: int, *, field: int) -> Floats:
        """Give which part of each field of each lane (lanes, LANE_FIELDS) is of an activity and a group."""
        laid, mix, lanes = self._network.laid, self._network.mix, self._lanes
        node, home = np.nonzero(lanes.of >= 0)
        lane = lanes.of[node, home]
        visits = mix.share[node, home]
        weight = {
            STARTS: visits,
            ACTIVE_AREA: visits * laid.mixing.mean[node, home],
            KEPT_AREA: visits * keeping_shares(laid)[node, home],
        }
        share = {of: within_lanes(lane, one, instead=visits, count=lanes.count) for of, one in weight.items()}
        found = np.zeros_like(self._sums)
        own = (laid.nodes.activity[node] == activity) & (laid.nodes.group[node] == group)
        np.add.at(found, (lane[own], field), share[field][own])
        if field == KEPT_AREA:
            held = (laid.nodes.owner[node] == activity) & (laid.nodes.group[node] == group)
            for area in (ACTIVE_AREA, KEPT_AREA):
                np.add.at(found, (lane[held], area), share[ACTIVE_AREA][held])
        return found


class _Now:
    """Who is where at a moment: inside, waiting, and keeping a place for what comes next, by lane."""

    def __init__(self, network: Network) -> None:
        net, lanes = network.net, network.laid.lanes
        first = network.laid.stages.first[:-1]
        self.inside = np.add.reduceat(net.stage_stock, first) if lanes.count else np.zeros(0)
        self.waiting = np.bincount(lanes.cell_lane, weights=net.cell_stock, minlength=lanes.count)
        held = lanes.cell_holder >= 0
        self.keeping = np.bincount(
            lanes.cell_holder[held], weights=net.cell_stock[held], minlength=lanes.count
        )
