"""Monks & Harper's 111 call centre (the STARS example in Ciw), 1,000 minutes from empty.

The nurses are overloaded. The values are 400 replications of the authors' own program; waits are over
calls whose service was complete at the end, utilisation is completed service time over 1,000 minutes and
the number of staff.
"""

import pytest
from running import Setting, expect_agreement, scored
from scoring import Figure

CASE = "PS04_urgent_care_111"
FIGURES = tuple(
    Figure(metric=metric, value=value, absolute=tolerance)
    for metric, value, tolerance in (
        ("base: mean operator wait (min)", 3.2662, 0.40212),
        ("base: operator utilisation %", 92.7962, 0.48888),
        ("base: mean nurse wait (min)", 47.7337, 3.738),
        ("base: nurse utilisation %", 97.1496, 0.20609),
        ("whatif: mean operator wait (min)", 1.1603, 0.1116),
        ("whatif: operator utilisation %", 86.5487, 0.47778),
        ("whatif: mean nurse wait (min)", 54.3058, 3.59627),
        ("whatif: nurse utilisation %", 97.3289, 0.14582),
    )
)

MINUTES_A_DAY = 1_440
BASE = Setting(model="ps04_urgent_care_111", horizon_days=1_000 / MINUTES_A_DAY, replications=100)
WHATIF = Setting(
    model="ps04_urgent_care_111",
    changes=(
        "resources.operators.capacity=14",
        "resources.nurses.capacity=10",
        "activities.operator.routes={ nurse = 0.45, exit = 0.55 }",
    ),
    horizon_days=1_000 / MINUTES_A_DAY,
    replications=100,
)
SETTINGS = {"base": BASE, "whatif": WHATIF}
STAFF = {"base": {"operator": 13, "nurse": 9}, "whatif": {"operator": 14, "nurse": 10}}
CALLS_A_DAY = 2_400


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.metric)
def test_a_call_centre_from_empty_meets_the_published_one(figure: Figure) -> None:
    name, what = figure.metric.split(": ")
    setting, staff = SETTINGS[name], "nurse" if "nurse" in what else "operator"

    def wait_minutes(of):
        return of(f"activity.{staff}.ended_wait_mean_days") * MINUTES_A_DAY

    def utilisation(of):
        busy = of(f"activity.{staff}.ends_per_day") * of(f"activity.{staff}.time_mean_days")
        return 100 * busy / STAFF[name][staff]

    calls = setting.control("activity.operator.arrivals_per_day", CALLS_A_DAY)
    found = scored(figure, setting, see=utilisation if "%" in what else wait_minutes, controls=(calls,))

    expect_agreement(found)
