"""Classes that nobody is of at first: of which needs they are once somebody is brought to them."""

import numpy as np

from simulator.compiler.program import Floats, Program
from simulator.engines.network.assembly import Assembly
from simulator.engines.network.coming import Coming, coming_now
from simulator.engines.network.mix import Mix
from simulator.engines.network.origins import Going, by_need, going


class Brought:
    """Sets the origins anew of those ``classes`` that may be of several needs, once somebody is of them."""

    def __init__(self, program: Program, laid: Assembly) -> None:
        self._laid, self._began = laid, by_need(program, laid.nodes)
        self._klass = laid.nodes.group % len(program.names.classes)
        self._program = program
        nobody = np.flatnonzero(self._going(laid.coming).arrives <= 0)
        several = nobody[laid.origins[nobody].max(axis=1) < 1.0]
        self.classes = np.intersect1d(several, self._klass)
        self._nodes = np.flatnonzero(np.isin(self._klass, self.classes))

    def settles(self, mix: Mix, *, firsts: Floats, outcome: Floats, before: Floats | None = None) -> None:
        """Let origins be known of those that somebody is of, under a mix by rates of first routes (firsts, H
        + 1) and outcomes (lanes, kinds); of those alone that nobody was of at the visits (nodes, H + 1)
        ``before``, if they are given."""
        laid = self._laid
        if not (self._nodes.size and mix.visits[self._nodes].any()):
            return
        share = laid.mixing.way_share
        now = self._going(
            coming_now(laid.nodes, laid.lanes, mix=mix, first=firsts, outcome=outcome, share=share)
        )
        classes = self.classes if before is None else self._empty(before)
        found = now.of(classes, known=laid.origins)
        comes = (now.arrives[classes] > 0) & (found.sum(axis=1) > 0)
        laid.origins[classes[comes]] = found[comes]
        laid.folk.knows(laid.origins)

    def _empty(self, visits: Floats) -> np.ndarray:
        """List those that nobody was of at some visits."""
        size = len(self._laid.origins)
        there = np.bincount(self._klass, weights=visits.sum(axis=1), minlength=size)
        return np.asarray(self.classes[there[self.classes] <= 0])

    def _going(self, coming: Coming) -> Going:
        return going(self._program, self._laid.nodes, coming=coming, began=self._began)
