"""M/M/c/K: beds and few places to wait; who finds them full is lost.

Formulas as in Gross & Harris, Fundamentals of Queueing Theory, ch. 2; the last system is simmer's
vignette 06.
"""

from dataclasses import dataclass

import pytest
from running import Setting, expect_agreement, scored
from scoring import Control, Figure

CASE = "AN04_finite_waiting_room"
FIGURES = tuple(
    Figure(metric=metric, value=value, relative=tolerance)
    for metric, value, tolerance in (
        ("set0: fraction lost", 0.16666666666666666, 0.02),
        ("set0: L", 2.5, 0.02),
        ("set0: Lq", 1.6666666666666665, 0.02),
        ("set0: mean time in system of admitted", 3.0, 0.02),
        ("set0: mean wait of admitted", 1.9999999999999998, 0.02),
        ("set0: throughput", 0.8333333333333334, 0.02),
        ("set1: fraction lost", 0.2795403553970705, 0.02),
        ("set1: L", 5.914196261761971, 0.02),
        ("set1: Lq", 3.032357683350253, 0.02),
        ("set1: mean time in system of admitted", 2.05223023456834, 0.02),
        ("set1: mean wait of admitted", 1.0522302345683399, 0.02),
        ("set1: throughput", 2.8818385784117178, 0.02),
        ("set2: fraction lost", 0.07250697865343365, 0.05),
        ("set2: L", 9.157645488567479, 0.02),
        ("set2: Lq", 0.8102082964483821, 0.02),
        ("set2: mean time in system of admitted", 1.0970607238846084, 0.02),
        ("set2: mean wait of admitted", 0.09706072388460835, 0.05),
        ("set2: throughput", 8.347437192119097, 0.02),
        ("set3: fraction lost", 0.17966591566870027, 0.02),
        ("set3: L", 16.104497935101943, 0.02),
        ("set3: Lq", 6.260488923126347, 0.02),
        ("set3: mean time in system of admitted", 1.635969442481232, 0.02),
        ("set3: mean wait of admitted", 0.6359694424812323, 0.02),
        ("set3: throughput", 9.844009011975597, 0.02),
        ("simmer vignette M/M/2/3 lam=3 mu=4: mean number in system", 0.7623400365630713, 0.02),
        ("same: rejection fraction", 0.04936014625228519, 0.05),
    )
)

HOURS_A_DAY = 24
SEEN = {
    "fraction lost": lambda of: of("activity.stay.refused_share"),
    "rejection fraction": lambda of: of("activity.stay.refused_share"),
    "L": lambda of: of("activity.stay.present_mean"),
    "mean number in system": lambda of: of("activity.stay.present_mean"),
    "Lq": lambda of: of("resource.beds.queue_mean"),
    "mean time in system of admitted": lambda of: (
        HOURS_A_DAY * (of("activity.stay.wait_mean_days") + of("activity.stay.time_mean_days"))
    ),
    "mean wait of admitted": lambda of: of("activity.stay.wait_mean_days") * HOURS_A_DAY,
    "throughput": lambda of: of("activity.stay.ends_per_day") / HOURS_A_DAY,
}
SIMMER = "simmer vignette M/M/2/3 lam=3 mu=4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """A ward, and how many patients come to it in all replications together."""

    rate: float
    stay_hours: float = 1
    beds: int
    room: int
    patients: int

    @property
    def setting(self) -> Setting:
        """Give the runs: thirty replications."""
        return Setting(
            model="an04_finite_waiting_room",
            changes=(
                f'referrals.patients.rate="{self.rate} per hour"',
                f'activities.stay.duration.expon.mean="{self.stay_hours} h"',
                f"resources.beds.capacity={self.beds}",
                f"resources.beds.room={self.room}",
            ),
            warm_up_days=3,
            horizon_days=self.patients / self.rate / 30 / HOURS_A_DAY,
            replications=30,
        )

    @property
    def controls(self) -> tuple[Control, ...]:
        """Give what the figures are controlled by: arrivals a day and the mean stay."""
        return (
            self.setting.control("activity.stay.arrivals_per_day", self.rate * HOURS_A_DAY),
            self.setting.control("activity.stay.time_mean_days", self.stay_hours / HOURS_A_DAY),
        )


WARDS = {
    "set0": Ward(rate=1, beds=1, room=4, patients=110_000),
    "set1": Ward(rate=4, beds=3, room=5, patients=30_000),
    "set2": Ward(rate=9, beds=10, room=4, patients=110_000),
    "set3": Ward(rate=12, beds=10, room=10, patients=40_000),
    SIMMER: Ward(rate=3, stay_hours=0.25, beds=2, room=1, patients=75_000),
}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.metric)
def test_a_ward_with_a_small_waiting_room_meets_the_birth_and_death_formulas(figure: Figure) -> None:
    name, what = figure.metric.replace("same", SIMMER).split(": ")
    ward = WARDS[name]

    expect_agreement(scored(figure, ward.setting, see=SEEN[what], controls=ward.controls))
