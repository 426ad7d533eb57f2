"""Centiles and shares from counts in bins of a sixteenth of an octave.

Bin 0 holds spans of nought; bin b ≥ 1 holds [2^((b−1)/16), 2^(b/16)) seconds (``engines/records.py``).
Inside a bin spans are taken to be spread evenly on the log scale, so an error is below the bin's width,
4.4%.
"""

import numpy as np
from numpy.typing import NDArray

BINS_AN_OCTAVE = 16

Counts = NDArray[np.int64] | NDArray[np.float64]


def centile(counts: Counts, share: float) -> float:
    """Give the span in seconds below which this share of spans lies; not-a-number if none was counted."""
    total = float(counts.sum())
    if total == 0:
        return float("nan")
    running = np.cumsum(counts)
    wanted = share * total
    found = int(np.searchsorted(running, wanted, side="left"))
    if found == 0:
        return 0.0
    inside = (wanted - float(running[found - 1])) / float(counts[found])
    return float(2.0 ** ((found - 1 + inside) / BINS_AN_OCTAVE))


def share_over(counts: Counts, seconds: float) -> float:
    """Give the share of counted spans longer than ``seconds``; not-a-number if none was counted."""
    total = float(counts.sum())
    if total == 0:
        return float("nan")
    if seconds < 1:
        return float(counts[1:].sum()) / total
    place = BINS_AN_OCTAVE * np.log2(seconds)
    found = min(int(place) + 1, counts.size - 1)
    beyond = max(0.0, 1.0 - (float(place) - (found - 1)))
    return (float(counts[found + 1 :].sum()) + float(counts[found]) * beyond) / total
