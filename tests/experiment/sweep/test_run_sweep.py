"""A sweep gives the same bytes however it is run, is taken up where it was left, and refuses others."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from experiment.contracts import CONTRACTS
from experiment.sweep.conftest import written_sweep

from simulator.analysis import compare
from simulator.analysis.spread import over_draws
from simulator.analysis.sweep import sweep_as_asked, write_sweep_tables
from simulator.analysis.sweep.asked import planned
from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment
from simulator.errors import DefinitionError, Interrupted, OutputError, RunFailed, SelfCheckFailed
from simulator.experiment.lock import alone_in
from simulator.experiment.progress import Lines
from simulator.experiment.run import load_results, run_experiment
from simulator.experiment.scenarios import compile_scenarios
from simulator.experiment.sweep import chunk
from simulator.experiment.sweep import run as sweep_run
from simulator.experiment.sweep.chunk_files import pieces_there
from simulator.experiment.sweep.idle import _others, idle_paths

Make = Callable[..., Experiment]


def told(folder: Path) -> dict[str, bytes]:
    """Give the bytes of everything that people read."""
    paths = [*sorted((folder / "tables").iterdir()), folder / "summary.json"]
    return {path.name: path.read_bytes() for path in paths}


def written_at(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "parts").glob("*.parquet*")}


def swept(experiment: Experiment, folder: Path, *, workers: int = 1) -> dict[str, bytes]:
    write_sweep_tables(sweep_as_asked(experiment, out=folder, workers=workers))
    return told(folder)


@pytest.fixture(scope="module")
def one(sizes: Make, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the sweep, run by one worker."""
    folder = tmp_path_factory.mktemp("swept") / "one"
    swept(sizes(), folder)
    return folder


@pytest.mark.parametrize("workers", [2, 7])
def test_tables_do_not_depend_on_workers(sizes: Make, one: Path, tmp_path: Path, workers: int) -> None:
    assert swept(sizes(), tmp_path / "many", workers=workers) == told(one)


def test_a_point_has_what_a_run_with_its_settings_has(sizes: Make, one: Path, tmp_path: Path) -> None:
    results = sweep_as_asked(sizes(), out=tmp_path / "again", workers=1)
    single = sizes("resources.beds.capacity=14", "interventions.plans.uptake=0.2", more="")
    found = compare(run_experiment(single, out=tmp_path / "single", workers=1))

    place = next(i for i, p in enumerate(results.plan.points) if [float(v) for v in p.values()] == [0.2, 14])
    for number, scenario in enumerate(("baseline", "plans")):
        for measure, name in enumerate(results.plan.names):
            assert results.values[place, 0, :, number, measure].tolist() == list(found.values[scenario][name])


def test_replications_added_reuse_those_there(sizes: Make, one: Path, tmp_path: Path) -> None:
    shutil.copytree(one, tmp_path / "more")
    before = written_at(tmp_path / "more")

    added = swept(sizes("replications=3"), tmp_path / "more")

    assert before.items() <= written_at(tmp_path / "more").items()
    assert added == swept(sizes("replications=3"), tmp_path / "afresh")
    assert swept(sizes(), tmp_path / "more") == told(one)


def test_a_lost_part_is_done_again(sizes: Make, one: Path, tmp_path: Path) -> None:
    shutil.copytree(one, tmp_path / "lost")
    part = sorted((tmp_path / "lost" / "parts").glob("*.parquet"))[1]
    content = part.read_bytes()
    part.unlink()

    assert swept(sizes(), tmp_path / "lost") == told(one)
    assert part.read_bytes() == content


def test_a_damaged_part_is_refused_by_name(sizes: Make, one: Path, tmp_path: Path) -> None:
    shutil.copytree(one, tmp_path / "bad")
    part = sorted((tmp_path / "bad" / "parts").glob("*.parquet"))[0]
    part.write_bytes(part.read_bytes()[:-9] + b"123456789")

    with pytest.raises(SelfCheckFailed, match=part.name):
        swept(sizes(), tmp_path / "bad")


@pytest.mark.parametrize(
    "setting",
    [
        "seed=2",
        "horizon='9 weeks'",
        "resources.beds.room=3",
        "measures.cost.of='deaths_per_year'",
    ],
)
def test_another_design_is_refused(sizes: Make, one: Path, setting: str) -> None:
    before = told(one)

    with pytest.raises(OutputError, match="holds results of another design"):
        sweep_as_asked(sizes(setting), out=one, workers=1)

    assert told(one) == before


def test_another_model_is_another_design(tmp_path: Path) -> None:
    path = written_sweep(tmp_path)
    sweep_as_asked(load_experiment(path), out=tmp_path / "out", workers=1)
    text = (tmp_path / "ward.toml").read_text()
    (tmp_path / "ward.toml").write_text(text.replace('mean = "6 days"', 'mean = "5 days"'))

    with pytest.raises(OutputError, match=r"activities.ward.duration.lognorm.mean is '6 days', not '5 days'"):
        sweep_as_asked(load_experiment(path), out=tmp_path / "out", workers=1)


