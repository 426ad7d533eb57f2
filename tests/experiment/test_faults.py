"""Whatever is killed, nothing finished is lost and nothing half-written stays."""

import os
import signal
import sys
from pathlib import Path

import pytest
from experiment.ward import ward_experiment
from starting import Started
from watching import PATIENCE_SECONDS, children_of, is_there, kill, until

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
WORKER = "--multiprocessing-fork"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc"),
]


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
        workers = children_of(started.pid, WORKER)
        if kind == "kill a worker":
            kill(workers[0])
        else:
            started.send_signal(signal.SIGINT if code == 130 else signal.SIGKILL)
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


def test_workers_do_not_hear_ctrl_c_even_while_they_begin(tmp_path: Path) -> None:
    experiment = ward_experiment(tmp_path).origin.file
    script, out = tmp_path / "script.py", tmp_path / "out"
    script.write_text(SCRIPT.replace("4000", "4").replace("26 weeks", "8 weeks"), encoding="utf-8")

    with Started([sys.executable, str(script), experiment, str(out), "readable"]) as started:
        until(lambda: len(children_of(started.pid, WORKER)) == 2 or not is_there(started.pid))
        # In a terminal Ctrl-C reaches them as well as whoever began them.
        for worker in children_of(started.pid, WORKER):
            os.kill(worker, signal.SIGINT)
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert (started.returncode, said) == (0, "")
    assert len(list(out.glob("parts/*.parquet"))) == 4
