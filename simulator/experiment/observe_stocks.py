"""Reduce a run of the network as stocks to what is kept of it: the same observation, in parts of heads."""

from collections.abc import Callable, Mapping
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from simulator.accounts import scheme_pence
from simulator.accounts.scheme_cost import ENROLMENTS
from simulator.compiler.program import Program
from simulator.engines.network.clocks import span_bins, spans
from simulator.engines.network.network import Network
from simulator.engines.network.rows import activity_series
from simulator.engines.network.spans import wait_law
from simulator.engines.open_readings import reading_seconds
from simulator.engines.records import ACTIVE_AREA, STARTS, WAITED, WAITING_AREA
from simulator.experiment.befallen_cost import befallen_pence
from simulator.experiment.local_series import LocalSeries, local_series
from simulator.experiment.observation import Observation
from simulator.experiment.observe import stock_series
from simulator.experiment.payers import has_moving_shares
from simulator.experiment.stocks_writing import Writing

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# Rows of which less than this many heads are seen in the window are left out.
NEXT_TO_NOBODY = 1e-6
# A mean daily count stands for a law of counts: so many of its quantiles are kept for each day.
QUANTILES = 8


def observe_stocks(network: Network, program: Program, *, scenario: str, replication: int) -> Observation:
    """Write up one run of the network as an observation."""
    run = Writing(network, program)
    return Observation(
        scenario=scenario,
        replication=replication,
        events=0,
        ring_moves=0,
        log=None,
        **rows_of(run),
        **waits_of(run),
        **clocks_of(run),
        **bins_of(run),
        **needs_of(run),
        **localities_of(run),
        **people_of(run),
        **activity_of(run),
        **resources_of(run),
        **money_of(run),
        **counts_of(run),
        **met_of(run),
        **collaborations_of(run),
    )


class Rows(TypedDict):
    """Totals of the window by row."""

    activity_row: Ints
    activity_total: Floats
    activity_pence: Floats
    contact_pence: Floats | None


def rows_of(run: Writing) -> Rows:
    """Give what happened by row in the window, where something did, and what it cost."""
    totals, pence = run.totals, run.costs.window
    seen = np.flatnonzero(np.abs(totals).max(axis=1, initial=0.0) > NEXT_TO_NOBODY)
    return Rows(
        activity_row=seen.astype(np.int64),
        activity_total=totals[seen],
        activity_pence=pence[0, seen],
        contact_pence=pence[1, seen] if has_moving_shares(run.program.prices) else None,
    )


class Waits(TypedDict):
    """Waits by row and bin."""

    wait_row: Ints
    wait_bin: Ints
    wait_count: Floats


def waits_of(run: Writing) -> Waits:
    """Give the waits of every row by bin: its share of its lane's."""
    network, places, window = run.network, run.places, run.window
    order = np.argsort(places.row, kind="stable")
    lane, share = places.lane[order], places.share[order]
    laws = np.array(
        [
            wait_law(float(window[lane, STARTS]), float(window[lane, WAITED]), counts=waits)
            for lane, waits in enumerate(network.net.waits)
        ]
    ).reshape(len(network.net.waits), -1)
    # Only bins in which some lane has anybody.
    some = np.flatnonzero((laws > NEXT_TO_NOBODY).any(axis=0))
    counts = laws[:, some][lane] * share[:, None]
    place, column = np.nonzero(counts > NEXT_TO_NOBODY)
    return Waits(wait_row=places.row[order][place], wait_bin=some[column], wait_count=counts[place, column])


class Clocks(TypedDict):
    """What clocks measured, but for the bins."""

    clock_stopped: Floats
    clock_seconds: Floats
    clock_within: Floats
    clock_series: Floats
    within_series: Floats
    open_at_close: Floats
    open_over: Floats
    open_sum: Floats
    open_over_sum: Floats
    open_readings: int


