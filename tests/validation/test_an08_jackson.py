"""Jackson (1963): open networks with feedback.

*HL*: Hillier & Lieberman, Introduction to Operations Research, the Jackson-network example (arrivals 5,
10, 7.5; L 1, 4/3, 3). *ED*: triage, assessment with a loop through diagnostics, treatment; traffic
equations and M/M/c.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from running import Floats, Seen, Setting, expect_agreement, scored
from scoring import Control, Figure

CASE = "AN08_jackson"
FIGURES = tuple(
    Figure(metric=metric, value=value, relative=tolerance)
    for metric, value, tolerance in (
        ("HL total arrival rate node1", 5, 0.02),
        ("HL total arrival rate node2", 10, 0.02),
        ("HL total arrival rate node3", 7.5, 0.02),
        ("HL L1", 1, 0.03),
        ("HL L2", 1.3333333333333333, 0.03),
        ("HL L3", 3, 0.04),
        ("HL total mean in system", 5.333333333333333, 0.03),
        ("HL mean time in system", 0.6666666666666666, 0.03),
        ("ED triage arrival rate", 10.0, 0.02),
        ("ED assess arrival rate", 11.485943775100402, 0.02),
        ("ED diagnostics arrival rate", 4.594377510040162, 0.02),
        ("ED treat arrival rate", 7.020080321285142, 0.02),
        ("ED triage rho", 0.8333333333333334, 0.04),
        ("ED triage Wq", 0.3787878787878788, 0.04),
        ("ED triage L", 5.454545454545455, 0.04),
        ("ED assess rho", 0.7657295850066935, 0.04),
        ("ED assess Wq", 0.12827804708033588, 0.04),
        ("ED assess L", 6.067771946384581, 0.04),
        ("ED diagnostics rho", 0.3828647925033468, 0.04),
        ("ED diagnostics Wq", 0.01717488259135175, 0.04),
        ("ED diagnostics L", 1.2275022718253272, 0.04),
        ("ED treat rho", 0.7800089245872379, 0.04),
        ("ED treat Wq", 0.3106018598792558, 0.04),
        ("ED treat L", 4.520476778054642, 0.04),
        ("ED mean time in system", 1.5700269500736368, 0.03),
    )
)

HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a network: arrivals an hour by the traffic equations, mean service in hours."""

    resource: str
    arrivals: float
    hours: float


NETWORKS = {
    "HL": {
        "first": Step(resource="first_rooms", arrivals=5, hours=0.1),
        "second": Step(resource="second_rooms", arrivals=10, hours=0.1),
        "third": Step(resource="third_rooms", arrivals=7.5, hours=0.1),
    },
    "ED": {
        "triage": Step(resource="triage_nurses", arrivals=10, hours=1 / 6),
        "assess": Step(resource="doctors", arrivals=11.485943775100402, hours=0.4),
        "diagnostics": Step(resource="scanners", arrivals=4.594377510040162, hours=0.25),
        "treat": Step(resource="treatment_rooms", arrivals=7.020080321285142, hours=1 / 3),
    },
}
NODES = {"node1": "first", "node2": "second", "node3": "third", "L1": "first", "L2": "second", "L3": "third"}
SETTINGS = {
    "HL": Setting(model="an08_three_clinics", warm_up_days=2, horizon_days=15, replications=31),
    "ED": Setting(model="an08_emergency_department", warm_up_days=3, horizon_days=68, replications=34),
}


def step_of(figure: Figure) -> str | None:
    """Name the step a figure is about, if it is about one."""
    network, *words = figure.metric.split(" ")
    named = [NODES.get(word, word) for word in words]
    return next((step for step in NETWORKS[network] if step in named), None)


def see(figure: Figure, of: Seen) -> Floats:
    """Read a figure."""
    network, what = figure.metric.split(" ", 1)
    step = step_of(figure)
    if step is None:
        hours = of("time_in_system_mean_days") * HOURS_A_DAY
        present = [of(f"activity.{one}.present_mean") for one in NETWORKS[network]]
        return hours if what == "mean time in system" else np.sum(present, axis=0)
    if "arrival rate" in what:
        return of(f"activity.{step}.arrivals_per_day") / HOURS_A_DAY
    if what.endswith("Wq"):
        return of(f"activity.{step}.wait_mean_days") * HOURS_A_DAY
    if what.endswith("rho"):
        return of(f"resource.{NETWORKS[network][step].resource}.occupancy_mean")
    return of(f"activity.{step}.present_mean")


def controls_of(figure: Figure) -> tuple[Control, ...]:
    """Give what a figure is controlled by: arrivals and mean service of its step, or of all."""
    if "arrival rate" in figure.metric:
        return ()
    network, step = figure.metric.split(" ", 1)[0], step_of(figure)
    setting = SETTINGS[network]
    return tuple(
        control
        for name, one in NETWORKS[network].items()
        if step in (None, name)
        for control in (
            setting.control(f"activity.{name}.arrivals_per_day", one.arrivals * HOURS_A_DAY),
            setting.control(f"activity.{name}.time_mean_days", one.hours / HOURS_A_DAY),
        )
    )


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.metric)
def test_a_network_with_feedback_meets_jackson(figure: Figure) -> None:
    setting = SETTINGS[figure.metric.split(" ", 1)[0]]

    found = scored(figure, setting, see=lambda of: see(figure, of), controls=controls_of(figure))

    expect_agreement(found)
