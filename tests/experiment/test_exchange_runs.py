"""Experiments on models whose stocks meet their people: their measures, the check at half the interval."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulator.analysis import compare, write_tables
from simulator.definition.experiments import load_experiment
from simulator.errors import RunFailed
from simulator.experiment.half_interval import HALF, difference, halved
from simulator.experiment.results import Results
from simulator.experiment.run import run_experiment
from simulator.experiment.scenarios import compile_scenarios

MODEL = """
schema_version = 1
starts = 2025-04-07
[referrals.client]
rate = "2 per day"
starts_at = "care"
[resources.packages]
capacity = 40
[activities.care]
resource = "packages"
duration = { expon = { mean = "20 days" } }
[stocks.workers]
initial = 20
[flows.hired]
from = "outside"
to = "workers"
rate = "max(0, 22 - workers) / 30"
[flows.leaving]
from = "workers"
to = "outside"
rate = "workers * (1 + occupancy) / 600"
[interventions.training]
starts = "4 weeks"
[[interventions.training.effects]]
times = "activities.care.duration"
value = 0.8
[exchange]
every = "1 day"
reads = { occupancy = "resource.packages.occupancy, mean since last" }
[exchange.drives]
"resources.packages.capacity" = { by = "2 * workers", between = [0, 60] }
"interventions.training.strength" = { times = "occupancy", between = [0, 1.5] }
"""
EXPERIMENT = """
schema_version = 1
model = "model.toml"
warm_up = "4 weeks"
horizon = "26 weeks"
seed = 7
replications = 2
report_every = "4 weeks"
[scenarios.training]
on = ["training"]
"""


def ran(folder: Path, *settings: str, name: str = "results", workers: int = 1) -> Results:
    """Run the experiment."""
    (folder / "model.toml").write_text(MODEL, encoding="utf-8")
    (folder / "study.toml").write_text(EXPERIMENT, encoding="utf-8")
    experiment = load_experiment(folder / "study.toml", settings=settings)
    return run_experiment(experiment, out=folder / name, workers=workers)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Read tables and summary."""
    paths = [*sorted((folder / "tables").iterdir()), folder / "summary.json"]
    return {path.name: path.read_bytes() for path in paths}


def test_stocks_are_measured_and_half_the_interval_is_told(tmp_path: Path) -> None:
    results = ran(tmp_path)
    write_tables(compare(results))

    found = json.loads((tmp_path / "results" / "summary.json").read_text())["scenarios"]["baseline"]
    assert 18 < found["stock.workers.mean"]["mean"] < 22
    assert 18 < found["stock.workers.at_end"]["mean"] < 22
    assert [note for note in results.notes if note.startswith(f"{HALF} (12 hours) changes the stocks")]
    assert "stock.workers.mean" in (tmp_path / "results" / "tables" / "series.csv").read_text()


@pytest.mark.parametrize("asked", [("engine=readable",), ()])
def test_the_same_bytes_by_either_engine_with_one_worker_or_two(tmp_path: Path, asked: tuple[str]) -> None:
    write_tables(compare(ran(tmp_path, name="one")))

    write_tables(compare(ran(tmp_path, *asked, name="other", workers=2)))

    one, other = bytes_of(tmp_path / "one"), bytes_of(tmp_path / "other")
    assert one["measures.csv"] == other["measures.csv"]
    assert one.keys() == other.keys()


def test_an_interval_is_halved_with_its_step_only_where_it_must_be(tmp_path: Path) -> None:
    ran(tmp_path)
    program = compile_scenarios(load_experiment(tmp_path / "study.toml")).programs["baseline"]
    assert program.exchange is not None

    odd, even = halved(program.exchange), halved(replace(program.exchange, steps=4))

    assert (odd.every_seconds, odd.steps, odd.system.timing.step) == (43_200, 1, 0.5)
    assert (even.every_seconds, even.steps, even.system.timing.step) == (43_200, 2, 1.0)


def test_what_half_the_interval_changes_most_is_named(tmp_path: Path) -> None:
    from simulator.engines.run import run

    ran(tmp_path)
    program = compile_scenarios(load_experiment(tmp_path / "study.toml")).programs["baseline"]
    records = run(program, seed=7, replication=0).exchange
    assert records is not None
    stocks = records.stocks.copy()
    stocks[3] *= 0.9

    found = difference(program, records, fine=replace(records, stocks=stocks))

    assert found is not None
    assert (found.stock, found.seconds) == ("workers", 43_200)
    assert found.share == pytest.approx(0.1 * records.stocks[3, 0] / np.max(records.stocks))


def test_the_network_as_stocks_measures_them_too_and_fails_by_name(tmp_path: Path) -> None:
    results = ran(tmp_path, "engine=stocks")
    write_tables(compare(results))

    found = json.loads((tmp_path / "results" / "summary.json").read_text())["scenarios"]
    assert 18 < found["baseline"]["stock.workers.at_end"]["mean"] < 22
    assert found["training"]["stock.workers.mean"]["mean"] != found["baseline"]["stock.workers.mean"]["mean"]
    assert [note for note in results.notes if note.startswith(f"{HALF} (12 hours) changes the stocks of the")]


def test_a_level_out_of_bounds_is_named_by_the_network_as_stocks(tmp_path: Path) -> None:
    with pytest.raises(
        RunFailed, match=r"scenario 'baseline': exchange.drives.*capacity\": came to .* outside"
    ):
        ran(tmp_path, "engine=stocks", "stocks.workers.initial=31")
