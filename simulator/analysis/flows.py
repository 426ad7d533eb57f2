"""What changes in every purse against the baseline, in pounds: the columns of the finance director's page.

Every line of the books – an activity of one payer, a standing line – is a cost of more care or is released,
by whether it costs more or less than in the baseline over the window, on the mean over all runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.accounts.books import Books
from simulator.analysis.after_refill import After, settled_at
from simulator.analysis.gathered import Gathering
from simulator.analysis.money_measures import PENCE_A_POUND
from simulator.analysis.yearly import Floats
from simulator.compiler.standing_names import NEGOTIATION, bearer_of
from simulator.definition.model import Model
from simulator.experiment.results import Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """One scenario against the baseline at one share of refill, in pounds (R, Y, O).

    ``set_up``, ``recurrent`` and ``more_care`` are costs, ``releasing`` and ``transfers`` gains. ``claimed``
    is what a naive case would count, average cost × fewer starts, and ``unclaimed`` what is spent on more of
    all that has no average cost, both before any refill. Runs stand draw by draw where there are ``draws``.
    """

    set_up: Floats
    recurrent: Floats
    more_care: Floats
    releasing: Floats
    transfers: Floats
    claimed: Floats
    unclaimed: Floats
    draws: int = 0

    @property
    def net(self) -> Floats:
        """Give what is left."""
        return self.before_transfers + self.transfers

    @property
    def before_transfers(self) -> Floats:
        """Give what is left but for what organisations pay each other."""
        return self.releasing - self.more_care - self.set_up - self.recurrent


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one draw changes, in pounds: as ``Flows``, but line by line (R, Y, L) where nothing is judged yet.

    ``after`` refill, and ``before`` any: how much more each line costs.
    """

    set_up: Floats
    recurrent: Floats
    transfers: Floats
    claimed: Floats
    after: Floats
    before: Floats


def changes_of(found: Gathering, results: Results, *, scenario: str, after: After) -> Changes:
    """Read what changes in every purse, replication by replication."""
    baseline = results.scenarios[0]
    there, clinical = found.scenarios[baseline].books, found.scenarios[scenario].books
    pairs = list(zip(after.books, there, strict=True))
    schemes = np.array([one.schemes - other.schemes for one, other in pairs]) / PENCE_A_POUND
    agreed = np.array([_agreed(one) - _agreed(other) for one, other in pairs]) / PENCE_A_POUND
    set_up = np.array([_once(one) - _once(other) for one, other in pairs]) / PENCE_A_POUND
    transfers = np.zeros_like(schemes)
    if results.model.contracts:
        mine = settled_at(found, results, scenario=scenario, after=after)
        usual = found.scenarios[baseline].settled
        pounds = [
            one.received(one.in_force) - other.received(other.in_force)
            for one, other in zip(mine, usual, strict=True)
        ]
        transfers = np.array(pounds) / PENCE_A_POUND
    run = list(zip(clinical, there, strict=True))
    return Changes(
        set_up=set_up + agreed,
        recurrent=schemes - set_up,
        transfers=transfers,
        claimed=np.array([_claimed(one, other, results=results) for one, other in run]),
        after=np.array([_lines(one) - _lines(other) for one, other in pairs]) / PENCE_A_POUND,
        before=np.array([_lines(one) - _lines(other) for one, other in run]) / PENCE_A_POUND,
    )


def flows_of(parts: Sequence[Changes], *, books: Books, model: Model, draws: int) -> Flows:
    """Put the runs of all draws in a row, and judge on all of them which lines cost more."""

    def all_of(word: str) -> Floats:
        return np.concatenate([getattr(one, word) for one in parts])

    bearers = _bearers(books)
    more, less = rises_and_falls(all_of("after"), bearers=bearers, accounts=len(books.organisations))
    priced = np.array([name in _averages(model) for name in books.activities])
    is_priced = np.zeros(len(bearers), dtype=np.bool_)
    is_priced[: books.activity[0].size] = np.repeat(priced, len(books.organisations))
    before = np.where(is_priced, 0.0, all_of("before"))
    unclaimed, _ = rises_and_falls(before, bearers=bearers, accounts=len(books.organisations))
    return Flows(
        **{word: all_of(word) for word in ("set_up", "recurrent", "transfers", "claimed")},
        more_care=more,
        releasing=less,
        unclaimed=unclaimed,
        draws=draws,
    )


def rises_and_falls(change: Floats, *, bearers: Sequence[int], accounts: int) -> tuple[Floats, Floats]:
    """Give what lines that cost more cost more, and what others cost less, by who bears them (R, Y, O).

    ``change`` (R, Y, L) is how much more each line costs; what is judged is its sum over years, on the mean.
    """
    costs_more = change.sum(axis=1).mean(axis=0) > 0
    shape = (*change.shape[:2], accounts)
    more, less = np.zeros(shape), np.zeros(shape)
    for line, bearer in enumerate(bearers):
        if costs_more[line]:
            more[:, :, bearer] += change[:, :, line]
        else:
            less[:, :, bearer] -= change[:, :, line]
    return more, less


def _lines(books: Books) -> Floats:
    """Give all that is spent but on schemes and negotiations, line by line (Y, L): care, then what stands."""
    is_agreed = np.array([_is_negotiation(name) for name in books.overhead_names], dtype=np.bool_)
    care = books.care.reshape(len(books.seconds), -1)
    return np.concatenate([care, np.where(is_agreed, 0.0, books.overheads)], axis=1)


def _bearers(books: Books) -> list[int]:
    """Give the column of who bears each line (L)."""
    care = list(range(len(books.organisations))) * len(books.activities)
    return care + [books.place(name.partition(".")[0]) for name in books.overhead_names]


def _averages(model: Model) -> set[str]:
    return {name for name, line in model.costs.items() if line.average is not None}


def _once(books: Books) -> Floats:
    return np.zeros_like(books.schemes) if books.set_up is None else books.set_up


def _agreed(books: Books) -> Floats:
    """Give what buyers paid to negotiate (Y, O): once, so it is set-up."""
    found = np.zeros_like(books.schemes)
    for place, name in enumerate(books.overhead_names):
        if _is_negotiation(name):
            found[:, books.place(name.partition(".")[0])] += books.overheads[:, place]
    return found


def _is_negotiation(line: str) -> bool:
    return line.partition(".")[2].startswith(f"{NEGOTIATION}:")


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
