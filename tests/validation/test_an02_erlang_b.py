"""Erlang B and its insensitivity (Sevastyanov 1957): a ward that refuses whoever finds it full, M/G/c/c.

As in de Bruin, Bekker, van Zanten & Koole (2010), Dimensioning hospital wards using the Erlang loss
model, Annals of Operations Research 178:23-43. The same refusals are due for every law of the stay with a
mean of five days.
"""

from dataclasses import dataclass

import pytest
from running import Setting, expect_agreement, scored
from scoring import Control, Figure

CASE = "AN02_erlang_b_insensitivity"
FIGURES = tuple(
    Figure(metric=metric, value=value, relative=tolerance)
    for metric, value, tolerance in (
        ("set0: fraction refused", 0.19906687402799378, 0.02),
        ("set0: mean occupied beds", 3.203732503888025, 0.02),
        ("set0: bed utilisation", 0.640746500777605, 0.02),
        ("set1: fraction refused", 0.1216610642529515, 0.02),
        ("set1: mean occupied beds", 7.026711485976388, 0.02),
        ("set1: bed utilisation", 0.7026711485976388, 0.02),
        ("set2: fraction refused", 0.21458234310734736, 0.02),
        ("set2: mean occupied beds", 7.854176568926526, 0.02),
        ("set2: bed utilisation", 0.7854176568926526, 0.02),
        ("set3: fraction refused", 0.11181465905949896, 0.02),
        ("set3: mean occupied beds", 14.210965455048017, 0.02),
        ("set3: bed utilisation", 0.7894980808360009, 0.02),
        ("set4: fraction refused", 0.10723343625132059, 0.02),
        ("set4: mean occupied beds", 23.569037282965137, 0.02),
        ("set4: bed utilisation", 0.8417513315344692, 0.02),
        ("set5: fraction refused", 0.05410447216462616, 0.05),
        ("set5: mean occupied beds", 42.56529875259182, 0.02),
        ("set5: bed utilisation", 0.8513059750518365, 0.02),
    )
)

SEEN = {
    "fraction refused": "activity.stay.refused_share",
    "mean occupied beds": "resource.beds.in_use_mean",
    "bed utilisation": "resource.beds.occupancy_mean",
}
STAYS = {
    "expon": '{ expon = { mean = "5 days" } }',
    "deterministic": '"5 days"',
    "lognorm mean5 sd5": '{ lognorm = { mean = "5 days", sd = "5 days" } }',
    "lognorm mean5 sd10": '{ lognorm = { mean = "5 days", sd = "10 days" } }',
    "gamma shape0.5 mean5": '{ gamma = { a = 0.5, mean = "5 days" } }',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """A ward, and how many patients ask for a bed in all replications together."""

    rate: float
    beds: int
    patients: int


WARDS = {
    "set0": Ward(rate=0.8, beds=5, patients=35_000),
    "set1": Ward(rate=1.6, beds=10, patients=70_000),
    "set2": Ward(rate=2.0, beds=10, patients=30_000),
    "set3": Ward(rate=3.2, beds=18, patients=95_000),
    "set4": Ward(rate=5.28, beds=28, patients=105_000),
    "set5": Ward(rate=9.0, beds=50, patients=75_000),
}


def setting_of(ward: Ward, stay: str) -> Setting:
    """Give the runs: thirty replications."""
    return Setting(
        model="an02_erlang_b",
        changes=(
            f'referrals.patients.rate="{ward.rate} per day"',
            f"activities.stay.duration={STAYS[stay]}",
            f"resources.beds.capacity={ward.beds}",
        ),
        warm_up_days=100,
        horizon_days=round(ward.patients / ward.rate / 30),
        replications=30,
    )


def controls_of(ward: Ward, setting: Setting) -> tuple[Control, ...]:
    """Give what the figures are controlled by: arrivals a day and the mean stay."""
    return (
        setting.control("activity.stay.arrivals_per_day", ward.rate),
        setting.control("activity.stay.time_mean_days", 5.0),
    )


@pytest.mark.parametrize("stay", STAYS)
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.metric)
def test_a_ward_that_refuses_meets_erlang_b_whatever_the_law_of_its_stays(figure: Figure, stay: str) -> None:
    name, what = figure.metric.split(": ")
    setting = setting_of(WARDS[name], stay)

    found = scored(figure, setting, see=lambda of: of(SEEN[what]), controls=controls_of(WARDS[name], setting))

    expect_agreement(found)


@pytest.mark.parametrize("stay", STAYS)
def test_stays_have_the_mean_that_was_written(stay: str) -> None:
    setting = setting_of(WARDS["set4"], stay)
    mean = Figure(metric="mean stay", value=5.0, relative=0.02)

    expect_agreement(scored(mean, setting, see=lambda of: of("activity.stay.time_mean_days")))
