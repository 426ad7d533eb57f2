"""Consequences on stocks: the share of those who leave an activity, or of each day kept, whom they befall."""

import numpy as np

from simulator.compiler.harm_arrays import Consequences
from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.folk import Folk
from simulator.engines.network.mix import Mix
from simulator.engines.network.rows import _keeps, _within
from simulator.engines.records import ACTIVE_AREA, KEPT_AREA, STARTS
from simulator.units import SECONDS_A_DAY


class Befalling:
    """What may befall the people of one run; a row for each activity of each consequence."""

    def __init__(self, program: Program, laid: Assembly) -> None:
        self._written: Consequences | None = program.consequences
        self._laid = laid
        self._classes, self._segments = len(program.names.classes), len(program.names.segments)
        nodes, of = laid.nodes, laid.lanes.of
        self._node, self._home = np.nonzero(of[:, :-1] >= 0)
        person = nodes.group[self._node] // self._classes < self._segments
        self._node, self._home = self._node[person], self._home[person]
        self._lane = of[self._node, self._home]
        self._count = laid.lanes.count

    def befalls(self, mix: Mix, folk: Folk, *, lanes: Floats) -> Floats:
        """Let people be befallen as a block's sums of lanes say; return how many (K, S, H)."""
        written = self._written
        count = 0 if written is None else len(written.of)
        found = np.zeros((count, *folk.people.shape))
        if written is None:
            return found
        kept, left = self._kept(mix, lanes), self._left(mix, lanes)
        for row in range(count):
            by = kept if written.per_day[row] else left
            found[row] = self._amounts(written, row, by=by(int(written.activity[row])))
            if written.becomes[row] != ABSENT:
                _move(folk, found[row], target=int(written.becomes[row]))
        return found

    def _amounts(self, written: Consequences, row: int, *, by: Floats) -> Floats:
        group = self._laid.nodes.group[self._node]
        found = np.zeros((self._segments, self._laid.lanes.of.shape[1] - 1))
        np.add.at(found, (group // self._classes, self._home), by * written.chance[row, group])
        return found

    def _kept(self, mix: Mix, lanes: Floats) -> "_By":
        """Give the days for which places were kept, where one is."""
        visits = mix.share[self._node, self._home]
        keeps = _keeps(self._laid)[self._node, self._home]
        keeping = _within(self._lane, visits * keeps, instead=visits, count=self._count)
        stays = visits * self._laid.mixing.mean[self._node]
        inside = _within(self._lane, stays, instead=visits, count=self._count)
        own = lanes[self._lane, KEPT_AREA] * keeping / SECONDS_A_DAY
        within = (lanes[:, ACTIVE_AREA] + lanes[:, KEPT_AREA])[self._lane] * inside / SECONDS_A_DAY
        return _By(self._laid.nodes.activity[self._node], self._laid.nodes.owner[self._node], own, within)

    def _left(self, mix: Mix, lanes: Floats) -> "_By":
        """Give how many were through an activity: those who began it, the same once it is settled."""
        visits = mix.share[self._node, self._home]
        share = _within(self._lane, visits, instead=visits, count=self._count)
        began = lanes[self._lane, STARTS] * share
        activity = self._laid.nodes.activity[self._node]
        return _By(activity, activity, began, np.zeros_like(began))


class _By:
    """Amounts by spot, of an activity's own time and of what is done in a place that it holds."""

    def __init__(self, activity: Ints, owner: Ints, own: Floats, within: Floats) -> None:
        self._activity, self._owner, self._own, self._within = activity, owner, own, within

    def __call__(self, activity: int) -> Floats:
        """Give the amounts that belong to an activity."""
        own = np.where(self._activity == activity, self._own, 0.0)
        return np.asarray(own + np.where(self._owner == activity, self._within, 0.0))


def _move(folk: Folk, amount: Floats, *, target: int) -> None:
    """Move people (S, H) to a segment."""
    before = folk.people.sum(axis=1)
    amount = np.minimum(amount, folk.people)
    amount[target] = 0.0
    folk.people -= amount
    folk.people[target] += amount.sum(axis=0)
    moves = np.zeros((len(before), len(before) + 1))
    moves[:, target] = amount.sum(axis=1)
    nobody = np.zeros_like(before)
    for survivors in folk.survivors:
        survivors.follow(before, drawn=np.zeros_like(moves), others=moves, joiners=nobody)
