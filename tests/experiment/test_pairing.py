"""Two worlds matched need by need, and the people enrolled followed through both."""

from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np
import pytest
from experiment.fragments import DAY, PERIODS, QUARTER, a_program, a_run

from simulator.compiler.program import Program
from simulator.engines.records import AVERTED, HAPPENED, INDUCED, Run
from simulator.experiment.matching import world
from simulator.experiment.pairing import Pairing, pair

Years = Sequence[np.ndarray]
CAUSED = HAPPENED | INDUCED


def paired(baseline: Run, scenario: Run, *, program: Program | None = None, needs: Years = ()) -> Pairing:
    """Pair two runs on one demand, whose candidates are of these needs, an array a year."""
    demand = SimpleNamespace(need_of=needs.__getitem__)
    worlds = (world(run, demand) for run in (baseline, scenario))
    return pair(*worlds, program=program or a_program(), scenario="plans")


def fates(*years: list[int]) -> tuple[np.ndarray, ...]:
    return tuple(np.array(year, dtype=np.uint8) for year in years)


def test_needs_of_two_worlds_are_averted_induced_or_knocked_on() -> None:
    pulled = np.zeros((PERIODS, 2, 2, 1))
    pulled[1, 0, 0, 0] = 2.0
    needs = fates([0, 0, 0, 1, 1], [1, 0, 0, 0])
    without = fates([HAPPENED, HAPPENED, HAPPENED, HAPPENED, HAPPENED], [0, 0, HAPPENED, 0])
    with_it = fates([HAPPENED, AVERTED, 0, HAPPENED, 0], [CAUSED, HAPPENED, 0, AVERTED])

    found = paired(a_run(needs__fate=without), a_run(needs__fate=with_it, needs__averted=pulled), needs=needs)

    assert found.baseline.tolist() == [4, 2]
    assert found.averted.tolist() == [[1.0], [0.0]]
    assert found.induced.tolist() == [0, 1]
    assert found.knock_on_fewer.tolist() == [2.0, 1.0]
    assert found.knock_on_more.tolist() == [1, 0]
    assert found.scenario_needs.tolist() == [2, 2]


def test_the_waterfall_of_needs_sums_to_the_scenario() -> None:
    rng = np.random.default_rng(20250401)
    needs = [rng.integers(0, 2, 200).astype(np.uint8) for _ in range(2)]
    without, with_it = (
        tuple(rng.choice(fates([0, HAPPENED, CAUSED, AVERTED])[0], 200) for _ in range(2)) for _ in range(2)
    )
    scenario = a_run(needs__fate=with_it, needs__averted=rng.random((PERIODS, 2, 2, 1)))

    found = paired(a_run(needs__fate=without), scenario, needs=needs)

    averted, fewer = found.averted.sum(axis=1), found.knock_on_fewer
    total = found.baseline - averted + found.induced - fewer + found.knock_on_more
    assert total == pytest.approx(found.scenario_needs)


def an_enrolling_run(second: list[int], use: np.ndarray) -> Run:
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

    found = paired(baseline, scenario, program=program)

    assert found.people.tolist() == [1]
    assert found.use_before.tolist() == [[-1, 12]]
    assert found.use_after.tolist() == [[-1, 4]]
    assert found.use_after_without.tolist() == [[-1, 8]]


def test_enrolled_on_the_first_second_of_a_quarter_that_quarter_is_after() -> None:
    use = np.zeros((1, 10, 1), dtype=np.uint16)
    use[0, :, 0] = [0, 0, 1, 1, 1, 1, 5, 5, 5, 5]
    scenario = an_enrolling_run([6 * QUARTER], use)

    found = paired(an_enrolling_run([], use), scenario, program=a_program(quarters=10))

    assert found.use_before[0, 1] == 4
    assert found.use_after[0, 1] == 20


@pytest.mark.parametrize("second", [3 * QUARTER, 6 * QUARTER + 1])
def test_people_without_four_complete_quarters_on_both_sides_are_left_out(second: int) -> None:
    use = np.ones((1, 10, 1), dtype=np.uint16)

    found = paired(an_enrolling_run([], use), an_enrolling_run([second], use), program=a_program(quarters=10))

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

    found = paired(baseline, an_enrolling_run([5 * QUARTER], use), program=a_program(quarters=10))

    assert found.use_after_without[0, 1] == 12
