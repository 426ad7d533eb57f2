"""Contracts settled in every replication become outcomes, years and the smallest transfers."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np

from simulator.accounts.mending import Mending, smallest_transfers
from simulator.analysis.after_refill import settled_after
from simulator.analysis.contracts import Contracts, Outcome, YearOfMoney
from simulator.analysis.gathered import Gathering
from simulator.analysis.intervals import estimate_difference
from simulator.analysis.ledger import ledger_of, unexplained
from simulator.analysis.money_measures import PENCE_A_POUND
from simulator.analysis.settled import Settled
from simulator.analysis.yearly import Floats, anniversary
from simulator.definition.outside import OUTSIDE
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_YEAR

DISCOUNT = 0.035  # HM Treasury and NICE: costs at 3.5% a year
ALL = ""


def contracts_of(found: Gathering, results: Results) -> Contracts | None:
    """Compare every contract of a model; ``None`` where it has none."""
    baseline, *others = results.scenarios
    if not results.model.contracts or not found.scenarios[baseline].settled:
        return None
    settled = settled_after(found, results)
    usual = settled[baseline]
    in_force = {scenario: one[0].in_force for scenario, one in settled.items()}
    who = members(usual[0])
    outcomes = tuple(
        outcome
        for scenario in others
        for pair in _pairs(results.model.contracts, own=(in_force[scenario], in_force[baseline]))
        for outcome in _outcomes(settled[scenario], usual, scenario=scenario, pair=pair, who=who)
    )
    starts = found.scenarios[baseline].frame.window_starts
    return Contracts(
        in_force=in_force,
        baseline=baseline,
        organisations=who,
        ledger={name: ledger_of(one, usual) for name, one in settled.items()},
        outcomes=outcomes,
        years=tuple(
            year
            for scenario in others
            for year in _years(settled[scenario], usual, scenario=scenario, who=who, starts=starts)
        ),
        mending={
            scenario: _mending(outcomes, scenario=scenario, pair=(in_force[scenario], in_force[baseline]))
            for scenario in others
        },
        unexplained=unexplained(usual, results.model),
    )


def _pairs(contracts: Iterable[str], *, own: tuple[str, str]) -> list[tuple[str, str]]:
    """List what is compared: each contract in both worlds, and the worlds' own where they differ."""
    return list(dict.fromkeys([*((name, name) for name in contracts), own]))


def members(settled: Settled) -> tuple[str, ...]:
    """List the organisations of the place: all but the accounts outside."""
    return tuple(name for name in settled.books.organisations if name not in OUTSIDE)


def _outcomes(
    here: Sequence[Settled],
    there: Sequence[Settled],
    *,
    scenario: str,
    pair: tuple[str, str],
    who: Sequence[str],
) -> Iterator[Outcome]:
    """Give each organisation's outcome of one scenario, each world under its contract of the pair."""
    for name in who:
        spent, got, left = (
            estimate_difference(
                [_a_year(one, read(one, pair[0])[:, one.books.place(name)]) for one in here],
                [_a_year(one, read(one, pair[1])[:, one.books.place(name)]) for one in there],
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


def _a_year(one: Settled, pence: Floats) -> float:
    """Turn pence by year into pounds a year of the window."""
    return float(pence.sum() / one.books.seconds.sum() * SECONDS_A_YEAR / PENCE_A_POUND)


def _years(
    here: Sequence[Settled],
    there: Sequence[Settled],
    *,
    scenario: str,
    who: Sequence[str],
    starts: date,
) -> Iterator[YearOfMoney]:
    """Give the money of every year for each organisation and for all together."""
    pairs = list(zip(here, there, strict=True))
    gains = np.array([one.left - other.left for one, other in pairs]) / PENCE_A_POUND
    places = [here[0].books.place(name) for name in who]
    for name, columns in [*((name, [place]) for name, place in zip(who, places, strict=True)), (ALL, places)]:
        mine = gains[:, :, columns].sum(axis=2)
        summed = np.cumsum(mine / (1 + DISCOUNT) ** np.arange(mine.shape[1]), axis=1)
        nothing = [0.0] * len(mine)
        for year in range(mine.shape[1]):
            yield YearOfMoney(
                scenario=scenario,
                organisation=name,
                starts=anniversary(starts, year),
                net=estimate_difference(mine[:, year].tolist(), nothing),
                cumulative=estimate_difference(summed[:, year].tolist(), nothing),
                breaks_even=float((summed[:, year] >= 0).mean()),
            )


def _mending(outcomes: Sequence[Outcome], *, scenario: str, pair: tuple[str, str]) -> Mending:
    """Find the smallest transfers that would leave nobody worse off on average."""
    asked = (scenario, *pair)
    mine = [one for one in outcomes if (one.scenario, one.contract, one.in_baseline) == asked]
    return smallest_transfers([one.net.mean or 0.0 for one in mine])
