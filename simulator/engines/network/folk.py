"""People as stocks: by segment and home, with what they need, who is in a bed, who dies, who joins."""

from typing import NamedTuple

import numpy as np

from simulator.compiler.program import ABSENT, Flags, Floats, Ints, Program
from simulator.engines.network.kernels.going import Living, becomes, lives, parts
from simulator.engines.network.kernels.lives import admits, averages, has_left, spreads
from simulator.engines.network.lanes import Lanes
from simulator.engines.network.mix import Mix
from simulator.engines.network.nodes import DEAD, Nodes
from simulator.engines.network.traits import NEWTON, Survivors, lay_traits
from simulator.units import SECONDS_A_YEAR

# Of ways that change a segment: link, place in (nodes, H + 1) flattened, way, home, and which kind of change
# it is; of each kind: link, segment before and after (S for death); and of each way the share of those on it
# who came through each trait, or none (last).
Becoming = tuple[tuple[Ints, Ints, Ints, Ints, Ints], tuple[Ints, Ints, Ints], Floats]

# Wherever a person can be: lane, place by node and home, place by class, segment and home.
Spots = tuple[Ints, Ints, Ints]


class PartsOf(NamedTuple):
    """Of each kind of change: its ``link``, its segments before and after flattened (``change``), and the
    ``part`` of the flow along it by trait or none (kinds, T + 1)."""

    link: Ints
    change: Ints
    part: Floats


