"""Nothing is promised of rare counts that have not been seen yet, nor where figures are absent."""

import numpy as np

from simulator.analysis.choosing import Standing, Terms, choose

TERMS = Terms(within=0.1, probability=0.95, first=10, most=200)


def chosen(*values: np.ndarray, worlds: list[int] | None = None) -> Standing:
    return choose(np.array(values), [200] * len(values), terms=TERMS, worlds=worlds)


def rare(number: int) -> Standing:
    """Choose between a rare event and a rarer one, of the same chances."""
    random = np.random.default_rng([150, number])
    return chosen(random.poisson(0.15, 200).astype(float), random.poisson(0.02, 200).astype(float))


def test_of_rare_counts_the_best_is_chosen_as_often_as_stated() -> None:
    made = [found for number in range(100) if (found := rare(number)).is_made]

    # One sided: three standard errors below 95% of so many.
    assert len(made) > 50
    assert np.mean([one.left[0] == 1 for one in made]) > 0.95 - 3 * np.sqrt(0.05 * 0.95 / len(made))


def test_two_that_never_differed_are_not_told_apart_unless_they_are_one_world() -> None:
    never = np.zeros(200)

    apart, one = chosen(never, never), chosen(never, never, worlds=[4, 4])

    assert (apart.is_made, apart.left, apart.replications) == (False, (0, 1), 200)
    assert (one.is_made, one.left) == (True, (0,))


def test_a_difference_that_is_always_the_same_is_told_by_the_most() -> None:
    late = np.zeros(200)
    late[20] = 60.0

    assert chosen(np.full(200, 2.0), np.full(200, 1.9)).left == (1,)
    assert chosen(np.full(200, 2.0), np.full(200, 1.9)).is_made
    assert not chosen(np.full(200, 2.0), np.full(200, 1.9) + late).is_made


def test_one_that_is_mostly_absent_is_no_better_for_that_and_more_are_run() -> None:
    random = np.random.default_rng(6)
    often = random.exponential(1.0, 200) + 1.0
    seldom = np.where(np.arange(200) % 10 == 3, 2.5, np.nan)

    begun = choose(np.array([often, seldom]), [10, 10], terms=TERMS)
    ended = chosen(often, seldom)

    assert (begun.needs, begun.left) == (True, (0, 1))
    assert ended.left[0] == 0
    assert ended.has_gaps


def test_gaps_of_those_that_are_out_or_stood_for_are_none() -> None:
    random = np.random.default_rng(8)
    noise = random.normal(0, 0.05, 200)
    rival, worse, twin = random.normal(0.1, 0.3, 200), random.normal(9, 0.1, 200), noise.copy()
    worse[10:], twin[10:] = np.nan, np.nan

    found = chosen(noise, worse, twin, rival, worlds=[0, 1, 0, 2])

    assert found.replications > 10
    assert (found.left, found.is_made, found.has_gaps) == ((0,), True, False)
