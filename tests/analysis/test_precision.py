"""Replications go on until differences are known well enough, and stay so."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import t

from simulator.analysis import precision
from simulator.analysis.precision import replications_needed, run_as_asked
from simulator.definition.experiment import Experiment
from simulator.errors import DefinitionError
from simulator.experiment.run import run_experiment

Ward = Callable[..., Experiment]
NOISE = np.random.default_rng(8).normal(0, 1, 200).tolist()
NOUGHT = [0.0] * 200


def test_enough_is_when_the_interval_is_narrow_and_stays_so_for_five_more() -> None:
    found = replications_needed([(NOISE, NOUGHT, 0.4)], at_least=5)

    halves = {n: t.ppf(0.975, n - 1) * np.std(NOISE[:n], ddof=1) / n**0.5 for n in range(5, 100)}
    assert all(halves[n] < 0.4 for n in range(found - 5, found + 1))
    assert halves[found - 6] >= 0.4


def test_the_number_used_does_not_depend_on_how_many_were_run() -> None:
    found = replications_needed([(NOISE, NOUGHT, 0.4)], at_least=5)

    assert replications_needed([(NOISE[:found], NOUGHT[:found], 0.4)], at_least=5) == found
    assert replications_needed([(NOISE[: found - 1], NOUGHT[: found - 1], 0.4)], at_least=5) is None


def test_a_narrow_spell_that_ends_does_not_count() -> None:
    values = [0.0] * 7 + [30.0, -30.0] * 20

    assert replications_needed([(values, NOUGHT[: len(values)], 1.0)], at_least=5) is None


def test_every_primary_difference_must_be_known() -> None:
    easy, hard = (NOISE, NOUGHT, 5.0), (NOISE, NOUGHT, 0.2)

    assert replications_needed([easy, hard], at_least=5) == replications_needed([hard], at_least=5)


def test_an_experiment_runs_until_it_is_precise(ward: Ward, tmp_path: Path) -> None:
    experiment = ward(
        "replications={ until = 'precise', at_least = 2, at_most = 9 }",
        "horizon='8 weeks'",
        "measures.wait={ of = 'activity.ward.starts_per_day', primary = true, matters_from = 1000 }",
        "log=none",
    )

    results = run_as_asked(experiment, out=tmp_path / "r", workers=1)

    assert results.replications == tuple(range(7))
    assert results.notes == ()


def test_an_experiment_that_never_is_says_so(ward: Ward, tmp_path: Path) -> None:
    experiment = ward(
        "replications={ until = 'precise', at_least = 2, at_most = 7 }",
        "horizon='8 weeks'",
        "measures.wait={ of = 'activity.ward.starts_per_day', primary = true, matters_from = 0.0001 }",
        "log=none",
    )

    results = run_as_asked(experiment, out=tmp_path / "r", workers=1)

    assert results.replications == tuple(range(7))
    assert "7 replications were not enough" in results.notes[0]


def test_of_a_share_of_the_place_counts_are_held_to_that_share(ward: Ward, tmp_path: Path) -> None:
    measures = "measures.{}={{ of = '{}', primary = true, matters_from = 4 }}"
    experiment = ward(
        "replications=2",
        "population_share=0.25",
        "horizon='4 weeks'",
        measures.format("seen", "activity.ward.starts_per_day"),
        measures.format("stay", "activity.ward.wait_mean_days"),
        "log=none",
    )

    results = run_experiment(experiment, out=tmp_path / "r", workers=1)

    assert precision._differences(results)[1].tolist() == [1.0, 4.0] * 2


def test_until_precise_needs_to_know_what_matters(ward: Ward, tmp_path: Path) -> None:
    experiment = ward("replications={ until = 'precise' }", "horizon='4 weeks'", "log=none")

    with pytest.raises(DefinitionError, match=r"replications: .* needs a primary measure that says matters"):
        run_as_asked(experiment, out=tmp_path / "r", workers=1)

    assert list(tmp_path.iterdir()) == []