class Folk:
    """The people of one run. ``plain`` (N, S, H) what they need a year; ``people`` (S, H) alive; ``bedded``
    and ``open`` (origins, S, H) those who are in a bed, or have a case, by the need behind it (referrals
    last); ``spots`` wherever one can be."""

    def __init__(self, program: Program, nodes: Nodes, *, lanes: Lanes, plain: Floats) -> None:
        people, names = program.people, program.names
        self._program, self._nodes, self._lanes = program, nodes, lanes
        self.home_share = np.diff(people.home_cumulative, prepend=0.0)
        self.people = people.segment_people[:, None] * self.home_share
        self.traits = lay_traits(program)
        self.survivors = Survivors(self.traits, segments=len(names.segments))
        shape = (len(names.needs) + 1, len(names.segments), len(names.homes))
        self.bedded, self.open = np.zeros(shape), np.zeros(shape)
        self.plain = plain
        self._has_left = _Left(program, self)
        self.spots = self._people_places()
        self._by_class = np.empty(len(names.classes) * self.people.size)
        self._by_lane = np.empty(lanes.count)
        self._by_classes, self._rates = np.empty((3, len(self._by_class))), np.empty((3, *shape))
        self._becoming: Becoming | None = None
        self._part = np.zeros((0, 0)), np.zeros((0, 0))
        self._mix: Mix | None = None
        self.dies_in_care = np.zeros(len(names.segments))
        self.goes_in_care = np.zeros((len(self.traits) + 1, len(names.segments), len(names.segments) + 1))
        self.living = _living(self)

    @property
    def came(self) -> float:
        """Count those who joined so far."""
        return float(self.living.passed[0])

    @property
    def went(self) -> float:
        """Count those who died so far."""
        return float(self.living.passed[1])

    # Needs

    def share_had(self) -> Floats:
        """Give what is left of each need (N, S, H) beside people in beds and needs one at a time."""
        return self._has_left()

    def rates_in_lanes(
        self, needs: Floats, hazard: Floats, *, residence: Floats, mix: Mix, origins: Floats
    ) -> Floats:
        """Give the rates a second (3, lanes) at which those in a lane die of the ``hazard`` of their segment
        (S), die if in care too, and are admitted; ``needs`` a year (N, S, H)."""
        rates, found = self._rates, np.empty((3, self._lanes.count))
        traits = (self._has_left.trait_of, self.survivors.excess)
        dying = (hazard, self.dies_in_care)
        admits(needs, residence, (self.people, *dying), traits, rates)
        flat = rates.reshape(*rates.shape[:2], -1)
        averages(flat, mix.share.reshape(-1), self.spots, origins, self._by_classes, found)
        return found

    # Who is where

    def spots_in(self, lanes: Flags) -> Spots:
        """List wherever a person can be in some of the lanes."""
        there = np.flatnonzero(lanes[self.spots[0]])
        lane, at, into = (one[there] for one in self.spots)
        return lane, at, into

    def _people_places(self) -> Spots:
        """List wherever a person can be."""
        classes, segments = len(self._program.names.classes), len(self._program.names.segments)
        node, home = np.nonzero(self._lanes.of[:, :-1] >= 0)
        group = self._nodes.group[node]
        person = group // classes < segments
        node, home, group = node[person], home[person], group[person]
        shape = (classes, *self.people.shape)
        return (
            self._lanes.of[node, home],
            np.ravel_multi_index((node, home), self._lanes.of.shape).astype(np.int64),
            np.ravel_multi_index((group % classes, group // classes, home), shape).astype(np.int64),
        )

    def by_origin(
        self,
        stages: tuple[Floats, Ints, Floats],
        cells: tuple[Floats, Ints, Ints],
        *,
        spots: tuple[Spots, Floats],
        weight: Floats,
        found: Floats,
    ) -> None:
        """Spread those in ``stages`` and ``cells`` (as ``sums_by_lane`` has them) over origin, segment and
        home (origins, S, H). ``spots`` where they can be, with the origins of classes; ``weight`` (nodes, H +
        1) in a lane."""
        where, origins = spots
        work = (self._by_lane, self._by_class)
        flat = found.reshape(len(found), -1)
        spreads(stages, cells, weight.reshape(-1), where, origins, work, flat)

    # Life

    def lives(self, hazard: Floats, joiners: Floats, *, seconds: float) -> Floats:
        """Let people change segment, die and join at home; return the transitions (S, S + 1)."""
        found = np.empty_like(self.living.others)
        coming = (joiners, self.home_share)
        lives(self.living, self.bedded, hazard, coming, seconds / SECONDS_A_YEAR, found)
        return found

    def knows(self, origins: Floats) -> None:
        """Let of which needs classes are be known anew."""
        if self._becoming is not None:
            (_, _, way, _, _), _, drawn = self._becoming
            drawn[:] = self._drawn_on(way, origins)
            self._mix = None

    def _ways_of_becoming(self, origins: Floats) -> Becoming:
        """List the ways that change somebody's segment."""
        nodes, routes = self._nodes, self._program.routes
        segments, classes = len(self._program.names.segments), len(self._program.names.classes)
        way, home = np.nonzero(self._lanes.way_link[:, :-1] >= 0)
        before = nodes.group[nodes.ways.start[way]] // classes
        entry = nodes.ways.entry[way]
        written = np.append(routes.segment, ABSENT)[entry]
        after = np.where(nodes.ways.end[way] == DEAD, segments, np.where(written >= 0, written, before))
        changes = (before < segments) & (after != before)
        way, home, before, after = way[changes], home[changes], before[changes], after[changes]
        at = np.ravel_multi_index((nodes.ways.start[way], home), self._lanes.of.shape).astype(np.int64)
        link = self._lanes.way_link[way, home]
        shape = (len(self._lanes.link_cell), segments, segments + 1)
        kinds, kind = np.unique(np.ravel_multi_index((link, before, after), shape), return_inverse=True)
        of, one, other = (found.astype(np.int64) for found in np.unravel_index(kinds, shape))
        drawn = self._drawn_on(way, origins)
        return (link, at, way, home, kind.astype(np.int64)), (of, one, other), drawn

    def becomes(
        self, mix: Mix, flow: Floats, *, way_share: Floats, origins: Floats, seconds: float
    ) -> Floats:
        """Let people change segment or die as the flows along links (links) say; return (S, S + 1)."""
        ways, kinds_of, drawn = self._becomings(origins)
        if self._mix is not mix:
            parts((mix.share.reshape(-1), way_share, mix.link_share), ways, drawn, self._part)
            self._mix = mix
        found = np.empty_like(self.living.others)
        becomes(self.living, flow, kinds_of, self._part, found)
        before = np.maximum(self.living.before, 1e-9)
        self.dies_in_care = found[:, -1] / before / seconds
        np.divide(self.living.drawn, before[:, None], out=self.goes_in_care)
        return found

    def _becomings(self, origins: Floats) -> Becoming:
        if self._becoming is None:
            self._becoming = self._ways_of_becoming(origins)
            self._part = self._parts()
        return self._becoming

    def _parts(self) -> tuple[Floats, Floats]:
        """Make room for the parts of each kind of change: by trait, and by home."""
        assert self._becoming is not None
        kinds = len(self._becoming[1][0])
        return np.empty((kinds, len(self.traits) + 1)), np.empty((kinds, self.people.shape[1]))

    def parts_of(self, mix: Mix, *, visits: Floats, ways: Floats, origins: Floats) -> PartsOf:
        """Give the parts of flows along links, in every kind of change that there is among them, that those
        have with so many ``visits`` (nodes, H + 1), of all those of a mix; ``ways`` (ways, H + 1) theirs."""
        of, (link, before, after), drawn = self._becomings(origins)
        share = np.divide(visits * mix.share, mix.visits, out=np.zeros_like(visits), where=mix.visits > 0)
        found = self._parts()
        parts((share.reshape(-1), ways, mix.link_share), of, drawn, found)
        there = np.flatnonzero(found[0].any(axis=1))
        segments = self.goes_in_care.shape[2]
        return PartsOf(link[there], before[there] * segments + after[there], found[0][there])

    def sent_of(self, flow: Floats, of: PartsOf) -> Floats:
        """Give who was sent by care, by trait or none (T + 1, S, S + 1), of the flows along links."""
        amount = flow[of.link][:, None] * of.part
        size = self.goes_in_care[0].size
        found = [np.bincount(of.change, weights=one, minlength=size) for one in amount.T]
        return np.array(found, dtype=np.float64).reshape(self.goes_in_care.shape)

    def going_in_care(self, trait: int) -> Floats:
        """Give the share (S, S + 1, K) of people of a score of a trait whom care has just sent to another
        segment, or to death; who is drawn into care by it goes as often as the score has it."""
        total: Floats = self.goes_in_care.sum(axis=0)[:, :, None]
        if trait == ABSENT:
            return total
        laws, factor = self.living.laws[trait], self.living.factor[trait]
        own = self.goes_in_care[trait][:, :, None]
        mean = np.maximum(laws @ factor, 1e-300)
        found: Floats = total - own + own * (factor / mean[:, None])[:, None, :]
        return np.minimum(found, 1.0)

    def _drawn_on(self, ways: Ints, origins: Floats) -> Floats:
        """Give the share of those on some ways who came through each trait, or none (ways, T + 1)."""
        klass = self._nodes.group[self._nodes.ways.start[ways]] % len(origins)
        return np.asarray(self._drawn(origins)[klass])

    def _drawn(self, origins: Floats) -> Floats:
        """Give the share of each class of case that came through each trait, or none (classes, T + 1)."""
        found = np.zeros((len(origins), len(self.traits) + 1))
        for origin, trait in enumerate(self._has_left.trait_of.tolist()):
            found[:, trait] += origins[:, origin]
        return found


class _Left:
    """Works out what is left of each need, in the same arrays again and again."""

    def __init__(self, program: Program, folk: Folk) -> None:
        self._folk = folk
        none, shape = len(folk.traits), folk.people.shape
        trait = np.append(program.needs.trait, ABSENT)
        alone = program.needs.one_at_a_time.copy()
        self.trait_of = np.where(trait == ABSENT, none, trait).astype(np.int64)
        self._needs = (self.trait_of, alone)
        self._traits = (folk.survivors.laws, folk.survivors.factor, NEWTON)
        by_home = (np.empty(shape[1]), np.empty(shape[1]), np.empty(shape[1]))
        self._work = np.empty((none + 2, *shape)), np.empty((none + 1, *shape)), by_home
        self._found = np.empty((len(alone), *shape))

    def __call__(self) -> Floats:
        """Give it (N, S, H)."""
        folk, found = self._folk, self._found
        has_left(folk.people, (folk.bedded, folk.open), self._needs, self._traits, self._work, found)
        return found


def _living(folk: Folk) -> Living:
    """Bundle the people of a run for the kernels that let them go on."""
    segments, survivors = len(folk.people), folk.survivors
    traits, scores = survivors.factor.shape
    return Living(
        people=folk.people,
        laws=survivors.laws,
        factor=survivors.factor,
        weight=survivors.weight,
        before=np.zeros(segments),
        joined=np.zeros(segments),
        gone=np.zeros_like(folk.people),
        drawn=np.zeros((traits + 1, segments, segments + 1)),
        others=np.zeros((segments, segments + 1)),
        tilted=np.zeros((segments, scores)),
        heads=np.zeros((segments, scores)),
        passed=np.zeros(2),
    )
