"""Books of every replication become purses by year and month, peak funding, and a naive case beside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from simulator.accounts.books import Books
from simulator.analysis.after_refill import After, after_refill, at_each_draw, given_share, settled_at
from simulator.analysis.breaking_even import breaks_even
from simulator.analysis.cash import ALL, Cash, Funding, Month, Purse
from simulator.analysis.contracts_compared import DISCOUNT
from simulator.analysis.freed import freed_of, own_time_of
from simulator.analysis.gathered import Gathering
from simulator.analysis.intervals import Estimate, estimate_difference, estimate_level
from simulator.analysis.money_measures import PENCE_A_POUND
from simulator.analysis.yearly import Floats, anniversary, together
from simulator.compiler.standing_names import NEGOTIATION, bearer_of
from simulator.definition.model import Model
from simulator.definition.outside import OUTSIDE
from simulator.experiment.results import Results
from simulator.units import SECONDS_A_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """One scenario against the baseline at one share of refill, in pounds (R, Y, O): gains above nought.

    ``claimed`` is what a naive case would count: average cost × fewer starts, before any refill. Runs stand
    draw by draw where there are ``draws``.
    """

    set_up: Floats
    recurrent: Floats
    releasing: Floats
    transfers: Floats
    claimed: Floats
    draws: int = 0

    @property
    def net(self) -> Floats:
        """Give what is left."""
        return self.before_transfers + self.transfers

    @property
    def before_transfers(self) -> Floats:
        """Give what is left but for what organisations pay each other."""
        return self.releasing - self.set_up - self.recurrent


def _together(parts: Sequence[Flows], *, draws: int) -> Flows:
    """Put the runs of all draws in a row."""
    words = ("set_up", "recurrent", "releasing", "transfers", "claimed")
    rows = {word: np.concatenate([getattr(one, word) for one in parts]) for word in words}
    return Flows(**rows, draws=draws)


def cash_of(found: Gathering, results: Results) -> Cash | None:
    """Compare the purses of every scenario; ``None`` where the model has no money beyond activity cost."""
    baseline, *others = results.scenarios
    there = found.scenarios[baseline].books
    if not there:
        return None
    given = {scenario: given_share(results, scenario) for scenario in others}
    refills = (0.0,) if results.model.refill is None else tuple(sorted({0.0, *given.values(), 1.0}))
    starts = found.scenarios[baseline].frame.window_starts
    who = tuple(name for name in there[0].organisations if name not in OUTSIDE)
    purses: list[Purse] = []
    funding: list[Funding] = []
    months: list[Month] = []
    for scenario in others:
        for share in refills:
            flows, after = _at(found, results, scenario=scenario, share=share)
            for name, columns in _columns(there[0], who):
                purses += purses_of(flows, columns, names=(scenario, name), share=share, starts=starts)
                funding.append(_funding(flows, columns, names=(scenario, name), share=share, books=there[0]))
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
    flows: list[Flows] = []
    months: list[Books] = []
    for one, its, own in at_each_draw(found, results, scenario=scenario, share=share):
        after = after_refill(one, scenario, baseline=baseline, share=own)
        flows.append(_flows(one, its, scenario=scenario, after=after))
        months += after.months
    return _together(flows, draws=results.draws), months


def _columns(books: Books, who: Sequence[str]) -> list[tuple[str, list[int]]]:
    """List the purses: all together, then each organisation; with its columns."""
    places = [books.place(name) for name in who]
    return [(ALL, places), *((name, [place]) for name, place in zip(who, places, strict=True))]


def _flows(found: Gathering, results: Results, *, scenario: str, after: After) -> Flows:
    """Read what changes in every purse, replication by replication."""
    baseline = results.scenarios[0]
    there, clinical = found.scenarios[baseline].books, found.scenarios[scenario].books
    pairs = list(zip(after.books, there, strict=True))
    schemes = np.array([one.schemes - other.schemes for one, other in pairs]) / PENCE_A_POUND
    agreed = np.array([_agreed(one) - _agreed(other) for one, other in pairs]) / PENCE_A_POUND
    set_up = np.array([_once(one) - _once(other) for one, other in pairs]) / PENCE_A_POUND
    spent = np.array([one.resources - other.resources for one, other in pairs]) / PENCE_A_POUND
    transfers = np.zeros_like(spent)
    if results.model.contracts:
        mine = settled_at(found, results, scenario=scenario, share=after.share)
        usual = found.scenarios[baseline].settled
        pounds = [
            one.received(one.in_force) - other.received(other.in_force)
            for one, other in zip(mine, usual, strict=True)
        ]
        transfers = np.array(pounds) / PENCE_A_POUND
    return Flows(
        set_up=set_up + agreed,
        recurrent=schemes - set_up,
        releasing=schemes + agreed - spent,
        transfers=transfers,
        claimed=np.array(
            [_claimed(one, other, results=results) for one, other in zip(clinical, there, strict=True)]
        ),
    )


def _once(books: Books) -> Floats:
    return np.zeros_like(books.schemes) if books.set_up is None else books.set_up


def _agreed(books: Books) -> Floats:
    """Give what buyers paid to negotiate (Y, O): once, so it is set-up."""
    found = np.zeros_like(books.schemes)
    for place, name in enumerate(books.overhead_names):
        who, _, what = name.partition(".")
        if what.startswith(f"{NEGOTIATION}:"):
            found[:, books.place(who)] += books.overheads[:, place]
    return found


def _claimed(here: Books, there: Books, *, results: Results) -> Floats:
    """Give average cost × fewer starts of each activity (Y, O), in pounds, to who bears most of it.

    Of what is not done in the baseline, to who bears it in the scenario; where nothing of it is variable
    cost, to its owner; else it is nobody's.
    """
    found = np.zeros_like(here.schemes)
    for name, line in results.model.costs.items():
        if line.average is not None and name in there.activities:
            bearer = _bearer(name, (there, here), model=results.model)
            if bearer is None:
                continue
            fewer = there.starts[name] - here.starts[name]
            found[:, bearer] += fewer * float(line.average.value) / PENCE_A_POUND
    return found


def _bearer(activity: str, worlds: Sequence[Books], *, model: Model) -> int | None:
    """Give the column of who bears most of an activity's cost, else of whose it is."""
    for one in worlds:
        paid = one.activity[:, one.activities.index(activity)].sum(axis=0)
        if paid.any():
            return int(np.argmax(paid))
    who = model.activities[activity].cost_payer or bearer_of(model, activity)
    return None if who is None else worlds[0].place(who)


