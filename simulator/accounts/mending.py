"""The smallest transfers that leave nobody worse off, as a linear programme."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.accounts.books import Floats
from simulator.accounts.sharing import moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """Payments (O, O) that leave nobody worse off; ``short`` is what is missing where all together lose."""

    paid: Floats
    short: float


def smallest_transfers(change: Sequence[float] | Floats) -> Mending:
    """Find the least money that must change hands so that nobody is worse off.

    ``change`` (O) is what each gains, in any unit. Of all that cost least, the one that asks of nobody a
    larger part of their gain than need be. Where the sum is below nought nobody can be made whole: the
    losses are met as far as the gains go, and ``short`` says what is missing.
    """
    gain = np.asarray(change, dtype=np.float64)
    lost = np.maximum(-gain, 0.0)
    there = np.maximum(gain, 0.0)
    asked, given = float(lost.sum()), float(there.sum())
    if asked >= given:
        part = given / asked if asked else 0.0
        return Mending(paid=moved(lost * part - there * bool(asked)), short=asked - given if asked else 0.0)
    pays = _least_pays(there / given, lost / given) * given
    return Mending(paid=moved(lost - pays), short=0.0)


def _least_pays(there: Floats, wanted: Floats) -> Floats:
    """Find what each pays: the least in all; then the least part of anybody's gain, in the last variable."""
    from scipy.optimize import linprog  # half a second, which most commands need not wait

    count = len(there)
    part = np.hstack([np.eye(count), -there[:, None]])
    found = linprog(
        np.concatenate([np.ones(count), [1e-3]]),
        A_ub=np.vstack([part, np.concatenate([-np.ones(count), [0.0]])]),
        b_ub=np.concatenate([np.zeros(count), [-wanted.sum()]]),
        bounds=[*((0.0, one) for one in there), (0.0, 1.0)],
        method="highs",
    )
    assert found.success, found.message
    return np.asarray(found.x[:count])
