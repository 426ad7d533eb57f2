"""Sweeps by real processes: killed at random instants and taken up, they end as one never killed."""

import json
import random
import signal
import sys
import time
from pathlib import Path

import pytest
from experiment.held import HELD, hold_at, parts_of
from experiment.sweep.conftest import written_sweep
from starting import Started, done
from watching import PATIENCE_SECONDS, until

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


def held(experiment: Path, out: Path, *, at: int) -> list[str]:
    """Give the command that is held up at so many parts."""
    hold_at(out.with_suffix(".hold"), at)
    run, words = [sys.executable, "-c", HELD, str(out.with_suffix(".hold"))], command(experiment, out)
    return [*run, *words[3:]]


def told(folder: Path) -> dict[str, bytes]:
    paths = [*sorted((folder / "tables").iterdir()), folder / "summary.json"]
    return {path.name: path.read_bytes() for path in paths}


@pytest.mark.slow
def test_killed_at_random_instants_it_ends_as_one_never_killed(tmp_path: Path) -> None:
    experiment = written_sweep(tmp_path, MANY)
    assert done(command(experiment, tmp_path / "whole")).returncode == 0
    lot = random.Random(7)

    for count in (3, 12, 21):
        with Started(held(experiment, tmp_path / "killed", at=count + 6)) as started:
            until(lambda count=count: parts_of(tmp_path / "killed") >= count)
            time.sleep(lot.random() / 20)
            started.kill()
    assert json.loads((tmp_path / "killed" / "manifest.json").read_text())["ended"] is None
    assert done(command(experiment, tmp_path / "killed")).returncode == 0

    assert told(tmp_path / "killed") == told(tmp_path / "whole")
    assert not list((tmp_path / "killed" / "parts").glob(".*.part"))


@pytest.mark.slow
def test_ctrl_c_ends_a_sweep_with_130_and_it_goes_on_from_there(tmp_path: Path) -> None:
    experiment, out = written_sweep(tmp_path, MANY), tmp_path / "out"

    with Started(held(experiment, out, at=8)) as started:
        until(lambda: parts_of(out) >= 2)
        started.send_signal(signal.SIGINT)
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert started.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    there = parts_of(out)
    again = done(command(experiment, out))
    assert again.returncode == 0
    assert f"of {(40 - there) * 4} runs done" in again.communicate()[1]
