"""A sweep by worker processes, by real commands: killed, interrupted, taken up again, it ends the same."""

import random
import signal
import sys
import time
from pathlib import Path

import pytest
from experiment.held import HELD, hold_at, parts_of
from experiment.sweep.conftest import written_sweep
from experiment.sweep.test_failed_runs import swept
from experiment.sweep.test_sweep_faults import MANY, told
from starting import Started, done
from watching import PATIENCE_SECONDS, children_of, is_there, kill, until

from simulator.experiment.job import COSTS_WORKERS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc"),
]
# However short it is: at once by worker processes.
AT_ONCE = "from simulator.experiment.sweep import chunk; chunk.SECONDS_WORTH_BEGINNING = 0; "
RUN = f"{AT_ONCE}from simulator.cli import main; main()"
ONE_EACH = "replications=1"


def by_crew(experiment: Path, out: Path, *, workers: int = 2) -> list[str]:
    words = ["sweep", str(experiment), "--out", str(out), "--workers", str(workers), "--replications", "1"]
    return [sys.executable, "-c", RUN, *words]


def held_crew(experiment: Path, out: Path, *, at: int, workers: int = 2) -> list[str]:
    """Give the command that is held up at so many parts."""
    hold_at(out.with_suffix(".hold"), at)
    run = [sys.executable, "-c", AT_ONCE + HELD, str(out.with_suffix(".hold"))]
    return [*run, *by_crew(experiment, out, workers=workers)[3:]]


def workers_of(pid: int) -> list[int]:
    """List the worker processes that a command began."""
    return children_of(pid, "simulator.experiment.crew.member")


def test_workers_killed_at_random_instants_cost_nothing(tmp_path: Path) -> None:
    experiment, out, lot = written_sweep(tmp_path, MANY), tmp_path / "out", random.Random(11)
    killed = 0
    with Started(held_crew(experiment, out, at=6)) as started:
        for count in (2, 9, 16, 23):
            hold_at(out.with_suffix(".hold"), count + 6)
            until(lambda count=count: parts_of(out) >= count or not is_there(started.pid))
            time.sleep(lot.random() / 20)
            for worker in workers_of(started.pid)[:1]:
                kill(worker)
                killed += 1
        out.with_suffix(".hold").unlink()
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert started.returncode == 0, said
    assert killed >= 2
    assert "80 of 80 runs done" in said
    assert told(out) == swept(experiment, tmp_path / "threads", ONE_EACH, workers=2)


def test_the_command_killed_at_random_instants_ends_as_one_never_killed(tmp_path: Path) -> None:
    experiment, out, lot = written_sweep(tmp_path, MANY), tmp_path / "out", random.Random(5)
    for count in (1, 12, 25):
        with Started(held_crew(experiment, out, at=count + 6)) as started:
            until(lambda count=count: parts_of(out) >= count)
            time.sleep(lot.random() / 20)
            workers = workers_of(started.pid)
            started.kill()
        until(lambda workers=workers: not any(map(is_there, workers)))
    assert done(by_crew(experiment, out, workers=3)).returncode == 0

    assert told(out) == swept(experiment, tmp_path / "threads", ONE_EACH, workers=2)
    assert not list((out / "parts").glob(".*.part"))


@pytest.mark.parametrize(("how", "code"), [("once", 130), ("twice", 130), ("killed", -signal.SIGKILL)])
@pytest.mark.parametrize("workers", [1, 2])
def test_the_workers_end_with_their_command(tmp_path: Path, how: str, code: int, workers: int) -> None:
    experiment = written_sweep(tmp_path, MANY)

    with Started(held_crew(experiment, tmp_path / "out", at=6, workers=workers)) as started:
        until(lambda: parts_of(tmp_path / "out") >= 1)
        there = workers_of(started.pid)
        for _ in range(2 if how == "twice" else 1):
            started.send_signal(signal.SIGKILL if how == "killed" else signal.SIGINT)
            time.sleep(0.1)
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert (started.returncode, len(there)) == (code, workers), said
    assert ("Interrupted. What" in said) == (code == 130)
    assert "Traceback" not in said
    until(lambda: not any(map(is_there, there)))


ASLEEP = """
import time
from experiment.crew.jobs import Sleeps
from simulator.experiment.crew.crew import Crew
from simulator.experiment.crew.desk import do_each_by_crew
from simulator.experiment.progress import Silence
with Crew(1) as crew:
    do_each_by_crew([({seconds},)], job=Sleeps(), writes=print, crew=crew, progress=Silence())
    time.sleep(600)
"""


@pytest.mark.parametrize("seconds", [0, 600])
def test_a_worker_ends_with_a_killed_command_idle_or_deep_in_a_run_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    who, scratch = tmp_path / "who", tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("SAYS_WHO", str(who))
    monkeypatch.setenv("TMPDIR", str(scratch))
    with Started([sys.executable, "-c", ASLEEP.format(seconds=seconds)]) as started:
        if seconds:
            until(lambda: who.exists() and who.read_text().endswith("\n"))
        else:
            assert started.first_line()
        started.kill()

    until(lambda: not is_there(int(who.read_text())))
    assert not [*scratch.iterdir()]


def test_what_is_done_when_it_is_interrupted_is_not_run_again(tmp_path: Path) -> None:
    experiment, out = written_sweep(tmp_path, MANY), tmp_path / "out"
    with Started(held_crew(experiment, out, at=8)) as started:
        until(lambda: parts_of(out) >= 2)
        started.send_signal(signal.SIGINT)
        started.communicate(timeout=PATIENCE_SECONDS)
    there = parts_of(out)

    again = done(by_crew(experiment, out))

    assert again.returncode == 0
    assert f"of {(40 - there) * 2} runs done" in again.communicate()[1]


def test_workers_ended_again_and_again_for_want_of_memory_cost_a_second_start_and_no_figure(
    tmp_path: Path,
) -> None:
    experiment, out = written_sweep(tmp_path, MANY), tmp_path / "out"
    with Started(by_crew(experiment, out)) as started:
        for _ in range(4):
            until(lambda: workers_of(started.pid) or not is_there(started.pid))
            for worker in workers_of(started.pid):
                kill(worker)  # as the system ends what takes too much
            time.sleep(0.2)
        said = started.communicate(timeout=PATIENCE_SECONDS)[1]

    assert "Traceback" not in said
    assert started.returncode == 0 or (started.returncode == 3 and COSTS_WORKERS in said), said
    again = done(by_crew(experiment, out))
    assert again.returncode == 0, again.communicate()[1]
    assert told(out) == swept(experiment, tmp_path / "threads", ONE_EACH, workers=2)