def clocks_of(run: Writing) -> Clocks:
    """Spread what clocks measured evenly over the periods: they are read over the window as a whole."""
    calendar = run.program.calendar
    measured = spans(run.program, run.spans, seconds=float(calendar.end_second - calendar.warm_up_seconds))
    readings, closes = len(reading_seconds(calendar)), len(calendar.period_close_second)
    inside = max(closes - run.first, 1)
    total = np.stack([measured.stopped.sum(axis=(1, 2)), measured.seconds.sum(axis=(1, 2))], axis=1)
    return Clocks(
        clock_stopped=measured.stopped,
        clock_seconds=measured.seconds,
        clock_within=measured.within,
        clock_series=np.tile(total / inside, (closes, 1, 1)),
        within_series=np.tile(measured.within.sum(axis=(1, 2)) / inside, (closes, 1)),
        open_at_close=np.tile(measured.open, (closes, 1)),
        open_over=np.tile(measured.over, (closes, 1)),
        open_sum=measured.open * readings,
        open_over_sum=measured.over * readings,
        open_readings=readings,
    )


class Bins(TypedDict):
    """What clocks measured, by bin."""

    clock_bins: Floats


def bins_of(run: Writing) -> Bins:
    """Give what clocks measured by bin."""
    return Bins(clock_bins=span_bins(run.program, run.spans))


class Needs(TypedDict):
    """What became of needs."""

    need_happened: Floats
    need_induced: Floats
    need_displaced: Floats
    need_averted: Floats
    need_series: Floats
    averted_series: Floats


def needs_of(run: Writing) -> Needs:
    """Give what became of needs over the window, and by period."""
    tally, first = run.network.tally, run.first
    happened = tally.happened[first:].sum(axis=0)
    return Needs(
        need_happened=happened,
        need_induced=tally.induced[first:].sum(axis=0),
        need_displaced=_over_people(tally.displaced[first:].sum(axis=0), happened),
        need_averted=tally.averted[first:].sum(axis=0),
        need_series=np.stack(
            [tally.happened.sum(axis=(2, 3)), tally.induced.sum(axis=(2, 3)), tally.displaced], axis=2
        ),
        averted_series=tally.averted.sum(axis=2),
    )


def localities_of(run: Writing) -> LocalSeries:
    """Give what is kept by locality; nothing where nobody asks."""
    amounts, tally = run.costs.amounts, run.network.tally
    if amounts is None:
        return {}
    befallen = tally.befallen if run.program.consequences is not None else None
    return local_series(
        run.program, amounts, happened=tally.happened, befallen=befallen, alive=tally.person_seconds
    )


class People(TypedDict):
    """What became of people."""

    person_seconds: Floats
    transitions: Floats
    people_series: Floats
    death_series: Floats
    enrolled_series: Floats
    befallen: Floats | None


def people_of(run: Writing) -> People:
    """Give what became of people over the window, and by period."""
    tally, first = run.network.tally, run.first
    return People(
        person_seconds=tally.person_seconds[first:].sum(axis=0),
        transitions=tally.transitions[first:].sum(axis=0),
        people_series=tally.person_seconds.sum(axis=2),
        death_series=tally.transitions[:, :, -1] + tally.in_care[:, :, -1],
        enrolled_series=tally.enrolled,
        befallen=tally.befallen if run.program.consequences is not None else None,
    )


class Activity(TypedDict):
    """Activity by period."""

    activity_series: Floats
    move_series: Floats
    exit_series: Floats


def activity_of(run: Writing) -> Activity:
    """Give activity by period."""
    tally = run.network.tally
    series = activity_series(run.program, run.network.laid, tally=tally)
    return Activity(activity_series=series, move_series=tally.moves, exit_series=_exits(series, tally.exits))


class Resources(TypedDict):
    """Resources by period, and starts in places of partners."""

    resource_series: Floats
    helped_series: Floats | None


def resources_of(run: Writing) -> Resources:
    """Give the series of resources, places lent counted where they came from, and starts there (P, B)."""
    return Resources(resource_series=run.help.resources, helped_series=run.help.starts)


class Money(TypedDict):
    """Money by period."""

    cost_series: Floats
    scheme_series: Floats


def money_of(run: Writing) -> Money:
    """Give what activity and schemes cost by period."""
    costs = run.costs.series if run.help.pence is None else run.costs.series + run.help.pence
    befallen = befallen_pence(run.program, run.network.tally.befallen)
    return Money(cost_series=costs + befallen, scheme_series=_schemes(run.program, run.network))


class Counted(TypedDict):
    """What was counted at moments."""

    hour_sums: Floats
    hour_counts: Floats
    count_days: Ints
    instants: Floats


