"""A draw of a parameter is addressed by seed, draw and path; correlated ranks go together as written."""

import numpy as np
import pytest

from simulator.errors import DefinitionError
from simulator.experiment.uncertainty.draws import Copula, copula_of, drawn_ranks

NONE = Copula()
NAMES = ("needs.illness.rate", "activities.ward.duration", "resources.beds.capacity")


def ranks(*names: str, draws: int = 400, copula: Copula = NONE) -> np.ndarray:
    rows = [drawn_ranks(names, seed=7, draw=draw, copula=copula) for draw in range(1, draws + 1)]
    return np.array([[row[name] for name in names] for row in rows])


def spearman(columns: np.ndarray) -> float:
    from scipy.stats import spearmanr

    return float(spearmanr(columns).statistic)


def test_a_draw_depends_on_no_other_parameter_and_not_on_how_many_draws() -> None:
    alone = ranks(NAMES[0], draws=5)
    among = ranks(*NAMES, draws=9)

    assert np.array_equal(alone[:, 0], among[:5, 0])
    assert not np.array_equal(among[:, 0], among[:, 1])
    assert drawn_ranks(NAMES, seed=8, draw=1, copula=NONE) != drawn_ranks(NAMES, seed=7, draw=1, copula=NONE)


def test_draws_are_even() -> None:
    found = ranks(*NAMES, draws=2000)

    assert np.allclose(found.mean(axis=0), 0.5, atol=0.03)
    assert abs(spearman(found[:, :2])) < 0.08


@pytest.mark.parametrize("rank", [-0.9, 0.3, 0.8])
def test_correlated_parameters_have_the_rank_correlation_written(rank: float) -> None:
    copula = copula_of({(NAMES[0], NAMES[1]): rank})
    found = ranks(*NAMES, draws=4000, copula=copula)

    assert spearman(found[:, :2]) == pytest.approx(rank, abs=0.04)
    assert np.array_equal(found[:, 2], ranks(NAMES[2], draws=4000)[:, 0])
    assert np.array_equal(found[:, 1], ranks(NAMES[1], draws=4000)[:, 0])


def test_correlations_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(DefinitionError, match="contradict each other"):
        copula_of({(NAMES[0], NAMES[1]): 0.9, (NAMES[1], NAMES[2]): 0.9, (NAMES[0], NAMES[2]): -0.9})
