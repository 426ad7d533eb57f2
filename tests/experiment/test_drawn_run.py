"""A run with draws: every draw has its own values, the same in all its worlds, and a known answer is found.

Two patients a day on average come to a clinic, one in the other world; nobody knows what a
visit costs. So the true difference of a draw is its price × 365.25, and all else between
replications is chance.
"""

import pickle
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from simulator.analysis.columns import number_and_unit
from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.analysis.summary import summary_text
from simulator.analysis.sweep.asked import sweep_as_asked
from simulator.analysis.tables import all_tables, write_tables
from simulator.definition.design import Correlation
from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment, load_model_of
from simulator.errors import DefinitionError, Interrupted, OutputError
from simulator.experiment import drawn
from simulator.experiment.drawn import DrawnWork, drawn_from, drawn_plan
from simulator.experiment.parts import part_path, write_piece
from simulator.experiment.progress import Silence
from simulator.experiment.run import load_results, run_experiment
from simulator.experiment.run_job import RunJob
from simulator.experiment.scenarios import by_name, compile_scenarios
from simulator.experiment.sweep.run import drawn_in
from simulator.experiment.work import replication_key, work_of

HEAD = """
schema_version = 1
starts = 2025-04-01
"""
CLINIC = """
[organisations.trust_{0}]
title = "Trust"
[referrals.patients_{0}]
rate = "2 per day"
starts_at = "visit_{0}"
[resources.rooms_{0}]
owner = "trust_{0}"
capacity = 40
[activities.visit_{0}]
resource = "rooms_{0}"
duration = "30 minutes"
cost = {{ contact = {{ value = "£45", low = "£35", high = "£57" }} }}
routes = {{ exit = 1 }}
"""
FEWER = """
schema_version = 1
model = "clinic.toml"
horizon = "2 weeks"
seed = 7
replications = 2
draws = 3
[measures.cost]
of = "organisation.trust_0.resources_per_year"
primary = true
[scenarios.fewer.set]
"""
Make = Callable[..., Experiment]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Give a function from settings, and a number of clinics, to the experiment."""
    folder = tmp_path_factory.mktemp("clinic")

    def make(*settings: str, clinics: int = 1) -> Experiment:
        model = HEAD + "".join(CLINIC.format(place) for place in range(clinics))
        (folder / "clinic.toml").write_text(model, encoding="utf-8")
        sets = "".join(f'"referrals.patients_{place}.rate" = "1 per day"\n' for place in range(clinics))
        (folder / "fewer.toml").write_text(FEWER + sets, encoding="utf-8")
        return load_experiment(folder / "fewer.toml", settings=settings)

    return make


def ran(experiment: Experiment, folder: Path, *, workers: int = 1) -> Comparison:
    found = compare(run_experiment(experiment, out=folder, workers=workers))
    write_tables(found)
    return found


def told(folder: Path) -> dict[str, bytes]:
    """Give the bytes of everything that people read."""
    paths = [*sorted((folder / "tables").iterdir()), folder / "summary.json"]
    return {path.name: path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def three(clinic: Make, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of three draws, two replications each."""
    folder = tmp_path_factory.mktemp("drawn") / "three"
    ran(clinic(), folder)
    return folder


def test_what_draws_depend_on_has_their_correlations_and_not_their_number(clinic: Make) -> None:
    made = clinic(clinics=2)
    model = load_model_of(made)
    tied = Correlation(
        of=("activities.visit_0.cost.contact", "activities.visit_1.cost.contact"), rank=Fraction(1, 2)
    )

    apart = drawn_from(made, model)

    assert drawn_from(made.model_copy(update={"correlations": (tied,)}), model) != apart
    assert drawn_from(made.model_copy(update={"draws": 50}), model) == apart


def truths(found: Comparison, *, clinics: int = 1) -> np.ndarray:
    """Give the true difference of each clinic's cost (clinics, draws)."""
    plan = found.results.plan
    assert plan is not None
    drawn = drawn_in(plan).values()
    paths = [f"activities.visit_{place}.cost.contact" for place in range(clinics)]
    return -365.25 * np.array([[number_and_unit(one[path])[0] for one in drawn] for path in paths])


def variance(values: np.ndarray) -> float:
    return float(values.var(axis=1, ddof=1).sum())


def width(values: np.ndarray) -> float:
    low, high = np.quantile(values, [0.1, 0.9], axis=1, method="median_unbiased")
    return float((high - low).sum())


def test_intervals_are_those_of_the_known_truth_without_chance(clinic: Make, tmp_path: Path) -> None:
    found = ran(clinic("draws=12", "replications=4", clinics=6), tmp_path / "many", workers=2)
    truth, names = truths(found, clinics=6), [f"organisation.trust_{n}.resources_per_year" for n in range(6)]
    ones = [found.differences["fewer"][name] for name in names]
    here, there = (np.array([found.values[one][name] for name in names]) for one in ("fewer", "baseline"))
    means = (here - there).reshape(6, 12, 4).mean(axis=2)

    assert sum(one.mean for one in ones) == pytest.approx(truth.mean(axis=1).sum(), rel=0.03)
    assert sum(one.sd**2 for one in ones) == pytest.approx(variance(truth), rel=0.25)
    assert sum(one.high_80 - one.low_80 for one in ones) == pytest.approx(width(truth), rel=0.12)
    assert all(
        one.mean_low < mean < one.mean_high for one, mean in zip(ones, truth.mean(axis=1), strict=True)
    )
    assert variance(means) > 1.5 * variance(truth)
    assert all(0.999 < one.probability_of_reduction <= 1.0 for one in ones)
    assert all((one.n, one.draws) == (48, 12) for one in ones)