def counts_of(run: Writing) -> Counted:
    """Give what was counted at moments."""
    net = run.network.net
    return Counted(
        hour_sums=net.hours,
        hour_counts=net.hour_counts,
        count_days=_count_days(run.program, run.network),
        instants=net.looked[run.network.laid.grid.instant_look],
    )


class Met(TypedDict):
    """What was met of stocks of a file."""

    stock_mean: Floats | None
    stock_series: Floats | None


def met_of(run: Writing) -> Met:
    """Give what was met of stocks of a file."""
    met = run.met
    return Met(
        stock_mean=None if met is None else met.stock_mean,
        stock_series=None if met is None else stock_series(met, run.program),
    )


class Collaborations(TypedDict):
    """What came of collaborations on which losses feed back."""

    collaboration_path: Floats | None
    member_loss: Floats | None


def collaborations_of(run: Writing) -> Collaborations:
    """Give what came of collaborations, where losses feed back on them."""
    monthly = run.network.monthly
    found = None if monthly is None else monthly.records()
    return Collaborations(
        collaboration_path=None if found is None else found.path,
        member_loss=None if found is None else found.loss,
    )


# Each part of an observation, and what is in it.
PARTS: Mapping[Callable[[Writing], Mapping[str, object]], type] = {
    rows_of: Rows,
    waits_of: Waits,
    clocks_of: Clocks,
    bins_of: Bins,
    needs_of: Needs,
    localities_of: LocalSeries,
    people_of: People,
    activity_of: Activity,
    resources_of: Resources,
    money_of: Money,
    counts_of: Counted,
    met_of: Met,
    collaborations_of: Collaborations,
}


def _over_people(total: Floats, happened: Floats) -> Floats:
    """Spread totals by need (N) over segments and homes as the needs themselves are (N, S, H)."""
    below = np.maximum(happened.sum(axis=(1, 2), keepdims=True), 1e-12)
    return np.asarray(happened / below * total[:, None, None])


def _exits(series: Floats, exits: Floats) -> Floats:
    """Give cases that left and their seconds in the system: everybody's person-seconds in the period."""
    inside = series[:, :, WAITING_AREA].sum(axis=1) + series[:, :, ACTIVE_AREA].sum(axis=1)
    return np.stack([exits, inside], axis=1)


def _schemes(program: Program, network: Network) -> Floats:
    """Price the schemes themselves; enrolments in parts of people."""
    none = np.zeros(0, dtype=np.int64)
    found = scheme_pence(
        program.interventions,
        closes=program.calendar.period_close_second,
        enrolled_area=network.tally.enrolled,
        enrolled_at=none,
        enrolled_in=none,
    )
    found[:, :, ENROLMENTS] += network.tally.newly * program.interventions.enrolment_pence
    return found


def _count_days(program: Program, network: Network) -> Ints:
    """Give daily counts: quantiles around each day's mean, from which centiles can be read."""
    counts, looked, inside = program.counts, network.net.looked, network.net.looked_in
    columns = []
    for count in range(len(program.names.counts)):
        look = network.laid.grid.count_look[:, count]
        mean = np.zeros(len(look))
        most = 0.0
        first, last = counts.resource_first[count : count + 2]
        for resource in counts.resource[first:last].tolist():
            mean += looked[look, resource, 0]
            places = int(program.resources.capacity[resource])
            most += places if places > 0 else np.inf
        first, last = counts.activity_first[count : count + 2]
        for activity in counts.activity[first:last].tolist():
            mean += inside[look][:, network.laid.lanes.activity == activity].sum(axis=1)
            most = np.inf
        columns.append(_around(mean, most))
    shape = (len(network.laid.grid.count_look) * QUANTILES, len(columns))
    return np.array(columns, dtype=np.int64).T if columns else np.zeros(shape, dtype=np.int64)


def _around(mean: Floats, most: float) -> Ints:
    """Give quantiles of a normal law around each mean: as wide as Poisson where there is room.

    Near a limit the spread is that of the free places.
    """
    from scipy.special import ndtri

    score = ndtri((np.arange(QUANTILES) + 0.5) / QUANTILES)
    free = np.maximum(most - mean, 0.25) if np.isfinite(most) else mean
    deviation = np.sqrt(np.maximum(np.minimum(mean, np.square(free)), 0.0))
    found = mean[:, None] + deviation[:, None] * score[None, :]
    return np.asarray(np.maximum(np.rint(found), 0).ravel(), dtype=np.int64)
