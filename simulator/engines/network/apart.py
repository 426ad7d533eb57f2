"""The enrolled of a scheme as they go through care: by the needs, the ways and the moves that are theirs.

A scheme that averts their stays, or sends them elsewhere, spares them what may happen there. Of each lane it
is worked out, with who makes it up, how many are enrolled; so many of those whom care makes others, or who
die there, are theirs.
"""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import (
    ABSENT,
    FOR_ENROLLED,
    ON_NEED_RATE,
    ON_NEED_START,
    ON_ROUTE_SHARE,
    Floats,
    Program,
)
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.folk import PartsOf
from simulator.engines.network.kernels.mixing import sweeps
from simulator.engines.network.known import Known
from simulator.engines.network.mix import FIRST_SWEEPS, LATER_SWEEPS, Mix
from simulator.engines.network.schemes import Schemes
from simulator.engines.network.sources import first_rates
from simulator.engines.network.switches import Switches


@dataclass(frozen=True, slots=True, kw_only=True)
class _Theirs:
    """Of one scheme: ``visits`` (nodes, H + 1) a second; what ``parts`` of each kind of change; how many were
    enrolled, ``heads`` (S, K)."""

    visits: Floats
    parts: PartsOf
    heads: Floats


class Apart:
    """Says how often care sends the enrolled of a scheme elsewhere that acts on what care they get."""

    def __init__(self, program: Program, laid: Assembly, *, schemes: Schemes) -> None:
        self._program, self._laid, self._schemes = program, laid, schemes
        self._theirs: dict[int, _Theirs] = {}
        self._on_needs, self._on_starts, self._on_ways = (
            {scheme for scheme in schemes.enrolments if acts(program, scheme)}
            for acts in (_acts_on_needs, _acts_on_starts, _acts_on_ways)
        )

    def knows(self, mix: Mix, known: Known, *, switches: Switches, times: Floats) -> None:
        """Work out how many of each lane are enrolled, under a mix and by what it was solved; needs are
        without effects ``times`` so much what is written."""
        for scheme in sorted(self._on_needs | self._on_starts | self._on_ways):
            heads = self._schemes.enrolments[scheme].inside.sum(axis=1)
            if not self._schemes.is_running[scheme] or heads.sum() <= 0:
                self._theirs.pop(scheme, None)
                continue
            ways = switches.ways_of(scheme) if scheme in self._on_ways else self._laid.mixing.way_share
            firsts = switches.firsts_of(scheme) if scheme in self._on_starts else known.firsts
            first = self._first(scheme, known, firsts=firsts, times=times)
            visits = self._visits(scheme, first, outcome=known.outcome, ways=ways)
            visits = np.minimum(visits, mix.visits)
            switches.knows_enrolled(scheme, visits=visits, mix=mix)
            parts = self._laid.folk.parts_of(mix, visits=visits, ways=ways, origins=self._laid.origins)
            self._theirs[scheme] = _Theirs(visits=visits, parts=parts, heads=heads)

    def _first(self, scheme: int, known: Known, *, firsts: Floats, times: Floats) -> Floats:
        """Give how many of theirs begin by each first route (firsts, H + 1) a second."""
        needs = known.needs * self._schemes.needs_of(scheme, self._laid.folk.plain * times)
        nobody = np.zeros_like(known.referrals)
        return first_rates(self._laid.nodes, needs=needs, referrals=nobody, share=firsts)

    def _visits(self, scheme: int, first: Floats, *, outcome: Floats, ways: Floats) -> Floats:
        """Give their visits (nodes, H + 1), going on from what they were."""
        nodes, was = self._laid.nodes, self._theirs.get(scheme)
        visits, rounds = np.zeros(self._laid.lanes.of.shape), FIRST_SWEEPS
        if was is not None:
            visits, rounds = was.visits.copy(), LATER_SWEEPS
        other, part = np.empty_like(visits), np.empty_like(ways)
        tables = (nodes.ways.start, nodes.ways.kind, nodes.ways.end, ways)
        of = (self._laid.lanes.of, outcome)
        sweeps(visits, (first, nodes.first_node), rounds, of, tables, (part, other))
        return other if rounds % 2 else visits

    def going(self, scheme: int, flow: Floats) -> Floats:
        """Give the share (S, S + 1, K) of those enrolled of each score whom flows along links (links) have
        sent elsewhere: as it sends all, where the scheme does not act on what care they get."""
        enrolment, theirs = self._schemes.enrolments[scheme], self._theirs.get(scheme)
        if theirs is None:
            return self._laid.folk.going_in_care(enrolment.trait_index)
        sent, factor = self._laid.folk.sent_of(flow, theirs.parts), enrolment.trait.factor
        own = np.zeros_like(sent[0]) if enrolment.trait_index == ABSENT else sent[enrolment.trait_index]
        there = np.maximum(theirs.heads.sum(axis=1), 1e-9)[:, None, None]
        drawn = np.maximum(theirs.heads @ factor, 1e-9)[:, None, None]
        found: Floats = (sent.sum(axis=0) - own)[:, :, None] / there + own[:, :, None] * factor / drawn
        return np.minimum(found, 1.0)


def _acts_on_needs(program: Program, scheme: int) -> bool:
    """Say whether a scheme acts on the needs of its enrolled."""
    return _acts_on(program, scheme, what=ON_NEED_RATE)


def _acts_on_starts(program: Program, scheme: int) -> bool:
    """Say whether it acts on where needs of theirs start."""
    return _acts_on(program, scheme, what=ON_NEED_START)


def _acts_on_ways(program: Program, scheme: int) -> bool:
    """Say whether it acts on ways onward of theirs."""
    moves = program.moves
    moved = (moves.intervention == scheme) & (moves.whom == FOR_ENROLLED)
    return _acts_on(program, scheme, what=ON_ROUTE_SHARE) or bool(moved.any())


def _acts_on(program: Program, scheme: int, *, what: int) -> bool:
    effects = program.effects
    theirs = (effects.intervention == scheme) & (effects.whom == FOR_ENROLLED)
    return bool((theirs & (effects.on == what)).any())
