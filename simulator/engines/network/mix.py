"""Who makes up each lane: visits by node and home, and from them the lane's averages.

The traffic equations with the shares of endings that the lanes have just had: visits = first arrivals +
visits × (share that ends so) × (share of the way). Only proportions within a lane matter.
"""

from dataclasses import dataclass, replace

import numpy as np

from simulator.compiler.flows import entries
from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.network.kernels.mixing import mixes, sweeps
from simulator.engines.network.lanes import Lanes
from simulator.engines.network.law_moments import effective_squares
from simulator.engines.network.nodes import DONE, Nodes
from simulator.engines.network.routed import lay_routed

# An even number of sweeps ends where it began.
FIRST_SWEEPS, LATER_SWEEPS, SWITCHED_SWEEPS = 60, 3, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """What lanes are made of.

    ``visits`` (nodes, H + 1) a second. ``share`` (nodes, H + 1) of its lane's visits. ``link_share`` (links).
    ``mean``, ``square`` (lanes) of a stay.
    """

    visits: Floats
    share: Floats
    link_share: Floats
    mean: Floats
    square: Floats


class Mixing:
    """Solves the traffic equations, again and again from where it was.

    ``way_share`` (ways, H + 1) the shares of ways now, and ``written`` before anything acts on them; ``mean``
    and ``square`` (nodes, H + 1) of stays.
    """

    def __init__(self, program: Program, nodes: Nodes, *, lanes: Lanes) -> None:
        self._nodes, self._lanes = nodes, lanes
        homes = lanes.of.shape[1]
        self._plain = tuple(at_every_home(one, homes=homes) for one in stays(program, nodes))
        self.mean, self.square = (one.copy() for one in self._plain)
        self._by_route = lay_routed(program, nodes)
        self.written = at_every_home(nodes.ways.share, homes=homes)
        self.way_share = self.written.copy()
        self._visits = np.zeros(lanes.of.shape)
        self._part = np.empty((len(nodes.ways.start), lanes.of.shape[1]))
        self._by_visits = np.empty(lanes.count)
        self._at = np.flatnonzero(lanes.of.ravel() >= 0)
        self._lane = lanes.of.ravel()[self._at]

    def lasts(self, times: Floats) -> None:
        """Let stays be what the program has, by the ways onward as they now are, times so much at each
        activity (A)."""
        by = times[self._nodes.activity][:, None]
        self.mean[:], self.square[:] = self._plain
        self._by_route.lasts(self.way_share, mean=self.mean, square=self.square)
        self.mean *= by
        self.square *= by * by

    def without_schemes(self, mix: Mix, times: Floats) -> Mix:
        """Give a mix with the stays that the program has, times so much at each activity (A)."""
        by = times[self._nodes.activity][:, None]
        mean, square = (
            self._by_lane((mix.share * one).ravel()[self._at])
            for one in (self._plain[0] * by, self._plain[1] * by * by)
        )
        return replace(mix, mean=mean, square=square)

    def goes_on(self, mix: Mix) -> None:
        """Go on from the visits of a mix."""
        self._visits = mix.visits

    def again(self) -> Mix:
        """Give the mix of the visits there are, by the ways and the stays now."""
        ways = self._nodes.ways
        return self._mix((ways.start, ways.kind, ways.end, self.way_share))

    def solve(self, first: Floats, outcome: Floats, *, rounds: int = LATER_SWEEPS) -> Mix:
        """Go some sweeps further, with the rates of first routes (firsts, H + 1) and outcomes (lanes,
        kinds)."""
        ways = self._nodes.ways
        tables = (ways.start, ways.kind, ways.end, self.way_share)
        # Those of the last mix are its own.
        visits, other = self._visits.copy(), np.empty_like(self._visits)
        firsts, of = (first, self._nodes.first_node), (self._lanes.of, outcome)
        sweeps(visits, firsts, rounds, of, tables, (self._part, other))
        self._visits = other if rounds % 2 else visits
        return self._mix(tables)

    def switched(self, firsts: tuple[Floats, Floats], *, ways: Floats, outcome: Floats) -> Mix:
        """Give the mix once first routes and ways have changed.

        What the change brings, or takes away, is added to the visits there were; whoever it does not touch is
        as before, to the last bit.

        ``firsts`` (firsts, H + 1): their rates before and after. ``ways`` (ways, H + 1): shares before;
        ``outcome`` (lanes, kinds).
        """
        before, after = (
            self._swept(first, share=share, outcome=outcome)
            for first, share in zip(firsts, (ways, self.way_share), strict=True)
        )
        self._visits = np.maximum(self._visits + (after - before), 0.0)
        return self.again()

    def _swept(self, first: Floats, *, share: Floats, outcome: Floats) -> Floats:
        """Give the visits after many sweeps from those there are."""
        nodes, visits = self._nodes, self._visits.copy()
        tables = (nodes.ways.start, nodes.ways.kind, nodes.ways.end, share)
        of, work = (self._lanes.of, outcome), (self._part, np.empty_like(visits))
        sweeps(visits, (first, nodes.first_node), SWITCHED_SWEEPS, of, tables, work)
        return visits

    def _mix(self, tables: tuple[Ints, Ints, Ints, Floats]) -> Mix:
        lanes = self._lanes
        share, links = np.empty_like(self._visits), np.empty(len(lanes.link_cell))
        mean, square = np.empty(lanes.count), np.empty(lanes.count)
        of = (lanes.of, lanes.way_link, lanes.link_first)
        stays, found = (self.mean, self.square), (share, links, mean, square)
        mixes(self._visits, of, tables, stays, found, self._by_visits)
        return Mix(visits=self._visits, share=share, link_share=links, mean=mean, square=square)

    def _by_lane(self, values: Floats) -> Floats:
        """Add values up by lane, one for each node at a home where it has one."""
        return np.asarray(
            np.bincount(self._lane, weights=values, minlength=self._lanes.count), dtype=np.float64
        )


