"""What a wait for each activity is worth to ``moves`` towards the greatest harm: read from the harms.

Deaths, years of quality and readmissions have no common unit, so one outcome decides: the first that any
wait for a member's activities is expected to lead to. Where none is, time counts alike everywhere.
"""

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from simulator.compiler.draft import Draft
from simulator.compiler.harms import counted_groups
from simulator.compiler.program import Ints
from simulator.compiler.rounding import half_up
from simulator.definition.harms import LOST_QUALITY, OUTCOMES
from simulator.definition.mutual_aid import GREATEST_HARM, Moving

ORDER = (OUTCOMES[0], LOST_QUALITY, *OUTCOMES[1:-1])
THOUSANDTHS = 1_000


def wait_weights(draft: Draft, moves: Moving, *, activities: Iterable[int]) -> Ints:
    """Give what a second waited for each activity counts by group (A, G): thousandths of what the most
    harmful does.

    ``activities`` are those of the members.
    """
    names, mine = draft.index.names.activities, sorted(activities)
    if moves.to == GREATEST_HARM:
        for outcome in ORDER:
            rates = [_rates(draft, name, outcome=outcome) for name in names]
            most = max((rate for one in mine for rate in rates[one]), default=Fraction(0))
            if most > 0:
                return np.array(
                    [[half_up(rate / most * THOUSANDTHS) for rate in row] for row in rates], dtype=np.int64
                )
    return np.ones((len(names), draft.groups.count), dtype=np.int64)


def _rates(draft: Draft, activity: str, *, outcome: str) -> list[Fraction]:
    """Add up, for each group, what harms say of a second waited for an activity (G)."""
    total = [Fraction(0)] * draft.groups.count
    for harm in draft.model.harms.values():
        amount = harm.amounts().get(outcome)
        if activity in harm.dose.waiting_for and amount is not None and amount.single is not None:
            for group, counts in enumerate(counted_groups(draft, harm)):
                total[group] += amount.single.value if counts else 0
    return total
