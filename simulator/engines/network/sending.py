"""Whom effects on shares send another way on stocks.

Of each way, and each first route, it is known what part was drawn to go by which route, and which effect sent
it there last: so one that is sent there and back goes its own way, as by people. What another effect takes on
from there, or a move, it takes of all alike who go that way.
"""

import numpy as np

from simulator.compiler.program import (
    ABSENT,
    ON_NEED_START,
    ON_REFERRAL_START,
    ON_ROUTE_SHARE,
    Floats,
    Ints,
    Program,
)
from simulator.compiler.sent import AWAY, BROUGHT, DIRECTIONS, effects_that_send
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.mix import Mix

OWN = 0  # the row of those who go as was drawn


class Parts:
    """The share of each thing (a way, a first route) by who sent it there, and as what it was drawn.

    ``entry`` and ``start`` of each thing: its route and its choice. Kept are those (K) that bear a name of
    which the effects on some shares (``on``) speak. ``_of`` (1 + effects that send × 2, names, K, H + 1).
    """

    def __init__(
        self, program: Program, *, on: tuple[int, ...], entry: Ints, start: Ints, homes: int
    ) -> None:
        table, sending = program.effects, effects_that_send(program.effects)
        self._row = {effect: 1 + DIRECTIONS * place for place, effect in enumerate(sending.tolist())}
        mine = sending[np.isin(table.on[sending], on)]
        names = np.unique(np.append(table.second_target[mine], table.instead[mine]))
        name = np.append(program.routes.name, ABSENT)[entry]
        self._things = np.flatnonzero(np.isin(name, names))
        self._at = np.full(len(entry), ABSENT)
        self._at[self._things] = np.arange(len(self._things))
        self._drawn = np.searchsorted(names, name[self._things])
        self._start = start[self._things]
        self._of = np.zeros((1 + DIRECTIONS * len(sending), len(names), len(self._things), homes))

    @property
    def is_any(self) -> bool:
        """Say whether anybody is sent anywhere."""
        return bool(self._of[1:].any())

    def begins(self, share: Floats) -> None:
        """Begin anew with the shares (things, H + 1) as drawn: nothing is sent yet."""
        self._of[...] = 0.0
        self._of[OWN, self._drawn, np.arange(len(self._things))] = share[self._things]

    def sends(self, effect: int, *, one: Ints, other: Ints, before: Floats, after: Floats) -> None:
        """Write down what an effect on the share of ``one`` has changed, with ``other``."""
        for direction, losing, gaining in ((AWAY, one, other), (BROUGHT, other, one)):
            losing, gaining = (
                losing[(after[losing] < before[losing]).any(axis=1)],
                gaining[(after[gaining] > before[gaining]).any(axis=1)],
            )
            if losing.size and gaining.size:
                less, had = np.maximum(before[losing] - after[losing], 0.0), before[losing]
                part = np.divide(less, had, out=np.zeros_like(had), where=had > 0)
                taken = self._take(losing, part=np.minimum(part, 1.0))
                more = np.maximum(after[gaining] - before[gaining], 0.0)
                self._give(gaining, more=more, taken=taken, row=self._row[effect] + direction)

    def shared_out(self, members: Ints, share: Floats) -> None:
        """Share out among the ways of a list, as their shares now are, who goes by any of them."""
        at = self._at[members]
        if (at >= 0).all():
            total = np.broadcast_to(share.sum(axis=0), share.shape)
            part = np.divide(share, total, out=np.zeros_like(share), where=total > 0)
            self._of[:, :, at] = self._of[:, :, at].sum(axis=2, keepdims=True) * part

    def sent(self) -> tuple[Ints, Floats]:
        """Give the things to which anybody is sent (U), and their shares by effect × 2 (rows, U, H + 1)."""
        sent = self._of[1:].sum(axis=1)
        used = np.flatnonzero(sent.any(axis=(0, 2)))
        return self._things[used], sent[:, used]

    def _take(self, losing: Ints, *, part: Floats) -> Floats:
        """Take a part of all alike who go by some things; give them by what was drawn and start."""
        at = self._at[losing]
        taken = self._of[:, :, at] * part
        self._of[:, :, at] -= taken
        found = np.zeros((int(self._start.max()) + 1, taken.shape[1], taken.shape[3]))
        np.add.at(found, self._start[at], taken.sum(axis=0).transpose(1, 0, 2))
        return found

    def _give(self, gaining: Ints, *, more: Floats, taken: Floats, row: int) -> None:
        """Give those taken to things of their start that gain so much; who is back goes as was drawn."""
        at = self._at[gaining]
        start, drawn, each = self._start[at], self._drawn[at], np.arange(len(at))
        total = np.zeros((len(taken), more.shape[1]))
        np.add.at(total, start, more)
        part = np.divide(more, total[start], out=np.zeros_like(more), where=total[start] > 0)
        brought = taken[start].transpose(1, 0, 2) * part
        self._of[OWN, drawn, at] += brought[drawn, each]
        brought[drawn, each] = 0.0
        self._of[row][:, at] += brought


