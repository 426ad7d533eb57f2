"""Capacity over time: steps, opening hours and what interventions add become one list of changes."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from simulator.compiler.program import NO_LIMIT
from simulator.compiler.rounding import places_of

DECIMALS = 9
OPEN, CLOSED = Fraction(1), Fraction(0)

Step = tuple[int, Fraction | None]
Span = tuple[int, int, Fraction]
State = tuple[int, tuple[int, int], tuple[float, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Say what an intervention does to a capacity: ``by`` from each of ``seconds`` on, until ``last``."""

    is_factor: bool
    seconds: tuple[int, ...]
    by: tuple[float, ...]
    last: int

    def at(self, second: int) -> float:
        """Give the factor or the addition at a second: 1 or 0 when it is not running."""
        place = bisect_right(self.seconds, second) - 1
        if place < 0 or second >= self.last:
            return 1.0 if self.is_factor else 0.0
        return self.by[place]


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
    found: list[tuple[int, int]] = []
    known: dict[State, int] = {}
    for second in moments(capacity, end_second):
        state = state_at(capacity, second)
        if state not in known:
            known[state] = places_in(capacity, state, population_share=population_share)
        if not found or found[-1][1] != known[state]:
            found.append((second, known[state]))
    return found


def moments(capacity: Capacity, end_second: int) -> list[int]:
    """List the seconds of the run at which a capacity may change, the first 0."""
    seconds = {0} | {second for second, _ in capacity.steps}
    for opens, closes, _ in capacity.hours or ():
        seconds |= {opens, closes}
    for change in capacity.changes:
        seconds |= {*change.seconds, change.last}
    return sorted(second for second in seconds if 0 <= second < max(end_second, 1))


def state_at(capacity: Capacity, second: int) -> State:
    """Give what decides the places at a second: the step, the share open, and what each change does."""
    step = max(bisect_right(capacity.steps, second, key=lambda one: one[0]) - 1, 0)
    share = open_share(capacity.hours, second).as_integer_ratio()
    return step, share, tuple([change.at(second) for change in capacity.changes])


def places_in(capacity: Capacity, state: State, *, population_share: Fraction) -> int:
    """Give the places in a state: 0 when closed, -1 without limit.

    The written number × factors + additions, but not below nought; times the share open; then whole places
    of the population's share. There what is added is rounded up by itself, so that a scenario which adds
    places has at least one more, however small the share.
    """
    step, ratio, changed = state
    share = Fraction(*ratio)
    if share == 0:
        return 0
    written = capacity.steps[step][1]
    if written is None:
        return NO_LIMIT
    for change, by in zip(capacity.changes, changed, strict=True):
        written = written * Fraction(by) if change.is_factor else written
    added = sum(
        (Fraction(by) for change, by in zip(capacity.changes, changed, strict=True) if not change.is_factor),
        start=Fraction(0),
    )
    if population_share < 1 and added > 0:
        return _places(written, share, of=population_share) + _places(added, share, of=population_share)
    return _places(written + added, share, of=population_share)


def _places(number: Fraction, share: Fraction, *, of: Fraction) -> int:
    return places_of(round(max(number, Fraction(0)) * share, DECIMALS), of)


def open_share(hours: Sequence[Span] | None, second: int) -> Fraction:
    """Give the share of a capacity that is open at a second."""
    if hours is None:
        return OPEN
    place = bisect_right(hours, second, key=lambda span: span[0]) - 1
    if place < 0 or second >= hours[place][1]:
        return CLOSED
    return hours[place][2]
