"""What each contract would pay in one replication of one world."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from simulator.accounts.books import Books
from simulator.accounts.settling import gains_within, settle
from simulator.analysis.yearly import Floats
from simulator.definition.contracts import Contract
from simulator.definition.model import Model
from simulator.experiment.results import Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One world of one replication: its books, and what is paid under each contract (Y, payer, payee).

    ``in_force`` names the contract of this world. ``gains`` (Y, O) by contract of some localities are what
    each organisation gains by those who live there, before that contract moves anything.
    """

    books: Books
    in_force: str
    paid: Mapping[str, Floats]
    gains: Mapping[str, Floats] = field(default_factory=dict)

    def received(self, contract: str) -> Floats:
        """Give what each organisation is paid less what it pays under a contract (Y, O), in pence."""
        paid = self.paid[contract]
        return np.asarray(paid.sum(axis=1) - paid.sum(axis=2))

    def moved(self, contract: str, over: str | None) -> Floats:
        """Give what a contract itself makes organisations pay each other (Y, payer, payee), over another."""
        return self.paid[contract] if over is None else self.paid[contract] - self.paid[over]

    @property
    def left(self) -> Floats:
        """Give what each organisation has left under the contract in force (Y, O), in pence."""
        return self.net(self.in_force)

    def net(self, contract: str) -> Floats:
        """Give what each organisation has left under a contract (Y, O), in pence."""
        return np.asarray(self.received(contract) - self.books.resources)


def contract_in_force(results: Results, scenario: str) -> str:
    """Name the contract of one world: the scenario's own, else the experiment's, else the model's first."""
    own = results.experiment.scenarios[scenario].contract
    return own or results.experiment.contract or next(iter(results.model.contracts))


def settle_all(books: Books, *, plan: Books, model: Model, in_force: str) -> Settled:
    """Settle every contract of a model by itself."""
    spends = yearly_spends(model)
    contracts: Mapping[str, Contract] = model.contracts
    return Settled(
        books=books,
        in_force=in_force,
        paid={
            name: settle(one, books=books, plan=plan, contracts=contracts, spends=spends)
            for name, one in contracts.items()
        },
        gains={
            name: gains_within(one, books=books, plan=plan, contracts=contracts, spends=spends)
            for name, one in contracts.items()
            if one.localities
        },
    )


def yearly_spends(model: Model) -> dict[str, float]:
    """Give what each organisation spends a year, in pence, where the model says it."""
    return {
        name: float(one.yearly_spend.value)
        for name, one in model.organisations.items()
        if one.yearly_spend is not None
    }
