"""What drives a measure most, in a sentence: of a sweep, and of a design over stocks alone."""

from collections.abc import Callable, Sequence

from simulator.analysis.folders.drivers import (
    INDICES,
    KINDS,
    OVER_DRAWS,
    OVER_POINTS,
    SCREENING,
    drivers_in,
    kinds_in,
)
from simulator.analysis.intervals import Estimate
from simulator.analysis.sweep.sensitivity import Sensitivity
from simulator.reports.numbers import per_cent, plain

MOST_NAMED = 3
NOTHING = "Nothing that was varied drives it."
NO_MORE_THAN_CHANCE = "No single value explains more of it than chance would."
HOW = {
    SCREENING: "over its range",
    INDICES: "of the variance, with all others",
    OVER_POINTS: "of the variance, by itself",
    OVER_DRAWS: "of the variance over the draws, by itself",
}

Write = Callable[[float], str]


def driven_words(
    drives: Sensitivity,
    place: int,
    *,
    words: Callable[[str], str],
    amount: Write,
    kinds: Sequence[str] = KINDS,
) -> str:
    """Name what drives an output most, in order, by the first of some ``kinds`` that there is.

    ``place`` of the output among all; ``words`` for a path; ``amount`` writes a size of the output with its
    unit. Nothing where the design tells nothing, or some point or draw lacks the output.
    """
    held = kinds_in(drives)
    kind = next((one for one in kinds if one in held), None)
    found = drivers_in(drives, kind, place=place) if kind else None
    if kind is None or found is None:
        return ""
    sizes = [(float(one.size.mean or 0.0), path, one.size) for path, one in found.items() if one.is_told]
    named = sorted((one for one in sizes if one[0] > 0), key=lambda one: -one[0])[:MOST_NAMED]
    if not named:
        return NOTHING if kind in (SCREENING, INDICES) else NO_MORE_THAN_CHANCE
    write, bare = (amount, plain) if kind == SCREENING else (per_cent, per_cent)
    said = ", ".join(f"{words(path)} {write(size)}{_ends(ends, bare)}" for size, path, ends in named)
    return f"Driven most by {said}: {HOW[kind]} (95% intervals)."


def _ends(one: Estimate, write: Write) -> str:
    return "" if one.low is None or one.high is None else f" ({write(one.low)} to {write(one.high)})"
