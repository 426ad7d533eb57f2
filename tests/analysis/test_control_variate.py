"""A mean helped by a cheap lens: narrower where the lens tells something, and as sure as it says."""

import numpy as np
import pytest

from simulator.analysis import control_variate
from simulator.analysis.control_variate import Controlled, controlled

STUDIES, PAIRS, DRAWS = 2000, 8, 60


def study(number: int, *, tells: float, is_sample: bool = True) -> Controlled:
    """Draw what both lenses say, with a correlation so strong; the true mean is 3."""
    random = np.random.default_rng([8, number])
    x = random.normal(1, 2, DRAWS)
    y = 3 + 0.7 * (x - 1) + 0.7 * 2 * np.sqrt(1 / tells**2 - 1) * random.normal(0, 1, DRAWS)
    found = controlled(y[:PAIRS], x[:PAIRS], all_x=x, is_sample=is_sample)
    assert found is not None
    return found


def coverage(tells: float) -> tuple[float, float]:
    """Give how often the interval holds the truth, and its median width as a share of the plain one's."""
    found = [study(number, tells=tells) for number in range(STUDIES)]
    held = [one.helped[1] <= 3 <= one.helped[2] for one in found]
    width = [(one.helped[2] - one.helped[1]) / (one.plain[2] - one.plain[1]) for one in found]
    return float(np.mean(held)), float(np.median(width))


def test_a_lens_that_tells_much_narrows_the_interval_and_it_holds_the_truth() -> None:
    held, width = coverage(0.95)

    # One sided: three standard errors of 95% over 2,000 studies are 1.5%.
    assert held > 0.935
    assert width < 0.6


def test_a_lens_that_tells_little_is_said_not_to_help() -> None:
    held, width = coverage(0.2)

    assert held == pytest.approx(0.95, abs=0.015)
    assert width > 1
    assert np.mean([study(number, tells=0.2).helps for number in range(200)]) < 0.5


def test_forgetting_that_draws_of_the_cheap_lens_are_few_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = control_variate.controlled
    monkeypatch.setitem(
        globals(), "controlled", lambda *of, **words: whole(*of, **words | {"is_sample": False})
    )

    assert coverage(0.95)[0] < 0.935


def test_the_estimate_is_the_regression_at_the_mean_of_all() -> None:
    x, all_x = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 2.0, 3.0, 4.0, 10.0])

    found = controlled(1 + 2 * x, x, all_x=all_x, is_sample=False)

    assert (found.n, found.of, found.coefficient) == (4, 5, 2.0)
    assert found.helped == pytest.approx((9.0, 9.0, 9.0))
    assert found.helps


def test_three_pairs_are_too_few_and_a_lens_that_never_varies_changes_nothing() -> None:
    x = np.arange(3.0)
    flat = controlled(np.arange(5.0), np.ones(5), all_x=np.ones(9), is_sample=True)

    assert controlled(x, x, all_x=x, is_sample=True) is None
    assert flat.helped == flat.plain
    assert not flat.helps


def test_a_lens_that_never_varies_changes_nothing_however_its_mean_is_rounded() -> None:
    found = controlled(np.arange(6.0), np.full(6, 0.1), all_x=np.full(60, 0.1), is_sample=True)

    assert found.helped == found.plain
