"""Reduce a run to what is kept of it."""

from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from simulator.accounts import activity_pence, driven_prices, moved_pence, scheme_pence
from simulator.compiler.program import Prices, Program
from simulator.engines.records import (
    ACTIVE_AREA,
    ACTIVITY_FIELDS,
    KEPT_AREA,
    STARTS,
    ActivityRecords,
    ExchangeRecords,
    NeedRecords,
    PeopleRecords,
    Run,
)
from simulator.engines.sums import add_rows
from simulator.experiment.befallen_cost import befallen_pence
from simulator.experiment.layout import NOWHERE, Layout, layout
from simulator.experiment.local_series import LocalSeries, local_of_run
from simulator.experiment.observation import Observation
from simulator.experiment.payers import has_moving_shares, pence_of_starts, shared_rows, shares_of
from simulator.experiment.window import periods

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def observe(run: Run, program: Program, *, scenario: str) -> Observation:
    """Add up a run over the window, keep its series by period, and let go of the rest."""
    first = periods(program.calendar).first
    return Observation(
        scenario=scenario,
        replication=run.replication,
        events=run.events,
        ring_moves=run.ring_moves,
        **_of_activities(run, program, first=first, prices=_prices(run.exchange, program)),
        **_of_needs(run.needs, first),
        **_of_people(run.people, first),
        resource_series=run.resources.values,
        hour_sums=run.resources.hour_sums,
        hour_counts=run.resources.hour_counts,
        count_days=run.resources.count_days,
        instants=run.resources.instants,
        clock_stopped=run.clocks.stopped,
        clock_seconds=run.clocks.seconds,
        clock_within=run.clocks.within,
        clock_bins=run.clocks.bins,
        clock_series=run.clocks.series,
        within_series=run.clocks.within_series,
        open_at_close=run.clocks.open_at_close,
        open_over=run.clocks.open_over,
        open_sum=run.clocks.open_sum,
        open_over_sum=run.clocks.open_over_sum,
        open_readings=run.clocks.open_readings,
        enrolled_series=run.enrolments.enrolled_area,
        scheme_series=scheme_pence(
            program.interventions,
            closes=program.calendar.period_close_second,
            enrolled_area=run.enrolments.enrolled_area,
            enrolled_at=run.enrolments.second,
            enrolled_in=run.enrolments.intervention,
        ),
        move_series=np.stack([run.enrolments.offered, run.enrolments.moved], axis=2),
        exit_series=run.exits,
        log=run.log,
        befallen=None if program.consequences is None else run.people.befallen,
        stock_mean=None if run.exchange is None else run.exchange.stock_mean,
        stock_series=None if run.exchange is None else stock_series(run.exchange, program),
        collaboration_path=None if run.collaboration is None else run.collaboration.path,
        member_loss=None if run.collaboration is None else run.collaboration.loss,
        helped_series=None if run.helped is None else run.helped.values[..., 0].sum(axis=2),
    )


class _Activities(LocalSeries, total=True):
    activity_row: Ints
    activity_total: Ints
    activity_pence: Floats
    contact_pence: Floats | None
    activity_series: Ints
    cost_series: Floats
    wait_row: Ints
    wait_bin: Ints
    wait_count: Ints


class _Needs(TypedDict):
    need_happened: Ints
    need_induced: Ints
    need_displaced: Ints
    need_averted: Floats
    need_series: Ints
    averted_series: Floats


class _People(TypedDict):
    person_seconds: Ints
    transitions: Ints
    people_series: Ints
    death_series: Ints


def _prices(records: ExchangeRecords | None, program: Program) -> Prices:
    """Give what activity costs, as the stocks left it."""
    means = None if records is None else records.price_means
    return driven_prices(program.prices, program.exchange, means=means)


