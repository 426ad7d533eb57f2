"""Capacity over time: steps, opening hours and what interventions add become one list of changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from simulator.compiler.program import NO_LIMIT, Ints
from simulator.compiler.rounding import half_up, places_of

DECIMALS = 9
OPEN, CLOSED = Fraction(1), Fraction(0)

Step = tuple[int, Fraction | None]
Span = tuple[int, int, Fraction]
State = tuple[int, Fraction, tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Say what is done to a capacity: ``by`` from each of ``seconds`` on, until ``last``.

    What ``is_loss`` is a factor of all that would else be there, places added included; such changes stand
    last.
    """

    is_factor: bool
    is_loss: bool = False
    seconds: tuple[int, ...]
    by: tuple[float, ...]
    last: int

    def numbers(self, seconds: Ints) -> Ints:
        """Give which of ``by`` is in force at each second, -1 when it is not running."""
        place = np.searchsorted(self.seconds, seconds, side="right") - 1
        return np.where(seconds < self.last, place, -1)

    def by_number(self, number: int) -> float:
        """Give the factor or the addition of a number: 1 or 0 when it is not running."""
        if number < 0:
            return 1.0 if self.is_factor else 0.0
        return self.by[number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """One resource's capacity as written.

    ``steps``: from when, how many (``None`` without limit); the first holds before it. ``hours``: (opens,
    closes, share), ascending, or ``None`` where it is always open.
    """

    steps: tuple[Step, ...]
    hours: tuple[Span, ...] | None = None
    changes: tuple[Change, ...] = ()


def levels(capacity: Capacity, *, end_second: int, population_share: Fraction) -> list[tuple[int, int]]:
    """List (second, places) from second 0 on, one row each time that the places differ."""
    seconds = moments(capacity, end_second)
    columns = [steps_at(capacity, seconds), *(one.numbers(seconds) for one in capacity.changes)]
    shares, open_shares = shares_at(capacity.hours, seconds)
    states, which = np.unique(np.column_stack([shares, *columns]), axis=0, return_inverse=True)
    known = [
        places_in(
            capacity,
            (
                step,
                open_shares[share],
                tuple([one.by_number(by) for one, by in zip(capacity.changes, turns, strict=True)]),
            ),
            population_share=population_share,
        )
        for share, step, *turns in states.tolist()
    ]
    places = np.array(known, dtype=np.int64)[which.ravel()]
    differs = np.flatnonzero(np.diff(places, prepend=places[0] - 1))
    return list(zip(seconds[differs].tolist(), places[differs].tolist(), strict=True))


def moments(capacity: Capacity, end_second: int) -> Ints:
    """List the seconds of the run at which a capacity may change, ascending, the first 0."""
    seconds = {0} | {second for second, _ in capacity.steps}
    for opens, closes, _ in capacity.hours or ():
        seconds |= {opens, closes}
    for change in capacity.changes:
        seconds |= {*change.seconds, change.last}
    return np.array(sorted(second for second in seconds if 0 <= second < max(end_second, 1)), dtype=np.int64)


def steps_at(capacity: Capacity, seconds: Ints) -> Ints:
    """Give the number of the step that holds at each second."""
    begins = [second for second, _ in capacity.steps]
    return np.maximum(np.searchsorted(begins, seconds, side="right") - 1, 0)


def shares_at(hours: Sequence[Span] | None, seconds: Ints) -> tuple[Ints, list[Fraction]]:
    """Give which share of a capacity is open at each second, and the shares there are."""
    if hours is None:
        return np.zeros(len(seconds), dtype=np.int64), [OPEN]
    shares = {CLOSED.as_integer_ratio(): CLOSED} | {share.as_integer_ratio(): share for _, _, share in hours}
    number = {ratio: place for place, ratio in enumerate(shares)}
    of_span = np.array([*(number[share.as_integer_ratio()] for _, _, share in hours), 0])
    span = np.searchsorted([opens for opens, _, _ in hours], seconds, side="right") - 1
    closes = np.array([*(closes for _, closes, _ in hours), 0])
    is_open = (span >= 0) & (seconds < closes[span])
    return np.where(is_open, of_span[span], 0), list(shares.values())


def places_in(capacity: Capacity, state: State, *, population_share: Fraction) -> int:
    """Give the places in a state: 0 when closed, -1 without limit.

    The written number × factors + additions, but not below nought; times the share open; then whole places
    of the population's share. There what is added is rounded up by itself, so that a scenario which adds
    places has at least one more, however small the share. Of these the nearest whole number to what outages
    leave.
    """
    step, share, changed = state
    if share == 0:
        return 0
    written = capacity.steps[step][1]
    if written is None:
        return NO_LIMIT
    gained, left = Fraction(0), Fraction(1)
    for change, by in zip(capacity.changes, changed, strict=True):
        if change.is_loss:
            left = left * Fraction(by)
        elif change.is_factor:
            written = written * Fraction(by)
        elif by > 0:
            gained += Fraction(by)
    written += sum(taken_away(capacity.changes, changed), start=Fraction(0))
    parts = [written, gained] if population_share < 1 and gained > 0 else [written + gained]
    return half_up(left * sum(_places(part, share, of=population_share) for part in parts))


def taken_away(changes: Sequence[Change], changed: Sequence[float]) -> list[Fraction]:
    """List what is added that is below nought."""
    pairs = zip(changes, changed, strict=True)
    return [Fraction(by) for change, by in pairs if not change.is_factor and by < 0]


def _places(number: Fraction, share: Fraction, *, of: Fraction) -> int:
    return places_of(round(max(number, Fraction(0)) * share, DECIMALS), of)
