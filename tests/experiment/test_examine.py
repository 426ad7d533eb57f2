"""Examining files finds what a run would refuse, where it is written."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from experiment.sweep.conftest import written_sweep
from typer.testing import CliRunner, Result

from simulator.cli import app
from simulator.compiler import shelf
from simulator.experiment.examine import examine

MODEL = """schema_version = 1
starts = 2025-04-01
[organisations.trust]
sector = "acute"
[resources.beds]
owner = "trust"
capacity = 4
[referrals.hip]
rate = "1 per day"
starts_at = "ward"
[activities.ward]
resource = "beds"
duration = "1 day"
[interventions.later]
starts = "2 years"
adds = [{ resource = "beds", capacity = 1 }]
"""
PEOPLE = """
[segments.well]
people = 10
[needs.illness]
rate = "1 per year"
starts_at = "ward"
"""
SWITCH = """
[interventions.{}]
uptake = 1
eligible = {{ recent_use = {{ needs = ["illness"], at_least = 1, within = "5 weeks" }} }}
"""
MEASURE = '[measures.wait]\nof = "activity.wrd.wait_mean_days"\n'
EXPERIMENT = 'schema_version = 1\nmodel = "model.toml"\nhorizon = "4 weeks"\nseed = 1\n'


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Write the model."""
    path = tmp_path / "model.toml"
    path.write_text(MODEL)
    return path


def test_a_switch_that_begins_in_later_years_is_no_fault_of_a_model(model: Path) -> None:
    assert examine(model).faults == ()


def test_a_measure_of_nothing_is_told_with_its_line_in_a_model(model: Path) -> None:
    model.write_text(MODEL + MEASURE)

    (fault,) = examine(model).faults

    assert f"{model.name}:18: measures.wait.of: " in str(fault)
    assert "no activity is called 'wrd'" in str(fault)


def test_a_measure_of_nothing_is_told_with_its_line_in_an_experiment(model: Path) -> None:
    experiment = model.parent / "experiment.toml"
    experiment.write_text(EXPERIMENT + MEASURE)

    (fault,) = examine(experiment).faults

    assert f"{experiment.name}:6: measures.wait.of: " in str(fault)


def test_a_price_that_nobody_pays_is_noted_where_a_resource_has_no_owner(model: Path) -> None:
    priced = MODEL.replace('duration = "1 day"', 'duration = "1 day"\ncost = { day = "£80" }')

    model.write_text(priced)
    assert not any("nobody pays it" in line for line in examine(model).lines)
    model.write_text(priced.replace('owner = "trust"\n', ""))
    (said,) = (line for line in examine(model).lines if "nobody pays it" in line)
    assert said.startswith(
        "note: activities.ward.cost: nobody pays it, so it is in no sum: resources.beds has"
    )


def test_what_a_model_comes_to_on_paper_is_said(model: Path) -> None:
    lines = examine(model, verbose=True).lines

    assert "on paper: hip: 1 a day" in lines
    assert "on paper: beds: 1 places in use if nobody waited (25% of 4 on average)" in lines


def test_until_precise_without_what_matters_is_told_with_its_line_among_other_faults(model: Path) -> None:
    experiment = model.parent / "experiment.toml"
    experiment.write_text(EXPERIMENT + 'replications = { until = "precise" }\n' + MEASURE + "[scenarios.a]\n")

    precise, measure = map(str, examine(experiment).faults)

    assert f"{experiment.name}:5: replications: " in precise
    assert "needs a primary measure that says matters_from" in precise
    assert "no activity is called 'wrd'" in measure


@pytest.mark.parametrize("alone", [False, True])
def test_a_check_shows_the_faults_of_all_scenarios_and_switches_at_once(model: Path, alone: bool) -> None:
    model.write_text(MODEL + PEOPLE + SWITCH.format("one") + SWITCH.format("two"))
    experiment = model.parent / "experiment.toml"
    said = '[scenarios.a]\non = ["one"]\n[scenarios.b]\non = ["two"]\n'
    experiment.write_text(EXPERIMENT + 'warm_up = "52 weeks"\n' + said)

    faults = examine(model if alone else experiment).faults

    within = "eligible.recent_use.within"
    assert [fault.path for fault in faults] == [f"interventions.{id}.{within}" for id in ("one", "two")]


@pytest.mark.filterwarnings("error")
def test_a_resource_without_places_is_said_to_have_none(model: Path) -> None:
    model.write_text(MODEL.replace("capacity = 4", "capacity = 0"))

    assert (
        "on paper: beds: 1 places in use if nobody waited (of none at any time)"
        in examine(model, verbose=True).lines
    )


