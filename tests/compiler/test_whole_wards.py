"""How many wards stand open in so many places: to the nearest whole, a half opens one."""

import numpy as np

from simulator.compiler.standing import whole_wards


def test_half_a_ward_opens_one_whichever_number_it_follows() -> None:
    # Of two beds each: 16, and one, two, three more.
    assert whole_wards(np.array([16.0, 17, 18, 19]), size=2.0).tolist() == [8, 9, 9, 10]


def test_a_half_is_a_half_in_a_part_of_the_place_too() -> None:
    # 28 × 0.05 is not exactly 1.4: 0.7 places are half a ward of it.
    assert whole_wards(np.array([0.7, 2.1, 0.69]), size=28 * 0.05).tolist() == [1, 2, 0]
