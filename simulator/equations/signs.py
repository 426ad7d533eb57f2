"""Signs that a number may have, and what arithmetic makes of them: what can be told without a value."""

from collections.abc import Iterable
from itertools import pairwise

from simulator.equations.lookups import Lookup, Outside

Signs = frozenset[int]
BELOW, NOUGHT, ABOVE = frozenset({-1}), frozenset({0}), frozenset({1})
NOT_BELOW, ANY = frozenset({0, 1}), frozenset({-1, 0, 1})


def sign_of(value: float) -> Signs:
    """Give the sign of a number; that of no number is unknown."""
    if value != value:
        return ANY
    return ABOVE if value > 0 else BELOW if value < 0 else NOUGHT


def flipped(signs: Signs) -> Signs:
    """Give the signs of the number taken negative."""
    return frozenset(-one for one in signs)


def product(one: Signs, other: Signs) -> Signs:
    """Give the signs that a product may have."""
    return frozenset(a * b for a in one for b in other)


def total(one: Signs, other: Signs) -> Signs:
    """Give the signs that a sum may have."""
    found: set[int] = set()
    for a in one:
        for b in other:
            found |= ANY if a * b < 0 else {a or b}
    return frozenset(found)


def either(signs: Iterable[Signs]) -> Signs:
    """Give the signs that any of several may have."""
    return frozenset().union(*signs)


def without_below(signs: Signs) -> Signs:
    """Give the signs of a number that is held at nought where it would fall below."""
    return frozenset(max(0, one) for one in signs)


def heights_of(lookup: Lookup) -> Signs:
    """Give the signs of what a curve gives."""
    return ANY if lookup.outside is Outside.EXTEND else either(sign_of(y) for y in lookup.ys)


def slopes_of(lookup: Lookup) -> Signs:
    """Give the signs of a curve's slope: both where it turns."""
    return either([NOUGHT, *(sign_of(after - before) for before, after in pairwise(lookup.ys))])
