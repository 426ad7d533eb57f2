"""A sweep of the small ward: four points, two scenarios, a run in a few hundredths of a second."""

from collections.abc import Callable
from pathlib import Path

import pytest
from experiment.ward import MODEL

from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment

SWEEP = """
schema_version = 1
title = "Sizes of a ward"
model = "ward.toml"
horizon = "8 weeks"
warm_up = "52 weeks"
seed = 20250401
replications = 2
report_every = "4 weeks"
[measures.cost]
of = "organisation.city.resources_per_year"
[scenarios.plans]
on = ["plans"]
"""
GRID = """
[vary]
"resources.beds.capacity" = { from = 8, to = 14, steps = 2 }
"interventions.plans.uptake" = { values = [0.2, 1] }
[design]
kind = "grid"
"""
UNCERTAIN_RATE = 'rate = { frail = { value = "4 per year", low = "2 per year", high = "6 per year" }, well'


def written_sweep(folder: Path, more: str = GRID) -> Path:
    """Write the sweep and its model, in which one rate is uncertain."""
    model = MODEL.replace('rate = { frail = "4 per year", well', UNCERTAIN_RATE)
    assert model != MODEL
    (folder / "ward.toml").write_text(model, encoding="utf-8")
    (folder / "sizes.toml").write_text(SWEEP + more, encoding="utf-8")
    return folder / "sizes.toml"


@pytest.fixture(scope="session")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Experiment]:
    """Give a function from what is varied, and settings, to the sweep."""

    def make(*settings: str, more: str = GRID) -> Experiment:
        return load_experiment(written_sweep(tmp_path_factory.mktemp("sizes"), more), settings=settings)

    return make