def test_words_that_nothing_uses_are_noted(model: Path) -> None:
    text = MODEL + PEOPLE
    text = text.replace("people = 10", "people = 10\nquality_of_life = 0.8")
    text = text.replace('sector = "acute"', 'sector = "acute"\noverheads = { ict = "£6m" }')
    text = text.replace("capacity = 4", "capacity = 4\nstaff = { nurse = 1.1 }")
    text = text.replace(
        'duration = "1 day"', 'duration = "1 day"\nstaff_minutes = { nurse = 12, people = 5 }'
    )
    model.write_text(text + "[staff.nurse]\n[staff.nruse]\n")

    noted = [line.split(":")[1].strip() for line in examine(model).lines if "staff" in line]

    assert noted == ["activities.*.staff_minutes", "staff.nruse"]


def test_a_model_without_such_words_has_no_note_of_them(model: Path) -> None:
    assert not [line for line in examine(model).lines if "staff" in line]


def test_stocks_that_the_people_engines_leave_alone_are_noted(model: Path) -> None:
    text = model.read_text(encoding="utf-8") + '\n[stocks.goodwill]\ninitial = "1"\nunit = "1"\n'
    model.write_text(text, encoding="utf-8")

    assert [line for line in examine(model).lines if "own stocks (goodwill)" in line]


def test_a_check_does_without_the_engines() -> None:
    code = (
        "import sys, simulator.experiment.examine; sys.exit('numba' in sys.modules or 'simpy' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_check_says_what_a_choice_and_a_confirmation_run_besides(tmp_path: Path) -> None:
    path = written_sweep(tmp_path)
    swept = path.read_text()
    choice = '\n[select]\nbest = "deaths_per_year"\nleast = true\nwithin = 1\nat_most = 90\nfresh = 12\n'

    path.write_text(swept.replace("replications = 2", "replications = 10") + choice)
    chosen = examine(path).lines
    path.write_text(
        swept.replace("seed =", 'engine = "stocks"\nseed =') + "\n[confirm]\neven = 3\nreplications = 5\n"
    )
    confirmed = examine(path).lines

    said = "up to 90 runs of each world that may yet be it, and 12 fresh ones of the best."
    assert f"on paper: To choose the best: {said}" in chosen
    assert "on paper: To confirm: 3 points by people as well, 30 runs in all." in confirmed


def test_how_long_runs_take_is_told_before_they_begin(tmp_path: Path) -> None:
    path = written_sweep(tmp_path)
    swept = path.read_text()

    assert not any("of one core" in line for line in examine(path).lines)
    path.write_text(swept.replace("replications = 2", "replications = 100_000"))
    [said] = [line for line in examine(path).lines if "of one core" in line]
    precise = 'replications = { until = "precise", at_least = 900, at_most = 90_000 }'
    matters = '\n[measures.deaths]\nof = "deaths_per_year"\nprimary = true\nmatters_from = 1\n'
    path.write_text(swept.replace("replications = 2", precise).replace("8 weeks", "500 weeks") + matters)
    [forecast] = [line for line in examine(path).lines if "of one core" in line]

    assert re.match(r"on paper: All runs take about [\d.]+ (min|hours?) of one core, at two seconds a", said)
    assert "for the first 900 replications, " in forecast
    assert "how many it takes is foreseen after the first" in forecast


def test_how_long_the_readable_engine_and_stocks_take_is_told_to_one_figure(tmp_path: Path) -> None:
    path = written_sweep(tmp_path)
    swept = path.read_text()
    few = {"readable": "replications = 2", "stocks": "draws = 2"}
    many = {"readable": "replications = 2_000", "stocks": "draws = 2_000"}

    said = {}
    for engine in few:
        for name, counted in (("few", few[engine]), ("many", many[engine])):
            path.write_text(swept.replace("replications = 2", f'engine = "{engine}"\n{counted}'))
            said[engine, name] = [line for line in examine(path).lines if "of one core" in line]

    for engine, rests_on in (("readable", "a minute a million needs"), ("stocks", "step for step")):
        assert said[engine, "few"] == []
        [line] = said[engine, "many"]
        assert re.match(
            r"on paper: All runs take about \d0* (min|hours?|days?) of one core, to within two", line
        )
        assert rests_on in line


def test_check_takes_an_engine_as_run_and_sweep_do(tmp_path: Path) -> None:
    path = written_sweep(tmp_path)
    path.write_text(path.read_text().replace("replications = 2", "replications = 2_000"))

    def checked(*words: str) -> Result:
        return CliRunner().invoke(app, ["check", str(path), *words])

    by_people, asked = checked(), checked("--engine", "readable")
    assert "a minute a million needs" in asked.stdout
    assert "a minute a million needs" not in by_people.stdout
    assert asked.stdout == checked("--set", "engine=readable").stdout
    wrong = checked("--engine", "horses")
    assert wrong.exit_code == 2
    assert "--engine horses: engine: 'horses' is not known; allowed are people, stocks" in wrong.stderr


def test_an_engine_goes_to_experiments_alone(tmp_path: Path, model: Path) -> None:
    path = written_sweep(tmp_path)
    path.write_text(path.read_text().replace("replications = 2", "replications = 2_000"))

    def checked(*words: str) -> Result:
        return CliRunner().invoke(app, ["check", *words, "--engine", "readable"])

    alone = checked(str(model))
    assert alone.exit_code == 2
    assert alone.stderr.splitlines() == [
        f"--engine readable: --engine goes with experiments, and {model} is a model; leave it out."
    ]
    both = checked(str(path), str(model))
    assert both.exit_code == 0, both.stderr
    assert "a minute a million needs" in both.stdout
    assert f"{model}: no faults." in both.stdout


def test_how_long_a_confirmation_takes_is_told_beside_the_stocks(tmp_path: Path) -> None:
    path = written_sweep(tmp_path)
    confirm = "\n[confirm]\neven = 4\nreplications = 9_000\n"
    path.write_text(path.read_text().replace("seed =", 'engine = "stocks"\nseed =') + confirm)

    [said] = [line for line in examine(path).lines if "of one core" in line]

    assert re.search(r"; confirming by people about [\d.]+ (min|hours?) more\.", said)


def test_a_sweep_is_examined_with_its_points(tmp_path: Path) -> None:
    path = written_sweep(tmp_path)

    assert "on paper: A sweep: so many runs at each of 4 points, 16 in all." in examine(path).lines
    path.write_text(path.read_text().replace("plans.uptake", "plans.title").replace("[0.2, 1]", '["a", "b"]'))
    said = [str(fault) for fault in examine(path).faults]
    assert any("interventions.plans.title changes nothing in any scenario" in one for one in said)


def test_a_model_with_switches_tabulates_each_law_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    table_of = shelf.table_of
    monkeypatch.setattr(shelf, "table_of", lambda law: [table_of(law), seen.append(shelf.content_of(law))][0])

    examine(Path(__file__).resolve().parents[2] / "models" / "small_place.toml")

    assert seen
    assert len(seen) == len(set(seen))


STOCKS = """schema_version = 1
{step}
[stocks.pool]
initial = 8
[flows.gone]
from = "pool"
to = "outside"
rate = "pool / 0.4"
"""


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ('[integration]\nmethod = "euler"\nstep = "1 day"', "model.toml:4: integration.step: the step of 1"),
        ('[integration]\nmethod = "euler"', "model.toml:4: stocks.pool: the step of 1"),
    ],
)
def test_too_coarse_a_step_of_stocks_is_told_with_its_line(model: Path, step: str, said: str) -> None:
    model.write_text(STOCKS.format(step=step))

    (fault,) = examine(model).faults

    assert said in str(fault)
    assert "'pool' settles within 0.4 days, and the run would swing" in str(fault)


