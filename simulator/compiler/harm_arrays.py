"""Harms and consequences of a program as arrays; both are absent where a model has none."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# What a dose is counted by.
BY_CLOCK, BY_WAITING, BY_KEPT, BY_TIME, BY_OCCUPANCY = range(5)
# Outcomes, and at what end of its interval an amount is taken.
DEATHS, READMISSIONS, PEOPLE, QUALITY = range(4)
VALUE, LOW, HIGH = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Harms:
    """What doses do to people, by name (J); nothing in a run depends on it.

    ``kind`` (J); ``groups`` (J, G) whose dose counts; ``clock`` (J) the clock that counts it, or -1;
    ``activity`` and ``resource`` are lists laid end to end; ``above`` (J) the occupancy from which on it
    harms. ``band_first`` (J + 1): each harm's bands, one alone but for clocks; ``band_target`` (bands) the
    target beyond which a band begins, or -1; ``amount`` (bands, outcomes, 3) the harm of one unit (a person;
    a second waited, kept or there; a stay where beds are full) at value, low and high, not-a-number for
    outcomes it does not have.
    """

    names: tuple[str, ...]
    kind: Ints
    groups: Flags
    clock: Ints
    activity_first: Ints
    activity: Ints
    resource_first: Ints
    resource: Ints
    above: Floats
    band_first: Ints
    band_target: Ints
    amount: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What may befall people after an activity: a row (K) for each activity of each consequence.

    ``of`` (K) its name's place in ``names``; ``activity`` (K), ascending; ``chance`` (K, G) on leaving, or
    for each day kept where ``per_day`` (K); ``becomes`` (K) a segment or -1; ``pence`` (K) spent by
    ``payer`` (K), -1 nobody; ``hash`` (K).
    """

    names: tuple[str, ...]
    of: Ints
    activity: Ints
    chance: Floats
    per_day: Flags
    becomes: Ints
    pence: Floats
    payer: Ints
    hash: Ints


def rows_of(consequences: Consequences | None) -> int:
    """Say how many rows there are, none where there are no consequences."""
    return 0 if consequences is None else len(consequences.of)
