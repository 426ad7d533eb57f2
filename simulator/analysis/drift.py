"""Whether the baseline had settled: its first third beside its last."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.gathered import Gathering
from simulator.analysis.intervals import Estimate, estimate
from simulator.analysis.labels import label
from simulator.definition.model import Model
from simulator.experiment.measure_names import MeasureName

WATCHED = {"activity": ("waiting_mean",), "resource": ("in_use_mean",)}
LARGE_SHARE = 0.10
LEAST_CHANGE = 1.0
MOST_NOTES = 5


def drift_notes(
    found: Gathering, *, baseline: str, model: Model, names: Mapping[str, MeasureName], draws: int = 0
) -> tuple[str, ...]:
    """Say what changed in the baseline, largest first, by a tenth or more and by more than chance.

    Compared are people waiting for each activity and places in use of each resource, against the 80%
    interval over replications; one replication has none, and any such change is told. Seasons may cause it,
    and the note says so.
    """
    thirds = found.scenarios[baseline].thirds
    told = []
    for row, shown in enumerate(found.by_period):
        name = names[shown]
        if shown != name.text or name.what not in WATCHED.get(name.family, ()):
            continue
        first, last = _column(thirds, row)
        change = estimate((last - first).tolist(), draws=draws)
        if _is_drift(change, level=float(max(first.mean(), last.mean()))):
            words = (
                f"{label(name, model)}: {first.mean():.1f} in the first third, {last.mean():.1f} in the last."
            )
            told.append((-abs(float((last - first).mean())), words))
    if not told:
        return ()
    head = "The baseline changes from the first to the last third of the period (unsettled, or seasons): "
    return tuple(head + words for _, words in sorted(told)[:MOST_NOTES])


def _column(
    thirds: list[tuple[NDArray[np.float64], NDArray[np.float64]]], row: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give one measure's first and last thirds, one a replication."""
    return np.array([one[0][row] for one in thirds]), np.array([one[1][row] for one in thirds])


def _is_drift(change: Estimate, *, level: float) -> bool:
    """Say whether a change is large, and larger than chance."""
    if change.mean is None or abs(change.mean) < max(LARGE_SHARE * level, LEAST_CHANGE):
        return False
    return change.low_80 is None or change.high_80 is None or change.low_80 > 0 or change.high_80 < 0
