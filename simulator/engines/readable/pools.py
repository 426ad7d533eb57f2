"""Pools: stocks that give whole heads to referrals, and take them back from those who exit."""

from simulator.compiler.program import ABSENT, Program


class Pools:
    """The pools of a run: how many heads each has to give, and how many were taken and came back so far."""

    def __init__(self, program: Program) -> None:
        exchange, referrals = program.exchange, program.referrals
        size = 0 if exchange is None else len(exchange.pools)
        self.heads = [0] * size
        self.taken = [0] * size
        self.returned = [0] * size
        none = [ABSENT] * len(referrals.kind)
        self._takes_from: list[int] = none if exchange is None else exchange.takes_from.tolist()
        returns = none if exchange is None else exchange.returns_to.tolist()
        self.of_class = dict(zip(referrals.klass.tolist(), returns, strict=True))

    def gives(self, referral: int) -> bool:
        """Take a head for a case of a referral; say whether there was one, or none is needed."""
        pool = self._takes_from[referral]
        if pool == ABSENT:
            return True
        if self.heads[pool] == 0:
            return False
        self.heads[pool] -= 1
        self.taken[pool] += 1
        return True

    def takes_back(self, pool: int) -> None:
        """A head comes back."""
        self.returned[pool] += 1
