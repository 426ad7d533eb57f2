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
from simulator.reports.numbers import per_cent, plain, scale_of, with_unit
from simulator.reports.titles import clean

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
    is_difference: bool = False,
    kinds: Sequence[str] = KINDS,
) -> str:
    """Name what drives an output most, in order, by the first of some ``kinds`` that there is.

    ``place`` of the output among all; ``words`` for a path. Nothing where the design tells nothing, or some
    point or draw lacks the output.
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
    scale = scale_of(drives.outputs[place].unit, [one[0] for one in named], is_difference=is_difference)
    unit = "" if scale.before or scale.after else f" {clean(drives.outputs[place].unit)}".rstrip()

    def amount(value: float) -> str:
        return with_unit(value, scale) if scale.before else plain(value * scale.factor)

    write = amount if kind == SCREENING else per_cent
    ending = f"{'' if scale.before else scale.after}{unit}" if kind == SCREENING else ""
    said = ", ".join(f"{words(path)} {write(size)}{ending}{_ends(ends, write)}" for size, path, ends in named)
    return f"Driven most by {said}: {HOW[kind]} (95% intervals)."


def _ends(one: Estimate, write: Write) -> str:
    return "" if one.low is None or one.high is None else f" ({write(one.low)} to {write(one.high)})"
