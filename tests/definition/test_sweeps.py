"""What a sweep varies and how is checked with its model before anything is run."""

from collections.abc import Callable
from pathlib import Path

import pytest
from experiment.sweep.conftest import written_sweep

from simulator.definition import load_model
from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment
from simulator.definition.schema import schema_of
from simulator.definition.uncertain import uncertain_parameters
from simulator.errors import DefinitionError

Faults = Callable[..., str]

SOBOL = '[design]\nkind = "sobol"\nruns = 8\n'
LATIN = '[design]\nkind = "latin_hypercube"\nruns = 8\n'
BEDS = '[vary]\n"resources.beds.capacity" = { from = 5, to = 20 }\n'


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("[vary]\nx = 1\n", "study.toml:6: vary.x: '1' does not say between what"),
        (BEDS.replace("beds", "bed") + SOBOL, "resources has no 'bed'. Did you mean 'beds'?"),
        (BEDS.replace("capacity", "capcity") + SOBOL, "unknown key 'capcity'; allowed are "),
        (BEDS.replace("beds.capacity", "beds.owner") + SOBOL, "with '5': resources.beds.owner: "),
        (BEDS.replace("beds.capacity", "beds.capacity.steps") + SOBOL, "has nothing inside called 'steps'"),
        (BEDS.replace("20", "20.5") + SOBOL, "'from' and 'to' must be whole"),
        (BEDS.replace("20", "5") + SOBOL, "'to' ('5') must be above 'from' ('5')"),
        (BEDS.replace("20", '"20 days"') + SOBOL, "'from' is a plain number and 'to' is a time."),
        (BEDS.replace("5", "-5") + SOBOL, "with '-5': resources.beds.capacity: '-5' is not allowed"),
        (BEDS.replace("to =", "untl =") + SOBOL, "unknown key; allowed are from, to, steps, log, values."),
        (BEDS.replace("20 }", "20, steps = 3 }") + SOBOL, "'steps' belongs to a grid"),
        (BEDS + '[design]\nkind = "grid"\n', "a grid needs values"),
        (BEDS + '[design]\nkind = "soboll"\nruns = 3\n', "Did you mean 'sobol'?"),
        (BEDS + '[design]\nkind = "sobol"\n', "a design of kind 'sobol' needs 'runs'."),
        (BEDS + SOBOL + "levels = 4\n", "a design of kind 'sobol' has kind, runs, indices, only."),
        (BEDS + '[design]\nkind = "morris"\ntrajectories = 2\nlevels = 5\n', "5 is odd"),
        (BEDS, "a sweep needs [design] with a kind"),
        (SOBOL, "study.toml:5: design: there is nothing to vary"),
        ("[vary]\n" + SOBOL, "study.toml:6: design: there is nothing to vary"),
        ('[vary]\n"resources.beds.capacity" = "uncertain"\n' + SOBOL, "is no value with a low and a high."),
        (
            BEDS + SOBOL + '[scenarios.more]\nset = { "resources.beds.capacity" = 3 }\n',
            "study.toml:6: vary.\"resources.beds.capacity\": scenarios.more sets resources.beds.capacity",
        ),
        ('[design]\nkind = "points"\nfile = "no.csv"\n', "design.file: 'no.csv': "),
        ('[design]\nkind = "points"\nfile = "/etc/passwd"\n', "is not a file of points"),
        ('[design]\nkind = "points"\nfile = "../a.csv"\n', "leads out of the experiment's folder"),
        ("[[correlations]]\nof = ['a', 'b']\nrank = 2\n", "correlations.0.rank: '2' is not allowed"),
        ("[[correlations]]\nof = ['a', 'a']\nrank = 0.2\n", "names the same path twice"),
        ("[[correlations]]\nof = ['a', 'b']\nrank = 0.2\n", "'a' is neither varied nor uncertain."),
    ],
)  # fmt: skip
def test_a_sweep_that_cannot_be_is_refused(study_faults: Faults, more: str, said: str) -> None:
    assert said in study_faults(more=more)


def test_all_faults_of_a_sweep_are_told_at_once(study_faults: Faults) -> None:
    said = study_faults(more=BEDS + '"resources.bed.room" = { values = [1] }\n' + SOBOL.replace("8", "0"))

    assert "'bed'" in said
    assert "design.runs: '0' is not allowed" in said


