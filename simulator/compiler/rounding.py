"""Whole people and whole places out of shares."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor


def share_out(total: int, shares: Sequence[Fraction]) -> list[int]:
    """Divide a whole number as the shares stand, by largest remainder, the first of equals gaining.

    The parts add up to ``total`` whatever the shares add up to; shares that are all nought give all to
    nobody.
    """
    whole = sum(shares, Fraction(0))
    if whole == 0:
        return [0] * len(shares)
    exact = [total * share / whole for share in shares]
    parts = [floor(part) for part in exact]
    order = sorted(range(len(exact)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def half_up(value: Fraction) -> int:
    """Round to the nearest whole number, halves up."""
    return floor(value + Fraction(1, 2))


def places_of(capacity: Fraction, population_share: Fraction) -> int:
    """Give the whole places of a capacity, then the population's share of them, rounded up."""
    return ceil(floor(capacity) * population_share)
