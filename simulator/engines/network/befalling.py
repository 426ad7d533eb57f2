"""Consequences on stocks: the share of those who leave alive, or of each day kept, whom they befall."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.harm_arrays import Consequences
from simulator.compiler.program import Flags, Floats, Ints, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.kernels.going import befalls
from simulator.engines.network.kernels.mixing import shares_within
from simulator.engines.network.mix import Mix
from simulator.engines.network.nodes import DEAD, DONE
from simulator.engines.network.rows import keeping_shares
from simulator.units import SECONDS_A_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spots:
    """Wherever people can be befallen by a row, row by row from ``first`` on: its ``place`` among all, its
    lane, where it leads to in (S, H) flattened, its chance, and whether it is the activity's own or done in a
    place that it holds. ``per_day`` whether days are what befalls, else leaving; ``target`` the segment to
    which those of a row go, or -1."""

    first: Ints
    place: Ints
    lane: Ints
    into: Ints
    chance: Floats
    is_own: Flags
    is_within: Flags
    per_day: Flags
    target: Ints


class Befalling:
    """What may befall the people of one run; a row for each activity of each consequence."""

    def __init__(self, program: Program, laid: Assembly) -> None:
        self._laid, self._classes = laid, len(program.names.classes)
        self._lane, self._at, _ = laid.folk.spots
        self._node, self._home = np.divmod(self._at, laid.lanes.of.shape[1])
        ways = laid.nodes.ways
        self._dead = np.flatnonzero((ways.kind == DONE) & (ways.end == DEAD))
        written = program.consequences
        self._spots = None if written is None else self._find(written)
        self._mix: Mix | None = None
        self._part = np.zeros((0, 3))

    def befalls(self, mix: Mix, *, lanes: Floats, found: Floats) -> bool:
        """Let people be befallen as a block's sums of lanes say; give how many (K, S, H), and whether anybody
        could be."""
        spots = self._spots
        if spots is None or not spots.place.size:
            return False
        if self._mix is not mix:
            self._part, self._mix = self._parts(spots, mix), mix
        rows = (spots.first, spots.lane, spots.into, spots.target)
        living, death = self._laid.folk.living, self._laid.net.lane_death
        befalls(living, lanes, death, rows, self._part, found.reshape(len(found), -1))
        return True

    def _find(self, written: Consequences) -> _Spots:
        """Find whom each row may befall."""
        found = [self._of_row(written, row) for row in range(len(written.of))]
        place = np.concatenate([one for one, _, _, _ in found]) if found else np.zeros(0, dtype=np.int64)
        segment = self._laid.nodes.group[self._node[place]] // self._classes
        of_row = np.repeat(np.arange(len(found)), [len(one[0]) for one in found])
        homes = self._laid.lanes.of.shape[1] - 1
        return _Spots(
            first=np.searchsorted(of_row, np.arange(len(found) + 1)).astype(np.int64),
            place=place,
            lane=self._lane[place],
            into=(segment * homes + self._home[place]).astype(np.int64),
            chance=np.concatenate([np.zeros(0), *(one[1] for one in found)]),
            is_own=np.concatenate([np.zeros(0, dtype=np.bool_), *(one[2] for one in found)]),
            is_within=np.concatenate([np.zeros(0, dtype=np.bool_), *(one[3] for one in found)]),
            per_day=written.per_day[of_row].astype(np.bool_),
            target=np.array(written.becomes, dtype=np.int64),
        )

    def _of_row(self, written: Consequences, row: int) -> tuple[Ints, Floats, Flags, Flags]:
        """Give the spots of a row: place, chance, whether it is the activity's own, or done in its place."""
        nodes = self._laid.nodes
        activity, per_day = int(written.activity[row]), bool(written.per_day[row])
        is_own = nodes.activity[self._node] == activity
        is_within = (nodes.owner[self._node] == activity) & per_day
        chance = written.chance[row, nodes.group[self._node]]
        segments = nodes.group[self._node] // self._classes
        is_that_already = segments == written.becomes[row]
        place = np.flatnonzero((is_own | is_within) & (chance != 0.0) & ~is_that_already)
        return place, chance[place], is_own[place], is_within[place]

    def _parts(self, spots: _Spots, mix: Mix) -> Floats:
        """Give the parts of what a lane did that befall at each spot (spots, 3), under a mix: of those
        through, of the time for which places were kept, and of all time in a place.

        Who keeps a place has not died; of those through at a spot, and of those in a place of its, some have.
        """
        laid, place = self._laid, spots.place
        dying = np.zeros_like(laid.mixing.mean)
        np.add.at(dying, laid.nodes.ways.start[self._dead], laid.mixing.way_share[self._dead])
        starts, keeping, inside = self._shares(mix)
        alive = spots.chance * (1.0 - dying[self._node[place], self._home[place]])
        found = np.zeros((len(place), 3))
        found[:, 0] = np.where(spots.per_day, 0.0, starts[place] * alive)
        day = np.where(spots.per_day, 1.0 / SECONDS_A_DAY, 0.0)
        found[:, 1] = np.where(spots.is_own, keeping[place] * spots.chance, 0.0) * day
        found[:, 2] = np.where(spots.is_within, inside[place] * alive, 0.0) * day
        return found

    def _shares(self, mix: Mix) -> Floats:
        """Give of what a lane does the share of each spot (3, spots): of its starts, of those who keep a
        place, of those inside."""
        laid = self._laid
        found = np.empty((3, len(self._lane)))
        weights = (mix.share.reshape(-1), keeping_shares(laid).reshape(-1), laid.mixing.mean.reshape(-1))
        shares_within(weights, (self._lane, self._at), np.empty((3, laid.lanes.count)), found)
        return found
