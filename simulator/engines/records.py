"""What one run leaves behind: counts and person-seconds by period.

Nothing in it depends on how it was computed.

An event counts in the period of its second; person-seconds are split at period ends. Periods include those of
warm-up. Row ``row`` of activity ``a``, group ``g``, home ``h`` is ``Program.activities.row[a, g] + h``.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

# Bits of a candidate's fate; one that is induced happened too, one that is averted did not.
HAPPENED, INDUCED, AVERTED = 1, 2, 4

# Fields of an activity row.
(
    ARRIVALS,
    STARTS,
    LEAVES,  # places left (an activity without a resource is left too)
    REFUSED,
    GAVE_UP,
    DIED,  # died while waiting or in it, outside its routes
    INTERRUPTED,
    WAITED,  # starts after a wait of a second or more
    WAIT_SECONDS,  # of those who started, added at the start
    GAVE_UP_SECONDS,  # what those who gave up had waited
    LEFT_WAIT_SECONDS,  # what those who left had waited before they started
    STAY_SECONDS,  # start to leaving the place, added on leaving
    KEPT_STAY_SECONDS,  # of it, after the activity was over
    WAITING_AREA,  # person-seconds waiting (holding a place elsewhere or not)
    ACTIVE_AREA,  # person-seconds from start to the activity's end
    KEPT_AREA,  # person-seconds in the place after the activity was over
    ACTIVITY_FIELDS,
) = range(17)

# Fields of a resource.
(
    USED_AREA,  # place-seconds holding somebody
    RESOURCE_KEPT_AREA,  # of them, kept after the activity was over (or for one held in place)
    TURNING_AREA,
    QUEUE_AREA,  # person-seconds waiting for it
    AVAILABLE_AREA,  # capacity integrated (0 throughout where there is no limit)
    OVERTIME_AREA,  # place-seconds used beyond capacity
    FULL_AREA,  # seconds open in which nobody more could start for want of a free place
    OPEN_AREA,  # seconds open: with a place at least, in use or not
    RESOURCE_FIELDS,
) = range(9)

WAIT_BINS = 512  # bin 0: no wait; bin b >= 1: [2^((b-1)/16), 2^(b/16)) seconds


class Outcome(Enum):
    """Why a run ended."""

    COMPLETED = "completed"
    RING = "ring"
    EVENT_BUDGET = "event_budget"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRecords:
    """Activities. Sparse series: only rows in which something was not nought.

    ``period``, ``row`` (K) and ``values`` (K, ACTIVITY_FIELDS), ascending by (period, row). ``wait_bins``
    (rows, WAIT_BINS): waits of those who started inside the window (after warm-up), counted by bin.
    """

    period: Ints
    row: Ints
    values: Ints
    wait_bins: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRecords:
    """Resources: ``values`` (periods, R, RESOURCE_FIELDS).

    ``hour_sums`` (R, 168, 3): used, kept and waiting summed over the clock hours (Monday 00:00 first) of the
    window, read at each hour's first second before its events; ``hour_counts`` (168). ``count_days`` (days of
    window, counts) each daily count; ``instants`` (instants, R, 2) used and waiting.
    """

    values: Ints
    hour_sums: Ints
    hour_counts: Ints
    count_days: Ints
    instants: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRecords:
    """Clocks by group and home, of the window. ``stopped``/``seconds`` (clocks, G, H + 1); ``within``
    (targets, G, H + 1); ``bins`` (clocks, G, WAIT_BINS); ``series`` (periods, clocks, 2) stopped and seconds;
    ``within_series`` (periods, targets); ``open_at_close`` (periods, clocks) and ``open_over`` (periods,
    targets): still open at each period close, for charts by period.

    What the measures read must not depend on the periods: ``open_sum`` (clocks) how many were open, and
    ``open_over_sum`` (targets) how many of them for longer than the target, summed over the
    ``open_readings`` moments of ``engines/open_readings.py``. Each is read in phase 0, before a period that
    closes at the same second (and before the rings that are looked for then).
    """

    stopped: Ints
    seconds: Ints
    within: Ints
    bins: Ints
    series: Ints
    within_series: Ints
    open_at_close: Ints
    open_over: Ints
    open_sum: Ints
    open_over_sum: Ints
    open_readings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRecords:
    """Needs: ``happened``, ``induced``, ``displaced`` (periods, N, S, H); ``averted`` (periods, N, S, I) as
    float: shares of those that pull.

    ``fate``: one array a calendar year of the run, a byte a candidate in the order of ``Demand.year``:
    ``HAPPENED``, ``HAPPENED | INDUCED`` or ``AVERTED`` (only an effect kept it from happening), else 0.
    Candidates before the end of warm-up have 0, whatever became of them.
    """

    happened: Ints
    induced: Ints
    displaced: Ints
    averted: NDArray[np.float64]
    fate: tuple[Bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRecords:
    """People: ``person_seconds`` (periods, S, H); ``at_close`` (periods, S); ``transitions`` (periods, S, S +
    1), the last column deaths by hazard; ``deaths_in_care`` (periods, S) by route ``died``; ``use`` (N,
    quarters, people) needs that happened by quarter of 13 weeks (uint16; quarter 0 of the axis is the first,
    partial or not, of the run), for the needs some intervention's eligibility reads (others: no row, see
    ``use_need``); ``address`` (people) of persons in the order of ``use``; ``befallen`` (periods, K, S, H)
    whom each row of ``Consequences`` befell."""

    person_seconds: Ints
    at_close: Ints
    transitions: Ints
    deaths_in_care: Ints
    use: NDArray[np.uint16]
    use_need: Ints
    address: Ints
    befallen: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentRecords:
    """Each enrolment: ``person`` (place in ``PeopleRecords.address``), ``intervention``, ``second``,
    ``left_second`` (-1 still enrolled), ``nth``; and ``enrolled_area`` (periods, I) person-seconds,
    ``offered``/``moved`` (periods, ways): moves drawn, and those that found a place; then, by effect on a
    share and either way (``compiler/sent.py``), those it sent another way, for which no place is asked."""

    person: Ints
    intervention: Ints
    second: Ints
    left_second: Ints
    nth: Ints
    enrolled_area: Ints
    offered: Ints
    moved: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRecords:
    """What partners do under pacts: ``values`` (periods, B, G, 2) starts, and seconds in their places; B
    cells as in ``Program.pacts``, G the group of the case when it started."""

    values: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLog:
    """Every event of every (or chosen) case, in order of happening: the two engines are compared on this.

    ``what`` is one of ``LOG_*`` in ``log.py``; ``person`` -1 for a referral; ``case`` the id; ``number`` in
    order of opening; ``activity`` and ``resource`` or -1; ``klass`` of the case.
    """

    second: Ints
    what: Ints
    person: Ints
    case: Ints
    number: Ints
    activity: Ints
    resource: Ints
    klass: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRecords:
    """Stocks that met the people of a run: the first exchange at or after each period close.

    ``second`` (X); ``stocks`` (X, stocks) by name, ``reads`` (X, K), ``drives`` (X, D), as they were when
    levels had been handed back. ``stock_mean`` (stocks): over the exchanges after warm-up. ``taken`` and
    ``returned`` (B): heads that crossed. ``price_means`` (periods, driven prices): what each price was
    multiplied by, the mean over the period.
    """

    second: Ints
    stocks: NDArray[np.float64]
    reads: NDArray[np.float64]
    drives: NDArray[np.float64]
    stock_mean: NDArray[np.float64]
    taken: Ints | NDArray[np.float64]
    returned: Ints | NDArray[np.float64]
    price_means: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationRecords:
    """What came of collaborations in a run whose losses feed back.

    ``path`` (C, W, V) as in ``Program.collaborations``, losses included; ``loss`` (months, O): what each
    organisation lost in a month that nobody made good, by its turnover in it.
    """

    path: NDArray[np.float64]
    loss: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One replication of one scenario."""

    fingerprint: str
    engine: str
    seed: int
    replication: int
    outcome: Outcome
    events: int
    ring_moves: int
    exits: Ints  # (periods, 2): cases that left the system, and their seconds in it
    activities: ActivityRecords
    resources: ResourceRecords
    clocks: ClockRecords
    needs: NeedRecords
    people: PeopleRecords
    enrolments: EnrolmentRecords
    log: EventLog | None
    exchange: ExchangeRecords | None = None
    collaboration: CollaborationRecords | None = None
    helped: HelpRecords | None = None
