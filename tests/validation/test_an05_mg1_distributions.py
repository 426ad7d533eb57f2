"""Pollaczek and Khinchine: the mean wait for one server, M/G/1, by mean and variance of service.

The eight laws are named as in scipy.stats. Intervals are narrowed by two control variates, arrivals and the
mean contact (``scoring.py``).
"""

from dataclasses import dataclass

import pytest
from running import Setting, expect_agreement, scored
from scoring import Control, Figure

CASE = "AN05_mg1_distributions"
FIGURES = tuple(
    Figure(metric=metric, value=value, relative=tolerance)
    for metric, value, tolerance in (
        ("deterministic(1) lam=0.5: Wq", 0.5, 0.03),
        ("deterministic(1) lam=0.8: Wq", 2.0000000000000004, 0.03),
        ("expon(1) lam=0.5: Wq", 1.0, 0.03),
        ("expon(1) lam=0.8: Wq", 4.000000000000001, 0.03),
        ("gamma(shape=4,scale=0.25) lam=0.5: Wq", 0.625, 0.03),
        ("gamma(shape=4,scale=0.25) lam=0.8: Wq", 2.5000000000000004, 0.03),
        ("uniform(0,2) lam=0.5: Wq", 0.6666666666666666, 0.03),
        ("uniform(0,2) lam=0.8: Wq", 2.6666666666666674, 0.03),
        ("lognorm(mean1,sd1.5) lam=0.5: Wq", 1.625, 0.03),
        ("lognorm(mean1,sd1.5) lam=0.8: Wq", 6.500000000000002, 0.03),
        ("triang(0,1,2) lam=0.5: Wq", 0.5833333333333334, 0.03),
        ("triang(0,1,2) lam=0.8: Wq", 2.3333333333333344, 0.03),
        ("weibull(c=2,mean1) lam=0.5: Wq", 0.6366197723675813, 0.03),
        ("weibull(c=2,mean1) lam=0.8: Wq", 2.546479089470326, 0.03),
        ("lognorm(mean1,sd2) lam=0.5: Wq", 2.5, 0.03),
        ("lognorm(mean1,sd2) lam=0.8: Wq", 10.000000000000002, 0.03),
    )
)

HOURS_A_DAY = 24
LAWS = {
    "deterministic(1)": '"1 h"',
    "expon(1)": '{ expon = { scale = "1 h" } }',
    "gamma(shape=4,scale=0.25)": '{ gamma = { a = 4, scale = "0.25 h" } }',
    "uniform(0,2)": '{ uniform = { loc = "0 h", scale = "2 h" } }',
    "lognorm(mean1,sd1.5)": '{ lognorm = { mean = "1 h", sd = "1.5 h" } }',
    "triang(0,1,2)": '{ triang = { c = 0.5, loc = "0 h", scale = "2 h" } }',
    "weibull(c=2,mean1)": '{ weibull_min = { c = 2, mean = "1 h" } }',
    "lognorm(mean1,sd2)": '{ lognorm = { mean = "1 h", sd = "2 h" } }',
}
REPLICATIONS = 40
# Patients in all replications together: by arrivals an hour, more where the tail is heavy.
PATIENTS = {0.5: 150_000, 0.8: 600_000}
HEAVY = {
    ("lognorm(mean1,sd1.5)", 0.5): 1_000_000,
    ("lognorm(mean1,sd1.5)", 0.8): 1_800_000,
    ("lognorm(mean1,sd2)", 0.5): 4_000_000,
    ("lognorm(mean1,sd2)", 0.8): 5_400_000,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """One clinician, the law of contacts, and how many come an hour."""

    law: str
    rate: float

    @property
    def setting(self) -> Setting:
        """Give the runs."""
        patients = HEAVY.get((self.law, self.rate), PATIENTS[self.rate])
        return Setting(
            model="an05_single_server",
            changes=(
                f'referrals.patients.rate="{self.rate} per hour"',
                f"activities.contact.duration={LAWS[self.law]}",
            ),
            warm_up_days=30,
            horizon_days=patients / self.rate / REPLICATIONS / HOURS_A_DAY,
            replications=REPLICATIONS,
        )

    @property
    def controls(self) -> tuple[Control, ...]:
        """Give what the figures are controlled by: arrivals a day and the mean contact."""
        return (
            self.setting.control("activity.contact.arrivals_per_day", self.rate * HOURS_A_DAY),
            self.setting.control("activity.contact.time_mean_days", 1 / HOURS_A_DAY),
        )


def clinic_of(figure: Figure) -> Clinic:
    """Read the clinic off a figure's metric."""
    law, rate = figure.metric.removesuffix(": Wq").split(" lam=")
    return Clinic(law=law, rate=float(rate))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.metric)
def test_one_clinician_meets_pollaczek_and_khinchine_for_every_law(figure: Figure) -> None:
    clinic = clinic_of(figure)

    found = scored(
        figure,
        clinic.setting,
        see=lambda of: of("activity.contact.wait_mean_days") * HOURS_A_DAY,
        controls=clinic.controls,
    )

    expect_agreement(found)
