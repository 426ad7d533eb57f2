"""Texts of small models that several tests compile, and the window that they are compiled for."""

from datetime import date
from fractions import Fraction

from simulator.compiler import Window

DAY = 86_400
STARTS = date(2025, 4, 1)  # a Tuesday


def window(
    *, warm_up_days: float = 0, horizon_days: float = 28, share: Fraction | int = 1, starts: date = STARTS
) -> Window:
    """Give a window in days, reporting weekly."""
    return Window(
        starts=starts,
        warm_up_seconds=round(warm_up_days * DAY),
        horizon_seconds=round(horizon_days * DAY),
        period_seconds=7 * DAY,
        population_share=Fraction(share),
    )


TWO = """
[referrals.stroke]
rate = "1 per day"
starts_at = "acute"
[resources.beds]
capacity = 10
[activities.acute]
resource = "beds"
duration = "4 days"
routes = { rehab = 0.25, exit = 0.75 }
[activities.rehab]
duration = "8 days"
"""

PEOPLE = """
[localities.east]
share = 0.3
quintile = 1
needs_times = { illness = 2 }
uptake_times = 0.5
[localities.west]
share = 0.7
[segments.frail]
people = 1000
becomes = { care_home = "0.1 per year", dead = "0.2 per year" }
[segments.well]
people = 9000
becomes = { frail = "0.02 per year" }
joiners = "90 per year"
[segments.care_home]
people = 0
becomes = { dead = "0.4 per year" }
[needs.illness]
rate = { well = "0.1 per year", frail = "0.4 per year", care_home = "1.5 per year" }
starts_at = "ae"
[resources.cubicles]
capacity = 8
[activities.ae]
resource = "cubicles"
duration = { expon = { mean = "4 hours" } }
resident = true
routes = { ward = 0.3, exit = 0.7 }
[activities.ward]
duration = "5 days"
resident = true
routes = { frail = { exit = 0.9, died = 0.1 }, otherwise = "exit" }
"""
