"""People as stocks: by segment and home, with what they need, who is in a bed, who dies, who joins."""

import numpy as np

from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.network.kernels.lives import averages, changes, gathers
from simulator.engines.network.lanes import Lanes
from simulator.engines.network.mix import Mix
from simulator.engines.network.nodes import DEAD, Nodes
from simulator.engines.network.traits import Survivors, lay_traits, nobody_differs, share_free
from simulator.units import SECONDS_A_YEAR


class Folk:
    """The people of one run. ``plain`` (N, S, H) what they need a year; ``people`` (S, H) alive; ``bedded``
    and ``open`` (origins, S, H) those who are in a bed, or have a case, by the need behind it (referrals
    last)."""

    def __init__(self, program: Program, nodes: Nodes, *, lanes: Lanes, plain: Floats) -> None:
        people, names = program.people, program.names
        self._program, self._nodes, self._lanes = program, nodes, lanes
        self.home_share = np.diff(people.home_cumulative, prepend=0.0)
        self.people = people.segment_people[:, None] * self.home_share
        self.traits = lay_traits(program)
        self.survivors = [Survivors(known, segments=len(names.segments)) for known in self.traits]
        shape = (len(names.needs) + 1, len(names.segments), len(names.homes))
        self.bedded, self.open = np.zeros(shape), np.zeros(shape)
        self.plain = plain
        self._trait_of = np.append(program.needs.trait, ABSENT)
        self._traits_of_needs: list[int] = program.needs.trait.tolist()
        self._origins_of = {one: np.flatnonzero(self._trait_of == one) for one in {*self._traits_of_needs}}
        self._alone = np.flatnonzero(program.needs.one_at_a_time).tolist()
        self._nobody_differs = nobody_differs()
        self._spots = self._people_places()
        self._by_class = np.empty(len(names.classes) * self.people.size)
        self._becoming = self._ways_of_becoming()
        self._drawn_by: Floats | None = None
        self.dies_in_care = np.zeros(len(names.segments))
        self.came = self.went = 0.0

    # Needs

    def share_had(self) -> Floats:
        """Give what is left of each need (N, S, H) beside people in beds and needs one at a time."""
        there = np.maximum(self.people, 1e-9)
        bedded = self.bedded / there
        total = bedded.sum(axis=0)
        usual = {trait: self._left(trait, bedded, total=total) for trait in {*self._traits_of_needs}}
        found = np.array([usual[trait] for trait in self._traits_of_needs]).reshape(self.plain.shape)
        for need in self._alone:
            extra = np.maximum(self.open[need] - self.bedded[need], 0.0) / there
            found[need] = self._left(self._traits_of_needs[need], bedded, total=total, extra=extra)
        return found

    def _left(self, trait: int, bedded: Floats, *, total: Floats, extra: Floats | float = 0.0) -> Floats:
        """Give what is left of a need with a trait beside people who are in beds, or busy otherwise."""
        known, same = self._nobody_differs, total
        if trait != ABSENT:
            known, same = self.traits[trait], bedded[self._origins_of[trait]].sum(axis=0)
        laws = self.survivors[trait].laws if trait != ABSENT else None
        left = share_free(known, same + extra, laws=laws)
        return np.asarray(left * np.clip(1.0 - (total - same), 0.0, 1.0))

    def admissions(self, needs: Floats, residence: Floats) -> Floats:
        """Give the rate a second at which people with a case of an origin are admitted (origins, S, H)."""
        flow = needs * residence[:, :, None] / np.maximum(self.people, 1e-9) / SECONDS_A_YEAR
        found = np.repeat(flow.sum(axis=0)[None], len(self._trait_of), axis=0)
        for place, trait in enumerate(self._trait_of.tolist()):
            if trait != ABSENT:
                same = flow[self._program.needs.trait == trait].sum(axis=0)
                found[place] += (self.survivors[trait].excess - 1.0)[:, None] * same
        return found

    # Who is where

    def _people_places(self) -> tuple[Ints, Ints, Ints]:
        """List wherever a person can be: lane, place by node and home, place by class, segment and home."""
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

    def by_origin(self, stocks: Floats, weight: Floats, *, origins: Floats) -> Floats:
        """Spread the stocks of lanes over origin, segment and home; ``weight`` (nodes, H + 1) in a lane."""
        found = np.empty((origins.shape[1], *self.people.shape))
        gathers(
            stocks, weight.reshape(-1), self._spots, origins, self._by_class, found.reshape(len(found), -1)
        )
        return found

    def lane_rate(self, rate: Floats, weight: Floats, *, origins: Floats) -> Floats:
        """Average a rate by (origin, S, H) over each lane."""
        found = np.empty(self._lanes.count)
        averages(rate.reshape(len(rate), -1), weight.reshape(-1), self._spots, origins, self._by_class, found)
        return found

    # Life

    def lives(self, hazard: Floats, joiners: Floats, *, seconds: float) -> Floats:
        """Let people change segment, die and join at home; return the transitions (S, S + 1)."""
        years = seconds / SECONDS_A_YEAR
        at_home = np.maximum(self.people - self.bedded.sum(axis=0), 0.0)
        leaving = hazard.sum(axis=1)
        gone = at_home * -np.expm1(-leaving * years)[:, None]
        share = np.divide(hazard, leaving[:, None], out=np.zeros_like(hazard), where=leaving[:, None] > 0)
        before = self.people.sum(axis=1)
        self.people -= gone
        self.people += np.tensordot(share[:, :-1].T, gone, axes=1)
        coming = joiners[:, None] * years * self.home_share
        self.people += coming
        self.came += float(coming.sum())
        found = np.asarray(share * gone.sum(axis=1)[:, None])
        self.went += float(found[:, -1].sum())
        for survivors in self.survivors:
            survivors.follow(before, others=found, joiners=coming.sum(axis=1))
        return found

    def _ways_of_becoming(self) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
        """List what ``changes`` wants to know of the ways that change somebody's segment (S for death)."""
        nodes, routes = self._nodes, self._program.routes
        segments, classes = len(self._program.names.segments), len(self._program.names.classes)
        way, home = np.nonzero(self._lanes.way_link[:, :-1] >= 0)
        before = nodes.group[nodes.ways.start[way]] // classes
        entry = nodes.ways.entry[way]
        written = np.append(routes.segment, ABSENT)[entry]
        after = np.where(nodes.ways.end[way] == DEAD, segments, np.where(written >= 0, written, before))
        changes = (before < segments) & (after != before)
        way, home, before, after = way[changes], home[changes], before[changes], after[changes]
        at = np.ravel_multi_index((nodes.ways.start[way], home), self._lanes.of.shape)
        return self._lanes.way_link[way, home], at.astype(np.int64), way, home, before, after

    def becomes(
        self, mix: Mix, flow: Floats, *, way_share: Floats, origins: Floats, seconds: float
    ) -> Floats:
        """Let people change segment or die as the flows along links (links) say; return (S, S + 1)."""
        segments = len(self._program.names.segments)
        found = np.zeros((len(self.traits) + 1, segments, segments + 1))
        weight, before = mix.share.reshape(-1), self.people.sum(axis=1)
        drawn = self._drawn(origins)
        changes(flow, mix.link_share, weight, way_share, self._becoming, drawn, self.people, found)
        total = np.asarray(found.sum(axis=0))
        for trait, survivors in enumerate(self.survivors):
            survivors.follow(before, drawn=found[trait], others=total - found[trait])
        self.went += float(total[:, -1].sum())
        self.dies_in_care = total[:, -1] / np.maximum(before, 1e-9) / seconds
        return total

    def _drawn(self, origins: Floats) -> Floats:
        """Give the share of those who change on each way who came through each trait, or none (last)."""
        if self._drawn_by is None:
            classes = len(self._program.names.classes)
            by_trait = np.zeros((classes, len(self.traits) + 1))
            for origin, trait in enumerate(self._trait_of.tolist()):
                by_trait[:, trait] += origins[:, origin]
            self._drawn_by = by_trait[self._nodes.group[self._nodes.ways.start[self._becoming[2]]] % classes]
        return self._drawn_by
