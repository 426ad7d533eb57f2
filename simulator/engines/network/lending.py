"""Mutual aid on stocks: whole places that stand elsewhere for a block of days, set anew at its start.

``moves`` decides as the people engine does, on the numbers expected to wait and their mean wait. ``shares``
lends places: as many as those helped would use. Helped are, of a partner's list, those expected to be meant,
to have waited long enough and to be willing to go to some partner, as far as the pact's weekly number goes
and partners can: with the place-time that they have to spare (then their own queue, which goes first, is as
if they lent none) or, pooled and against a list that has waited less, with all they do. Parts of places are
carried on.

Waits in a list are taken to be even from nought to twice their mean. That queues even out by chance, from
hour to hour, is not in it: short queues gain less here than by people.
"""

from math import floor

import numpy as np

from simulator.compiler.aid_arrays import ANYBODY, GREATEST_HARM, LONGEST_QUEUE, members_of
from simulator.compiler.program import NO_LIMIT, Flags, Floats, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.kernels.net import AVAILABLE, OPEN
from simulator.engines.network.mix import Mix
from simulator.engines.network.schemes import Schemes
from simulator.engines.records import ACTIVE_AREA, KEPT_AREA, STARTS
from simulator.units import SECONDS_A_WEEK


class Lending:
    """The places that stand elsewhere in one run: ``lent_seconds`` (P, R, R), open place-seconds by period,
    from and to."""

    def __init__(self, program: Program, laid: Assembly, *, schemes: Schemes) -> None:
        resources, closures = len(program.names.resources), laid.closures
        periods = len(program.calendar.period_close_second)
        self._program, self._laid, self._schemes = program, laid, schemes
        keys = zip(closures.station.tolist(), closures.places.tolist(), strict=True)
        self._table = {key: table for table, key in enumerate(keys)}
        self._own = laid.net.change_places.copy()
        self._lent = np.zeros((resources, resources), dtype=np.int64)
        self._given = np.zeros_like(self._lent)
        self.lent_seconds = np.zeros((periods, resources, resources))
        pacts = 0 if program.pacts is None else len(program.pacts.intervention)
        self._owed = np.zeros((pacts, resources, resources))
        # Who would go of those in question in a list, until some have gone: the same as of all.
        self._would = np.full((pacts, resources), np.nan)
        self._last = np.zeros((4, resources))
        self._seconds = 0.0
        shifts = [] if program.shifts is None else members_of(program.shifts)
        self._made = [dict.fromkeys(members, 0) for members in shifts]
        self._pending: list[tuple[int, int, dict[int, int]]] = []
        self._decided = 0

    def begins(self, second: int, steps: tuple[int, int], *, seconds: int, mix: Mix) -> None:
        """Say where places stand during a block."""
        self._move(second, mix)
        self._lend(seconds, mix)
        offset = self._lent.sum(axis=0) - self._given.sum(axis=1)
        for made in self._made:
            for member, by in made.items():
                offset[member] += by
        for station in self._members():
            self._set(station, int(offset[station]), second=second, steps=steps)

    def closes(self, period: int, seconds: int) -> None:
        """Write down what was lent, and what resources did in a block."""
        net, lanes = self._laid.net, self._laid.lanes
        there = lanes.station >= 0
        inside = net.lane_now[:, ACTIVE_AREA] + net.lane_now[:, KEPT_AREA]
        for row, values in enumerate((net.lane_now[:, STARTS], inside)):
            self._last[row] = np.bincount(
                lanes.station[there], weights=values[there], minlength=self._last.shape[1]
            )
        self._last[2], self._last[3] = net.station_now[:, AVAILABLE], net.station_now[:, OPEN]
        self._seconds = float(seconds)
        self.lent_seconds[period] += self._lent * self._last[3][None, :]

    def _members(self) -> list[int]:
        pacts, shifts = self._program.pacts, self._program.shifts
        found = set() if pacts is None else set(pacts.member.tolist())
        return sorted(found | (set() if shifts is None else set(shifts.member.tolist())))

    def _set(self, station: int, offset: int, *, second: int, steps: tuple[int, int]) -> None:
        """Let a resource have so many places more than its own, now and at its changes within a block."""
        net, resources = self._laid.net, self._program.resources
        mine = np.flatnonzero(net.change_station == station)
        before = mine[resources.change_second[mine] < second]
        own = int(self._own[before[-1]]) if len(before) else int(resources.capacity[station])
        net.places[station], net.table[station] = self._level(station, own, offset=offset)
        first, last = int(net.change_first[steps[0]]), int(net.change_first[steps[1]])
        for change in mine[(mine >= first) & (mine < last)].tolist():
            net.change_places[change], net.change_table[change] = self._level(
                station, int(self._own[change]), offset=offset
            )

    def _level(self, station: int, own: int, *, offset: int) -> tuple[int, int]:
        """Give the places and the table of a level: a closed resource stays closed; the nearest tabulated."""
        if own <= 0:
            return 0, self._table[station, 1] if (station, 1) in self._table else self._nearest(station, 1)[1]
        return self._nearest(station, max(own + offset, 1))

    def _nearest(self, station: int, places: int) -> tuple[int, int]:
        key = min((one for one in self._table if one[0] == station), key=lambda one: abs(one[1] - places))
        return key[1], self._table[key]

    # Places moved

    def _move(self, second: int, mix: Mix) -> None:
        shifts = self._program.shifts
        if shifts is None:
            return
        for shift, intervention in enumerate(shifts.intervention.tolist()):
            if not self._schemes.is_running[intervention]:
                self._made[shift] = dict.fromkeys(self._made[shift], 0)
        while self._decided < len(shifts.decision_second) and self._due(self._decided) <= second:
            self._decide(self._decided, second, mix=mix)
            self._decided += 1
        for due, shift, by in [one for one in self._pending if one[0] <= second]:
            if self._schemes.is_running[int(shifts.intervention[shift])]:
                for member, places in by.items():
                    self._made[shift][member] += places
            self._pending.remove((due, shift, by))

    def _due(self, decision: int) -> int:
        assert self._program.shifts is not None
        return int(self._program.shifts.decision_second[decision])

    def _decide(self, decision: int, second: int, *, mix: Mix) -> None:
        shifts = self._program.shifts
        assert shifts is not None
        shift = int(shifts.decision_shift[decision])
        strength = float(self._schemes.strength[int(shifts.intervention[shift])])
        left = floor(int(shifts.places[shift]) * strength + 0.5)
        score = {one: self._score(one, shift=shift, mix=mix) for one in self._made[shift]}
        gains = max(score, key=lambda one: (score[one], -one))
        by: dict[int, int] = {}
        for giver in sorted(score, key=lambda one: (score[one], one)):
            planned = sum(made.get(giver, 0) for made in self._made)
            planned += sum(one.get(giver, 0) for _, _, one in self._pending)
            spare = int(shifts.own[decision, giver]) + planned - int(shifts.least[decision, giver])
            places = min(left, spare)
            if places > 0 and score[giver] < score[gains]:
                by[giver] = -places
                by[gains] = by.get(gains, 0) + places
                left -= places
        self._pending.append((second + int(shifts.notice_seconds[shift]), shift, by))

    def _score(self, resource: int, *, shift: int, mix: Mix) -> float:
        shifts = self._program.shifts
        assert shifts is not None
        towards, mine = int(shifts.towards[shift]), self._laid.lanes.station == resource
        if towards == GREATEST_HARM:
            return self._harm(mine, shift=shift, mix=mix)
        number, mean = self._in_lanes(mine)
        return number if towards == LONGEST_QUEUE else 2.0 * mean

    def _harm(self, lanes: Flags, *, shift: int, mix: Mix) -> float:
        """Give what is waited beyond a time in lanes, by what a second of it counts for each activity and
        those who come there."""
        shifts = self._program.shifts
        assert shifts is not None
        beyond, found = float(shifts.beyond_seconds[shift]), 0.0
        activity = self._laid.lanes.activity
        for one in np.unique(activity[lanes]).tolist():
            number, mean = self._in_lanes(lanes & (activity == one))
            over = max(2.0 * mean - beyond, 0.0)
            if over > 0.0:
                weight = self._weight(lanes & (activity == one), one, shift=shift, mix=mix)
                found += weight * number * over**2 / (4.0 * mean)
        return found

    def _weight(self, lanes: Flags, activity: int, *, shift: int, mix: Mix) -> float:
        """Give what a second waited in lanes of one activity counts, on the mean of those who come there."""
        shifts, of = self._program.shifts, self._laid.lanes.of
        assert shifts is not None
        weight = shifts.weight[shift, activity]
        visits = np.where((of >= 0) & np.append(lanes, False)[of], mix.visits, 0.0).sum(axis=1)
        if not visits.any() or (weight == weight[0]).all():
            return float(weight[0])
        return float(visits @ weight[self._laid.nodes.group]) / float(visits.sum())

    def _waiting(self, resource: int) -> tuple[float, float]:
        """Give how many wait for a resource, and how long they have waited on the mean."""
        return self._in_lanes(self._laid.lanes.station == resource)

    def _in_lanes(self, mine: Flags) -> tuple[float, float]:
        """Give how many wait in lanes, and how long they have waited on the mean."""
        net, lanes = self._laid.net, self._laid.lanes
        number = float(net.cell_stock[mine[lanes.cell_lane]].sum())
        return number, float(net.lane_age[mine].sum()) / number if number > 0.0 else 0.0

    # Places lent

    def _lend(self, seconds: int, mix: Mix) -> None:
        pacts = self._program.pacts
        if pacts is None or self._seconds == 0.0:
            return
        scale = seconds / self._seconds
        spare = {one: self._spare(one, scale=scale) for one in np.unique(pacts.member).tolist()}
        self._lent[:], self._given[:] = 0, 0
        for pact, members in enumerate(members_of(pacts)):
            if self._schemes.is_running[int(pacts.intervention[pact])]:
                self._lend_under(pact, members, spare=spare, seconds=seconds, mix=mix)

    def _lend_under(
        self, pact: int, members: list[int], *, spare: dict[int, float], seconds: int, mix: Mix
    ) -> None:
        """Share out what is asked for over partners who can, and round it to whole places."""
        pacts = self._program.pacts
        assert pacts is not None
        left, scale = self._allowed(pact, seconds), seconds / self._seconds
        for queue in sorted(members, key=lambda one: -self._waiting(one)[1]):
            can = {
                one: self._can(pact, one, queue=queue, spare=spare[one], scale=scale)
                for one in members
                if one != queue
            }
            helped = self._helps(pact, queue, most=min(left, sum(can.values())), seconds=seconds, mix=mix)
            left -= helped
            for partner, most in can.items():
                part = helped * most / sum(can.values()) * self._stay(queue) if helped > 0.0 else 0.0
                spare[partner] -= part
                self._owed[pact, partner, queue] += part
        is_open = np.maximum(self._last[3] / self._seconds, 1e-9) * seconds
        whole = np.floor(self._owed[pact] / is_open[None, :]).astype(np.int64)
        self._owed[pact] -= whole * is_open[None, :]
        self._lent += whole
        if pacts.pooled[pact]:
            self._given += whole

    def _allowed(self, pact: int, seconds: int) -> float:
        pacts = self._program.pacts
        assert pacts is not None
        over, under = int(pacts.weekly_numerator[pact]), int(pacts.weekly_denominator[pact])
        return np.inf if over == NO_LIMIT else over / under * seconds / SECONDS_A_WEEK

    def _helps(self, pact: int, queue: int, *, most: float, seconds: int, mix: Mix) -> float:
        """Give how many of a list go elsewhere in a block: of those in question at its beginning and of those
        who come into question, who is willing; write down how many of those left would go."""
        number, mean = self._waiting(queue)
        pacts = self._program.pacts
        assert pacts is not None
        after = max(int(pacts.waited_seconds[pact]), 0) if pacts.waited_seconds[pact] != ANYBODY else 0
        if number <= 0.0 or mean <= 0.0 or after >= 2.0 * mean:
            return 0.0
        goes = self._goes(pact, queue, mix=mix)
        there = number * (1.0 - after / (2.0 * mean))
        coming = number / (2.0 * mean) * seconds
        would = goes if np.isnan(self._would[pact, queue]) else float(self._would[pact, queue])
        helped = min(would * there + goes * coming, most)
        left = max(there - helped, 0.0)
        still = max(would * there - helped, 0.0)
        stay = max(left - coming, 0.0)
        would = (still / left * stay if left > 0.0 else 0.0) + goes * coming
        self._would[pact, queue] = would / (stay + coming)
        return helped

    def _goes(self, pact: int, queue: int, *, mix: Mix) -> float:
        """Give the share of those who come to a list whom a pact is for and who would go to some partner."""
        pacts = self._program.pacts
        assert pacts is not None
        strength = float(self._schemes.strength[int(pacts.intervention[pact])])
        stays = 1.0 - min(strength * float(pacts.accepts[pact]), 1.0)
        # Whoever would not go to one may go to another.
        partners = len(members_of(pacts)[pact]) - 1
        return float(1.0 - stays**partners) * self._meant(pact, queue, mix=mix)

    def _meant(self, pact: int, queue: int, *, mix: Mix) -> float:
        """Give the share of a list that a pact is for."""
        pacts, lanes, nodes = self._program.pacts, self._laid.lanes, self._laid.nodes
        assert pacts is not None
        there = (lanes.of >= 0) & (np.append(lanes.station, -1)[lanes.of] == queue)
        weight = np.where(there, mix.share, 0.0).sum(axis=1)
        total = float(weight.sum())
        return float(weight[pacts.group[pact][nodes.group]].sum()) / total if total > 0.0 else 0.0

    def _can(self, pact: int, partner: int, *, queue: int, spare: float, scale: float) -> float:
        """Give how many of a list a partner can help in a block, with so many place-seconds to spare."""
        pacts = self._program.pacts
        assert pacts is not None
        if pacts.pooled[pact] and self._waiting(queue)[1] > self._waiting(partner)[1]:
            return float(self._last[0, partner]) * scale
        return max(spare, 0.0) / self._stay(queue)

    def _spare(self, partner: int, *, scale: float) -> float:
        """Give the place-seconds of its own that a partner has to spare in a block, as in the last."""
        _, used, available, is_open = self._last[:, partner]
        beside = float(self._given.sum(axis=1)[partner] - self._lent.sum(axis=0)[partner]) * is_open
        return float(max(available + beside - used, 0.0)) * scale

    def _stay(self, resource: int) -> float:
        net = self._laid.net
        return float(self._laid.closures.terms.stay[resource] + net.turn_mean[resource])


def helped_by_cell(program: Program, laid: Assembly, *, used: Floats, share: Floats) -> Floats:
    """Give starts and place-seconds at partners (P, B, G, 2) from the place-seconds used there (P, R, R).

    ``share`` (nodes, H + 1) are the starts of the window by node: they say of whom a list is.
    """
    pacts, lanes, nodes = program.pacts, laid.lanes, laid.nodes
    assert pacts is not None
    found = np.zeros((len(used), len(pacts.cell_activity), pacts.group.shape[1], 2))
    station = np.append(lanes.station, -1)[lanes.of]
    stay = np.maximum(laid.closures.terms.stay, 1.0)
    for queue in np.unique(pacts.member).tolist():
        weight = np.where(station == queue, share, 0.0).sum(axis=1)
        total = float(weight.sum())
        for node in np.flatnonzero(weight).tolist():
            for partner in np.unique(pacts.member).tolist():
                cell = int(pacts.cell[nodes.activity[node], partner])
                if cell >= 0 and partner != queue:
                    seconds = used[:, partner, queue] * (weight[node] / total)
                    found[:, cell, nodes.group[node], 0] += seconds / stay[queue]
                    found[:, cell, nodes.group[node], 1] += seconds
    return found
