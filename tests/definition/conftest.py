"""Small models, and what is said about them when they are wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.definition import Model, load_experiment, load_model
from simulator.definition.experiment import Experiment
from simulator.errors import DefinitionError

WARD = """\
schema_version = 1
starts = 2025-04-01
[resources.beds]
capacity = 10
[referrals.stroke]
rate = "1 per day"
starts_at = "ward"
[activities.ward]
resource = "beds"
duration = "4 days"
"""

STUDY = """\
schema_version = 1
model = "model.toml"
horizon = "1 year"
seed = 1
"""

Change = tuple[str, str]


@pytest.fixture
def ward() -> str:
    """Give the text of a model of one ward."""
    return WARD


@pytest.fixture
def model(tmp_path: Path) -> Callable[..., Model]:
    """Give a function that loads the small ward with some of its text changed, and more added."""

    def load(*changes: Change, more: str = "", first: str = "") -> Model:
        return load_model(written(tmp_path / "model.toml", changed(WARD, changes, first=first) + more))

    return load


@pytest.fixture
def faults(tmp_path: Path) -> Callable[..., str]:
    """Give a function that says what is wrong with the small ward, changed, one fault a line."""

    def complain(*changes: Change, more: str = "", first: str = "") -> str:
        path = written(tmp_path / "model.toml", changed(WARD, changes, first=first) + more)
        with pytest.raises(DefinitionError) as refusal:
            load_model(path)
        return str(refusal.value).replace(f"{tmp_path}/", "")

    return complain


@pytest.fixture
def study_faults(tmp_path: Path) -> Callable[..., str]:
    """Give a function that says what is wrong with a small experiment, changed."""

    def complain(*changes: Change, more: str = "", of_model: str = "") -> str:
        written(tmp_path / "model.toml", WARD + of_model)
        path = written(tmp_path / "study.toml", changed(STUDY, changes) + more)
        with pytest.raises(DefinitionError) as refusal:
            load_experiment(path)
        return str(refusal.value).replace(f"{tmp_path}/", "")

    return complain


def changed(text: str, changes: tuple[Change, ...], *, first: str = "") -> str:
    """Replace parts of a text, each of which must be there."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return first + text


def written(path: Path, text: str) -> Path:
    """Write a text and give its path."""
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.fixture
def sweep(tmp_path: Path) -> Callable[..., Experiment]:
    """Give a function that loads a sweep of the small ward, whose people fall ill at an uncertain rate."""
    people = '\n[segments.all]\npeople = 100\n[needs.illness]\nstarts_at = "ward"\n'
    rate = 'rate = { value = "1 per year", low = "0.5 per year", high = "2 per year" }\n'

    def load(more: str) -> Experiment:
        written(tmp_path / "model.toml", WARD + people + rate)
        return load_experiment(written(tmp_path / "study.toml", STUDY + more))

    return load
