"""Sweeps by real processes: killed at random instants and taken up, they end as one never killed."""

import json
import random
import signal
import sys
import time
from pathlib import Path

import pytest
from experiment.sweep.conftest import written_sweep
from experiment.test_faults import until
from starting import Started, done

MANY = """
[vary]
"resources.beds.capacity" = { from = 8, to = 16 }
"interventions.plans.uptake" = { from = 0.2, to = 1 }
[design]
kind = "latin_hypercube"
runs = 40
"""


def command(experiment: Path, out: Path) -> list[str]:
    run = "from simulator.cli import main; main()"
    return [sys.executable, "-c", run, "sweep", str(experiment), "--out", str(out), "--workers", "2"]


def told(folder: Path) -> dict[str, bytes]:
    paths = [*sorted((folder / "tables").iterdir()), folder / "summary.json"]
    return {path.name: path.read_bytes() for path in paths}


@pytest.mark.slow
def test_killed_at_random_instants_it_ends_as_one_never_killed(tmp_path: Path) -> None:
    experiment = written_sweep(tmp_path, MANY)
    assert done(command(experiment, tmp_path / "whole")).returncode == 0
    lot = random.Random(7)
    parts = tmp_path / "killed" / "parts"

    for count in (3, 12, 21):
        with Started(command(experiment, tmp_path / "killed")) as started:
            until(lambda count=count: len(list(parts.glob("*.parquet"))) >= count)
            time.sleep(lot.random() / 20)
            started.kill()
    assert json.loads((tmp_path / "killed" / "manifest.json").read_text())["ended"] is None
    assert done(command(experiment, tmp_path / "killed")).returncode == 0

    assert told(tmp_path / "killed") == told(tmp_path / "whole")
    assert not list(parts.glob(".*.part"))


@pytest.mark.slow
def test_ctrl_c_ends_a_sweep_with_130_and_it_goes_on_from_there(tmp_path: Path) -> None:
    experiment = written_sweep(tmp_path, MANY)
    parts = tmp_path / "out" / "parts"

    with Started(command(experiment, tmp_path / "out")) as started:
        until(lambda: len(list(parts.glob("*.parquet"))) >= 2)
        started.send_signal(signal.SIGINT)
        said = started.communicate(timeout=60)[1]

    assert started.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    there = len(list(parts.glob("*.parquet")))
    again = done(command(experiment, tmp_path / "out"))
    assert again.returncode == 0
    assert f"of {(40 - there) * 4} runs done" in again.communicate()[1]
