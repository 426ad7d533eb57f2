"""What is said of slips that newcomers make: what was found, and what would be right there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.definition import load_experiment, load_model
from simulator.definition.settings import option_setting
from simulator.errors import DefinitionError

Faults = Callable[..., str]
STUDY = 'schema_version = 1\nmodel = "model.toml"\nhorizon = "1 year"\nseed = 1\n'


@pytest.fixture
def study(tmp_path: Path, ward: str) -> Path:
    """Write an experiment and its model."""
    (tmp_path / "model.toml").write_text(ward)
    (tmp_path / "study.toml").write_text(STUDY)
    return tmp_path / "study.toml"


def said_of(path: Path, *settings: object) -> str:
    """Give what is said of an experiment that is refused."""
    with pytest.raises(DefinitionError) as refusal:
        load_experiment(path, settings=settings)  # type: ignore[arg-type]
    return str(refusal.value).replace(f"{path.parent}/", "")


@pytest.mark.parametrize(
    ("routes", "said"),
    [
        ('{ exit = "90%" }', "write a share as a number: 0.9 without the % sign."),
        ('{ exit = "0.9" }', "'0.9' is text; write the number without quotation marks."),
        ('{ exit = "Ward" }', "'Ward' is not the id of an activity."),
    ],
)
def test_a_share_written_as_text_is_told_how_shares_are_written(
    faults: Faults, routes: str, said: str
) -> None:
    assert said in faults(('duration = "4 days"', f'duration = "4 days"\nroutes = {routes}'))


def test_routes_that_lead_nowhere_are_told_beside_shares_that_do_not_add_up(faults: Faults) -> None:
    said = faults(('duration = "4 days"', 'duration = "4 days"\nroutes = { exit = 0.9, wrad = 0.2 }'))

    assert "activities.ward.routes: the shares add to 1.1, not to exactly 1" in said
    assert "activities.ward.routes.wrad: no activity is called 'wrad'. Did you mean 'ward'?" in said


def test_a_quotation_mark_that_is_not_closed_is_called_so(faults: Faults) -> None:
    said = faults(('starts_at = "ward"', 'starts_at = "ward'))

    assert said == "model.toml:7: 'starts_at = \"ward' has a quotation mark that is never closed."


def test_a_capacity_in_words_is_told_both_kinds_that_there_are(faults: Faults) -> None:
    said = faults(("capacity = 10", 'capacity = "lots"'))

    assert "'lots' is not a capacity; it is a whole number from 0 to 10,000,000, or \"unlimited\"." in said


def test_a_range_in_words_is_told_how_ranges_are_written(faults: Faults) -> None:
    said = faults(('"4 days"', '"90 min to 2 h"'))

    assert "'90 min to 2 h' is not a quantity; give one value, and the range as { value = …" in said


def test_where_a_time_is_wanted_only_times_are_shown(faults: Faults) -> None:
    said = faults(('"4 days"', '"4 or so days"'))

    assert '"35 min", "4 hours" or "6.2 days"' in said
    assert "£" not in said


def test_a_model_where_an_experiment_is_wanted_is_called_one_in_one_line(study: Path) -> None:
    said = said_of(study.with_name("model.toml"))

    assert said.startswith("model.toml: is a model, and an experiment is wanted: ")
    assert 'model = "model.toml"' in said
    assert "\n" not in said


def test_a_model_that_is_all_included_is_called_one_too(study: Path) -> None:
    own = study.with_name("own.toml")
    own.write_text('schema_version = 1\ninclude = ["model.toml"]\n')

    assert said_of(own).startswith("own.toml: is a model, and an experiment is wanted: ")


def test_an_experiment_where_a_model_is_wanted_is_called_one_with_its_model(study: Path) -> None:
    with pytest.raises(DefinitionError) as refusal:
        load_model(study)

    said = str(refusal.value).replace(f"{study.parent}/", "")
    assert said == f"{study.name}: is an experiment, and a model is wanted: its model is 'model.toml'."


@pytest.mark.parametrize(
    ("table", "used"),
    [
        ('[contracts.own]\nkind = "alliance"\n', 'contract = "own"\n'),
        ("[interventions.own]\n", 'scenarios = { one = { on = ["own"] } }\n'),
    ],
)
def test_a_table_of_models_in_an_experiment_is_told_where_it_belongs_and_how(
    study: Path, table: str, used: str
) -> None:
    study.write_text(STUDY + used + table)
    word = table[1:].partition(".")[0]

    said = said_of(study)

    assert f"{word}: '{word}' belongs in the model file, not in an experiment." in said
    assert f'include = ["model.toml"] and [{word}], and name that one as the model.' in said
    assert "\n" not in said


def test_a_model_file_that_is_not_there_brings_the_nearest_name(study: Path) -> None:
    study.write_text(STUDY.replace("model.toml", "modle.toml"))

    assert said_of(study).endswith("'. Did you mean 'model.toml'?")


def test_a_wrong_option_is_called_as_it_was_typed(study: Path) -> None:
    assert said_of(study, option_setting("seed", "abc")).startswith("--seed abc: seed: 'abc' is not a ")
