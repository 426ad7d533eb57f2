"""Variates: tables read by inversion, and the two functions that are not left to a library."""

import math

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtri

from simulator.compiler.law_tables import Steps, ordered_table, pack_tables, step_table
from simulator.compiler.program import Laws
from simulator.engines.elementary import logarithm, normal_scores, take_logarithms
from simulator.engines.traits import read_factors
from simulator.engines.variates import variate, whole_seconds

PROBES = np.concatenate([np.linspace(0.0003, 0.9997, 4001), 10.0 ** -np.linspace(1, 15.9, 600)])


def value(laws: Laws, law: int, u: float, number: int = 1) -> float:
    """Read one variate."""
    tables = laws.kind, laws.scale, laws.first, laws.size, laws.points, laws.cumulative
    return float(variate(*tables, law, u, number))


@pytest.mark.parametrize(
    ("drawn", "rounded"),
    [(-3.0, 0), (0.0, 0), (0.001, 1), (0.5, 1), (1.49, 1), (1.5, 2), (2.5, 3), (86399.5, 86400)],
)
def test_a_time_is_rounded_halves_up_and_a_positive_one_is_a_second_at_least(
    drawn: float, rounded: int
) -> None:
    assert whole_seconds(drawn) == rounded


def test_a_step_is_taken_from_its_running_share_on() -> None:
    laws = pack_tables(
        [step_table(Steps(values=np.array([2.0, 5.0, 7.0]), chances=np.array([0.25, 0.5, 0.25])))]
    )

    found = [value(laws, 0, u) for u in (1e-12, 0.2499, 0.25, 0.5, 0.7499, 0.75, 1 - 2.0**-53)]

    assert found == [2.0, 2.0, 5.0, 5.0, 5.0, 7.0, 7.0]


def test_values_in_order_go_by_number_and_begin_again() -> None:
    laws = pack_tables([ordered_table([30.0, 10.0, 20.0])])

    assert [value(laws, 0, 0.9, number) for number in (1, 2, 3, 4, 8)] == [30.0, 10.0, 20.0, 30.0, 10.0]


def test_laws_in_one_program_do_not_disturb_each_other() -> None:
    first = step_table(Steps(values=np.array([4.0]), chances=np.array([1.0])))
    laws = pack_tables([ordered_table([1.0, 2.0]), first, ordered_table([3.0]), first])

    assert [value(laws, law, 0.3) for law in range(4)] == [1.0, 4.0, 3.0, 4.0]
    assert laws.first[1] == laws.first[3]


def test_a_trait_is_read_by_straight_lines_and_held_at_the_ends() -> None:
    row, scores = np.array([0.0, 1.0, 5.0]), np.array([-9.0, -8.0, -4.0, 0.0, 2.0, 8.0, 20.0])
    found = np.empty(len(scores))

    read_factors(row, scores, found)

    assert found.tolist() == [0.0, 0.0, 0.5, 1.0, 2.0, 5.0, 5.0]


def test_the_logarithm_is_right_to_the_last_bit_but_one() -> None:
    for u in [*PROBES, *(1.0 - PROBES[PROBES < 0.5])]:
        exact = math.log(u)
        assert abs(logarithm(u) - exact) <= np.spacing(abs(exact))


def test_logarithms_taken_together_are_those_taken_alone() -> None:
    found = PROBES.copy()

    take_logarithms(found)

    assert found.tolist() == [logarithm(u) for u in PROBES]


def test_the_normal_score_is_the_normal_quantile() -> None:
    assert normal_scores(PROBES) == pytest.approx(ndtri(PROBES), rel=1e-13, abs=1e-13)


def test_normal_scores_of_tails_mirror_each_other() -> None:
    u = np.array([0.25, 0.0625, 2.0**-20])

    assert normal_scores(u).tolist() == (-normal_scores(1.0 - u)).tolist()
    assert normal_scores(np.array([0.5])).tolist() == [0.0] == [stats.norm.ppf(0.5)]
