"""Whom effects on shares send another way on stocks.

Of each way, and each first route, a part was sent there: the same part of all that flows along it. What
another effect takes on from there, or a move, it takes of all alike who go that way.
"""

import numpy as np

from simulator.compiler.program import Floats, Ints, Program
from simulator.compiler.sent import AWAY, BROUGHT, DIRECTIONS, effects_that_send
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.mix import Mix


class Parts:
    """Of the share of each thing (a way, a first route) what each effect sent there, by effect and direction.

    ``of`` (effects that send × 2, things).
    """

    def __init__(self, program: Program, things: int) -> None:
        sending = effects_that_send(program.effects).tolist()
        self._row = {effect: DIRECTIONS * place for place, effect in enumerate(sending)}
        self.of = np.zeros((DIRECTIONS * len(sending), things))

    def forget(self) -> None:
        """Begin anew: nothing is sent yet."""
        self.of[...] = 0.0

    def sends(self, effect: int, *, one: Ints, other: Ints, before: Floats, after: Floats) -> None:
        """Write down what an effect on the share of ``one`` has changed, with ``other``."""
        less = np.flatnonzero(after < before)
        self.of[:, less] *= after[less] / before[less]
        for direction, gains in ((AWAY, other), (BROUGHT, one)):
            self.of[self._row[effect] + direction, gains] += np.maximum(after[gains] - before[gains], 0.0)

    def shared_out(self, members: Ints, share: Floats) -> None:
        """Share out among the ways of a list, as their shares now are, what was sent to any of them."""
        if share.sum() > 0:
            self.of[:, members] = self.of[:, members].sum(axis=1, keepdims=True) * (share / share.sum())


class Sending:
    """What effects on shares sent, of ways by what flows along them, of first routes by what begins."""

    def __init__(self, program: Program, laid: Assembly) -> None:
        self._program, self._laid = program, laid
        self.ways = Parts(program, len(laid.nodes.ways.start))
        self.firsts = Parts(program, len(laid.nodes.first_node))
        self._part = np.zeros_like(self.ways.of)
        self._used = np.empty(0, dtype=np.int64)
        classes = len(program.names.classes)
        self._class = laid.nodes.group[laid.nodes.ways.start] % classes

    def settles(self, share: Floats) -> None:
        """Take what was sent as parts of the ways' shares (ways) now: moves after it take of all alike."""
        self._used = np.flatnonzero(self.ways.of.any(axis=0))
        sent, all_of = self.ways.of[:, self._used], share[self._used]
        self._part = np.divide(sent, all_of, out=np.zeros_like(sent), where=all_of > 0)

    def along(self, flow: Floats, mix: Mix) -> tuple[Floats, Floats]:
        """Give what was sent along the ways (effects × 2), and of which needs (N), from flows along links."""
        laid, used = self._laid, self._used
        links = laid.lanes.way_link[used]
        part = mix.share[laid.nodes.ways.start[used]] * laid.mixing.way_share[used][:, None]
        below = np.where(links >= 0, mix.link_share[links], 0.0)
        amount = np.divide(flow[links] * part, below, out=np.zeros_like(part), where=below > 0).sum(axis=1)
        sent = self._part * amount
        return sent.sum(axis=1), sent.sum(axis=0) @ laid.origins[self._class[used], :-1]

    def begins(self, needs: Floats, referrals: Floats) -> tuple[Floats, Floats]:
        """Give what was sent where it began (effects × 2), and of which needs (N).

        ``needs`` (N, S) and ``referrals`` (Q) are those that come meanwhile.
        """
        nodes, used = self._laid.nodes, np.flatnonzero(self.firsts.of.any(axis=0))
        need, referral = nodes.first_need[used], nodes.first_referral[used]
        is_need = need >= 0
        came = np.zeros(len(used))
        came[is_need] = needs[need[is_need], nodes.first_segment[used][is_need]]
        came[~is_need] = referrals[referral[~is_need]]
        sent = self.firsts.of[:, used] * came
        by_need = np.bincount(need[is_need], weights=sent.sum(axis=0)[is_need], minlength=len(needs))
        return sent.sum(axis=1), np.asarray(by_need, dtype=np.float64)