@pytest.mark.parametrize(("word", "wrong"), [("design", "desing"), ("vary", "vray"), ("design", "kind")])
def test_a_misspelt_table_is_one_fault_and_not_two(study_faults: Faults, word: str, wrong: str) -> None:
    text = (BEDS + SOBOL).replace(f"[{word}]", f"[{wrong}]")

    said = study_faults(more=(BEDS + SOBOL).replace("kind", "knd") if wrong == "kind" else text)

    assert len(said.splitlines()) == 1, said


@pytest.mark.parametrize(
    "wrong",
    [
        "{ from = 20, to = 5 }",
        "{ frm = 5, to = 20 }",
        "{ from = 0, to = 20, log = true }",
        "{ from = 5, to = 20, stepps = 2 }",
    ],
)
def test_a_wrong_row_is_told_once_and_no_right_row_beside_it(study_faults: Faults, wrong: str) -> None:
    right = '"referrals.stroke.rate" = { from = "1 per day", to = "3 per day" }\n'
    right += '"activities.ward.duration" = { values = ["3 days", "4 days"] }\n'
    more = '[[correlations]]\nof = ["resources.beds.capacity", "referrals.stroke.rate"]\nrank = 0.5\n'

    said = study_faults(more=BEDS.replace("{ from = 5, to = 20 }", wrong) + right + LATIN + more)

    assert len(said.splitlines()) == 1, said
    assert "beds.capacity" in said


def test_what_is_uncertain_may_be_varied_as_it_is(sweep: Callable[..., Experiment]) -> None:
    experiment = sweep('[vary]\n"needs.illness.rate" = "uncertain"\n' + SOBOL)

    assert experiment.vary["needs.illness.rate"].is_uncertain
    assert experiment.design is not None
    assert (experiment.design.kind, experiment.design.runs) == ("sobol", 8)


def test_nested_and_quoted_paths_mean_the_same(sweep: Callable[..., Experiment]) -> None:
    quoted = sweep(BEDS + SOBOL)
    nested = sweep("[vary.resources.beds]\ncapacity = { from = 5, to = 20 }\n" + SOBOL)

    assert quoted.vary == nested.vary


def test_points_are_checked_cell_by_cell(study_faults: Faults, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("resources.beds.capacity,resources.bed.room\n5,1\nmany,2\n-3,6\n")

    said = study_faults(more='[design]\nkind = "points"\nfile = "p.csv"\n')

    assert "line 1: resources.bed.room: resources has no 'bed'. Did you mean 'beds'?" in said
    assert "line 3: resources.beds.capacity: 'many' is not a quantity" in said
    assert "line 4: resources.beds.capacity: '-3' is not allowed" in said


def test_every_range_of_the_shipped_models_is_found_where_it_is_written() -> None:
    raw = load_model(Path(__file__).parents[2] / "models" / "place.toml").origin.resolved

    kept = (
        "harms.",
        "staff.",
    )  # shown at their ends; how many staff work at a place, which nothing follows from
    drawn = {name for name in _ranges(raw) if not name.startswith(kept) and ".staff." not in name}
    assert set(uncertain_parameters(raw)) == drawn
    assert len(uncertain_parameters(raw)) > 100


def _ranges(raw: object, way: str = "") -> list[str]:
    inner = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    here = [way[1:]] if isinstance(raw, dict) and {"value", "low", "high"} <= set(raw) else []
    return here + [one for key, value in inner for one in _ranges(value, f"{way}.{key}")]


def test_the_schema_knows_what_a_sweep_says() -> None:
    properties = schema_of("experiment")["properties"]

    assert {"vary", "design", "correlations"} <= set(properties)


def test_a_pattern_stands_for_every_uncertain_value_it_fits(tmp_path: Path) -> None:
    experiment = load_experiment(_patterned(tmp_path, '"needs.*" = "uncertain"'))

    assert list(experiment.vary) == ["needs.illness.rate.frail"]
    assert experiment.vary["needs.illness.rate.frail"].is_of_pattern


def test_a_path_written_out_goes_before_a_pattern(tmp_path: Path) -> None:
    both = '"*" = "uncertain"\n"needs.illness.rate.frail" = { values = ["3 per year"] }'
    experiment = load_experiment(_patterned(tmp_path, both))

    assert experiment.vary["needs.illness.rate.frail"].values == ("3 per year",)


def test_a_pattern_that_fits_nothing_is_complained_of(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"'traits\.\*' is no value with a low and a high"):
        load_experiment(_patterned(tmp_path, '"traits.*" = "uncertain"'))


def _patterned(folder: Path, vary: str) -> Path:
    return written_sweep(folder, f'[vary]\n{vary}\n[design]\nkind = "morris"\ntrajectories = 2\n')
