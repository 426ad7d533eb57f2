"""By what it was last worked out who makes up each lane."""

from typing import NamedTuple

import numpy as np

from simulator.compiler.program import Floats, Ints
from simulator.engines.network.nodes import Nodes
from simulator.engines.network.sources import first_rates


class Known(NamedTuple):
    """``needs`` (N, S, H) and ``referrals`` (Q) a second, shares of ``firsts`` (firsts, H + 1), ``outcome``
    of lanes (lanes, kinds)."""

    needs: Floats
    referrals: Floats
    firsts: Floats
    outcome: Floats

    def rates(self, nodes: Nodes, *, sources: tuple[Ints, Floats] | None = None) -> Floats:
        """Give the rates of first routes (firsts, H + 1); ``sources`` as :func:`first_rates` has them."""
        return first_rates(
            nodes, needs=self.needs, referrals=self.referrals, share=self.firsts, sources=sources
        )

    def after(self, now: "Known") -> "Known":
        """Give what is known when cases begin by other shares now, and those come whom nobody knew of."""
        return self._replace(
            needs=np.where(self.needs > 0, self.needs, now.needs),
            referrals=np.where(self.referrals > 0, self.referrals, now.referrals),
            firsts=now.firsts,
        )
