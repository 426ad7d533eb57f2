"""What drives a measure of a design over stocks most, in a sentence, for the page and the terminal."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.stock_sweep.asked import StockSweep
from simulator.reports.numbers import per_cent, plain
from simulator.reports.stock_sweep.words import amount_words, variable_words

Floats = NDArray[np.float64]

MOST_NAMED = 3


def driven_words(found: StockSweep, place: int) -> str:
    """Name what drives a measure most, in order, by whichever method there is; nothing where none is told."""
    drives, paths = found.drives, found.plan.paths
    write: Callable[[float], str] = per_cent
    bare: Callable[[float], str] = per_cent
    if (made := drives.screening) is not None:
        parts = [made.mu_star, made.low, made.high]
        sizes, low, high = (part[:, place] for part in parts)
        how, write = "over its range", partial(amount_words, unit=found.plan.kept[place].unit)
        bare = plain
    elif (indices := drives.indices) is not None:
        parts = [indices.total, indices.total_low, indices.total_high]
        sizes, low, high = (part[:, place] for part in parts)
        how = "of the variance, with all others"
    elif drives.explained:
        shares = drives.explained[0].shares
        sizes, low, high = (
            _of_each(paths, {path: float(getattr(one, word)[place]) for path, one in shares.items()})
            for word in ("share", "share_low", "share_high")
        )
        how = "of the variance, by itself"
    else:
        return ""
    said = [
        f"{variable_words(found, paths[row])} {write(float(sizes[row]))} "
        f"({bare(float(low[row]))} to {bare(float(high[row]))})"
        for row in _largest(sizes)
    ]
    if not said:
        return "Nothing that was varied drives it."
    return f"Driven most by {', '.join(said)}: {how} (95% intervals)."


def _of_each(paths: tuple[str, ...], known: dict[str, float]) -> Floats:
    return np.array([known.get(path, np.nan) for path in paths])


def _largest(sizes: Floats) -> list[int]:
    known = [row for row in range(len(sizes)) if sizes[row] > 0]
    return sorted(known, key=lambda row: (-float(sizes[row]), row))[:MOST_NAMED]
