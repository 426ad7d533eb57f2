"""The best is chosen at least as often as stated, with chances in common or without."""

import numpy as np
import pytest

from simulator.analysis import choosing
from simulator.analysis.choosing import Standing, Terms, choose

TERMS = Terms(within=1.0, probability=0.9, first=10, most=600)
# Four others a difference that matters above the best: the hardest case that the probability is promised for.
MEANS = np.array([1.0, 1.0, 0.0, 1.0, 1.0])
STUDIES = 300


def study(number: int, *, common: float, most: int = 600) -> np.ndarray:
    """Draw a study's values (systems, replications): so much of their noise is common to all."""
    random = np.random.default_rng([20250401, number])
    shared, own = random.normal(0, 2, most), random.normal(0, 2, (len(MEANS), most))
    return MEANS[:, None] + np.sqrt(common) * shared + np.sqrt(1 - common) * own


def chosen(values: np.ndarray, terms: Terms = TERMS) -> Standing:
    return choose(values, [values.shape[1]] * len(values), terms=terms)


def rate(common: float) -> tuple[float, float]:
    """Give how often the best was chosen, and how many replications it took on average."""
    found = [chosen(study(number, common=common)) for number in range(STUDIES)]
    assert all(one.is_made for one in found)
    return float(np.mean([one.left[0] == 2 for one in found])), float(
        np.mean([one.replications for one in found])
    )


def test_the_best_is_chosen_as_often_as_stated_and_chances_in_common_save_replications() -> None:
    apart, many = rate(0.0)
    together, few = rate(0.8)

    # One sided, 300 studies: three standard errors below 90% are 84.8%.
    assert min(apart, together) > 0.848
    assert few < 0.5 * many


def test_half_the_critical_value_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    variances = choosing._variances
    monkeypatch.setattr(choosing, "_variances", lambda values: variances(values) / 2)

    assert rate(0.0)[0] < 0.848


def test_what_is_looked_at_does_not_depend_on_how_much_was_run() -> None:
    values = study(1, common=0.5)
    found = chosen(values)

    enough = values[:, : found.replications]
    assert chosen(enough) == found
    fewer = choose(enough, [found.replications - 1] * 5, terms=TERMS)
    assert (fewer.needs, fewer.is_made) == (True, False)


def test_those_that_are_out_need_not_be_run_on() -> None:
    values = study(3, common=0.0)
    found = chosen(values)
    held = [out or found.replications for out in found.out_at]
    for system, count in enumerate(held):
        values[system, count:] = np.nan

    assert choose(values, held, terms=TERMS) == found


def test_twins_are_one_and_the_first_stands_for_both() -> None:
    values = study(5, common=0.5)
    values[4] = values[2]

    found = choose(values, [600] * 5, terms=TERMS, worlds=[0, 1, 2, 3, 2])

    assert found.is_made
    assert found.left == (2,)


def test_a_choice_that_is_not_made_within_the_most_says_who_is_left() -> None:
    found = chosen(study(7, common=0.0), Terms(within=0.01, probability=0.99, first=10, most=12))

    assert (found.is_made, found.needs, found.replications) == (False, False, 12)
    assert len(found.left) > 1


def test_replications_that_failed_are_passed_over_and_those_without_a_figure_are_out() -> None:
    values = study(9, common=0.8)
    values[:, 4] = np.nan
    values[0] = np.nan

    found = chosen(values)

    assert found.is_made
    assert 0 not in found.left


def test_what_chose_the_best_flatters_it_and_replications_that_did_not_do_not() -> None:
    flattered, fresh = [], []
    for number in range(100):
        values = np.random.default_rng([3, number]).normal(0, 1, (8, 60))
        found = chosen(values[:, :40], Terms(within=1.0, probability=0.9, first=10, most=40))
        flattered.append(values[found.left[0], : found.replications].mean())
        fresh.append(values[found.left[0], 40:].mean())

    assert np.mean(flattered) < -0.2
    assert abs(np.mean(fresh)) < 3 * np.std(fresh) / 10
