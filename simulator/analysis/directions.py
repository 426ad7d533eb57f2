"""Of which measures less is better, and of which it is worse: only where that is beyond doubt."""

from simulator.experiment.measure_names import MeasureName

BETTER, WORSE = "better", "worse"
LESS_IS_BETTER = (
    "wait_mean_days",
    "queue_time_mean_days",
    "ended_wait_mean_days",
    "wait_p50_days",
    "wait_p90_days",
    "wait_p95_days",
    "waits_over",
    "waited_share",
    "refused_share",
    "gave_up_share",
    "waiting_mean",
    "queue_mean",
)


def less_of(name: MeasureName) -> str:
    """Say whether less of a measure is ``better`` or ``worse``; nothing where that is the reader's to say."""
    if name.family == "clock":
        return WORSE if name.what == "within" else BETTER
    is_better = name.family in ("deaths_per_year", "system", "organisation") or name.what in LESS_IS_BETTER
    return BETTER if is_better else ""
