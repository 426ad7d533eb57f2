"""Books of every replication become purses by year and month, peak funding, and a naive case beside."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from simulator.accounts.books import Books
from simulator.analysis.after_refill import after_refill, at_each_draw, given_share
from simulator.analysis.breaking_even import breaks_even
from simulator.analysis.cash import ALL, NOTHING_FILLS, Cash, Funding, Month, Purse
from simulator.analysis.contracts_compared import members_of
from simulator.analysis.flows import Changes, Flows, changes_of, flows_of
from simulator.analysis.freed import freed_of, own_time_of
from simulator.analysis.gathered import Gathering
from simulator.analysis.intervals import Estimate, estimate_difference, estimate_level
from simulator.analysis.money_measures import PENCE_A_POUND
from simulator.analysis.yearly import Floats, anniversary, sum_so_far, together
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_YEAR


def cash_of(found: Gathering, results: Results) -> Cash | None:
    """Compare the purses of every scenario; ``None`` where the model has no money beyond activity cost."""
    baseline, *others = results.scenarios
    there = found.scenarios[baseline].books
    if not there:
        return None
    given = {scenario: given_share(results, scenario) for scenario in others}
    refills = NOTHING_FILLS if results.model.refill is None else tuple(sorted({0.0, *given.values(), 1.0}))
    starts, seconds = found.scenarios[baseline].frame.window_starts, float(there[0].seconds.sum())
    who = members_of(there[0])
    purses: list[Purse] = []
    funding: list[Funding] = []
    months: list[Month] = []
    for scenario in others:
        for share in refills:
            flows, after = _at(found, results, scenario=scenario, share=share)
            for name, columns in _columns(there[0], who):
                purses += purses_of(flows, columns, names=(scenario, name), share=share, starts=starts)
                of_it = (flows, columns)
                funding.append(funding_of(*of_it, names=(scenario, name), share=share, seconds=seconds))
            if share == given[scenario]:
                spared = _spared(after, found.scenarios[baseline].months)
                columns_of = _columns(there[0], who)
                months += _months(spared, columns_of, scenario=scenario, starts=starts, draws=results.draws)
    return Cash(
        refills=refills,
        given=given,
        organisations=who,
        purses=tuple(purses),
        funding=tuple(funding),
        freed=tuple(freed_of(found, results, refills=refills)),
        own_time=tuple(own_time_of(found, results)),
        months=tuple(months),
    )


def _at(found: Gathering, results: Results, *, scenario: str, share: float) -> tuple[Flows, list[Books]]:
    """Give a scenario's flows at one share of refill, and its books by month, draw by draw."""
    baseline = results.scenarios[0]
    changes: list[Changes] = []
    months: list[Books] = []
    for one, its, own in at_each_draw(found, results, scenario=scenario, share=share):
        after = after_refill(one, scenario, baseline=baseline, share=own)
        changes.append(changes_of(one, its, scenario=scenario, after=after))
        months += after.months
    books = found.scenarios[baseline].books[0]
    return flows_of(changes, books=books, model=results.model, draws=results.draws), months


def _columns(books: Books, who: Sequence[str]) -> list[tuple[str, list[int]]]:
    """List the purses: all together, then each organisation; with its columns."""
    places = [books.place(name) for name in who]
    return [(ALL, places), *((name, [place]) for name, place in zip(who, places, strict=True))]


def purses_of(
    flows: Flows, columns: list[int], *, names: tuple[str, str], share: float, starts: date
) -> Iterator[Purse]:
    """Give every year of one purse."""
    parts = {
        word: together(getattr(flows, word), columns)
        for word in ("set_up", "recurrent", "more_care", "releasing", "transfers", "net")
    }
    net = parts["net"]
    summed = sum_so_far(net)
    for year in range(net.shape[1]):
        yield Purse(
            scenario=names[0],
            organisation=names[1],
            refill=share,
            starts=anniversary(starts, year),
            cumulative=_of(summed[:, year], draws=flows.draws),
            breaks_even=breaks_even(summed[:, year], draws=flows.draws),
            **{word: _of(one[:, year], draws=flows.draws) for word, one in parts.items()},
        )


def funding_of(
    flows: Flows, columns: list[int], *, names: tuple[str, str], share: float, seconds: float
) -> Funding:
    """Give what is asked of one purse, and what a naive case would say of it."""

    def in_all(of: Floats) -> Floats:
        return np.asarray(of[:, :, columns].sum(axis=(1, 2)))

    spent, claimed = in_all(flows.set_up + flows.recurrent + flows.unclaimed), in_all(flows.claimed)
    a_year = SECONDS_A_YEAR / seconds
    asked, saved = float(spent.mean()), float(claimed.mean())
    return Funding(
        scenario=names[0],
        organisation=names[1],
        refill=share,
        peak=_peak(flows, columns),
        naive=_of((claimed - spent) * a_year, draws=flows.draws),
        ours=_of(in_all(flows.before_transfers) * a_year, draws=flows.draws),
        must_release=asked / saved if asked > 0 and saved > 0 else None,
    )


def _peak(flows: Flows, columns: list[int]) -> Estimate:
    """Give what is out where the mean path is lowest, with the interval of the sum at that moment; nought
    where it is never below."""
    net, set_up = (together(one, columns) for one in (flows.net, flows.set_up))
    before = np.cumsum(net, axis=1) - net
    out = -np.concatenate([before - set_up, before + net], axis=1)
    worst = int(np.argmax(out.mean(axis=0)))
    most = out[:, worst] if out[:, worst].mean() > 0 else np.zeros(len(out))
    return estimate_level(most.tolist(), draws=flows.draws)


def _spared(here: Sequence[Books], there: Sequence[Books]) -> Floats:
    """Give what each organisation spends less in each month (R, M, O), in pounds."""
    pairs = zip(here, there, strict=True)
    return np.array([other.resources - one.resources for one, other in pairs]) / PENCE_A_POUND


def _months(
    spared: Floats, purses: Sequence[tuple[str, list[int]]], *, scenario: str, starts: date, draws: int
) -> Iterator[Month]:
    """Give what every purse has left in each calendar month, before transfers."""
    for name, columns in purses:
        mine = spared[:, :, columns].sum(axis=2)
        for month in range(mine.shape[1]):
            yield Month(
                scenario=scenario,
                organisation=name,
                starts=_month(starts, month),
                net=_of(mine[:, month], draws=draws),
            )


def _month(first: date, number: int) -> date:
    """Give the first day of a month of the window: of the first, the window's own."""
    months = first.month - 1 + number
    return first if number == 0 else date(first.year + months // 12, months % 12 + 1, 1)


def _of(values: Floats, *, draws: int) -> Estimate:
    """Estimate a difference that is there already."""
    return estimate_difference(values.tolist(), [0.0] * len(values), draws=draws)
