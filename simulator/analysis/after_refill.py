"""Every scenario after its freed beds have filled again: books, months, and what contracts then come to.

Whether a ward's days fell is judged on the mean over replications, of each draw where there are draws, so
that chance in one of them makes neither a gain nor a loss: what is freed fills again by the share, a rise in
use stays as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.accounts.beds import freed_days, refill_factors
from simulator.accounts.books import Books, Floats
from simulator.accounts.fillings import Filling, filling
from simulator.accounts.refilling import refilled
from simulator.analysis.gathered import Gathered, Gathering
from simulator.analysis.over_years import differing
from simulator.analysis.settled import Settled, contract_in_force, settle_all
from simulator.analysis.yearly import month_ends, year_ends, year_shares
from simulator.experiment.results import Results
from simulator.experiment.window import Periods


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """One scenario at one share of refill: books by year and by month, a replication each.

    ``factors`` (W) is what of each ward's freed days fills again.
    """

    share: float
    books: Sequence[Books]
    months: Sequence[Books]
    factors: Floats


def given_share(results: Results, scenario: str) -> float:
    """Give the share of freed bed-days that fill again, as the model says it; nought where it does not."""
    refill = results.models[scenario].refill
    return 0.0 if refill is None else float(refill.share.value)


def at_each_draw(
    found: Gathering, results: Results, *, scenario: str, share: float
) -> Iterator[tuple[Gathering, Results, float]]:
    """Give each draw with its share of refill: as it was drawn, where the model's own is asked for."""
    # A bound, none or all, is never mistaken for the given share: a value at a limit fits no law to be drawn.
    is_given = share == given_share(results, scenario)
    for one, its in found.each(results):
        yield one, its, given_share(its, scenario) if is_given else share


def factors_by_run(found: Gathering, results: Results, *, scenario: str, share: float) -> Floats:
    """Give what of each ward's freed days fills again in each run (R, W)."""
    baseline, rows = results.scenarios[0], []
    for one, _, own in at_each_draw(found, results, scenario=scenario, share=share):
        after = after_refill(one, scenario, baseline=baseline, share=own)
        rows += [after.factors] * len(after.books)
    return np.array(rows)


def after_refill(found: Gathering, scenario: str, *, baseline: str, share: float) -> After:
    """Give a scenario after refill by a share; the baseline, and worlds without wards, as they were."""
    here, there = found.scenarios[scenario], found.scenarios[baseline]
    beds = here.books[0].beds if here.books else None
    if scenario == baseline or beds is None or there.books[0].beds is None:
        return After(share=share, books=here.books, months=here.months, factors=np.zeros(0))
    factors = refill_factors(mean_freed(here.books, there.books), wards=beds.wards, share=share)
    years, months = (_shares_of(here, by=by) for by in (year_ends, month_ends))
    fills = filling(here.books, there.books, factors=factors, years=years)
    return After(
        share=share,
        books=_all_refilled(here.books, there.books, fills=fills, spans=years),
        months=_all_refilled(here.months, there.months, fills=fills, spans=months),
        factors=factors,
    )


def mean_freed(here: Sequence[Books], there: Sequence[Books]) -> Mapping[str, float]:
    """Give the place-days of each ward freed over the window, on the mean over replications."""
    freed = [
        freed_days(one.beds, other.beds)
        for one, other in zip(here, there, strict=True)
        if one.beds is not None and other.beds is not None
    ]
    beds = here[0].beds
    assert beds is not None
    return dict(zip((ward.name for ward in beds.wards), np.mean(freed, axis=0).tolist(), strict=True))


def settled_after(found: Gathering, results: Results) -> Mapping[str, Sequence[Settled]]:
    """Settle every contract in every scenario after refill by the model's own share, as each draw has it."""
    baseline = results.scenarios[0]
    return {
        scenario: found.scenarios[baseline].settled
        if scenario == baseline
        else [
            settled
            for one, its in found.each(results)
            for after in (after_refill(one, scenario, baseline=baseline, share=given_share(its, scenario)),)
            for settled in settled_at(one, its, scenario=scenario, after=after)
        ]
        for scenario in results.scenarios
    }


def settled_at(found: Gathering, results: Results, *, scenario: str, after: After) -> Sequence[Settled]:
    """Settle every contract in one scenario after refill, against the baseline's books."""
    plans = found.scenarios[results.scenarios[0]].books
    in_force = contract_in_force(results, scenario)
    return [
        settle_all(books, plan=plan, model=results.models[scenario], in_force=in_force)
        for books, plan in zip(after.books, plans, strict=True)
    ]


def _all_refilled(
    here: Sequence[Books], there: Sequence[Books], *, fills: Filling, spans: Floats
) -> Sequence[Books]:
    pairs = zip(here, there, strict=True)
    return [refilled(one, other, filling=fills, spans=spans) for one, other in pairs]


def _shares_of(gathered: Gathered, *, by: object) -> Floats:
    """Give the part of what each period changes that lies in each year, or month, of the window."""
    assert callable(by)
    frame = gathered.frame
    lengths: Periods = frame.periods
    ends = by(frame.window_starts, lengths.window_seconds)
    return year_shares(frame.seconds, ends, during=differing(gathered.since))
