"""The weeks of an intervention, and what is read from ramps and values by year at the beginning of each."""

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from math import exp

from simulator.compiler.window import Window
from simulator.units import SECONDS_A_DAY, SECONDS_A_WEEK

Points = Sequence[tuple[Fraction, float]]

# The curve is taken between its 1% and its 99% points: ln(99) either side of the middle.
STEEPNESS = 9.19


def next_monday(window: Window, second: int) -> int:
    """Give the second of the first Monday 00:00 after a second of the run."""
    first_monday = window.warm_up_seconds - window.starts.weekday() * SECONDS_A_DAY
    return second + SECONDS_A_WEEK - (second - first_monday) % SECONDS_A_WEEK


def week_seconds(window: Window, first: int) -> list[int]:
    """List when weeks begin: at ``first``, and at each Monday 00:00 to the end of the run."""
    found = [first]
    monday = next_monday(window, first)
    while monday < window.end_second:
        found.append(monday)
        monday += SECONDS_A_WEEK
    return found


def at_points(points: Points, time: Fraction) -> float:
    """Read a line through points at a time; before the first and after the last it is held."""
    place = bisect_right([when for when, _ in points], time)
    if place == 0:
        return points[0][1]
    if place == len(points):
        return points[-1][1]
    (before, low), (after, high) = points[place - 1], points[place]
    return low + (high - low) * float((time - before) / (after - before))


def linear(time: Fraction, length: Fraction) -> float:
    """Rise in a straight line from 0 to 1 over a length of time."""
    return 1.0 if time >= length else float(time / length)


def logistic(time: Fraction, length: Fraction) -> float:
    """Rise along the logistic curve from 0 to 1 over a length of time.

    1 ÷ (1 + exp(−9.19 (t ÷ T − ½))), rescaled to be 0 at 0 and 1 at T.
    """
    if time >= length:
        return 1.0
    lowest = _curve(0.0)
    return (_curve(float(time / length)) - lowest) / (1.0 - 2.0 * lowest)


def _curve(share: float) -> float:
    return 1.0 / (1.0 + exp(-STEEPNESS * (share - 0.5)))
