"""Erlang (1917): M/M/c, a ward with an unlimited queue in order of arrival.

Formulas as in Gross & Harris, Fundamentals of Queueing Theory, ch. 2. Seven wards, from one server to
thirty beds. Waits near capacity wander so slowly that a 2% interval takes millions of patients. A day of
the case is an hour of the run, which changes no figure. Intervals are narrowed by two control variates,
arrivals and the mean stay (``scoring.py``), which are tested on their own too.
"""

from dataclasses import dataclass

import pytest
from running import Setting, expect_agreement, scored
from scoring import Control, Figure

CASE = "AN01_erlang_c"
FIGURES = tuple(
    Figure(metric=metric, value=value, relative=tolerance)
    for metric, value, tolerance in (
        ("set0: utilisation", 0.8, 0.02),
        ("set0: P(wait>0)", 0.8, 0.02),
        ("set0: mean wait Wq (all patients, days)", 4.000000000000001, 0.02),
        ("set0: mean queue Lq", 3.200000000000001, 0.02),
        ("set0: mean number in system L", 4.000000000000001, 0.02),
        ("set0: P(Wq > 0.5 mean service)", 0.7238699344287678, 0.02),
        ("set1: utilisation", 0.9, 0.02),
        ("set1: P(wait>0)", 0.8526315789473684, 0.02),
        ("set1: mean wait Wq (all patients, days)", 4.263157894736843, 0.02),
        ("set1: mean queue Lq", 7.673684210526318, 0.02),
        ("set1: mean number in system L", 9.473684210526319, 0.02),
        ("set1: P(Wq > 0.5 mean service)", 0.7714929564306603, 0.02),
        ("set2: utilisation", 0.8, 0.02),
        ("set2: P(wait>0)", 0.5541125541125541, 0.02),
        ("set2: mean wait Wq (all patients, days)", 0.5541125541125541, 0.02),
        ("set2: mean queue Lq", 2.2164502164502164, 0.02),
        ("set2: mean number in system L", 6.216450216450216, 0.02),
        ("set2: P(Wq > 0.5 mean service)", 0.33608625300093975, 0.02),
        ("set3: utilisation", 0.9, 0.02),
        ("set3: P(wait>0)", 0.6687315241076972, 0.02),
        ("set3: mean wait Wq (all patients, days)", 0.6687315241076972, 0.02),
        ("set3: mean queue Lq", 6.018583716969275, 0.02),
        ("set3: mean number in system L", 15.018583716969275, 0.02),
        ("set3: P(Wq > 0.5 mean service)", 0.4056061724876764, 0.02),
        ("set4: utilisation", 0.9, 0.02),
        ("set4: P(wait>0)", 0.5507690048161177, 0.02),
        ("set4: mean wait Wq (all patients, days)", 0.27538450240805884, 0.02),
        ("set4: mean queue Lq", 4.9569210433450595, 0.02),
        ("set4: mean number in system L", 22.95692104334506, 0.02),
        ("set4: P(Wq > 0.5 mean service)", 0.2026165937063048, 0.02),
        ("set5: utilisation", 0.9, 0.02),
        ("set5: P(wait>0)", 0.47140836994698915, 0.02),
        ("set5: mean wait Wq (all patients, days)", 0.15713612331566304, 0.02),
        ("set5: mean queue Lq", 4.2426753295229025, 0.02),
        ("set5: mean number in system L", 31.242675329522903, 0.02),
        ("set5: P(Wq > 0.5 mean service)", 0.10518542508158193, 0.02),
        ("set6: utilisation", 0.8333333333333334, 0.02),
        ("set6: P(wait>0)", 0.36133438399617884, 0.02),
        ("set6: mean wait Wq (all patients, days)", 0.36133438399617884, 0.02),
        ("set6: mean queue Lq", 1.8066719199808943, 0.02),
        ("set6: mean number in system L", 16.806671919980893, 0.02),
        ("set6: P(Wq > 0.5 mean service)", 0.08062459896820162, 0.05),
    )
)

HOURS_A_DAY = 24
REPLICATIONS = 40
SEEN = {
    "utilisation": "resource.beds.occupancy_mean",
    "P(wait>0)": "activity.stay.waited_share",
    "mean wait Wq (all patients, days)": "activity.stay.wait_mean_days",
    "mean queue Lq": "resource.beds.queue_mean",
    "mean number in system L": "activity.stay.present_mean",
    "P(Wq > 0.5 mean service)": "activity.stay.waits_over.{half_a_stay}_minutes_share",
}
# A day of the run is 24 days of the case.
TIMES = {"mean wait Wq (all patients, days)": HOURS_A_DAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """A ward by the hour, and how many patients come to it in all replications together."""

    rate: float
    stay: int = 1
    beds: int
    patients: int
    warm_up: float

    @property
    def setting(self) -> Setting:
        """Give the runs."""
        return Setting(
            model="an01_erlang_c",
            changes=(
                f'referrals.patients.rate="{self.rate} per hour"',
                f'activities.stay.duration.expon.mean="{self.stay} h"',
                f"resources.beds.capacity={self.beds}",
            ),
            warm_up_days=self.warm_up / HOURS_A_DAY,
            horizon_days=self.patients / self.rate / REPLICATIONS / HOURS_A_DAY,
            replications=REPLICATIONS,
        )

    @property
    def controls(self) -> tuple[Control, ...]:
        """Give what the figures are controlled by: arrivals a day and the mean stay."""
        return (
            self.setting.control("activity.stay.arrivals_per_day", self.rate * HOURS_A_DAY),
            self.setting.control("activity.stay.time_mean_days", self.stay / HOURS_A_DAY),
        )


WARDS = {
    "set0": Ward(rate=0.8, beds=1, patients=2_000_000, warm_up=500),
    "set1": Ward(rate=1.8, beds=2, patients=6_000_000, warm_up=1_000),
    "set2": Ward(rate=4, beds=5, patients=4_000_000, warm_up=200),
    "set3": Ward(rate=9, beds=10, patients=9_000_000, warm_up=300),
    "set4": Ward(rate=18, beds=20, patients=10_000_000, warm_up=200),
    "set5": Ward(rate=27, beds=30, patients=28_000_000, warm_up=200),
    "set6": Ward(rate=5, stay=3, beds=18, patients=8_000_000, warm_up=200),
}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.metric)
def test_a_ward_that_queues_meets_erlang_c(figure: Figure) -> None:
    name, what = figure.metric.split(": ")
    ward = WARDS[name]
    measure, times = SEEN[what].format(half_a_stay=30 * ward.stay), TIMES.get(what, 1)

    found = scored(figure, ward.setting, see=lambda of: times * of(measure), controls=ward.controls)

    expect_agreement(found)


@pytest.mark.parametrize("name", WARDS)
def test_patients_come_and_stay_as_the_inputs_say(name: str) -> None:
    ward = WARDS[name]
    rate = Figure(metric=f"{name}: arrivals a day", value=ward.rate * HOURS_A_DAY, relative=0.02)
    stay = Figure(metric=f"{name}: mean stay", value=ward.stay / HOURS_A_DAY, relative=0.02)

    expect_agreement(scored(rate, ward.setting, see=lambda of: of("activity.stay.arrivals_per_day")))
    expect_agreement(scored(stay, ward.setting, see=lambda of: of("activity.stay.time_mean_days")))
