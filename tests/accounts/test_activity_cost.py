"""Activity priced by starts and days in the place."""

import numpy as np

from simulator.accounts.activity_cost import activity_pence
from simulator.compiler.program import Prices


def test_a_contact_costs_by_start_and_a_bed_by_the_day_at_the_price_of_its_period() -> None:
    prices = Prices(
        contact=np.array([[4_500.0], [0.0]]),
        day=np.array([[0.0], [8_000.0]]),
        payer=np.array([[0, -1], [0, -1]]),
        changed=np.array([1]),
        by_period=np.array([[[[0.0], [0.0]], [[8_000.0], [6_000.0]]]]),
        overhead_owner=np.zeros(0, dtype=np.int64),
        overheads=np.zeros((2, 0)),
    )

    found = activity_pence(
        prices,
        period=np.array([1, 0, 1]),
        activity=np.array([0, 1, 1]),
        group=np.array([0, 0, 0]),
        starts=np.array([3, 2, 2]),
        place_seconds=np.array([999, 129_600, 129_600]),
    )

    assert found.tolist() == [13_500.0, 12_000.0, 9_000.0]
