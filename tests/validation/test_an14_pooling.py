"""Erlang C and economies of scale: two wards apart, and their patients in one pool of beds.

Intervals are narrowed by control variates, arrivals and mean stays (``scoring.py``).
"""

import pytest
from running import Floats, Seen, Setting, expect_agreement, scored
from scoring import Control, Figure

CASE = "AN14_pooling"
FIGURES = tuple(
    Figure(metric=metric, value=value, relative=tolerance)
    for metric, value, tolerance in (
        ("ward1 Pwait", 0.4091801507964436, 0.04),
        ("ward1 Wq", 0.4091801507964436, 0.04),
        ("ward1 L", 9.636720603185774, 0.04),
        ("ward2 Pwait", 0.35698108587868027, 0.04),
        ("ward2 Wq", 0.35698108587868027, 0.04),
        ("ward2 L", 7.07094325763604, 0.04),
        ("pooled Pwait", 0.2317194040166783, 0.04),
        ("pooled Wq", 0.11585970200833914, 0.04),
        ("pooled L", 14.811017914058374, 0.04),
    )
)

HOURS_A_DAY = 24
APART = Setting(model="an14_two_wards", warm_up_days=8, horizon_days=320, replications=40)
POOLED = Setting(
    model="an14_two_wards",
    changes=('activities.second_ward.resource="first_beds"', "resources.first_beds.capacity=18"),
    warm_up_days=8,
    horizon_days=240,
    replications=40,
)
STREAMS = {"first_ward": 4.0, "second_ward": 3.0}
WARDS = {"ward1": "first_ward", "ward2": "second_ward"}
SEEN = {"Pwait": "waited_share", "Wq": "wait_mean_days", "L": "present_mean"}
TIMES = {"Pwait": 1, "Wq": 24, "L": 1}


def pooled(of: Seen, what: str) -> Floats:
    """Put the two streams together: numbers add up, shares and waits count by arrivals."""
    if what == "L":
        return sum(of(f"activity.{ward}.present_mean") for ward in STREAMS)
    arrivals = {ward: of(f"activity.{ward}.arrivals_per_day") for ward in STREAMS}
    return sum(of(f"activity.{ward}.{SEEN[what]}") * arrivals[ward] for ward in STREAMS) / sum(
        arrivals.values()
    )


def controls_of(setting: Setting, *wards: str) -> tuple[Control, ...]:
    """Give what the figures are controlled by: arrivals a day and mean stays."""
    return tuple(
        control
        for ward in wards
        for control in (
            setting.control(f"activity.{ward}.arrivals_per_day", STREAMS[ward] * HOURS_A_DAY),
            setting.control(f"activity.{ward}.time_mean_days", 2 / HOURS_A_DAY),
        )
    )


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.metric)
def test_two_wards_apart_and_pooled_meet_erlang_c(figure: Figure) -> None:
    where, what = figure.metric.split(" ")
    if where == "pooled":
        found = scored(
            figure,
            POOLED,
            see=lambda of: TIMES[what] * pooled(of, what),
            controls=controls_of(POOLED, *STREAMS),
        )
    else:
        measure = f"activity.{WARDS[where]}.{SEEN[what]}"
        found = scored(
            figure, APART, see=lambda of: TIMES[what] * of(measure), controls=controls_of(APART, WARDS[where])
        )

    expect_agreement(found)