def test_too_coarse_a_step_of_stocks_that_drive_people_is_told_by_a_check(model: Path) -> None:
    stocks = STOCKS.format(step='[integration]\nmethod = "euler"\nstep = "1 day"').partition("\n")[2]
    drives = '[exchange]\nevery = "1 day"\n[exchange.drives]\n'
    drives += '"resources.beds.capacity" = { by = "pool", between = [0, 9] }\n'
    model.write_text(MODEL + stocks + drives)
    (model.parent / "run.toml").write_text(EXPERIMENT)

    alone, run = examine(model).faults, examine(model.parent / "run.toml").faults

    assert [fault.line for fault in (*alone, *run)] == [19, 19]
    assert "integration.step: the step of 1 day is too coarse: 'pool' settles within 0.4 days" in str(
        alone[0]
    )


def test_a_check_that_sets_or_reads_what_is_not_there_is_told_with_its_line(model: Path) -> None:
    checks = (
        '[checks.odd]\nset = { "referrals.hips.rate" = "0 per day", "resources.beds.capacity" = "many" }\n'
        'expect = "resource.beds.in_use_men == 0 and resource.bed.in_use_mean == 0"\n'
    )
    model.write_text(MODEL + checks)
    (model.parent / "run.toml").write_text(EXPERIMENT)

    alone = [str(fault).partition("model.toml:")[2] for fault in examine(model).faults]

    said = (
        "18: referrals.hips.rate: referrals has no 'hips'. Did you mean 'hip'?",
        "18: resources.beds.capacity: 'many' is not a capacity",
        "19: checks.odd.expect: 'resource.beds.in_use_men'",
        "19: checks.odd.expect: 'resource.bed.in_use_mean'",
    )
    assert all(line.startswith(one) for line, one in zip(alone, said, strict=True))
    assert len(examine(model.parent / "run.toml").faults) == 4


def test_a_check_of_stocks_that_sets_what_is_not_there_is_told_with_its_line(model: Path) -> None:
    checks = '[checks.odd]\nset = { pol = 3, "flows.gon.rate" = 0, dt = 0 }\nexpect = "pool >= 0"\n'
    model.write_text(STOCKS.format(step="").replace("0.4", "4") + checks)

    said = "\n".join(str(fault) for fault in examine(model).faults)

    for one in ("called 'pol'. Did you mean 'pool'?", "flows has no 'gon'", "a step is above 0"):
        assert one in said
    assert said.count("model.toml:10: ") == 3