def at_every_home(values: Floats, *, homes: int) -> Floats:
    """Give values (n) as they are for everybody, wherever they live (n, homes), nobody's last."""
    return np.repeat(values[:, None], homes, axis=1)


def through(lanes: Lanes) -> Floats:
    """Give the outcomes when everybody starts and comes to the end (lanes, kinds)."""
    found = np.zeros((lanes.count, lanes.kinds))
    found[:, DONE] = 1.0
    return found


def stays(program: Program, nodes: Nodes) -> tuple[Floats, Floats]:
    """Give mean and mean square of the stay at each node, leaving moments not included, in seconds."""
    square_of = effective_squares(program.laws)
    mean, square = np.zeros(len(nodes.activity)), np.zeros(len(nodes.activity))
    known: dict[tuple[int, int], tuple[float, float]] = {}
    for node, (activity, group, move) in enumerate(
        zip(nodes.activity.tolist(), nodes.group.tolist(), nodes.move.tolist(), strict=True)
    ):
        if move >= 0:
            last = float(program.moves.last_seconds[move])
            mean[node], square[node] = last, last * last
            continue
        own = int(program.activities.duration_law[activity, group])
        key = (own, int(program.activities.choice[activity, group]))
        if key not in known:
            known[key] = _stay(program, own, choice=key[1], squares=square_of)
        mean[node], square[node] = known[key]
    return mean, square


def _stay(program: Program, own: int, *, choice: int, squares: Floats) -> tuple[float, float]:
    """Mix the laws of a stay over the ways onward that have laws of their own."""
    laws = [(own, 1.0)]
    if choice != ABSENT:
        routes = program.routes.law
        laws = [
            (int(routes[entry]) if routes[entry] != ABSENT else own, share)
            for entry, share in entries(program, choice)
        ]
    known = [(law, share) for law, share in laws if law != ABSENT]
    mean = sum(share * float(program.laws.mean[law]) for law, share in known)
    return mean, sum(share * float(squares[law]) for law, share in known)
