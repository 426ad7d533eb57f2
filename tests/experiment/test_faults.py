"""Whatever is killed, nothing finished is lost and nothing half-written stays."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from experiment.ward import ward_experiment
from starting import Started

from simulator.experiment.folder import manifest_of
from simulator.experiment.parts import read_piece
from simulator.experiment.run import run_experiment

SCRIPT = """
import sys
from pathlib import Path
from simulator.definition.experiments import load_experiment
from simulator.errors import SimulatorError
from simulator.experiment.run import run_experiment

if __name__ == "__main__":
    settings = ("replications=4000", "horizon='26 weeks'", f"engine={sys.argv[3]}")
    experiment = load_experiment(sys.argv[1], settings=settings)
    try:
        run_experiment(experiment, out=Path(sys.argv[2]), workers=2)
    except SimulatorError as fault:
        print(fault, file=sys.stderr)
        sys.exit(fault.exit_code)
"""
PATIENCE_SECONDS = 300.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc"),
]


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def workers_of(pid: int) -> list[int]:
    """List the processes below one that run pieces of work."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


@pytest.mark.parametrize(
    ("engine", "kind", "code", "says"),
    [
        ("people", "interrupt", 130, "Interrupted. What is finished is kept"),
        ("people", "kill the starter", -signal.SIGKILL, ""),
        ("readable", "interrupt", 130, "Interrupted. What is finished is kept"),
        ("readable", "kill a worker", 3, "A worker process ended unexpectedly"),
        ("readable", "kill the starter", -signal.SIGKILL, ""),
    ],
)
def test_what_is_finished_survives(tmp_path: Path, engine: str, kind: str, code: int, says: str) -> None:
    experiment = ward_experiment(tmp_path, "horizon='26 weeks'", "replications=3", f"engine={engine}")
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, str(tmp_path / "script.py"), experiment.origin.file, str(out), engine]
    with Started(command) as started:
        until(lambda: len(list(out.glob("parts/*.parquet"))) >= 3)
        workers = workers_of(started.pid)
        os.kill(
            workers[0] if kind == "kill a worker" else started.pid,
            signal.SIGINT if code == 130 else signal.SIGKILL,
        )
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert started.returncode == code
    assert says in said
    assert "Traceback" not in said
    assert len(workers) == (2 if engine == "readable" else 0)
    until(lambda: not any(map(is_there, workers)))
    assert manifest_of(out).ended is None
    for path in sorted(out.glob("parts/*.parquet")):
        assert read_piece(out, int(path.stem[-5:]) - 1).observations
    results = run_experiment(experiment, out=out, workers=1)
    assert len(list(results.pieces())) == 3
