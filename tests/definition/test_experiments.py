"""An experiment that its model cannot run is refused before anything is written."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from simulator.definition import check_files, dump_experiment, load_experiment, load_model_of
from simulator.definition.experiment import UntilPrecise, starts_of
from simulator.errors import DefinitionError

Faults = Callable[..., str]

SWITCH = """
[segments.all]
people = 100
[needs.illness]
rate = "1 per year"
starts_at = "ward"
[interventions.plans]
"""
ON = '[scenarios.plans]\non = ["plans"]\n'


@pytest.fixture
def study(tmp_path: Path, ward: str) -> Path:
    (tmp_path / "model.toml").write_text(ward + SWITCH)
    path = tmp_path / "study.toml"
    text = 'schema_version = 1\nmodel = "model.toml"\nhorizon = "1 year"\nseed = 1\n'
    path.write_text(text + ON + '[scenarios.more]\nset = { "resources.beds.capacity" = 12 }\n')
    return path


def test_the_baseline_is_always_there_and_first_then_the_order_of_the_file(study: Path) -> None:
    experiment = load_experiment(study)

    assert list(experiment.scenarios) == ["baseline", "plans", "more"]
    assert experiment.scenarios["baseline"].on == ()
    assert (experiment.replications, experiment.engine, experiment.log) == (1, "people", "none")


def test_a_dumped_experiment_keeps_the_order_of_its_scenarios(study: Path) -> None:
    (study.parent / "again.toml").write_text(dump_experiment(load_experiment(study)))

    assert list(load_experiment(study.parent / "again.toml").scenarios) == ["baseline", "plans", "more"]


def test_a_scenario_has_its_own_model(study: Path) -> None:
    experiment = load_experiment(study, settings=["referrals.stroke.rate=2 per day"])

    capacities = [
        load_model_of(experiment, name).resources["beds"].capacity.number for name in ("baseline", "more")
    ]

    assert [one.value for one in capacities if one] == [10, 12]
    assert (
        load_model_of(experiment).referrals["stroke"].rate
        != load_model_of(load_experiment(study)).referrals["stroke"].rate
    )
    assert starts_of(experiment, load_model_of(experiment).starts) == date(2025, 4, 1)


def test_a_setting_of_the_experiment_changes_the_experiment(study: Path) -> None:
    experiment = load_experiment(
        study, settings=["seed=7", "replications={ until = 'precise', at_most = 40 }"]
    )

    assert experiment.seed == 7
    assert experiment.replications == UntilPrecise(at_least=20, at_most=40)


def test_a_resolved_experiment_loads_to_the_same(study: Path) -> None:
    experiment = load_experiment(study, settings=["seed=7", "resources.beds.capacity=11"])
    other = study.with_name("resolved.toml")
    other.write_text(dump_experiment(experiment))

    assert load_experiment(other) == experiment


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("seed = 1\n", "", "study.toml:1: seed: is missing"),
        ("seed = 1", "seed = -1", "study.toml:4: seed: '-1' is no seed; a seed is a whole number from 0"),
        ("seed = 1", "seed = 1.0", "study.toml:4: seed: '1.0' is not a whole number"),
        (
            "seed = 1",
            f"seed = {2**64}",
            f"study.toml:4: seed: '{2**64}' is no seed; a seed is a whole number from 0",
        ),
        ("seed = 1", 'seed = "1"', "without quotation marks"),
        ('"1 year"', '"0 years"', "study.toml:3: horizon: '0 years' is not allowed"),
        ('"1 year"', '"-1 year"', "a time above 0 and at most 100 years"),
        ('"1 year"', '"1000 years"', "a time above 0 and at most 100 years"),
        ("seed = 1", 'seed = 1\nwarm_up = "-1 week"', "a time from 0 to 30 years"),
        ("seed = 1", 'seed = 1\nwarm_up = "31 years"', "a time from 0 to 30 years"),
        ("seed = 1", "seed = 1\nreplications = 0", "a whole number from 1"),
        ("seed = 1", "seed = 1\npopulation_share = 0", "above 0 and at most 1"),
        ("seed = 1", "seed = 1\npopulation_share = 1.5", "above 0 and at most 1"),
        ("seed = 1", 'seed = 1\nengine = "poeple"', "Did you mean 'people'?"),
        ("seed = 1", 'seed = 1\nlog = "some"', "allowed are none, all"),
        ('"model.toml"', '"nope.toml"', "there is no file"),
        ('"model.toml"', '"/etc/passwd"', "is not a model file"),
        ('"model.toml"', '"http://example.org/model.toml"', "is not a model file"),
        ("seed = 1", 'seed = 1\n[counts.c]\nof = "resource.bed"', "no resource is called 'bed'"),
    ],
)
def test_an_experiment_that_cannot_be_is_refused(study_faults: Faults, old: str, new: str, said: str) -> None:
    assert said in study_faults((old, new))


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (
            'on = ["plan"]',
            "study.toml:6: scenarios.x.on.0: no intervention is called 'plan'. Did",
        ),
        ('on = "plans"', 'write a list, ["plans"]'),
        (
            'set = { "resources.beds.capcity" = 3 }',
            "study.toml:6: scenarios.x.set: resources.beds.capcity: ",
        ),
        ('set = { "resources.bed.capacity" = 3 }', "resources has no 'bed'. Did you mean 'beds'?"),
        ('set = { "resources.beds.capacity" = -3 }', "'-3' is not allowed"),
        (
            'set = { "referrals.*.rate" = "0 per day", "referrals.stroke.rate" = "1 per day" }',
            "referrals.*.rate and referrals.stroke.rate both set referrals.stroke.rate; keep one.",
        ),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(study_faults: Faults, scenario: str, said: str) -> None:
    assert said in study_faults(more=f"[scenarios.x]\n{scenario}\n", of_model=SWITCH)


def test_the_baseline_has_nothing_on(study_faults: Faults) -> None:
    said = study_faults(more='[scenarios.baseline]\non = ["plans"]\n', of_model=SWITCH)

    assert "scenarios.baseline: the baseline has nothing on" in said


@pytest.mark.parametrize("name", ["Base", "<img src=x onerror=alert(1)>", "a/b", "con"])
def test_a_hostile_scenario_name_is_refused(study_faults: Faults, name: str) -> None:
    assert "study.toml:5: scenarios." in study_faults(more=f'[scenarios."{name}"]\n')


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ('starts = "2 years"', "starts after 2 years, not within the horizon of 1 year."),
        ("starts = 2025-03-31", "starts before 2025-04-01, the first day that counts"),
        ('starts = "20 weeks"\nends = "10 weeks"', "ends before it starts"),
        (
            'eligible = { recent_use = { needs = ["illness"], at_least = 3, within = "4 quarters" } }',
            "picks people by recent use, which needs a warm-up of 52 weeks, not 0 s.",
        ),
    ],
)
def test_a_switch_must_fit_into_the_time_that_is_run(study_faults: Faults, field: str, said: str) -> None:
    assert f"study.toml:6: scenarios.plans.on.0: 'plans' {said}" in study_faults(
        more=ON, of_model=f"{SWITCH}{field}\n"
    )


def test_an_experiment_too_large_to_run_is_refused_before_running(study_faults: Faults) -> None:
    said = study_faults(
        ('"1 year"', '"100 years"'), of_model='[referrals.x]\nrate = "1 per s"\nstarts_at = "ward"\n'
    )

    assert "horizon: a run would bring about 3,155,796,525 arrivals; 1,000,000,000 are the most." in said


def test_a_start_is_needed_somewhere(tmp_path: Path, study: Path, ward: str) -> None:
    (tmp_path / "model.toml").write_text(ward.replace("starts = 2025-04-01\n", "") + SWITCH)

    with pytest.raises(DefinitionError, match="starts: is missing; say in the experiment or the model"):
        load_experiment(study)


def test_check_tells_the_faults_of_several_files(tmp_path: Path, study: Path) -> None:
    (tmp_path / "bad.toml").write_text("schema_version = 1\n")

    found = check_files([study, tmp_path / "bad.toml", tmp_path / "nope.toml"])

    assert [Path(fault.file).name for fault in found] == ["bad.toml", "nope.toml"]
