"""Consequences on stocks: the share of those who leave alive, or of each day kept, whom they befall."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.harm_arrays import Consequences
from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.folk import Folk
from simulator.engines.network.mix import Mix
from simulator.engines.network.nodes import DEAD, DONE
from simulator.engines.network.rows import keeping_shares, within_lanes
from simulator.engines.records import ACTIVE_AREA, KEPT_AREA, STARTS
from simulator.units import SECONDS_A_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spots:
    """Wherever people can be befallen by one row: its ``place`` among all, its lane, where it leads to in (S,
    H) flattened, its chance, and whether it is the activity's own or done in a place that it holds."""

    place: Ints
    lane: Ints
    into: Ints
    chance: Floats
    is_own: np.ndarray
    is_within: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shares:
    """Of what a lane does the share of each spot: of its starts, of those kept, of those inside; and which
    share of those through at a spot are ``alive`` then."""

    starts: Floats
    keeping: Floats
    inside: Floats
    alive: Floats


class Befalling:
    """What may befall the people of one run; a row for each activity of each consequence."""

    def __init__(self, program: Program, laid: Assembly) -> None:
        self._written: Consequences | None = program.consequences
        self._laid = laid
        self._classes, self._segments = len(program.names.classes), len(program.names.segments)
        nodes, of = laid.nodes, laid.lanes.of
        node, home = np.nonzero(of[:, :-1] >= 0)
        person = nodes.group[node] // self._classes < self._segments
        self._node, self._home = node[person], home[person]
        self._lane = of[self._node, self._home]
        self._count = laid.lanes.count
        rows = 0 if self._written is None else len(self._written.of)
        self._rows = [self._spots(row) for row in range(rows)]
        self._mix: Mix | None = None
        self._shares: _Shares | None = None

    def befalls(self, mix: Mix, folk: Folk, *, lanes: Floats) -> Floats:
        """Let people be befallen as a block's sums of lanes say; return how many (K, S, H)."""
        found = np.zeros((len(self._rows), *folk.people.shape))
        if self._written is None:
            return found
        shares = self._shares_of(mix)
        began = lanes[:, STARTS] - self._laid.net.lane_death * lanes[:, ACTIVE_AREA]
        for row, spots in enumerate(self._rows):
            by = (
                _days(spots, shares, lanes=lanes)
                if self._written.per_day[row]
                else _left(spots, shares, began=began)
            )
            amount = np.bincount(spots.into, weights=by * spots.chance, minlength=folk.people.size)
            found[row] = amount.reshape(folk.people.shape)
            if self._written.becomes[row] != ABSENT:
                _move(folk, found[row], target=int(self._written.becomes[row]))
        return found

    def _spots(self, row: int) -> _Spots:
        """Find whom a row may befall."""
        written, nodes = self._written, self._laid.nodes
        assert written is not None
        activity, per_day = int(written.activity[row]), bool(written.per_day[row])
        is_own = nodes.activity[self._node] == activity
        is_within = (nodes.owner[self._node] == activity) & per_day
        chance = written.chance[row, nodes.group[self._node]]
        segments = nodes.group[self._node] // self._classes
        is_that_already = segments == written.becomes[row]
        place = np.flatnonzero((is_own | is_within) & (chance != 0.0) & ~is_that_already)
        homes = self._laid.lanes.of.shape[1] - 1
        segment = segments[place]
        return _Spots(
            place=place,
            lane=self._lane[place],
            into=segment * homes + self._home[place],
            chance=chance[place],
            is_own=is_own[place],
            is_within=is_within[place],
        )

    def _shares_of(self, mix: Mix) -> _Shares:
        """Give the shares under a mix, worked out when it is new."""
        if self._shares is None or self._mix is not mix:
            visits = mix.share[self._node, self._home]
            keeps = visits * keeping_shares(self._laid)[self._node, self._home]
            stays = visits * self._laid.mixing.mean[self._node]
            self._shares = _Shares(
                starts=self._within(visits, visits),
                keeping=self._within(keeps, visits),
                inside=self._within(stays, visits),
                alive=1.0 - self._dying()[self._node],
            )
            self._mix = mix
        return self._shares

    def _dying(self) -> Floats:
        """Give the share of those through at each node who die then."""
        ways = self._laid.nodes.ways
        dead = np.flatnonzero((ways.kind == DONE) & (ways.end == DEAD))
        share = self._laid.mixing.way_share[dead]
        found = np.bincount(ways.start[dead], weights=share, minlength=len(self._laid.nodes.activity))
        return np.asarray(found, dtype=np.float64)

    def _within(self, weight: Floats, instead: Floats) -> Floats:
        return within_lanes(self._lane, weight, instead=instead, count=self._count)


def _days(spots: _Spots, shares: _Shares, *, lanes: Floats) -> Floats:
    """Give the days for which places were kept, where one is; who keeps one has not died."""
    own = lanes[spots.lane, KEPT_AREA] * shares.keeping[spots.place] / SECONDS_A_DAY
    inside = (lanes[:, ACTIVE_AREA] + lanes[:, KEPT_AREA])[spots.lane]
    within = inside * shares.inside[spots.place] * shares.alive[spots.place] / SECONDS_A_DAY
    return np.asarray(np.where(spots.is_own, own, 0.0) + np.where(spots.is_within, within, 0.0))


def _left(spots: _Spots, shares: _Shares, *, began: Floats) -> Floats:
    """Give how many were through an activity: those who ``began`` it (lanes) but for those who died in it at
    home, the same once it is settled."""
    through = np.maximum(began[spots.lane], 0.0) * shares.starts[spots.place]
    return np.asarray(through * shares.alive[spots.place])


def _move(folk: Folk, amount: Floats, *, target: int) -> None:
    """Move people (S, H) to a segment."""
    before = folk.people.sum(axis=1)
    amount = np.minimum(amount, folk.people)
    folk.people -= amount
    folk.people[target] += amount.sum(axis=0)
    moves = np.zeros((len(before), len(before) + 1))
    moves[:, target] = amount.sum(axis=1)
    for survivors in folk.survivors:
        survivors.follow(before, others=moves)
