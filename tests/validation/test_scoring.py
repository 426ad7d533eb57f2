"""The scoring of published cases can itself fail."""

import numpy as np
import pytest
from recursion import starts
from scipy.stats import binom
from scoring import Control, Figure, Verdict, score

FIGURE = Figure(metric="mean wait", value=10.0, relative=0.02)


def sample(mean: float, *, error: float, replications: int = 40) -> list[float]:
    """Draw a sample whose mean and standard error are exactly these."""
    draws = np.random.default_rng(1).normal(size=replications)
    draws = (draws - draws.mean()) / draws.std(ddof=1)
    return list(mean + error * np.sqrt(replications) * draws)


@pytest.mark.parametrize(
    ("mean", "error", "verdict"),
    [
        (10.15, 0.02, Verdict.AGREES),  # many standard errors away, but within the tolerance
        (10.22, 0.09, Verdict.AGREES),  # beyond the tolerance, but within three standard errors
        (10.30, 0.09, Verdict.DIFFERS),
        (9.70, 0.09, Verdict.DIFFERS),
        (10.00, 0.11, Verdict.INCONCLUSIVE),
        (11.00, 0.30, Verdict.DIFFERS),  # a wide interval is no excuse
    ],
)
def test_a_figure_is_scored_by_tolerance_and_by_three_standard_errors(
    mean: float, error: float, verdict: Verdict
) -> None:
    assert score(FIGURE, sample(mean, error=error)).verdict is verdict


def test_a_control_takes_out_what_the_arrivals_explain() -> None:
    arrivals = np.array(sample(5.0, error=0.1)) + 0.07
    noise = np.array(sample(0.0, error=0.01))[::-1]

    found = score(
        FIGURE, list(10 + 3 * (arrivals - 5) + noise), controls=[Control(seen=list(arrivals), expected=5.0)]
    )

    assert found.mean == pytest.approx(10.0, abs=3 * found.error)
    assert found.error < 0.02


def test_a_control_that_never_moves_changes_nothing() -> None:
    values = sample(10.0, error=0.05)

    assert score(FIGURE, values, controls=[Control(seen=[5.0] * 40, expected=5.0)]).error == pytest.approx(
        0.05
    )


def test_a_figure_differs_where_a_control_is_not_as_expected() -> None:
    values, control = sample(10.0, error=0.05), sample(5.0, error=0.1)[::-1]

    found = {at: score(FIGURE, values, controls=[Control(seen=control, expected=at)]) for at in (4.7, 5.8)}

    assert (found[4.7].verdict, found[5.8].verdict) == (Verdict.AGREES, Verdict.DIFFERS)
    assert "not as the inputs say" in str(found[5.8])


def test_intervals_narrowed_by_controls_cover_the_mean_wait_as_often_as_they_say() -> None:
    wait = Figure(metric="mean wait", value=1.0, relative=0.02)
    rng, tries = np.random.default_rng(1), 600

    scores = [score(wait, seen, controls=controls) for seen, controls in (a_queue(rng) for _ in range(tries))]

    covered = sum(abs(one.mean - wait.value) < one.half_width for one in scores)
    assert binom.ppf(5e-7, tries, 0.95) <= covered <= binom.ppf(1 - 5e-7, tries, 0.95)
    assert not any(one.controls_stray for one in scores)


def a_queue(rng: np.random.Generator, *, replications: int = 40) -> tuple[list[float], list[Control]]:
    """Give mean waits in M/M/1, half full, hours 200 to 1,000; and its controls: arrivals and mean stay."""
    unit = 3_600
    arrival = rng.exponential(2 * unit, (replications, 800)).cumsum(axis=1).astype(np.int64)
    stay = rng.exponential(unit, arrival.shape).astype(np.int64)
    wait = np.array([starts(*one, 1) for one in zip(arrival, stay, strict=True)]) - arrival
    inside = (arrival >= 200 * unit) & (arrival < 1_000 * unit)
    number = inside.sum(axis=1)
    means = [(what * inside).sum(axis=1) / number / unit for what in (wait, stay)]
    controls = [Control(seen=number, expected=400), Control(seen=means[1], expected=1.0)]
    return list(means[0]), controls


def test_an_absolute_tolerance_stands_as_it_is() -> None:
    assert Figure(metric="share", value=0.19, absolute=0.0146).tolerance == 0.0146
