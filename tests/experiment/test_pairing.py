"""Two worlds matched need by need, and the people enrolled followed through both."""

import numpy as np
import pytest
from experiment.fragments import DAY, PERIODS, QUARTER, a_program, a_run

from simulator.experiment.pairing import pair


def test_needs_of_two_worlds_are_averted_induced_or_knocked_on() -> None:
    averted = np.zeros((PERIODS, 2, 2, 1))
    averted[1, 0, 0, 0] = 2.0
    baseline = a_run(
        needs__ids=np.array([1, 2, 3, 4, 5, 8]),
        needs__id_need=np.array([0, 0, 0, 1, 1, 0]),
        needs__id_induced=np.zeros(6, bool),
    )
    scenario = a_run(
        needs__ids=np.array([1, 4, 6, 7]),
        needs__id_need=np.array([0, 1, 1, 0]),
        needs__id_induced=np.array([False, False, True, False]),
        needs__averted_ids=np.array([2, 9]),
        needs__averted_need=np.array([0, 0]),
        needs__averted=averted,
    )

    found = pair(baseline, scenario, program=a_program(), scenario="plans")

    assert found.baseline.tolist() == [4, 2]
    assert found.averted.tolist() == [[1.0], [0.0]]
    assert found.induced.tolist() == [0, 1]
    assert found.knock_on_fewer.tolist() == [2.0, 1.0]
    assert found.knock_on_more.tolist() == [1, 0]
    assert found.scenario_needs.tolist() == [2, 2]


def test_the_waterfall_of_needs_sums_to_the_scenario() -> None:
    rng = np.random.default_rng(20250401)
    ids = np.arange(200)
    need = rng.integers(0, 2, 200)
    one, other = np.sort(rng.permutation(200)[:120]), np.sort(rng.permutation(200)[:110])
    gone = np.setdiff1d(one, other)[::2]
    pull = rng.random((PERIODS, 2, 2, 1))
    baseline = a_run(needs__ids=ids[one], needs__id_need=need[one], needs__id_induced=np.zeros(120, bool))
    scenario = a_run(
        needs__ids=ids[other],
        needs__id_need=need[other],
        needs__id_induced=rng.random(110) < 0.3,
        needs__averted_ids=gone,
        needs__averted_need=need[gone],
        needs__averted=pull,
    )

    found = pair(baseline, scenario, program=a_program(), scenario="plans")

    total = (
        found.baseline
        - found.averted.sum(axis=1)
        + found.induced
        - found.knock_on_fewer
        + found.knock_on_more
    )
    assert total == pytest.approx(found.scenario_needs)


def an_enrolling_run(second: list[int], use: np.ndarray) -> object:
    people = use.shape[2]
    return a_run(
        enrolments__person=np.arange(len(second)),
        enrolments__intervention=np.zeros(len(second), dtype=int),
        enrolments__second=np.array(second),
        people__use=use,
        people__use_need=np.array([1]),
        people__address=np.arange(people) * 10,
        enrolments__enrolled_area=np.zeros((10, 1), dtype=int),
        needs__displaced=np.zeros((10, 2, 2, 2), dtype=int),
        needs__averted=np.zeros((10, 2, 2, 1)),
    )


def test_naive_and_true_are_read_from_the_same_quarters_of_both_worlds() -> None:
    program = a_program(quarters=10)
    use = np.zeros((1, 10, 2), dtype=np.uint16)
    use[0, :, 0] = [9, 3, 3, 3, 3, 7, 1, 1, 1, 1]
    without = use.copy()
    without[0, 6:, 0] = 2
    scenario = an_enrolling_run([5 * QUARTER + DAY], use)
    baseline = an_enrolling_run([], without)

    found = pair(baseline, scenario, program=program, scenario="plans")

    assert found.people.tolist() == [1]
    assert found.use_before.tolist() == [[-1, 12]]
    assert found.use_after.tolist() == [[-1, 4]]
    assert found.use_after_without.tolist() == [[-1, 8]]


def test_enrolled_on_the_first_second_of_a_quarter_that_quarter_is_after() -> None:
    use = np.zeros((1, 10, 1), dtype=np.uint16)
    use[0, :, 0] = [0, 0, 1, 1, 1, 1, 5, 5, 5, 5]
    scenario = an_enrolling_run([6 * QUARTER], use)

    found = pair(an_enrolling_run([], use), scenario, program=a_program(quarters=10), scenario="plans")

    assert found.use_before[0, 1] == 4
    assert found.use_after[0, 1] == 20


@pytest.mark.parametrize("second", [3 * QUARTER, 6 * QUARTER + 1])
def test_people_without_four_complete_quarters_on_both_sides_are_left_out(second: int) -> None:
    use = np.ones((1, 10, 1), dtype=np.uint16)

    found = pair(
        an_enrolling_run([], use),
        an_enrolling_run([second], use),
        program=a_program(quarters=10),
        scenario="x",
    )

    assert found.people.tolist() == [0]
    assert found.use_before[0, 1] == 0


def test_people_are_matched_by_address_where_the_worlds_order_them_otherwise() -> None:
    use = np.zeros((1, 10, 2), dtype=np.uint16)
    use[0, 5:, 1] = 3
    baseline = a_run(
        people__use=use,
        people__use_need=np.array([1]),
        people__address=np.array([99, 0]),
        needs__displaced=np.zeros((10, 2, 2, 2), dtype=int),
        needs__averted=np.zeros((10, 2, 2, 1)),
    )

    found = pair(baseline, an_enrolling_run([5 * QUARTER], use), program=a_program(quarters=10), scenario="x")

    assert found.use_after_without[0, 1] == 12