def _of_activities(run: Run, program: Program, *, first: int, prices: Prices) -> _Activities:
    """Add up activity records by row over the window, and by period and activity."""
    rows, records = layout(program), run.activities
    total = np.zeros((program.rows, ACTIVITY_FIELDS), dtype=np.int64)
    add_rows(total, np.where(records.period >= first, records.row, NOWHERE), records.values)
    seen = np.flatnonzero(total.any(axis=1))
    periods, activities = len(program.calendar.period_close_second), len(program.names.activities)
    series = np.zeros((periods * activities, ACTIVITY_FIELDS), dtype=np.int64)
    add_rows(series, records.period * activities + rows.activity[records.row], records.values)
    pence = _pence(records, prices, rows=rows)
    counts = records.period >= first
    of_starts = pence_of_starts(
        prices, rows, row=records.row, period=records.period, starts=records.values[:, STARTS]
    )
    costs = _cost_series(records, program, rows=rows, pence=(pence, of_starts))
    if run.helped is not None and program.pacts is not None:
        costs += moved_pence(program, program.pacts, done=run.helped.values, prices=prices)
    wait_row, wait_bin = np.nonzero(records.wait_bins)
    return _Activities(
        activity_row=seen,
        activity_total=total[seen],
        activity_pence=_by_row(pence[counts], records.row[counts], rows=program.rows)[seen],
        contact_pence=_by_row(of_starts[counts], records.row[counts], rows=program.rows)[seen]
        if has_moving_shares(prices)
        else None,
        activity_series=series.reshape(periods, activities, ACTIVITY_FIELDS),
        cost_series=costs + befallen_pence(program, run.people.befallen),
        wait_row=wait_row.astype(np.int64),
        wait_bin=wait_bin.astype(np.int64),
        wait_count=records.wait_bins[wait_row, wait_bin].astype(np.int64),
        **local_of_run(run, program, prices=prices, pence=pence),
    )


def _by_row(values: Floats, row: Ints, *, rows: int) -> Floats:
    """Add values up by row."""
    return np.asarray(np.bincount(row, weights=values, minlength=rows), np.float64)


def _pence(records: ActivityRecords, prices: Prices, *, rows: Layout) -> Floats:
    """Price each record, in pence."""
    return activity_pence(
        prices,
        period=records.period,
        activity=rows.activity[records.row],
        group=rows.group[records.row],
        starts=records.values[:, STARTS],
        place_seconds=records.values[:, ACTIVE_AREA] + records.values[:, KEPT_AREA],
    )


def _cost_series(
    records: ActivityRecords, program: Program, *, rows: Layout, pence: tuple[Floats, Floats]
) -> Floats:
    """Add up each period's cost by activity and paying organisation: of all, with what its starts cost."""
    names = program.names
    whole, of_starts = pence
    shape = (len(program.calendar.period_close_second), len(names.activities), len(names.organisations))
    shared = shared_rows(program.prices, rows, row=records.row)
    paid = (rows.payer[records.row] >= 0) & ~shared
    row = records.row[paid]
    place = (records.period[paid] * shape[1] + rows.activity[row]) * shape[2] + rows.payer[row]
    size = shape[0] * shape[1] * shape[2]
    found = np.asarray(np.bincount(place, weights=whole[paid], minlength=size), np.float64).reshape(shape)
    if shared.any():
        row, cost = records.row[shared], whole[shared]
        shares = shares_of(program.prices, rows, row=row, of_starts=of_starts[shared], pence=cost)
        np.add.at(found, (records.period[shared], rows.activity[row]), cost[:, None] * shares)
    return found


def stock_series(records: ExchangeRecords, program: Program) -> Floats:
    """Give what there is of each stock when a period closes, or as soon after it as there is an exchange."""
    closes = program.calendar.period_close_second
    if not len(records.second):
        return np.full((len(closes), records.stocks.shape[1]), np.nan)
    rows = np.searchsorted(records.second, closes)
    return np.asarray(records.stocks[np.minimum(rows, len(records.second) - 1)])


def _of_needs(records: NeedRecords, first: int) -> _Needs:
    """Add up needs over the window by segment and home, and by period."""
    by_period = [one.sum(axis=(2, 3)) for one in (records.happened, records.induced, records.displaced)]
    return _Needs(
        need_happened=records.happened[first:].sum(axis=0),
        need_induced=records.induced[first:].sum(axis=0),
        need_displaced=records.displaced[first:].sum(axis=0),
        need_averted=records.averted[first:].sum(axis=0),
        need_series=np.stack(by_period, axis=2),
        averted_series=records.averted.sum(axis=2),
    )


def _of_people(records: PeopleRecords, first: int) -> _People:
    """Add up people over the window by segment and home, and by period."""
    return _People(
        person_seconds=records.person_seconds[first:].sum(axis=0),
        transitions=records.transitions[first:].sum(axis=0),
        people_series=records.person_seconds.sum(axis=2),
        death_series=records.transitions[:, :, -1] + records.deaths_in_care,
    )
