"""What contracts come to: who gains and who loses under each, and how the money falls over the years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from simulator.accounts.mending import Mending
from simulator.analysis.alliances import Membership
from simulator.analysis.intervals import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger, in pounds a year: who pays whom, for what, in which book.

    ``difference`` is scenario less baseline, replication by replication; the baseline has none.
    """

    book: str
    payer: str
    payee: str
    line: str
    level: Estimate
    difference: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a scenario does to one organisation under one contract, in pounds a year, against the baseline.

    ``in_baseline`` is the contract of the baseline's world: the same, but where the two worlds have contracts
    of their own. ``resources`` is what it spends on care and schemes, ``received`` what it is paid less what
    it pays, ``net`` received less resources. The ``probability_of_reduction`` of ``net`` is that of losing.
    """

    scenario: str
    contract: str
    in_baseline: str
    organisation: str
    resources: Estimate
    received: Estimate
    net: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfMoney:
    """One year of a scenario for one organisation (or all, named ''): pounds in that year, not a year.

    ``net`` against the baseline; ``cumulative`` since the first year, discounted. ``breaks_even``: the
    share of replications in which the cumulative sum has come to nought or more, ``None`` while nothing
    has changed.
    """

    scenario: str
    organisation: str
    starts: date
    net: Estimate
    cumulative: Estimate
    breaks_even: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contracts:
    """All of it. ``in_force`` names each world's contract, that of its ledger, years and smallest transfers.

    ``outcomes`` are of each contract in force in both worlds, and of each world's own where they differ.
    ``unexplained`` by organisation: pounds a year of its yearly spend that are in no line, fixed costs that
    the model does not follow; below nought where the lines come to more than is spent. ``mending`` by
    scenario. ``alliances`` are the members of contracts that are of some localities.
    """

    in_force: Mapping[str, str]
    baseline: str
    organisations: tuple[str, ...]
    ledger: Mapping[str, tuple[Entry, ...]]
    outcomes: tuple[Outcome, ...]
    years: tuple[YearOfMoney, ...]
    mending: Mapping[str, Mending]
    unexplained: Mapping[str, float]
    alliances: tuple[Membership, ...] = ()

    def outcome(self, scenario: str, organisation: str, *, contract: str = "") -> Outcome | None:
        """Give one outcome: of the contracts in force, or of one that is named, in both worlds."""
        found = {
            (one.scenario, one.organisation, one.contract, one.in_baseline): one for one in self.outcomes
        }
        under = (contract, contract) if contract else self.under(scenario)
        return found.get((scenario, organisation, *under))

    def of(self, scenario: str, *, contract: str = "") -> list[Outcome]:
        """List the outcomes of a scenario: of the contracts in force, or of one that is named."""
        found = (self.outcome(scenario, name, contract=contract) for name in self.organisations)
        return [one for one in found if one is not None]

    def under(self, scenario: str) -> tuple[str, str]:
        """Name the contract in force in a scenario, and that in the baseline."""
        return self.in_force[scenario], self.in_force[self.baseline]

    def differ(self, scenario: str) -> bool:
        """Say whether a scenario has another contract than the baseline."""
        here, there = self.under(scenario)
        return here != there
