"""What buying together makes of a price, and what is spent whatever is done: by hand."""

import numpy as np
import pytest
from compiler.models import PEOPLE

from simulator.units import SECONDS_A_YEAR

WEEK = 7 * 86_400
BOUGHT = (
    PEOPLE
    + """
[organisations.north]
sector = "commissioner"
[costs.oxygen]
variable = "£1000 per year"
bought_by = { north = 100 }
others = { south = 300 }
[costs.rent]
fixed = "£52 per week"
payer = "north"
[lookups.by_volume]
points = [[0, 1.0], [1000, 0.5]]
[lookups.by_partners]
points = [[1, 1.0], [2, 0.9], [19, 1.2]]
[interventions.together]
starts = "7 days"
[[interventions.together.effects]]
prices = { cost = "oxygen", lookup = "by_volume", by_partners = "by_partners", negotiation = "£30" }
"""
)


def line(program: object, name: str) -> np.ndarray:
    return program.prices.overheads[:, program.names.overheads.index(name)]


def test_a_price_falls_with_the_volume_and_the_partners(compile_text) -> None:
    program = compile_text(BOUGHT, on=["together"])
    week = 100 * 100_000 * WEEK / SECONDS_A_YEAR

    # Alone 0.95 of the curve, together 0.8; two partners 0.9 of one.
    factor = 0.8 / 0.95 * 0.9
    assert line(program, "north.bought:oxygen")[:3].tolist() == pytest.approx([week] + [week * factor] * 2)


def test_negotiation_is_paid_once_at_the_start(compile_text) -> None:
    assert line(compile_text(BOUGHT, on=["together"]), "north.negotiation:oxygen").tolist()[:3] == [
        0,
        3_000,
        0,
    ]


def test_off_nothing_is_negotiated_and_the_price_stays(compile_text) -> None:
    program = compile_text(BOUGHT)

    assert not line(program, "north.negotiation:oxygen").any()
    assert np.ptp(line(program, "north.bought:oxygen")[:3]) == pytest.approx(0)


def test_a_fixed_sum_is_spent_week_by_week(compile_text) -> None:
    assert line(compile_text(BOUGHT), "north.fixed:rent")[:2].tolist() == pytest.approx([5_200, 5_200])
