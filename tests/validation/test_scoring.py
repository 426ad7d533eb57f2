"""The scoring of published cases can itself fail."""

import numpy as np
import pytest
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


def test_an_absolute_tolerance_stands_as_it_is() -> None:
    assert Figure(metric="share", value=0.19, absolute=0.0146).tolerance == 0.0146
