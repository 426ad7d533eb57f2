"""What is kept of a run: totals of the window and series by period, small enough to store.

A worker reduces each ``Run`` to an ``Observation`` and drops the run. Every measure is read from
observations, so a measure asked for later needs no further run.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.engines.records import EventLog

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
# Whole numbers where people are counted one by one; parts of heads where they are stocks.
Counts = Ints | Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One replication of one scenario, reduced.

    Shapes use the letters of ``compiler/program.py``; K counts entries of a sparse table.

    *Totals of the window* (after warm-up): ``activity_row`` (K), ``activity_total`` (K, ACTIVITY_FIELDS)
    and ``activity_pence`` (K) what it costs, for the rows ``Program.activities.row[a, g] + h`` in which
    something happened (``contact_pence`` what of it starts do, kept where prices change of what several pay
    for); ``wait_row``, ``wait_bin``, ``wait_count`` (K) the waits of those who started;
    ``clock_stopped`` and ``clock_seconds`` (clocks, G, H + 1), ``clock_within`` (targets, G, H + 1),
    ``clock_bins`` (clocks, G, bins); ``open_sum`` (clocks) and ``open_over_sum`` (targets) over
    ``open_readings`` readings; ``need_happened``, ``need_induced``, ``need_displaced`` (N, S, H),
    ``need_averted`` (N, S, I); ``person_seconds`` (S, H); ``transitions`` (S, S + 1) deaths by hazard last.

    *Series over all periods*, warm-up included: ``activity_series`` (periods, A, ACTIVITY_FIELDS),
    ``resource_series`` (periods, R, RESOURCE_FIELDS), ``clock_series`` (periods, clocks, 2) stopped and
    seconds, ``within_series``, ``open_at_close``, ``open_over``, ``need_series`` (periods, N, 3) happened,
    induced, displaced; ``averted_series`` (periods, N, I); ``people_series`` (periods, S) person- seconds,
    ``death_series`` (periods, S) by hazard and in care, ``enrolled_series`` (periods, I) person-seconds,
    ``move_series`` (periods, ways, 2) offered and moved, ``exit_series`` (periods, 2) cases and their
    seconds; ``cost_series`` (periods, A, organisations) variable cost in pence, ``scheme_series`` (periods,
    I, 3) what each scheme itself costs in pence: to set up, for places, for enrolments.

    *Of stocks that people met*, absent where they met none: ``stock_mean`` (stocks) over the window,
    ``stock_series`` (periods, stocks) at the first exchange not before each close.

    *Of collaborations*, absent where losses do not feed back: ``collaboration_path`` (C, W, V) and
    ``member_loss`` (months, O) as in ``CollaborationRecords``.

    ``befallen`` (periods, K, S, H) by each row of ``Program.consequences``, absent where there are none.

    *Of each locality* (L), absent where no contract asks: ``local_cost_series`` (periods, L, A,
    organisations), ``local_series`` (periods, L, A, 2) starts and person-seconds in the place,
    ``local_need_series`` (periods, L, N) and ``local_people_series`` (periods, L) person-seconds.

    *Of partners*, absent where nobody shares: ``helped_series`` (periods, B) starts in partners' places.

    *Of the window as the run left them*: ``hour_sums``, ``hour_counts``, ``count_days``, ``instants``
    (``engines/records.py``).
    """

    scenario: str
    replication: int
    events: int
    ring_moves: int
    activity_row: Ints
    activity_total: Counts
    activity_pence: Floats
    wait_row: Ints
    wait_bin: Ints
    wait_count: Counts
    clock_stopped: Counts
    clock_seconds: Counts
    clock_within: Counts
    clock_bins: Counts
    need_happened: Counts
    need_induced: Counts
    need_displaced: Counts
    need_averted: Floats
    person_seconds: Counts
    transitions: Counts
    activity_series: Counts
    resource_series: Counts
    clock_series: Counts
    within_series: Counts
    open_at_close: Counts
    open_over: Counts
    open_sum: Counts
    open_over_sum: Counts
    open_readings: int
    need_series: Counts
    averted_series: Floats
    people_series: Counts
    death_series: Counts
    enrolled_series: Counts
    move_series: Counts
    exit_series: Counts
    cost_series: Floats
    scheme_series: Floats
    hour_sums: Counts
    hour_counts: Counts
    count_days: Ints
    instants: Counts
    log: EventLog | None
    stock_mean: Floats | None = None
    stock_series: Floats | None = None
    collaboration_path: Floats | None = None
    member_loss: Floats | None = None
    befallen: Counts | None = None
    helped_series: Counts | None = None
    contact_pence: Floats | None = None
    local_cost_series: Floats | None = None
    local_series: Floats | None = None
    local_need_series: Floats | None = None
    local_people_series: Floats | None = None
