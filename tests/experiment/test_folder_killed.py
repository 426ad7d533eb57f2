"""A command is killed while it makes its results folder, or writes tables: the same command goes on."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from experiment.commands import WRITES, bytes_of_parts, writer
from experiment.sweep.conftest import written_sweep
from experiment.sweep.test_failed_runs import swept
from watching import PATIENCE_SECONDS

from simulator.analysis.sweep import sweep_as_asked, write_sweep_tables
from simulator.definition.experiments import load_experiment
from simulator.experiment import files

# Before the manifest; before the first file beside it, in a new folder; before the second; and the third.
KILLS = (0, 1, 1, 2)

pytestmark = pytest.mark.slow


def killed(does: Callable[[], object], *, replaced: int) -> int | None:
    """Do something in a process that is killed when it has replaced so many files; give how it ended."""
    child = multiprocessing.get_context("fork").Process(
        target=killed_at, args=(does,), kwargs={"replaced": replaced}
    )
    child.start()
    child.join(PATIENCE_SECONDS)
    return child.exitcode


def killed_at(does: Callable[[], object], *, replaced: int) -> None:
    """Do it here, and be killed as the next file is moved into place."""
    done: list[None] = []
    replace = os.replace

    def kills(scratch: Path, there: Path) -> None:
        if len(done) == replaced:
            os.kill(os.getpid(), signal.SIGKILL)
        done.append(None)
        replace(scratch, there)

    files.os.replace = kills  # type: ignore[assignment]
    does()


@pytest.mark.parametrize("kind", WRITES)
def test_killed_again_and_again_while_the_folder_is_made_it_ends_as_one_never_killed(
    tmp_path: Path, kind: str
) -> None:
    writes, out = writer(tmp_path / "in", kind), tmp_path / "out"
    writes(tmp_path / "whole")

    for count in KILLS:
        assert killed(lambda: writes(out), replaced=count) == -signal.SIGKILL
    writes(out)

    assert bytes_of_parts(out) == bytes_of_parts(tmp_path / "whole")
    assert sorted(one.name for one in out.iterdir()) == sorted(
        one.name for one in (tmp_path / "whole").iterdir()
    )
    assert not list(out.rglob(".*"))


def test_scratch_of_tables_that_were_being_written_is_swept_by_the_next_run(tmp_path: Path) -> None:
    path, out = written_sweep(tmp_path), tmp_path / "out"
    results = sweep_as_asked(load_experiment(path), out=out, workers=1)

    assert killed(lambda: write_sweep_tables(results), replaced=3) == -signal.SIGKILL
    assert len(list(out.rglob(".*.part"))) == 1
    said = swept(path, out)

    assert not list(out.rglob(".*"))
    assert {*said} == {one.name for one in (out / "tables").iterdir()} | {"summary.json"}
