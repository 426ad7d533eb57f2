"""Alliances of localities in one system: what each member gains by the people there, and what is left."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.analysis.intervals import Estimate, Values, estimate_difference
from simulator.analysis.money_measures import PENCE_A_POUND
from simulator.analysis.settled import Settled
from simulator.analysis.yearly import MILLIONTHS, Floats
from simulator.definition.contracts import Contract
from simulator.units import SECONDS_A_YEAR

Read = Callable[[Settled], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """What one scenario does to one member of one alliance, in pounds a year, against the baseline.

    ``gained`` by the people of its localities under the contract beneath; ``moved``: what the alliance pays
    it less what it pays; ``left`` of both. ``loses_share`` are the replications in which it loses.
    """

    scenario: str
    alliance: str
    localities: tuple[str, ...]
    organisation: str
    gained: Estimate
    moved: Estimate
    left: Estimate
    loses_share: float

    @property
    def leaves_alliance(self) -> bool:
        """Say whether it surely pays the others more than they pay it: the whole 95% interval says so."""
        return _is_surely_below(self.moved)

    @property
    def leaves_scheme(self) -> bool:
        """Say whether it is surely left with a loss, and not because it pays the others."""
        return _is_surely_below(self.left) and not self.leaves_alliance


def memberships(
    settled: Mapping[str, Sequence[Settled]],
    contracts: Mapping[str, Contract],
    *,
    baseline: str,
    draws: int = 0,
) -> tuple[Membership, ...]:
    """List each scenario's members of each contract that is of some localities, in the order of the file."""
    return tuple(
        found
        for scenario, here in settled.items()
        if scenario != baseline
        for name, contract in contracts.items()
        if contract.localities
        for found in _members(
            here, settled[baseline], contract=(name, contract), scenario=scenario, draws=draws
        )
    )


def _members(
    here: Sequence[Settled],
    there: Sequence[Settled],
    *,
    contract: tuple[str, Contract],
    scenario: str,
    draws: int,
) -> Iterator[Membership]:
    alliance, written = contract
    for member in written.who:
        gained, moved = (
            (_a_year(here, read, member=member), _a_year(there, read, member=member))
            for read in (
                lambda one: one.gains[alliance],
                lambda one: _received(one.moved(alliance, written.over)),
            )
        )
        left = tuple(_both(*pair) for pair in zip(gained, moved, strict=True))
        yield Membership(
            scenario=scenario,
            alliance=alliance,
            localities=written.localities,
            organisation=member,
            gained=estimate_difference(*gained, draws=draws),
            moved=estimate_difference(*moved, draws=draws),
            left=estimate_difference(*left, draws=draws),
            loses_share=float(np.mean([mine < usual for mine, usual in zip(*left, strict=True)])),
        )


def _is_surely_below(one: Estimate) -> bool:
    return one.high is not None and one.high < 0


def _received(paid: Floats) -> Floats:
    return np.asarray(paid.sum(axis=1) - paid.sum(axis=2))


def _both(one: Values, other: Values) -> list[float]:
    return [round((a or 0.0) + (b or 0.0), MILLIONTHS) + 0.0 for a, b in zip(one, other, strict=True)]


def _a_year(worlds: Sequence[Settled], read: Read, *, member: str) -> list[float]:
    """Give pounds a year of the window, world by world."""
    found = []
    for one in worlds:
        pence = read(one)[:, one.books.place(member)].sum()
        pounds = float(pence) / one.books.seconds.sum() * SECONDS_A_YEAR / PENCE_A_POUND
        found.append(round(pounds, MILLIONTHS) + 0.0)
    return found
