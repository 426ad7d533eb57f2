"""What the switches do to ways onward and lengths of stay: effects on shares, diversions, step-downs.

Shares of a mix stand for chances of a case: a move takes part of those who would have gone another way, as
many as find a place free there and then.
"""

import numpy as np

from simulator.compiler.law_excess import survival
from simulator.compiler.program import (
    ABSENT,
    ON_DURATION,
    ON_NEED_START,
    ON_REFERRAL_START,
    ON_ROUTE_SHARE,
    TIMES,
    Floats,
    Ints,
    Program,
)
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.kernels.net import CELLS, FREE
from simulator.engines.network.law_moments import table_of
from simulator.engines.network.nodes import DONE, OUT, STEP_DOWN
from simulator.engines.network.schemes import Schemes


class Switches:
    """Sets ways and stays anew whenever who makes up the lanes is worked out."""

    def __init__(self, program: Program, laid: Assembly, *, schemes: Schemes) -> None:
        self._program, self._laid, self._schemes = program, laid, schemes
        self._mean, self._square = laid.mixing.mean.copy(), laid.mixing.square.copy()
        classes = len(program.names.classes)
        self._class = laid.nodes.group % classes
        self._segment = laid.nodes.group // classes
        self._trait_of = np.append(program.needs.trait, ABSENT)
        ways = laid.nodes.ways
        self._moves = [np.flatnonzero(ways.move == move) for move in range(len(program.moves.kind))]
        self.found_place = np.ones(len(self._moves))
        self.times = np.ones(len(program.names.activities))

    # Who is touched

    def touched(self, effect: int) -> Floats:
        """Give the share of the cases at each node that an effect touches."""
        by_need = {trait: self._schemes.touched(effect, trait) for trait in {*self._trait_of.tolist()}}
        return self._of_nodes(by_need)

    def _of_nodes(self, by_need: dict[int, Floats]) -> Floats:
        homes = self._laid.folk.home_share
        by_segment = np.array([by_need[trait] @ homes for trait in self._trait_of.tolist()])
        known = np.append(by_segment, np.zeros((len(by_segment), 1)), axis=1)
        return np.asarray((self._laid.origins[self._class] * known[:, self._segment].T).sum(axis=1))

    # Setting anew

    def set_ways(self) -> None:
        """Give every way its share now, and every node its stay."""
        mixing, ways = self._laid.mixing, self._laid.nodes.ways
        mixing.way_share[:] = ways.share
        times = self.times[self._laid.nodes.activity]
        mixing.mean[:], mixing.square[:] = self._mean * times, self._square * times * times
        self._lists(mixing.way_share)
        if not self._schemes.any_running:
            return
        self._durations()
        for activity in {*self._program.effects.target[self._program.effects.on == ON_ROUTE_SHARE].tolist()}:
            for effect in self._schemes.effects(ON_ROUTE_SHARE, activity):
                self._route(mixing.way_share, effect, activity=activity)
        for move in range(len(self._moves)):
            if self._schemes.is_running[self._program.moves.intervention[move]]:
                self._move(mixing.way_share, move)

    def _lists(self, share: Floats) -> None:
        """Share a list of first-free or shortest-queue out by how likely its places are free."""
        ways = self._laid.nodes.ways
        listed = np.flatnonzero(ways.place >= 0)
        for way in listed.tolist():
            if ways.place[way] == 0:
                same = (ways.start == ways.start[way]) & (ways.entry == ways.entry[way])
                members = np.flatnonzero(same & (ways.kind == ways.kind[way]) & (ways.place >= 0))
                total, left = float(ways.share[members].sum()), 1.0
                for member in members.tolist():
                    free = self.chance_of_place(int(ways.end[member]))
                    share[member] = total * left * free
                    left *= 1.0 - free
                share[way] += total * left

    def _durations(self) -> None:
        mixing, table = self._laid.mixing, self._program.effects
        for activity in {*table.target[table.on == ON_DURATION].tolist()}:
            mine = self._laid.nodes.activity == activity
            for effect in self._schemes.effects(ON_DURATION, activity):
                strength, value = self._schemes.pull(effect)
                touched = self.touched(effect)[mine]
                before = mixing.mean[mine]
                if table.acts[effect] == TIMES:
                    after = before * (1.0 + touched * strength * (value - 1.0))
                else:
                    after = before + touched * strength * value
                after = np.maximum(after, 0.0)
                scale = np.divide(after, before, out=np.ones_like(after), where=before > 0)
                mixing.mean[mine] = after
                mixing.square[mine] *= scale * scale

    def _route(self, share: Floats, effect: int, *, activity: int) -> None:
        """Move part of a route's share to another, or of the other's to it."""
        table, ways = self._program.effects, self._laid.nodes.ways
        strength, value = self._schemes.pull(effect)
        change = strength * (value - 1.0)
        name = np.append(self._program.routes.name, ABSENT)[ways.entry]
        usual = (ways.kind == DONE) & (self._laid.nodes.activity[ways.start] == activity) & (ways.move < 0)
        one = np.flatnonzero(usual & (name == table.second_target[effect]))
        other = np.flatnonzero(usual & (name == table.instead[effect]))
        touched = self.touched(effect)
        swap(share, ways.start, one=one, other=other, change=change * touched)

    def first_shares(self) -> Floats:
        """Give the shares of first routes, with effects on where cases start."""
        nodes, table = self._laid.nodes, self._program.effects
        share = nodes.first_share.copy()
        if not self._schemes.any_running:
            return share
        name = np.append(self._program.routes.name, ABSENT)[nodes.first_entry]
        for on, target in ((ON_NEED_START, nodes.first_need), (ON_REFERRAL_START, nodes.first_referral)):
            for effect in np.flatnonzero(table.on == on).tolist():
                if effect not in self._schemes.effects(on, int(table.target[effect])):
                    continue
                strength, value = self._schemes.pull(effect)
                mine = target == table.target[effect]
                one = np.flatnonzero(mine & (name == table.second_target[effect]))
                other = np.flatnonzero(mine & (name == table.instead[effect]))
                touched = self._of_segments(effect, on)
                swap(
                    share,
                    nodes.first_segment,
                    one=one,
                    other=other,
                    change=strength * (value - 1.0) * touched,
                )
        return share

    def _of_segments(self, effect: int, on: int) -> Floats:
        """Give the share of a need or referral that an effect touches, by segment (nobody's last)."""
        trait = (
            int(self._program.needs.trait[self._program.effects.target[effect]])
            if on == ON_NEED_START
            else -1
        )
        found = self._schemes.touched(effect, trait) @ self._laid.folk.home_share
        return np.append(found, 1.0 if self._program.effects.whom[effect] == 0 else 0.0)

    # Moves

    def chance_of_place(self, node: int) -> float:
        """Give the chance that a place is free for a case at a node, now."""
        lanes, net = self._laid.lanes, self._laid.net
        found = []
        for lane in np.unique(lanes.of[node][lanes.of[node] >= 0]).tolist():
            station = int(lanes.station[lane])
            if station < 0 or net.table[station] < 0:
                found.append(1.0)
            elif net.places[station] == 0:
                found.append(0.0)
            else:
                share = net.present[station] / (net.present[station] + net.places[station]) * CELLS
                row = net.closure[net.table[station], FREE + net.lane_free[lane]]
                found.append(float(np.interp(share, np.arange(CELLS + 1), row)))
        return float(np.mean(found)) if found else 0.0

    def _move(self, share: Floats, move: int) -> None:
        """Send part of a node's cases another way, if places are free there."""
        table, ways = self._program.moves, self._laid.nodes.ways
        strength = float(self._schemes.strength[table.intervention[move]])
        touched = self._touched_by_move(move)
        for way in self._moves[move].tolist():
            node = int(ways.start[way])
            group = int(self._laid.nodes.group[node])
            free = self.chance_of_place(int(ways.end[way]))
            self.found_place[move] = free
            pull = strength * float(touched[node])
            mine = (ways.start == node) & (ways.kind == DONE) & (ways.move < 0)
            home = np.flatnonzero(mine & (ways.end == OUT))
            if table.kind[move] == STEP_DOWN:
                pull *= float(table.share[move, group]) * self._lasts(node, int(table.last_seconds[move]))
                taken = self._take(share, home, part=min(pull, 1.0) * free)
                mixing, last = self._laid.mixing, float(table.last_seconds[move])
                mixing.mean[node] = max(mixing.mean[node] - taken * last, 0.0)
            else:
                goal = self._laid.nodes.activity[np.maximum(ways.end, 0)] == table.away_from[move]
                away = np.flatnonzero(mine & (ways.end >= 0) & goal)
                taken = self._take(share, away, part=min(pull * float(table.share[move, group]), 1.0) * free)
                taken += self._take(
                    share, home, part=min(pull * float(table.home_share[move, group]), 1.0) * free
                )
            share[way] = taken

    @staticmethod
    def _take(share: Floats, ways: Ints, *, part: float) -> float:
        """Take a part of the share of ways; return what was taken."""
        taken = float(share[ways].sum()) * part
        share[ways] *= 1.0 - part
        return taken

    def _touched_by_move(self, move: int) -> Floats:
        table = self._program.moves
        scheme, whom = int(table.intervention[move]), int(table.whom[move])
        if whom == 0:
            return np.ones(len(self._segment))
        if whom == 1:
            return self._of_nodes(
                {trait: self._schemes.enrolled_share(scheme, trait) for trait in {*self._trait_of.tolist()}}
            )
        return np.append(table.segment[move].astype(np.float64), 0.0)[self._segment]

    def _lasts(self, node: int, seconds: int) -> float:
        """Give the chance that a stay is longer than so many seconds."""
        nodes = self._laid.nodes
        law = int(self._program.activities.duration_law[nodes.activity[node], nodes.group[node]])
        if law == ABSENT:
            return 0.0
        values, above = survival(table_of(self._program.laws, law))
        return float(np.interp(seconds, values, above, right=0.0))

    def moved(self, flow: Floats, share: Floats) -> tuple[Floats, Floats]:
        """Give offered and moved by move (M, 2), and what was moved by need (N), from flows along links."""
        lanes, nodes = self._laid.lanes, self._laid.nodes
        found, displaced = np.zeros((len(self._moves), 2)), np.zeros(len(self._program.names.needs))
        for move, ways in enumerate(self._moves):
            for way in ways.tolist():
                homes = np.flatnonzero(lanes.way_link[way] >= 0)
                link = lanes.way_link[way, homes]
                node = nodes.ways.start[way]
                part = share[node, homes] * self._laid.mixing.way_share[way]
                below = self._laid.net.link_share[link]
                ratio = np.divide(part, below, out=np.zeros_like(part), where=below > 0)
                amount = float((flow[link] * ratio).sum())
                found[move, 1] += amount
                if self._program.moves.kind[move] != STEP_DOWN:
                    displaced += amount * self._laid.origins[self._class[node], :-1]
            free = self.found_place[move]
            found[move, 0] = found[move, 1] / free if free > 0 else found[move, 1]
        return found, displaced


def swap(share: Floats, start: Ints, *, one: Ints, other: Ints, change: Floats) -> None:
    """Move shares of some ways to others of the same start: a part −change of ``one`` to ``other``; or, where
    it is above nought, so much of ``other`` that ``one`` grows by it. ``change`` by start."""
    to_of = {int(start[way]): way for way in other.tolist()}
    for way in one.tolist():
        partner, by = to_of.get(int(start[way])), float(change[start[way]])
        if partner is None:
            continue
        moved = -min(-by, 1.0) * share[way] if by < 0 else min(by * share[way], share[partner])
        share[way] += moved
        share[partner] -= moved