def test_the_runs_are_those_of_a_sweep_of_the_same_draws(clinic: Make, three: Path, tmp_path: Path) -> None:
    swept = sweep_as_asked(clinic(), out=tmp_path / "swept", workers=1)
    found = compare(load_results(three))

    for place, scenario in enumerate(("baseline", "fewer")):
        values = swept.values[0, :, :, place, 0].ravel().tolist()
        assert values == list(found.values[scenario]["cost"])


def test_the_bytes_depend_on_no_worker_and_no_stop(clinic: Make, three: Path, tmp_path: Path) -> None:
    shutil.copytree(three, tmp_path / "lost")
    (tmp_path / "lost" / "parts" / "draw_00002_replication_00001.parquet").unlink()
    ran(clinic(), tmp_path / "lost", workers=2)

    assert told(tmp_path / "lost") == told(three)


def test_what_a_worker_elsewhere_is_sent_makes_the_same_part(
    clinic: Make, three: Path, tmp_path: Path
) -> None:
    experiment = clinic()
    scenarios = compile_scenarios(experiment)
    plan = drawn_plan(experiment, scenarios.model)
    job = RunJob(DrawnWork(work_of(experiment, by_name(scenarios.programs)), plan))
    key = replication_key(2, 1)
    (tmp_path / "parts").mkdir()

    write_piece(tmp_path, pickle.loads(pickle.dumps(job)).do(key, ran=lambda: None, stop=lambda: False))

    assert part_path(tmp_path, key).read_bytes() == part_path(three, key).read_bytes()


def test_more_draws_and_more_replications_reuse_the_first(clinic: Make, three: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(three, tmp_path / "more")
    before = {path.name: path.stat().st_mtime_ns for path in (folder / "parts").iterdir()}

    ran(clinic("draws=4", "replications=3"), folder, workers=2)

    after = {path.name: path.stat().st_mtime_ns for path in (folder / "parts").iterdir()}
    assert before.items() <= after.items()
    assert len(after) == 2 * 4 * 3
    ran(clinic(), folder)
    assert told(folder) == told(three)


def test_read_again_the_summary_is_the_same(three: Path) -> None:
    found = compare(load_results(three))

    assert summary_text(found) == (three / "summary.json").read_text()
    assert '"draws": 3' in summary_text(found)
    assert {table.name for table in all_tables(found)} >= {"draws"}


def test_central_values_are_another_design(clinic: Make, three: Path) -> None:
    with pytest.raises(OutputError, match="draws is 3, not 0"):
        run_experiment(clinic("draws=0"), out=three)


def test_another_interval_of_a_parameter_is_another_design(clinic: Make, three: Path) -> None:
    with pytest.raises(OutputError, match="another design"):
        run_experiment(clinic("activities.visit_0.cost.contact.high='£60'"), out=three)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            ["replications={ until = 'precise' }", "measures.cost.matters_from=100"],
            "replications: draws need a number",
        ),
        (["log='all'"], "log: draws and points keep no log"),
        (["activities.visit_0.cost.contact='£45'"], "draws: no value of the model has a low"),
    ],
)
def test_what_draws_cannot_have_is_refused(
    clinic: Make, tmp_path: Path, settings: list[str], said: str
) -> None:
    with pytest.raises(DefinitionError, match=said):
        run_experiment(clinic(*settings), out=tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_as_stocks_each_draw_is_one_run(clinic: Make, tmp_path: Path) -> None:
    found = ran(clinic("draws=5", "engine='stocks'"), tmp_path / "stocks")
    truth, one = truths(found)[0], found.differences["fewer"]["cost"]

    assert one.n == 5
    assert one.mean == pytest.approx(truth.mean(), rel=1e-6)
    assert one.sd == pytest.approx(truth.std(ddof=1), rel=1e-6)


def test_programs_drawn_by_other_code_are_refused_not_misread(
    three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "source_hash", lambda **_: "edited")

    with pytest.raises(OutputError, match="made by another state of the code of version"):
        load_results(three)


class Stopped(Silence):
    """Stop at the first run."""

    def advances(self, runs: int) -> None:
        """Stop."""
        raise Interrupted("Stopped.")


def test_more_draws_broken_off_leave_no_finished_results(clinic: Make, three: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(three, tmp_path / "more")

    with pytest.raises(Interrupted):
        run_experiment(clinic("draws=4"), out=folder, workers=1, progress=Stopped())

    with pytest.raises(OutputError, match="is not finished"):
        load_results(folder)