class Sending:
    """What effects on shares sent, of ways by what flows along them, of first routes by what begins."""

    def __init__(self, program: Program, laid: Assembly) -> None:
        self._program, self._laid = program, laid
        nodes, homes, starts = laid.nodes, laid.lanes.of.shape[1], (ON_NEED_START, ON_REFERRAL_START)
        ways, first = (nodes.ways.entry, nodes.ways.start), (nodes.first_entry, nodes.first_segment)
        self.ways = Parts(program, on=(ON_ROUTE_SHARE,), entry=ways[0], start=ways[1], homes=homes)
        self.firsts = Parts(program, on=starts, entry=first[0], start=first[1], homes=homes)
        self._used, self._part = self.ways.sent()
        classes = len(program.names.classes)
        self._class = laid.nodes.group[laid.nodes.ways.start] % classes

    def settles(self, share: Floats) -> None:
        """Take what was sent as parts of the ways' shares (ways, H + 1) now.

        Moves after it take of all alike.
        """
        self._used, sent = self.ways.sent()
        all_of = np.broadcast_to(share[self._used], sent.shape)
        self._part = np.divide(sent, all_of, out=np.zeros_like(sent), where=all_of > 0)

    def along(self, flow: Floats, mix: Mix) -> tuple[Floats, Floats]:
        """Give what was sent along the ways (effects × 2), and of which needs (N), from flows along links."""
        laid, used = self._laid, self._used
        links = laid.lanes.way_link[used]
        part = mix.share[laid.nodes.ways.start[used]] * laid.mixing.way_share[used]
        below = np.where(links >= 0, mix.link_share[links], 0.0)
        amount = np.divide(flow[links] * part, below, out=np.zeros_like(part), where=below > 0)
        sent = (self._part * amount).sum(axis=2)
        return sent.sum(axis=1), sent.sum(axis=0) @ laid.origins[self._class[used], :-1]

    def begins(self, needs: Floats, referrals: Floats) -> tuple[Floats, Floats]:
        """Give what was sent where it began (effects × 2), and of which needs (N).

        ``needs`` (N, S, H) and ``referrals`` (Q) are those that come meanwhile.
        """
        nodes, (used, share) = self._laid.nodes, self.firsts.sent()
        need, referral = nodes.first_need[used], nodes.first_referral[used]
        is_need = need >= 0
        came = np.zeros(share.shape[1:])
        came[is_need, :-1] = needs[need[is_need], nodes.first_segment[used][is_need]]
        came[~is_need, -1] = referrals[referral[~is_need]]
        sent = (share * came).sum(axis=2)
        by_need = np.bincount(need[is_need], weights=sent.sum(axis=0)[is_need], minlength=len(needs))
        return sent.sum(axis=1), np.asarray(by_need, dtype=np.float64)