def purses_of(
    flows: Flows, columns: list[int], *, names: tuple[str, str], share: float, starts: date
) -> Iterator[Purse]:
    """Give every year of one purse."""
    parts = {
        word: together(getattr(flows, word), columns)
        for word in ("set_up", "recurrent", "releasing", "transfers", "net")
    }
    net = parts["net"]
    summed = np.cumsum(net / (1 + DISCOUNT) ** np.arange(net.shape[1]), axis=1)
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


def _funding(
    flows: Flows, columns: list[int], *, names: tuple[str, str], share: float, books: Books
) -> Funding:
    """Give what is asked of one purse, and what a naive case would say of it."""
    net, set_up = (one[:, :, columns].sum(axis=2) for one in (flows.net, flows.set_up))
    schemes = (flows.set_up + flows.recurrent)[:, :, columns].sum(axis=(1, 2))
    claimed = flows.claimed[:, :, columns].sum(axis=(1, 2))
    before = np.cumsum(net, axis=1) - net
    low = np.minimum(before - set_up, before + net).min(axis=1)
    a_year = SECONDS_A_YEAR / books.seconds.sum()
    spent, saved = float(schemes.mean()), float(claimed.mean())
    return Funding(
        scenario=names[0],
        organisation=names[1],
        refill=share,
        peak=estimate_level((np.maximum(0.0, -low) + 0.0).tolist(), draws=flows.draws),
        naive=_of((claimed - schemes) * a_year, draws=flows.draws),
        ours=_of(flows.before_transfers[:, :, columns].sum(axis=(1, 2)) * a_year, draws=flows.draws),
        must_release=spent / saved if spent > 0 and saved > 0 else None,
    )


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