def test_tables_do_not_depend_on_how_pieces_are_cut_into_chunks(
    sizes: Make, one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunk, "LEAST_CHUNKS", 1)

    assert swept(sizes(), tmp_path / "coarse", workers=2) == told(one)
    assert len(list((tmp_path / "coarse" / "parts").glob("*.parquet"))) < 8


def test_other_points_are_another_design(sizes: Make, one: Path) -> None:
    other = sizes("vary={ 'resources.beds.capacity' = { values = [8, 15] } }")

    with pytest.raises(OutputError, match=r"vary.resources.beds.capacity"):
        sweep_as_asked(other, out=one, workers=1)


def test_an_interrupted_sweep_goes_on_from_there(
    sizes: Make, one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_chunk = sweep_run.do_chunk

    def interrupted(plan: object, works: object, **rest: Any) -> object:
        if rest["chunk"][0].point == 2:
            raise KeyboardInterrupt
        return do_chunk(plan, works, **rest)

    monkeypatch.setattr(sweep_run, "do_chunk", interrupted)
    with pytest.raises(Interrupted, match="the same command goes on from there"):
        sweep_as_asked(sizes(), out=tmp_path / "cut", workers=1)
    monkeypatch.undo()

    assert 0 < len(pieces_there(tmp_path / "cut")) < 8
    assert swept(sizes(), tmp_path / "cut") == told(one)


def test_two_processes_do_not_work_on_one_folder(sizes: Make, one: Path) -> None:
    with alone_in(one / "parts"), pytest.raises(OutputError, match="another process is at work"):
        sweep_as_asked(sizes(), out=one, workers=1)

    sweep_as_asked(sizes(), out=one, workers=1)


def test_a_path_that_changes_nothing_is_refused(sizes: Make, tmp_path: Path) -> None:
    title = '[vary]\n"interventions.plans.title" = { values = ["a", "b"] }\n'
    idle = sizes(more=title + '[design]\nkind = "grid"\n')

    with pytest.raises(DefinitionError, match=r"sizes.toml:\d+: .*interventions.plans.title changes nothing"):
        sweep_as_asked(idle, out=tmp_path / "none", workers=1)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("values", ["[11, 12, 13, 31]", "[31, 11, 12, 13]"])
def test_steps_that_round_to_the_same_are_no_idle_path_where_the_ends_differ(
    sizes: Make, values: str
) -> None:
    beds = f'[vary]\n"resources.beds.capacity" = {{ values = {values} }}\n[design]\nkind = "grid"\n'
    experiment = sizes("population_share=0.1", more=beds)

    assert not list(idle_paths(planned(experiment, compile_scenarios(experiment))))


def test_of_many_values_twenty_are_looked_at_the_ends_among_them() -> None:
    looked_at = _others([*range(99)])

    assert looked_at[:2] == [98, 3]
    assert len(set(looked_at)) == len(looked_at) == 17
    assert _others(["1 week", "2 days", "3 days", "9 days", "1 days", "4 days"]) == [
        "9 days",
        "1 days",
        "4 days",
    ]


def test_a_point_that_cannot_be_fails_by_name(tmp_path: Path) -> None:
    points = written_sweep(tmp_path, '[design]\nkind = "points"\nfile = "p.csv"\n')
    starts = ["0 days", "1 days", "2 days", "500 days"]
    (tmp_path / "p.csv").write_text("\n".join(["interventions.plans.starts", *starts]))

    with pytest.raises(RunFailed, match=r"point 4 \(interventions.plans.starts = 500 days\): "):
        sweep_as_asked(load_experiment(points), out=tmp_path / "bad", workers=1)

    assert len(pieces_there(tmp_path / "bad")) == 6


def test_a_value_that_cannot_be_is_found_before_anything_is_written(tmp_path: Path) -> None:
    points = written_sweep(tmp_path, '[design]\nkind = "points"\nfile = "p.csv"\n')
    (tmp_path / "p.csv").write_text("resources.beds.owner\ncity\nnobody\n")

    with pytest.raises(DefinitionError, match=r"design.file: with one of city, nobody: .*nobody"):
        sweep_as_asked(load_experiment(points), out=tmp_path / "bad", workers=1)

    assert not (tmp_path / "bad").exists()


def test_run_and_report_say_whose_a_sweep_is(sizes: Make, one: Path, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="is for downstream sweep"):
        run_experiment(sizes(), out=tmp_path / "run", workers=1)
    with pytest.raises(OutputError, match="holds a sweep"):
        load_results(one)


def test_an_experiment_without_points_is_no_sweep(sizes: Make, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="there is nothing to sweep"):
        sweep_as_asked(sizes(more=""), out=tmp_path / "none", workers=1)


def test_progress_is_told_in_runs(sizes: Make, tmp_path: Path) -> None:
    stream = io.StringIO()

    sweep_as_asked(sizes(), out=tmp_path / "told", workers=1, progress=Lines(stream))

    assert "16 of 16 runs done" in stream.getvalue()


def test_the_results_folder_runs_by_itself(sizes: Make, one: Path, tmp_path: Path) -> None:
    assert swept(load_experiment(one / "experiment.toml"), tmp_path / "again") == told(one)


def test_stocks_are_swept_too(sizes: Make, tmp_path: Path) -> None:
    results = sweep_as_asked(sizes("engine=stocks"), out=tmp_path / "stocks", workers=1)

    assert results.values.shape == (4, 1, 1, 2, 2)
    assert len(set(results.values[:, 0, 0, 0, 0])) == 2


def test_the_manifest_counts_points(one: Path) -> None:
    found = json.loads((one / "manifest.json").read_text())

    assert (found["kind"], found["points"], found["draws"], found["replications"]) == ("sweep", 4, 0, 2)
    assert found["ended"]


def test_every_draw_has_parameters_and_chance_of_its_own(sizes: Make, tmp_path: Path) -> None:
    experiment = sizes("draws=3", more="")
    results = sweep_as_asked(experiment, out=tmp_path / "drawn", workers=1)

    rates = [str(values["needs.illness.rate.frail"]) for values in results.drawn.values()]
    assert len(set(rates)) == 3
    assert len(np.unique(results.values[0, :, :, 0, 0])) == 6


def test_replications_of_two_draws_share_no_chance(sizes: Make, tmp_path: Path) -> None:
    price = "activities.ward.cost.day={ value = '£80', low = '£60', high = '£100' }"
    prices = sizes("draws=2", "needs.illness.rate.frail='12 per year'", price, more="")

    results = sweep_as_asked(prices, out=tmp_path / "prices", workers=1)

    waits = results.values[0, :, :, 0, results.plan.names.index("wait")]
    assert [*results.drawn[1]] == ["activities.ward.cost.day"]
    assert len(np.unique(waits)) == 4


def test_draws_of_a_model_that_is_sure_of_everything_are_refused(sizes: Make, tmp_path: Path) -> None:
    sure = sizes("draws=2", "needs.illness.rate.frail='4 per year'", more="")

    with pytest.raises(DefinitionError, match="draws: no value of the model has a low and a high"):
        sweep_as_asked(sure, out=tmp_path / "none", workers=1)


def test_draws_of_one_point_are_summed_up_as_a_run_is(sizes: Make, tmp_path: Path) -> None:
    results = sweep_as_asked(sizes("draws=3", more=""), out=tmp_path / "drawn", workers=1)
    write_sweep_tables(results)

    said = json.loads((tmp_path / "drawn" / "summary.json").read_text())

    assert (said["points"], said["draws"], said["replications"]) == (1, 3, 2)
    level, change = said["scenarios"]["plans"]["cost"], said["differences"]["plans"]["cost"]
    assert set(level) == {"mean", "low", "high", "mean_low", "mean_high", "n"}
    assert level["low"] <= level["mean"] <= level["high"]
    baseline, plans = results.values[0, :, :, :, results.plan.names.index("cost")].transpose(2, 0, 1)
    assert change["probability_of_reduction"] == float(over_draws(plans - baseline).below)
    assert said["scenarios"]["plans"]["organisation.city.resources_per_year"] == level


def test_more_draws_leave_the_first_as_they_are(sizes: Make, tmp_path: Path) -> None:
    few = sweep_as_asked(sizes("draws=2", more=""), out=tmp_path / "drawn", workers=1)
    more = sweep_as_asked(sizes("draws=4", more=""), out=tmp_path / "drawn", workers=1)

    assert np.array_equal(more.values[:, :2], few.values)
    assert more.values.shape[1] == 4


def test_scenarios_of_a_draw_share_its_parameters_and_its_chance(sizes: Make, tmp_path: Path) -> None:
    nothing = sizes("draws=2", "interventions.plans.places=0", more="")

    results = sweep_as_asked(nothing, out=tmp_path / "paired", workers=1)

    assert np.array_equal(results.values[..., 0, :], results.values[..., 1, :])


def test_what_is_varied_over_its_own_range_is_not_drawn(sizes: Make, tmp_path: Path) -> None:
    own = '[vary]\n"needs.illness.rate.frail" = "uncertain"\n[design]\nkind = "latin_hypercube"\nruns = 4\n'

    results = sweep_as_asked(sizes(more=own), out=tmp_path / "own", workers=1)

    assert len(np.unique(results.values[:, 0, 0, 0, 0])) == 4


def test_what_contracts_settle_is_refused_in_a_sweep_where_it_is_asked_for(tmp_path: Path) -> None:
    path = written_sweep(tmp_path, "[measures.left]\nof = 'organisation.city.net_per_year'\n")
    with (tmp_path / "ward.toml").open("a", encoding="utf-8") as file:
        file.write(CONTRACTS.partition("[contracts.together]")[0])

    with pytest.raises(DefinitionError, match=r"sizes.toml:\d+: measures.left.of: is settled by a contract"):
        sweep_as_asked(load_experiment(path, settings=["draws=2"]), out=tmp_path / "out")

    assert not (tmp_path / "out").exists()
