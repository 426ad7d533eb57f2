"""What must be read beside a sweep and a search: the hypothesis, and claims that no evaluation has seen."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from experiment.alliance import alliance_experiment
from experiment.sweep.conftest import GRID, written_sweep

from simulator.analysis.seek import seek_as_asked
from simulator.analysis.sweep import sweep_as_asked
from simulator.analysis.sweep.estimates import SweepEstimates, estimates_of
from simulator.definition.experiments import load_experiment
from simulator.reports.hypothesis import HYPOTHESIS
from simulator.reports.seek.page import seek_page
from simulator.reports.seek.text import seek_text
from simulator.reports.sweep.cautions import NOT_MEASURED
from simulator.reports.sweep.page import sweep_page
from simulator.reports.sweep.text import sweep_text
from simulator.reports.sweep.words import where_words

NAMED = '[measures.admissions]\nof = "need.illness.per_year"\ntitle = "Emergency admissions a year"\n'
FROM_AE = """
[referrals.walk_in]
rate = "1 per week"
starts_at = "ae"
[activities.ae]
resource = "beds"
duration = "2 h"
queue_is_resident = true
resident = true
routes = { ward = 1.0 }
"""
SEEK = """
[seek]
vary = "resources.beds.capacity"
from = 11
to = 12
scenario = "plans"
target = "admissions >= 0"
probability = 0.5
"""

Swept = Callable[..., SweepEstimates]


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Swept:
    """Give a function that sweeps the small ward, with more in the experiment and in the model."""

    def make(more: str, *, model: str = "") -> SweepEstimates:
        folder = tmp_path_factory.mktemp("swept")
        path = written_sweep(folder, more)
        with (folder / "ward.toml").open("a", encoding="utf-8") as opened:
            opened.write(model)
        experiment = load_experiment(path, settings=["replications=1"])
        return estimates_of(sweep_as_asked(experiment, out=folder / "out", workers=1))

    return make


def with_a_fall(found: SweepEstimates, *falls: float) -> SweepEstimates:
    """Give the estimates with a fall of admissions at each point, as a share of the baseline's."""
    mean, place = found.differences.mean.copy(), found.results.plan.names.index("admissions")
    mean[:, 0, place] = -np.array(falls) * found.levels.mean[:, 0, place]
    return replace(found, differences=replace(found.differences, mean=mean))


def test_a_fall_beyond_what_has_been_seen_is_warned_of_at_its_worst_point(swept: Swept) -> None:
    found = swept(GRID + NAMED)

    worst = with_a_fall(found, 0.01, 0.08, 0.2, 0.0)
    (warning,) = sweep_page(worst).warnings

    assert warning.word == "Warning"
    assert warning.text.startswith(f"Plans {where_words(worst, 2)} (the most; ")
    assert "2 of 4 points claim too much): a fall of 20% in emergency admissions" in warning.text
    assert f"Warning: {warning.text}" in sweep_text(worst)
    assert sweep_page(with_a_fall(found, 0.01, 0.02, 0.07, 0.0)).warnings == ()


def test_a_sweep_that_does_not_measure_admissions_says_so(swept: Swept) -> None:
    remarks = [one.text for one in sweep_page(swept(GRID, model=FROM_AE)).remarks]

    assert NOT_MEASURED in remarks
    assert NOT_MEASURED not in [one.text for one in sweep_page(swept(GRID)).remarks]


def test_a_sweep_over_a_collaboration_says_that_it_is_a_hypothesis(tmp_path: Path) -> None:
    scenarios = (
        '[scenarios.joint]\non = ["joint"]\n[vary]\n"resources.beds.capacity" = { values = [11, 12] }\n'
    )
    settings = ("replications=1", "horizon=26 weeks")
    experiment = alliance_experiment(tmp_path, *settings, scenarios=f'{scenarios}[design]\nkind = "grid"\n')
    found = estimates_of(sweep_as_asked(experiment, out=tmp_path / "out", workers=1))

    assert [one.text for one in sweep_page(found).warnings] == [f"{HYPOTHESIS} It is in: Joint."]
    assert f"Hypothesis: {HYPOTHESIS}" in sweep_text(found)


def test_a_search_warns_of_what_its_answer_claims(tmp_path: Path) -> None:
    path = written_sweep(tmp_path, NAMED + SEEK)
    experiment = load_experiment(path, settings=["replications=2"])
    found = seek_as_asked(experiment, out=tmp_path / "out")
    assert found.answer == 11
    assert -1 < found.relative[11] < 0

    bold = replace(found, relative={11: -0.2})
    (warning,) = seek_page(bold).warnings

    assert warning.text.startswith("Plans with 11 (beds: capacity): a fall of 20% in emergency admissions")
    assert f"Warning: {warning.text}" in seek_text(bold)
    assert seek_page(replace(found, relative={11: -0.07})).warnings == ()
