"""Reduce a run of the network as stocks to what is kept of it: the same observation, in parts of heads."""

from dataclasses import replace
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from simulator.accounts import activity_pence, driven_prices, moved_pence, scheme_pence
from simulator.accounts.scheme_cost import ENROLMENTS
from simulator.compiler.program import Program
from simulator.engines.network.clocks import Spans, spans
from simulator.engines.network.lending import helped_by_cell
from simulator.engines.network.network import Network
from simulator.engines.network.rows import (
    Places,
    activity_series,
    lane_fields,
    places_of,
    resource_series,
    row_totals,
)
from simulator.engines.network.spans import wait_law
from simulator.engines.network.tally import Tally
from simulator.engines.open_readings import reading_seconds
from simulator.engines.records import (
    ACTIVE_AREA,
    AVAILABLE_AREA,
    KEPT_AREA,
    STARTS,
    USED_AREA,
    WAITED,
    WAITING_AREA,
)
from simulator.experiment.befallen_cost import befallen_pence
from simulator.experiment.layout import Layout, layout
from simulator.experiment.local_series import Amounts, LocalSeries, local_series
from simulator.experiment.observation import Observation
from simulator.experiment.observe import stock_series
from simulator.experiment.payers import has_moving_shares, pence_of_starts, shared_rows, shares_of
from simulator.experiment.window import periods

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# Rows of which less than this many heads are seen in the window are left out.
NEXT_TO_NOBODY = 1e-6
# A mean daily count stands for a law of counts: so many of its quantiles are kept for each day.
QUANTILES = 8


def observe_stocks(network: Network, program: Program, *, scenario: str, replication: int) -> Observation:
    """Write up one run of the network as an observation."""
    met = None if network.meeting is None else network.meeting.records()
    means = None if met is None else met.price_means
    program = replace(program, prices=driven_prices(program.prices, program.exchange, means=means))
    first = periods(program.calendar).first
    tally, laid = network.tally, network.laid
    window = tally.lanes[first:].sum(axis=0)
    places = places_of(program, laid, tally=tally)
    totals = row_totals(program, places, lanes=window)
    seen = np.flatnonzero(np.abs(totals).max(axis=1, initial=0.0) > NEXT_TO_NOBODY)
    wait_row, wait_bin, wait_count = _waits(network, places, window=window)
    measured = spans(program, laid, tally=tally, lanes=window, seconds=_seconds(program))
    series = activity_series(program, laid, tally=tally)
    costs, pence, amounts = _costs(program, places, lanes=tally.lanes)
    resources, helped = _with_help(network, program, costs=costs)
    return Observation(
        scenario=scenario,
        replication=replication,
        events=0,
        ring_moves=0,
        activity_row=seen.astype(np.int64),
        activity_total=totals[seen],
        activity_pence=pence[0, seen],
        contact_pence=pence[1, seen] if has_moving_shares(program.prices) else None,
        wait_row=wait_row,
        wait_bin=wait_bin,
        wait_count=wait_count,
        **_of_clocks(measured, program),
        **_of_needs(tally, first=first),
        **_of_localities(program, tally, amounts=amounts),
        person_seconds=tally.person_seconds[first:].sum(axis=0),
        transitions=tally.transitions[first:].sum(axis=0),
        people_series=tally.person_seconds.sum(axis=2),
        death_series=tally.transitions[:, :, -1] + tally.in_care[:, :, -1],
        activity_series=series,
        resource_series=resources,
        enrolled_series=tally.enrolled,
        move_series=tally.moves,
        exit_series=_exits(series, tally.exits),
        cost_series=costs + befallen_pence(program, tally.befallen),
        scheme_series=_schemes(program, network),
        hour_sums=laid.net.hours,
        hour_counts=laid.net.hour_counts,
        count_days=_count_days(program, network),
        instants=laid.net.looked[laid.grid.instant_look],
        log=None,
        befallen=tally.befallen if program.consequences is not None else None,
        helped_series=helped,
        stock_mean=None if met is None else met.stock_mean,
        stock_series=None if met is None else stock_series(met, program),
    )


def _of_needs(tally: Tally, *, first: int) -> dict[str, Floats]:
    """Give what became of needs, over the window from period ``first`` on, and by period."""
    happened = tally.happened[first:].sum(axis=0)
    return {
        "need_happened": happened,
        "need_induced": tally.induced[first:].sum(axis=0),
        "need_displaced": _over_people(tally.displaced[first:].sum(axis=0), happened),
        "need_averted": tally.averted[first:].sum(axis=0),
        "need_series": np.stack(
            [tally.happened.sum(axis=(2, 3)), tally.induced.sum(axis=(2, 3)), tally.displaced], axis=2
        ),
        "averted_series": tally.averted.sum(axis=2),
    }


def _with_help(network: Network, program: Program, *, costs: Floats) -> tuple[Floats, Floats | None]:
    """Give the series of resources, places lent counted where they came from, and starts there (P, B); add
    to ``costs`` what falls on others by it."""
    resources = resource_series(program, network.laid, tally=network.tally)
    if network.lending is None or program.pacts is None:
        return resources, None
    lent = network.lending.lent_seconds
    available, used = resources[:, :, AVAILABLE_AREA], resources[:, :, USED_AREA]
    busy = np.minimum(np.divide(used, available, out=np.zeros_like(used), where=available > 0), 1.0)
    done = lent * busy[:, None, :]
    for field, moved in ((AVAILABLE_AREA, lent), (USED_AREA, done)):
        resources[:, :, field] += moved.sum(axis=2) - moved.sum(axis=1)
    helped = helped_by_cell(program, network.laid, used=done, share=network.tally.share)
    costs += moved_pence(program, program.pacts, done=helped)
    return resources, np.asarray(helped[..., 0].sum(axis=2))


