"""Whatever is killed, nothing finished is lost and nothing half-written stays."""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from experiment.commands import bytes_of_parts
from experiment.held import parts_of
from experiment.ward import ward_experiment
from starting import Started
from watching import PATIENCE_SECONDS, children_of, is_there, until

from simulator.definition.experiments import load_experiment
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
WORKER = "simulator.experiment.crew.member"

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


@pytest.mark.parametrize("parts", [0, 2])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_workers_hear_no_ctrl_c_and_are_replaced_where_they_are_killed_even_while_they_begin(
    tmp_path: Path, parts: int, number: int
) -> None:
    file, out, alone = ward_experiment(tmp_path).origin.file, tmp_path / "out", tmp_path / "alone"
    (tmp_path / "script.py").write_text(SCRIPT.replace("4000", "12"), encoding="utf-8")

    with Started([sys.executable, str(tmp_path / "script.py"), file, str(out), "readable"]) as started:
        until(
            lambda: (
                not is_there(started.pid)
                or (len(children_of(started.pid, WORKER)) == 2 and parts_of(out) >= parts)
            )
        )
        for worker in children_of(started.pid, WORKER):
            with suppress(ProcessLookupError):
                os.kill(worker, number)
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert (started.returncode, said) == (0, "")
    settings = ("replications=12", "horizon='26 weeks'", "engine=readable")
    run_experiment(load_experiment(file, settings=settings), out=alone, workers=1)
    assert bytes_of_parts(out) == bytes_of_parts(alone)
