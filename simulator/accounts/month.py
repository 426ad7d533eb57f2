"""What one month of a world came to: from what a run had added up at its ends to a row of the books."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.accounts.activity_cost import contact_and_day
from simulator.accounts.books import Books
from simulator.accounts.scheme_cost import Counts, between_pence
from simulator.compiler.program import Floats, Ints, Program
from simulator.units import SECONDS_A_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a run has added up since it began: whole numbers where people are followed, parts of heads where
    they are counted.

    ``starts`` and ``place_seconds`` (rows), ``needs`` (N) that happened, ``alive`` person-seconds, and by
    scheme (I) ``enrolled`` person-seconds and ``enrolments``.
    """

    second: int
    starts: Counts
    place_seconds: Counts
    needs: Counts
    alive: float
    enrolled: Counts
    enrolments: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRows:
    """Which activity and group each row of records is of, and who pays for it (-1: nobody)."""

    activity: Ints
    group: Ints
    payer: Ints


def record_rows(program: Program) -> RecordRows:
    """Lay out the rows of records of a program."""
    homes = len(program.names.homes) + 1
    places = np.argwhere(program.activities.row >= 0)
    first = program.activities.row[places[:, 0], places[:, 1]]
    activity, group, home = (np.zeros(program.rows, dtype=np.int64) for _ in range(3))
    for step in range(homes):
        activity[first + step], group[first + step], home[first + step] = places[:, 0], places[:, 1], step
    payer = program.prices.payer[activity, program.activities.resource[activity, home]]
    return RecordRows(activity=activity, group=group, payer=payer)


def month_books(program: Program, rows: RecordRows, *, before: Totals, now: Totals, share: float) -> Books:
    """Give the books of the time between two moments: one row, in pence.

    Prices are those of the period in which the time begins: trends change them; interventions and stocks that
    would are refused beside a feedback of losses.
    """
    names, span = program.names, slice(before.second, now.second)
    starts = now.starts - before.starts
    of_activity = _by_activity(program, rows, starts=starts)
    needs = (now.needs - before.needs).astype(np.float64)
    return Books(
        organisations=names.organisations,
        activities=names.activities,
        share=share,
        seconds=np.array([float(span.stop - span.start)]),
        activity=_cost(program, rows, before=before, now=now)[None],
        schemes=_schemes(program, before, now=now)[None],
        overheads=_overheads(program, span)[None],
        overhead_names=names.overheads,
        starts={name: of_activity[place : place + 1] for place, name in enumerate(names.activities)},
        cases={name: needs[place : place + 1] for place, name in enumerate(names.needs)},
        people=np.array([float(now.alive - before.alive)]),
    )


def _by_activity(program: Program, rows: RecordRows, *, starts: Counts) -> Floats:
    """Add starts up by activity (A)."""
    found = np.bincount(rows.activity, weights=starts, minlength=len(program.names.activities))
    return np.asarray(found, dtype=np.float64)


def _cost(program: Program, rows: RecordRows, *, before: Totals, now: Totals) -> Floats:
    """Price starts and days by activity and who pays (A, O)."""
    shape = len(program.names.activities), len(program.names.organisations)
    prices, closes = program.prices, program.calendar.period_close_second
    starts, seconds = now.starts - before.starts, now.place_seconds - before.place_seconds
    period = np.full(len(rows.activity), np.searchsorted(closes, before.second, side="right"))
    contact, day = contact_and_day(prices, period=period, activity=rows.activity, group=rows.group)
    of_starts, of_days = contact * starts, day * seconds / SECONDS_A_DAY
    shared = np.isin(rows.activity, prices.shared)
    paid = (rows.payer >= 0) & ~shared
    place = rows.activity[paid] * shape[1] + rows.payer[paid]
    weights = (of_starts + of_days)[paid]
    found = np.bincount(place, weights=weights, minlength=shape[0] * shape[1]).reshape(shape)
    if shared.any():
        row = np.searchsorted(prices.shared, rows.activity[shared])
        by_payer = of_starts[shared, None] * prices.contact_shares[row]
        by_payer += of_days[shared, None] * prices.day_shares[row, rows.group[shared]]
        np.add.at(found, rows.activity[shared], by_payer)
    return np.asarray(found, dtype=np.float64)


def _schemes(program: Program, before: Totals, *, now: Totals) -> Floats:
    """Give what the interventions themselves cost their leads (O)."""
    found = np.zeros(len(program.names.organisations))
    cost = between_pence(
        program.interventions,
        span=slice(before.second, now.second),
        enrolled=now.enrolled - before.enrolled,
        enrolments=now.enrolments - before.enrolments,
    )
    has_lead = program.interventions.lead >= 0
    np.add.at(found, program.interventions.lead[has_lead], cost[has_lead])
    return found


def _overheads(program: Program, span: slice) -> NDArray[np.float64]:
    """Give what is spent by function (F) between two moments: evenly over each period."""
    closes = np.concatenate([[0], program.calendar.period_close_second])
    spent = np.vstack([np.zeros(program.prices.overheads.shape[1]), program.prices.overheads]).cumsum(axis=0)
    lines = [np.diff(np.interp([span.start, span.stop], closes, line))[0] for line in spent.T]
    return np.array(lines, dtype=np.float64)
