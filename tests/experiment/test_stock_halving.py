"""``downstream stocks --vary`` says what half the step changes of what it keeps, where it is more than 1%."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from experiment.test_stock_command import CHECK, MODEL, stocks
from experiment.test_stock_sweep import ARRIVING, design
from stock_systems import written

from simulator.definition.stock_design import load_stock_design
from simulator.engines.stocks.run import run_stocks
from simulator.errors import RunFailed
from simulator.experiment.progress import Silence
from simulator.experiment.stock_files import read_stocks
from simulator.experiment.stock_sweep import halving
from simulator.experiment.stock_sweep.halving import changes, halving_notes, looked_at
from simulator.experiment.stock_sweep.plan import StockPlan, plan_stock_sweep
from simulator.experiment.stock_sweep.run import run_stock_sweep

GRID = """\
schema_version = 1
seed = 7
[vary]
stay = { values = [2, 3, 4, 5, 6] }
pool = { values = [4, 8, 12] }
[design]
kind = "grid"
[measures.left]
of = "pool.at_end"
title = "Still there"
[measures.mean]
of = "pool.mean"
"""


def left(stay: float, pool: float, *, step: float) -> float:
    """Give what is left after four days of three arrivals a day, by Euler's rule."""
    for _ in range(round(4 / step)):
        pool += step * (3 - pool / stay)
    return pool


def plan(folder: Path, *settings: str, model: str = MODEL + ARRIVING) -> StockPlan:
    return plan_stock_sweep(
        read_stocks(written(folder, model), settings), load_stock_design(design(folder, GRID))
    )


def notes(plan: StockPlan) -> list[str]:
    return list(halving_notes(plan, run_stock_sweep(plan, progress=Silence())))


def test_the_largest_change_is_told_with_its_point_on_the_terminal_and_the_page(tmp_path: Path) -> None:
    model, out = written(tmp_path, MODEL + ARRIVING), tmp_path / "out"

    done = stocks(model, "--vary", design(tmp_path, GRID), "--out", out)

    points = plan(tmp_path).points
    share = {}
    for at, point in enumerate(points):
        coarse, fine = (
            left(float(str(point["stay"])), float(str(point["pool"])), step=step) for step in (1, 0.5)
        )
        share[at] = abs(fine - coarse) / max(fine, coarse)
    values = run_stock_sweep(plan(tmp_path), progress=Silence())
    seen = {at: share[at] for at in looked_at(plan(tmp_path), values)}
    most = max(seen, key=lambda at: seen[at])
    assert seen[most] > 0.01
    said = f"Still there by {seen[most]:.1%} at point {most + 1}"
    assert re.search(rf"Note: Half the step \(0.5 days\) changes .*{said}", done.stdout), done.stdout
    assert said in (out / "report.html").read_text("utf-8")


def test_nothing_is_said_where_no_measure_changes_by_more_than_1_per_cent(tmp_path: Path) -> None:
    assert notes(plan(tmp_path, "dt=0.01")) == []
    assert notes(plan(tmp_path)) != []


def test_the_middle_of_the_design_and_the_ends_of_each_measure_are_looked_at(tmp_path: Path) -> None:
    asked = plan(tmp_path)
    values = np.zeros((15, 2))
    values[3, 0], values[4, 0], values[9, 1], values[12, 1] = -1, 1, -1, 1

    assert looked_at(asked, values) == (3, 4, 7, 9, 12)
    assert (str(asked.points[7]["stay"]), str(asked.points[7]["pool"])) == ("4", "8")


def test_the_ends_of_each_measure_are_looked_at_however_many_there_are(tmp_path: Path) -> None:
    asked = plan(tmp_path)
    values = np.zeros((15, 14))
    values[3, 13], values[12, 13] = -1, 1

    assert looked_at(asked, values) == (0, 3, 7, 12)


def test_points_are_run_in_batches_and_are_the_same_to_the_last_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, points = plan(tmp_path), (0, 2, 7, 8, 14)
    at_once = halving._finer(asked, points)
    sizes: list[int] = []

    def run(*words: object, runs: int, **more: object) -> object:
        sizes.append(runs)
        return run_stocks(*words, runs=runs, **more)

    monkeypatch.setattr(halving, "batch_size", lambda _: 2)
    monkeypatch.setattr(halving, "run_stocks", run)

    assert halving._finer(asked, points).tobytes() == at_once.tobytes()
    assert sizes == [2, 2, 1]


def test_what_is_next_to_nothing_beside_the_largest_is_no_change(tmp_path: Path) -> None:
    asked = plan(tmp_path)
    values = np.ones((15, 2))
    values[0] = 1e-9, 1e-2

    [first, second] = changes(asked, values, finer=np.array([[2e-9, 2e-2]]), points=(0,))

    assert (first.kept.id, first.share, second.kept.id, second.share) == ("mean", 0.5, "left", 0.0)


def test_points_looked_at_are_run_with_half_the_step_and_saved_at_the_same_times(tmp_path: Path) -> None:
    asked = plan(tmp_path, "stop=4.2")
    finer = replace(asked, file=replace(asked.file, system=halving.with_half_the_step(asked.file.system)))

    assert halving._finer(asked, (2, 8)).shape == (2, 2)
    for row, point in zip(halving._finer(asked, (2, 8)), (2, 8), strict=True):
        at = finer.points[point]
        assert row[0] == pytest.approx(
            left(float(str(at["stay"])), float(str(at["pool"])), step=0.5), rel=1e-12
        )


def test_a_run_that_fails_with_half_the_step_is_told_and_the_design_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RunFailed("'odd' is not a number.")

    monkeypatch.setattr(halving, "run_stocks", fails)

    assert notes(plan(tmp_path)) == [
        "with half the step (0.5 days) a run fails at one of the points that were looked at: 'odd' is not a "
        "number."
    ]


def test_a_design_of_very_many_steps_says_that_nobody_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(halving, "MOST_STEPS_HALVED", 7)

    assert notes(plan(tmp_path)) == [
        "what half the step (0.5 days) would change is not looked at: a run would take 8 steps."
    ]


@pytest.mark.parametrize("has_checks", [True, False])
def test_checks_are_spoken_of_where_there_are_any(tmp_path: Path, has_checks: bool) -> None:
    model = written(tmp_path, MODEL + ARRIVING + (CHECK if has_checks else ""))

    done = stocks(model, "--vary", design(tmp_path, GRID), "--out", tmp_path / "out")

    assert ("[checks] hold is not looked at over points" in done.stdout) == has_checks