def _seconds(program: Program) -> float:
    return float(program.calendar.end_second - program.calendar.warm_up_seconds)


def _waits(network: Network, places: Places, *, window: Floats) -> tuple[Ints, Ints, Floats]:
    """Give the waits of every row by bin: its share of its lane's."""
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
    return places.row[order][place], some[column], counts[place, column]


class _Clocks(TypedDict):
    clock_stopped: Floats
    clock_seconds: Floats
    clock_within: Floats
    clock_bins: Floats
    clock_series: Floats
    within_series: Floats
    open_at_close: Floats
    open_over: Floats
    open_sum: Floats
    open_over_sum: Floats
    open_readings: int


def _of_clocks(measured: Spans, program: Program) -> _Clocks:
    """Spread what clocks measured evenly over the periods: they are read over the window as a whole."""
    readings = len(reading_seconds(program.calendar))
    closes = len(program.calendar.period_close_second)
    inside = max(closes - periods(program.calendar).first, 1)
    total = np.stack([measured.stopped.sum(axis=(1, 2)), measured.seconds.sum(axis=(1, 2))], axis=1)
    return _Clocks(
        clock_stopped=measured.stopped,
        clock_seconds=measured.seconds,
        clock_within=measured.within,
        clock_bins=measured.bins,
        clock_series=np.tile(total / inside, (closes, 1, 1)),
        within_series=np.tile(measured.within.sum(axis=(1, 2)) / inside, (closes, 1)),
        open_at_close=np.tile(measured.open, (closes, 1)),
        open_over=np.tile(measured.over, (closes, 1)),
        open_sum=measured.open * readings,
        open_over_sum=measured.over * readings,
        open_readings=readings,
    )


def _over_people(total: Floats, happened: Floats) -> Floats:
    """Spread totals by need (N) over segments and homes as the needs themselves are (N, S, H)."""
    below = np.maximum(happened.sum(axis=(1, 2), keepdims=True), 1e-12)
    return np.asarray(happened / below * total[:, None, None])


def _exits(series: Floats, exits: Floats) -> Floats:
    """Give cases that left and their seconds in the system: everybody's person-seconds in the period."""
    inside = series[:, :, WAITING_AREA].sum(axis=1) + series[:, :, ACTIVE_AREA].sum(axis=1)
    return np.stack([exits, inside], axis=1)


def _amounts(program: Program, *, periods: int) -> Amounts | None:
    """Begin what is added up by locality, where a contract asks for it."""
    return None if program.by_locality is None else Amounts(program, prices=program.prices, periods=periods)


def _of_localities(program: Program, tally: Tally, *, amounts: Amounts | None) -> LocalSeries:
    """Give what is kept by locality; nothing where nobody asks."""
    if amounts is None:
        return {}
    befallen = tally.befallen if program.consequences is not None else None
    return local_series(
        program, amounts, happened=tally.happened, befallen=befallen, alive=tally.person_seconds
    )


def _costs(program: Program, places: Places, *, lanes: Floats) -> tuple[Floats, Floats, Amounts | None]:
    """Price activity in pence: by period, activity and payer; by row of the window, all and its starts; and
    by locality, where a contract asks for it."""
    amounts = _amounts(program, periods=len(lanes))
    rows, names = layout(program), program.names
    found = np.zeros((len(lanes), len(names.activities), len(names.organisations)))
    window, first = np.zeros((2, program.rows)), periods(program.calendar).first
    held = places.owner >= 0
    for period, sums in enumerate(lane_fields(lanes)):
        stay = sums[places.lane, ACTIVE_AREA] * places.inside + sums[places.lane, KEPT_AREA] * places.keeping
        kept = (sums[:, ACTIVE_AREA] + sums[:, KEPT_AREA])[places.lane[held]] * places.inside[held]
        starts = sums[places.lane, STARTS] * places.share
        pence = _priced(program, places.row, rows=rows, amounts=(starts, stay), period=period)
        more = _priced(
            program, places.owner[held], rows=rows, amounts=(np.zeros(kept.size), kept), period=period
        )
        row = np.concatenate([places.row, places.owner[held]])
        both = np.concatenate([pence, more])
        if amounts is not None:
            begun, seconds = np.concatenate([starts, np.zeros(kept.size)]), np.concatenate([stay, kept])
            when = np.full(row.size, period, dtype=np.int64)
            amounts.add(row, when, starts=begun, seconds=seconds, pence=both)
        shared = shared_rows(program.prices, rows, row=row)
        paid = (rows.payer[row] >= 0) & ~shared
        np.add.at(found[period], (rows.activity[row[paid]], rows.payer[row[paid]]), both[paid])
        if shared.any():
            every = np.concatenate([starts, np.zeros(kept.size)])
            when = np.full(row.size, period, dtype=np.int64)
            of_starts = pence_of_starts(program.prices, rows, row=row, period=when, starts=every)
            shares = shares_of(
                program.prices, rows, row=row[shared], of_starts=of_starts[shared], pence=both[shared]
            )
            np.add.at(found[period], rows.activity[row[shared]], both[shared, None] * shares)
            window[1] += np.bincount(row, weights=of_starts * (period >= first), minlength=program.rows)
        if period >= first:
            window[0] += np.bincount(row, weights=both, minlength=program.rows)
    return found, window, amounts


def _priced(
    program: Program, row: Ints, *, rows: Layout, amounts: tuple[Floats, Floats], period: int
) -> Floats:
    """Price starts and person-seconds of rows in a period."""
    return activity_pence(
        program.prices,
        period=np.full(row.size, period, dtype=np.int64),
        activity=rows.activity[row],
        group=rows.group[row],
        starts=amounts[0],
        place_seconds=amounts[1],
    )


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
