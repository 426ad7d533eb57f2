"""Contracts settled in every replication become outcomes, years and the smallest transfers."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from simulator.accounts.books import Books
from simulator.accounts.mending import Mending, smallest_transfers
from simulator.analysis.after_refill import settled_after
from simulator.analysis.alliances import memberships
from simulator.analysis.breaking_even import breaks_even
from simulator.analysis.cash import ALL
from simulator.analysis.contracts import Contracts, Outcome, YearOfMoney
from simulator.analysis.gathered import Gathering
from simulator.analysis.intervals import estimate_difference
from simulator.analysis.ledger import ledger_of, unexplained
from simulator.analysis.money_measures import PENCE_A_POUND
from simulator.analysis.settled import Settled
from simulator.analysis.yearly import MILLIONTHS, Floats, anniversary, sum_so_far, together
from simulator.definition.outside import OUTSIDE
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_YEAR


def contracts_of(found: Gathering, results: Results) -> Contracts | None:
    """Compare every contract of a model; ``None`` where it has none."""
    baseline, *others = results.scenarios
    if not results.model.contracts or not found.scenarios[baseline].settled:
        return None
    settled = settled_after(found, results)
    usual = settled[baseline]
    in_force = {scenario: one[0].in_force for scenario, one in settled.items()}
    who = members_of(usual[0].books)
    outcomes = tuple(
        outcome
        for scenario in others
        for pair in _pairs(results.model.contracts, own=(in_force[scenario], in_force[baseline]))
        for outcome in _outcomes(
            settled[scenario], usual, names=(scenario, *pair), who=who, draws=results.draws
        )
    )
    starts = found.scenarios[baseline].frame.window_starts
    return Contracts(
        in_force=in_force,
        baseline=baseline,
        organisations=who,
        ledger={
            name: ledger_of(one, usual, contracts=results.model.contracts, draws=results.draws)
            for name, one in settled.items()
        },
        outcomes=outcomes,
        years=tuple(
            year
            for scenario in others
            for year in _years(
                [one.left - other.left for one, other in zip(settled[scenario], usual, strict=True)],
                usual[0].books,
                scenario=scenario,
                starts=starts,
                draws=results.draws,
            )
        ),
        mending={
            scenario: _mending(outcomes, scenario=scenario, pair=(in_force[scenario], in_force[baseline]))
            for scenario in others
        },
        unexplained=unexplained(usual, results.model),
        alliances=memberships(settled, results.model.contracts, baseline=baseline, draws=results.draws),
    )


def _pairs(contracts: Iterable[str], *, own: tuple[str, str]) -> list[tuple[str, str]]:
    """List what is compared: each contract in both worlds, and the worlds' own where they differ."""
    return list(dict.fromkeys([*((name, name) for name in contracts), own]))


def members_of(books: Books) -> tuple[str, ...]:
    """List the organisations of the place: all but the accounts outside."""
    return tuple(name for name in books.organisations if name not in OUTSIDE)


def _outcomes(
    here: Sequence[Settled],
    there: Sequence[Settled],
    *,
    names: tuple[str, str, str],
    who: Sequence[str],
    draws: int,
) -> Iterator[Outcome]:
    """Give each organisation's outcome: ``names`` of the scenario, its contract, and the baseline's."""
    scenario, *pair = names
    for name in who:
        spent, got, left = (
            estimate_difference(
                [a_year(one, read(one, pair[0])[:, one.books.place(name)]) for one in here],
                [a_year(one, read(one, pair[1])[:, one.books.place(name)]) for one in there],
                draws=draws,
            )
            for read in (lambda one, _: one.books.resources, Settled.received, Settled.net)
        )
        yield Outcome(
            scenario=scenario,
            contract=pair[0],
            in_baseline=pair[1],
            organisation=name,
            resources=spent,
            received=got,
            net=left,
        )


def a_year(one: Settled, pence: Floats) -> float:
    """Turn pence by year into pounds a year of the window; what was made good in full is exactly nothing."""
    pounds = pence.sum() / one.books.seconds.sum() * SECONDS_A_YEAR / PENCE_A_POUND
    return round(float(pounds), MILLIONTHS) + 0.0


def _years(
    pence: Sequence[Floats],
    books: Books,
    *,
    scenario: str,
    starts: date,
    draws: int,
) -> Iterator[YearOfMoney]:
    """Give the money of every year, ``pence`` (Y, O) a run, for each organisation and for all together."""
    gains, who = np.array(pence) / PENCE_A_POUND, members_of(books)
    places = [books.place(name) for name in who]
    for name, columns in [*((name, [place]) for name, place in zip(who, places, strict=True)), (ALL, places)]:
        mine = together(gains, columns)
        summed = sum_so_far(mine)
        nothing = [0.0] * len(mine)
        for year in range(mine.shape[1]):
            yield YearOfMoney(
                scenario=scenario,
                organisation=name,
                starts=anniversary(starts, year),
                net=estimate_difference(mine[:, year].tolist(), nothing, draws=draws),
                cumulative=estimate_difference(summed[:, year].tolist(), nothing, draws=draws),
                breaks_even=breaks_even(summed[:, year], draws=draws),
            )


def _mending(outcomes: Sequence[Outcome], *, scenario: str, pair: tuple[str, str]) -> Mending:
    """Find the smallest transfers that would leave nobody worse off on average."""
    asked = (scenario, *pair)
    mine = [one for one in outcomes if (one.scenario, one.contract, one.in_baseline) == asked]
    return smallest_transfers([one.net.mean or 0.0 for one in mine])
