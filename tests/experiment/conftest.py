"""The small ward, for tests that run experiments."""

from collections.abc import Callable

import pytest
from experiment.ward import ward_experiment

from simulator.definition.experiment import Experiment


@pytest.fixture(scope="session")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Experiment]:
    """Give a function from settings to the experiment on the ward."""
    return lambda *settings: ward_experiment(tmp_path_factory.mktemp("ward"), *settings)
