"""People whose number is known in closed form: decay by hazard, rates by Poisson.

Each count must lie within the range that a right engine leaves once in ten thousand seeds; the seeds are
fixed.
"""

import numpy as np
import pytest
from scipy.stats import binom, poisson
from telling import SEED, Told, compiled, span

from simulator.engines import log
from simulator.engines.run import run

ERROR = 1e-4
PEOPLE = 4_000
PLACE = """
[segments.mild]
people = 4_000
becomes = { frail = "0.3 per year", dead = "0.2 per year" }
[segments.frail]
people = 0
[referrals.call]
at = ["1 h"]
starts_at = "talk"
[activities.talk]
duration = "1 h"
"""


def told(text: str, years: float, *, keeps_log: bool = False, number: int = 0) -> Told:
    """Run for some years."""
    program = compiled(text, window=span(f"{years} years", period=f"{years} years"))
    return Told(program=program, run=run(program, seed=SEED, replication=number, keeps_log=keeps_log))


def within_binomial(count: int, size: int, share: float) -> None:
    """Expect a count that a binomial law allows."""
    low, high = binom.ppf([ERROR / 2, 1 - ERROR / 2], size, share)
    assert low <= count <= high


def within_poisson(count: int, mean: float) -> None:
    """Expect a count that a Poisson law allows."""
    low, high = poisson.ppf([ERROR / 2, 1 - ERROR / 2], mean)
    assert low <= count <= high


def test_a_segment_decays_exponentially_by_its_hazards() -> None:
    people = told(PLACE, 2).run.people
    mild = 1

    within_binomial(int(people.at_close[-1, mild]), PEOPLE, np.exp(-(0.3 + 0.2) * 2))


def test_competing_hazards_share_those_who_leave_in_proportion() -> None:
    transitions = told(PLACE, 2).run.people.transitions.sum(axis=0)
    frail, mild, dead = 0, 1, 2

    left = int(transitions[mild].sum())

    within_binomial(int(transitions[mild, frail]), left, 0.3 / 0.5)
    assert transitions[frail].sum() == 0
    assert transitions[mild, dead] == left - transitions[mild, frail]


def test_a_chance_a_year_is_a_hazard_of_minus_its_logarithm() -> None:
    text = PLACE.replace('frail = "0.3 per year", dead = "0.2 per year"', 'dead = "chance 0.3 per year"')

    within_binomial(int(told(text, 1).run.people.at_close[-1].sum()), PEOPLE, 0.7)


def test_person_years_lived_are_those_of_the_decay() -> None:
    years = told(PLACE, 2).run.people.person_seconds[0, 1].sum() / 31_557_600

    expected = PEOPLE * (1 - np.exp(-1.0)) / 0.5
    # 4,000 times until a segment is left or two years are over; their standard deviation by integration.
    second_moment = 2 * (1 - np.exp(-1.0) * 2) / 0.25
    sd = (PEOPLE * (second_moment - (expected / PEOPLE) ** 2)) ** 0.5
    assert years == pytest.approx(expected, abs=3.9 * sd)


NEEDS = """
[localities.east]
share = 0.5
needs_times = { cough = 2 }
[localities.west]
share = 0.5
[segments.mild]
people = 1000
[profiles.week]
weekday = [4, 1, 1, 1, 1, 0, 0]
[needs.cough]
rate = "1.5 per year"
profile = "week"
starts_at = "talk"
one_at_a_time = false
[activities.talk]
duration = "10 min"
"""


def test_needs_come_at_their_rate_in_every_locality() -> None:
    run = told(NEEDS, 1, keeps_log=True)
    lives = run.run.people.person_seconds[0].sum(axis=0) / 31_557_600

    for home, times in enumerate((2.0, 1.0)):
        within_poisson(int(run.run.needs.happened[:, 0, :, home].sum()), 1.5 * times * lives[home])


def test_needs_follow_their_profile_and_none_falls_where_it_is_nought() -> None:
    events = told(NEEDS, 1, keeps_log=True).run.log
    assert events is not None
    opened = events.second[events.what == log.OPENED]

    weekday = opened // 86_400 % 7

    assert not np.isin(weekday, (5, 6)).any()
    within_binomial(int((weekday == 0).sum()), len(opened), 0.5)


def test_a_trait_spreads_needs_unevenly_and_leaves_their_mean() -> None:
    trait = "[traits.crisis]\nlaw = { gamma = { a = 0.5 } }\npersistence = 1\n"
    text = NEEDS.replace("[needs.cough]\n", trait + '[needs.cough]\ntrait = "crisis"\n').replace(
        "needs_times = { cough = 2 }", ""
    )
    events = told(text, 1, keeps_log=True).run.log
    assert events is not None

    people = np.bincount(events.person[events.what == log.OPENED], minlength=1000)

    # A gamma factor of shape 1/2 makes counts negative binomial: mean 1.5, variance 1.5 + 1.5² ÷ ½ = 6.
    assert people.mean() == pytest.approx(1.5, abs=3.9 * (6 / 1000) ** 0.5)
    assert 4.0 < people.var() < 8.5
    within_binomial(int((people == 0).sum()), 1000, (1 + 1.5 / 0.5) ** -0.5)


def test_joiners_come_at_their_rate() -> None:
    text = PLACE.replace("people = 0", 'people = 0\njoiners = "300 per year"').replace(
        'becomes = { frail = "0.3 per year", dead = "0.2 per year" }', ""
    )

    within_poisson(int(told(text, 1).run.people.at_close[-1, 0]), 300)
