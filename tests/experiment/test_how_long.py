"""How long runs take on paper: to one figure, in proportion, and of the order that they take."""

import time
from pathlib import Path

import pytest
from experiment.test_stock_command import MODEL as POOL
from experiment.test_stock_command import stocks
from experiment.test_stock_sweep import design
from experiment.ward import MODEL
from stock_systems import system, written

from simulator.compiler import Program, Window, compile_model
from simulator.definition import load_model
from simulator.engines.network import Network
from simulator.engines.run import run
from simulator.equations.system import Timing
from simulator.experiment.how_long import how_long_alone, in_one_figure, seconds_a_run
from simulator.units import SECONDS_A_WEEK


def ward(folder: Path, *, weeks: int) -> Program:
    """Compile the small ward over so many weeks."""
    path = folder / "ward.toml"
    path.write_text(MODEL, encoding="utf-8")
    model = load_model(path)
    window = Window(
        starts=model.starts,
        warm_up_seconds=0,
        horizon_seconds=weeks * SECONDS_A_WEEK,
        period_seconds=SECONDS_A_WEEK,
    )
    return compile_model(model, window=window)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, "0 s"),
        (59, "1 min"),
        (61, "1 min"),
        (40 * 60, "40 min"),
        (54 * 60, "50 min"),
        (58 * 60, "1 hour"),
        (5_400, "2 hours"),
        (86_400 * 14, "10 days"),
    ],
)
def test_an_order_of_magnitude_is_told_to_one_figure(seconds: float, said: str) -> None:
    assert in_one_figure(seconds) == said


@pytest.mark.parametrize("engine", ["people", "readable", "stocks"])
def test_twice_as_long_a_run_takes_twice_as_long(tmp_path: Path, engine: str) -> None:
    short, long = (seconds_a_run(ward(tmp_path, weeks=weeks), engine) for weeks in (5_000, 10_000))

    assert long == pytest.approx(2 * short, rel=0.05)


def test_what_the_readable_engine_takes_is_of_the_order_that_was_told(tmp_path: Path) -> None:
    program = ward(tmp_path, weeks=52)
    run(program, seed=1, replication=0, engine="readable")

    before = time.process_time()
    run(program, seed=1, replication=1, engine="readable")
    took = time.process_time() - before

    assert took / 10 < seconds_a_run(program, "readable") < took * 10


def test_what_stocks_take_is_of_the_order_that_was_told(tmp_path: Path) -> None:
    program = ward(tmp_path, weeks=260)
    Network(program).run()

    before = time.process_time()
    Network(program).run()
    took = time.process_time() - before

    assert took / 10 < seconds_a_run(program, "stocks") < took * 10


def test_stocks_by_themselves_are_told_where_they_take_a_minute() -> None:
    pool = system("stock pool = 10 out: gone\nflow gone = pool / 4", timing=Timing(stop=1e6, method="rk4"))

    assert how_long_alone(pool, 100) == ""
    assert how_long_alone(pool, 10_000).startswith("All runs take about 3 min of one core")
    assert how_long_alone(pool, 1_000_000).startswith("All runs take about 4 hours of one core")


@pytest.mark.parametrize("option", ["--vary", "--points"])
def test_many_runs_of_stocks_by_themselves_say_before_they_begin_how_long_they_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.setattr("simulator.experiment.how_long.TOO_SHORT_TO_SAY", 1e-9)
    (tmp_path / "points.csv").write_text("stay\n2\n3\n", encoding="utf-8")
    text = 'schema_version = 1\nseed = 1\n[design]\nkind = "points"\nfile = "points.csv"\n'
    asked = {"--vary": design(tmp_path, text), "--points": tmp_path / "points.csv"}[option]

    done = stocks(written(tmp_path, POOL), option, asked, "--out", tmp_path / "out")

    assert done.exit_code == 0, done.exception
    assert "All runs take about" in done.stderr
