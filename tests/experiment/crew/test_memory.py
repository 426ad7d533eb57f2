"""How many worker processes begin where nobody said so, and memory has room for fewer than cores."""

from pathlib import Path

import pytest
from experiment.crew.jobs import Numbers
from experiment.sweep.conftest import written_sweep
from experiment.sweep.test_sweep_by_crew import Begun, begun, parts_of
from typer.testing import CliRunner

from simulator.cli import app
from simulator.experiment.cluster import where
from simulator.experiment.cluster.where import standing_crew
from simulator.experiment.crew import memory
from simulator.experiment.crew.desk import do_each_by_crew
from simulator.experiment.crew.memory import as_memory_allows, free_bytes
from simulator.experiment.progress import Silence

__all__ = ["begun"]
MACHINE = {
    "proc/meminfo": "MemTotal: 16000000 kB\nMemAvailable: 8000000 kB\n",
    "proc/self/cgroup": "0::/job/7\n",
}
# A job of 3 GB within one of 2 GB, of which 1.5 GB are taken, 0.5 GB of that idle.
JOB = {
    "sys/fs/cgroup/job/7/memory.max": "3000000000\n",
    "sys/fs/cgroup/job/7/memory.current": "1500000000\n",
    "sys/fs/cgroup/job/memory.max": "2000000000\n",
    "sys/fs/cgroup/job/memory.current": "1500000000\n",
    "sys/fs/cgroup/job/memory.stat": "anon 1000000000\ninactive_file 500000000\n",
}
OLD_JOB = {
    "proc/self/cgroup": "5:cpu:/\n4:hugetlb,memory:/job\n0::/\n",
    "sys/fs/cgroup/memory/job/memory.limit_in_bytes": "1000000000\n",
    "sys/fs/cgroup/memory/job/memory.usage_in_bytes": "400000000\n",
    "sys/fs/cgroup/memory/job/memory.stat": "inactive_file 1\ntotal_inactive_file 100000000\n",
    "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    "sys/fs/cgroup/memory/memory.usage_in_bytes": "400000000\n",
}
NO_LIMIT = {"sys/fs/cgroup/job/7/memory.max": "max\n", "sys/fs/cgroup/job/7/memory.current": "1\n"}


class Heard(Silence):
    """Keep what is said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def says(self, line: str) -> None:
        self.lines.append(line)


def with_free(monkeypatch: pytest.MonkeyPatch, free: float | None, *, cores: int = 16) -> None:
    monkeypatch.setattr(memory, "free_bytes", lambda: free)
    monkeypatch.setattr(where, "workers_here", lambda: cores)


@pytest.mark.parametrize(
    ("files", "free"),
    [
        (MACHINE, 8.192e9),
        (MACHINE | JOB, 1e9),
        (MACHINE | OLD_JOB, 0.7e9),
        (MACHINE | NO_LIMIT, 8.192e9),
        ({}, None),
    ],
)
def test_free_is_the_least_that_the_machine_and_the_groups_around_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], free: float | None
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    assert free_bytes(tmp_path) == free


def test_elsewhere_than_on_linux_nothing_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")

    assert free_bytes() is None
    assert as_memory_allows(16, progress=Silence()) == 16


@pytest.mark.parametrize(
    ("free", "allowed", "said"),
    [
        (18e9, 16, []),
        (2.6e9, 2, ["2 workers instead of 16, as memory allows: 2.6 GB are free, and each may take 1.1 GB"]),
        (0.5e9, 1, ["1 worker instead of 16, as memory allows: 0.5 GB are free"]),
        (-1e9, 1, ["1 worker instead of 16, as memory allows: 0.0 GB are free"]),
        (None, 16, []),
    ],
)
def test_there_is_one_at_least_and_it_is_said_where_there_are_fewer_than_cores(
    monkeypatch: pytest.MonkeyPatch, free: float | None, allowed: int, said: list[str]
) -> None:
    with_free(monkeypatch, free)
    heard = Heard()

    assert as_memory_allows(16, progress=heard) == allowed
    assert [line[: len(start)] for line, start in zip(heard.lines, said, strict=True)] == said


@pytest.mark.slow
@pytest.mark.parametrize(("asked", "there"), [(None, 2), (3, 3)])
def test_a_crew_that_nobody_numbered_is_bounded_and_a_number_asked_for_is_not(
    monkeypatch: pytest.MonkeyPatch, asked: int | None, there: int
) -> None:
    with_free(monkeypatch, 2.6e9)
    found: dict[int, int] = {}
    heard = Heard()

    with standing_crew(asked) as crew:
        for numbers in ([(0,)], [(n,) for n in range(1, 9)]):
            do_each_by_crew(numbers, job=Numbers(), writes=found.update, crew=crew, progress=heard)

        assert crew.workers == there
    assert found == {n: n**2 for n in range(9)}
    assert len(heard.lines) == (asked is None)


@pytest.mark.slow
def test_a_sweep_says_so_once_and_its_parts_are_those_of_any_number(
    tmp_path: Path, begun: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    experiment = str(written_sweep(tmp_path))
    with_free(monkeypatch, 1.2e9)

    def swept(name: str, *words: str) -> str:
        said = ["sweep", experiment, "--out", str(tmp_path / name), "--replications", "2", *words]
        done = CliRunner().invoke(app, said)
        assert done.exit_code == 0, done.output
        return done.stderr

    assert swept("bounded").count("1 worker instead of 16, as memory allows") == 1
    assert len(begun) == 1
    assert "memory" not in swept("asked", "--workers", "2")
    assert len(begun) == 3
    assert parts_of(tmp_path / "bounded") == parts_of(tmp_path / "asked")


@pytest.mark.slow
def test_processes_of_a_run_by_the_readable_engine_are_bounded_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_free(monkeypatch, 1.2e9)
    experiment = str(written_sweep(tmp_path, ""))
    words = ["run", experiment, "--out", str(tmp_path / "out"), "--engine", "readable"]

    done = CliRunner().invoke(app, [*words, "--replications", "2", "--set", "horizon='1 week'"])

    assert done.exit_code == 0, done.output
    assert "1 worker instead of 2, as memory allows" in done.stderr
