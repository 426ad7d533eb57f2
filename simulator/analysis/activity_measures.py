"""Measures of activities: who came, how long they waited, how long they stayed."""

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.bins import centile, share_over
from simulator.analysis.ratios import Ratio, over
from simulator.analysis.reading import Reading
from simulator.engines.records import (
    ACTIVE_AREA,
    ARRIVALS,
    GAVE_UP,
    GAVE_UP_SECONDS,
    KEPT_AREA,
    KEPT_STAY_SECONDS,
    LEAVES,
    LEFT_WAIT_SECONDS,
    REFUSED,
    STARTS,
    STAY_SECONDS,
    WAIT_SECONDS,
    WAITED,
    WAITING_AREA,
)
from simulator.experiment.measure_names import MeasureName
from simulator.units import SECONDS_A_DAY

DAYS = 1 / SECONDS_A_DAY

RATIOS = {
    "arrivals_per_day": Ratio(top=(ARRIVALS,), times=SECONDS_A_DAY),
    "starts_per_day": Ratio(top=(STARTS,), times=SECONDS_A_DAY),
    "ends_per_day": Ratio(top=(LEAVES,), times=SECONDS_A_DAY),
    "wait_mean_days": Ratio(top=(WAIT_SECONDS,), bottom=(STARTS,), times=DAYS),
    # Over all arrivals whose wait is known: started, given up or refused in the window.
    "queue_time_mean_days": Ratio(
        top=(WAIT_SECONDS, GAVE_UP_SECONDS), bottom=(STARTS, GAVE_UP, REFUSED), times=DAYS
    ),
    "ended_wait_mean_days": Ratio(top=(LEFT_WAIT_SECONDS,), bottom=(LEAVES,), times=DAYS),
    "waited_share": Ratio(top=(WAITED,), bottom=(ARRIVALS,)),
    "refused_share": Ratio(top=(REFUSED,), bottom=(ARRIVALS,)),
    "gave_up_share": Ratio(top=(GAVE_UP,), bottom=(ARRIVALS,)),
    "time_mean_days": Ratio(top=(STAY_SECONDS,), bottom=(LEAVES,), times=DAYS),
    "kept_mean_days": Ratio(top=(KEPT_STAY_SECONDS,), bottom=(LEAVES,), times=DAYS),
    "in_progress_mean": Ratio(top=(ACTIVE_AREA,)),
    "waiting_mean": Ratio(top=(WAITING_AREA,)),
    "present_mean": Ratio(top=(WAITING_AREA, ACTIVE_AREA, KEPT_AREA)),
}
HELPED = "helped_per_day"
CENTILES = {"wait_p50_days": 0.50, "wait_p90_days": 0.90, "wait_p95_days": 0.95}


def activity_value(reading: Reading, name: MeasureName) -> float:
    """Read a measure of an activity over the window."""
    activity = reading.frame.program.names.activities.index(name.subject)
    if name.what in CENTILES:
        return centile(reading.waits(activity, name.cuts), CENTILES[name.what]) / SECONDS_A_DAY
    if name.what == HELPED:
        return float(_helped(reading, activity).sum()) / reading.window_seconds * SECONDS_A_DAY
    if name.what == "waits_over":
        return share_over(reading.waits(activity, name.cuts), float(name.seconds or 0))
    total = reading.total(activity, name.cuts)
    return float(RATIOS[name.what].of(total, np.asarray(reading.window_seconds)))


def activity_series(reading: Reading, name: MeasureName) -> NDArray[np.float64] | None:
    """Read a measure of an activity by period of the window; ``None`` if it is kept for the whole only."""
    activity = reading.frame.program.names.activities.index(name.subject)
    if name.what == HELPED and not name.cuts:
        return over(_helped(reading, activity) * SECONDS_A_DAY, reading.frame.seconds)
    if name.what not in RATIOS or name.cuts:
        return None
    records = reading.observation.activity_series[reading.first :, activity]
    return RATIOS[name.what].of(records, reading.frame.seconds)


def _helped(reading: Reading, activity: int) -> NDArray[np.float64]:
    """Count an activity's starts in places of partners by period of the window; cuts leave them whole."""
    pacts, series = reading.frame.program.pacts, reading.observation.helped_series
    if pacts is None or series is None:
        return np.zeros(reading.frame.seconds.size)
    mine = pacts.cell_activity == activity
    return np.asarray(series[reading.first :, mine].sum(axis=1), dtype=np.float64)
