"""Calendar profiles become running integrals, in which what they describe happens at an even pace.

Hour (or steps), weekday and month are each divided by their mean and multiplied; the days are real ones.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import numpy as np

from simulator.compiler.memory import Memory
from simulator.compiler.program import Calendar, Floats, Profiles
from simulator.definition.calendars import Profile
from simulator.units import SECONDS_A_DAY, SECONDS_AN_HOUR

Border = tuple[int, Fraction]
# Of the last few models, by all that they follow from.
BUILT = Memory[Profiles](16)


def build_profiles(profiles: Sequence[Profile], calendar: Calendar) -> Profiles:
    """Tabulate profiles over the whole calendar years of a calendar."""
    said = tuple((one.hour, one.steps, one.weekday, one.month) for one in profiles)
    years = calendar.first_year, len(calendar.year_start_second)
    return BUILT.give((said, years), lambda: _built(profiles, calendar))


def _built(profiles: Sequence[Profile], calendar: Calendar) -> Profiles:
    days = calendar_days(calendar)
    weights = np.array([day_weights(profile, days) for profile in profiles]).reshape(len(profiles), len(days))
    starts = np.zeros((len(profiles), len(days) + 1))
    np.cumsum(weights * SECONDS_A_DAY, axis=1, out=starts[:, 1:])
    borders = [day_borders(profile) for profile in profiles]
    flat = [border for of_one in borders for border in of_one]
    return Profiles(
        day_start=starts,
        day_weight=weights,
        border_first=np.cumsum([0, *(len(of_one) for of_one in borders)], dtype=np.int64),
        border_second=np.array([float(second) for second, _ in flat]),
        border_integral=np.array([float(integral) for _, integral in flat]),
    )


def calendar_days(calendar: Calendar) -> list[date]:
    """List the days of the whole calendar years of a calendar."""
    last_year = calendar.first_year + len(calendar.year_start_second) - 1
    first, end = date(calendar.first_year, 1, 1).toordinal(), date(last_year, 1, 1).toordinal()
    return [date.fromordinal(day) for day in range(first, end)]


def day_weights(profile: Profile, days: Sequence[date]) -> Floats:
    """Give the weight of each day: that of its weekday times that of its month."""
    weekday = evened(profile.weekday or (Fraction(1),) * 7)
    month = evened(profile.month or (Fraction(1),) * 12)
    both = np.array([[float(one * other) for other in month] for one in weekday])
    return both[[day.weekday() for day in days], [day.month - 1 for day in days]]


def evened(weights: Sequence[Fraction]) -> list[Fraction]:
    """Divide weights by their mean."""
    mean = sum(weights, Fraction(0)) / len(weights)
    return [weight / mean for weight in weights]


def day_borders(profile: Profile) -> list[Border]:
    """List seconds of the day with the integral up to each, from (0, 0) to (86,400, 86,400)."""
    steps = day_steps(profile)
    ends = [second for second, _ in steps[1:]] + [SECONDS_A_DAY]
    found: list[Border] = [(0, Fraction(0))]
    for (begin, weight), end in zip(steps, ends, strict=True):
        found.append((end, found[-1][1] + weight * (end - begin)))
    return [(second, integral * SECONDS_A_DAY / found[-1][1]) for second, integral in found]


def day_steps(profile: Profile) -> list[Border]:
    """List the weights within a day from second of the day on; hours and steps together multiply."""
    hours = profile.hour or (Fraction(1),)
    length = SECONDS_AN_HOUR if profile.hour else SECONDS_A_DAY
    steps = profile.steps or ((0, Fraction(1)),)
    begins = sorted({place * length for place in range(len(hours))} | {second for second, _ in steps})
    return [
        (begin, hours[begin // length] * max(step for step in steps if step[0] <= begin)[1])
        for begin in begins
    ]
