"""Erlang B and its insensitivity (Sevastyanov 1957): a ward that refuses whoever finds it full, M/G/c/c.

As in de Bruin, Bekker, van Zanten & Koole (2010), Dimensioning hospital wards using the Erlang loss
model, Annals of Operations Research 178:23-43. The same refusals are due for every law of the stay with a
mean of five days (here of five hours: a day of the case is an hour of the run). Each figure is
scored over the five laws together; no law alone may differ.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pytest
from running import Setting, expect_agreement, scored
from scoring import Control, Figure, Score, Verdict, score

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

HOURS_A_DAY = 24
SEEN = {
    "fraction refused": "activity.stay.refused_share",
    "mean occupied beds": "resource.beds.in_use_mean",
    "bed utilisation": "resource.beds.occupancy_mean",
}
STAYS = {
    "expon": '{ expon = { mean = "5 h" } }',
    "deterministic": '"5 h"',
    "lognorm mean5 sd5": '{ lognorm = { mean = "5 h", sd = "5 h" } }',
    "lognorm mean5 sd10": '{ lognorm = { mean = "5 h", sd = "10 h" } }',
    "gamma shape0.5 mean5": '{ gamma = { a = 0.5, mean = "5 h" } }',
}
REPLICATIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """A ward, and how many patients ask for a bed in all replications of a run."""

    rate: float
    beds: int
    patients: int


WARDS = {
    "set0": Ward(rate=0.8, beds=5, patients=30_000),
    "set1": Ward(rate=1.6, beds=10, patients=90_000),
    "set2": Ward(rate=2.0, beds=10, patients=28_000),
    "set3": Ward(rate=3.2, beds=18, patients=85_000),
    "set4": Ward(rate=5.28, beds=28, patients=70_000),
    "set5": Ward(rate=9.0, beds=50, patients=80_000),
}


def setting_of(ward: Ward, stay: str) -> Setting:
    """Give the runs of a ward with a law of the stay."""
    return Setting(
        model="an02_erlang_b",
        changes=(
            f'referrals.patients.rate="{ward.rate} per hour"',
            f"activities.stay.duration={STAYS[stay]}",
            f"resources.beds.capacity={ward.beds}",
        ),
        warm_up_days=5,
        horizon_days=ward.patients / ward.rate / REPLICATIONS / HOURS_A_DAY,
        replications=REPLICATIONS,
    )


def mean_over_laws(ward: Ward, stays: Collection[str], measure: str) -> list[float]:
    """Give a measure in each replication, its mean over laws; the same patients come whatever the law."""
    return list(np.mean([setting_of(ward, stay).seen(measure) for stay in stays], axis=0))


def scored_over_laws(figure: Figure, stays: Collection[str]) -> Score:
    """Score a figure over laws, controlled by arrivals and the mean stay."""
    name, what = figure.metric.split(": ")
    ward = WARDS[name]
    expected = {
        "activity.stay.arrivals_per_day": ward.rate * HOURS_A_DAY,
        "activity.stay.time_mean_days": 5 / HOURS_A_DAY,
    }
    controls = [
        Control(seen=mean_over_laws(ward, stays, measure), expected=value)
        for measure, value in expected.items()
    ]
    return score(figure, mean_over_laws(ward, stays, SEEN[what]), controls=controls)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.metric)
def test_a_ward_that_refuses_meets_erlang_b(figure: Figure) -> None:
    expect_agreement(scored_over_laws(figure, STAYS))


@pytest.mark.parametrize("stay", STAYS)
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.metric)
def test_no_law_of_the_stay_differs_from_erlang_b(figure: Figure, stay: str) -> None:
    found = scored_over_laws(figure, [stay])

    assert found.verdict is not Verdict.DIFFERS, str(found)
    assert found.half_width < 2 * figure.tolerance, str(found)


@pytest.mark.parametrize("stay", STAYS)
def test_stays_have_the_mean_that_was_written(stay: str) -> None:
    mean = Figure(metric="mean stay", value=5 / HOURS_A_DAY, relative=0.02)

    expect_agreement(
        scored(mean, setting_of(WARDS["set4"], stay), see=lambda of: of("activity.stay.time_mean_days"))
    )
