"""Parts of a sweep: the disk is full, one is cut short or delivered twice, its writer is killed."""

import multiprocessing
import os
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from experiment.sweep.conftest import written_sweep
from experiment.sweep.test_failed_runs import swept
from watching import PATIENCE_SECONDS

from simulator.analysis.sweep import sweep_as_asked
from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment
from simulator.errors import OutputError, SelfCheckFailed
from simulator.experiment import files
from simulator.experiment.progress import Readiness, Silence, at_once
from simulator.experiment.sweep.chunk import Rows
from simulator.experiment.sweep.chunk_files import all_rows, pieces_there, write_rows

Make = Callable[..., Experiment]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Give a sweep that nothing happened to, and what it says."""
    path = written_sweep(tmp_path_factory.mktemp("whole"))
    return path, swept(path, path.parent / "out")


class FillsUp(Silence):
    """A disk that takes no file above so many bytes once the runs begin."""

    def begins(self, runs: int, *, ready: Readiness = at_once) -> None:
        """Fill it up."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (400, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


@contextmanager
def limits_restored() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_ends_a_sweep_and_it_goes_on_when_there_is_room(
    whole: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    path, said = whole

    with limits_restored(), pytest.raises(OutputError, match=r"chunk_.*parquet: cannot be written: "):
        sweep_as_asked(load_experiment(path), out=tmp_path / "out", workers=1, progress=FillsUp())

    assert not list(tmp_path.rglob("*.part"))
    assert swept(path, tmp_path / "out") == said


def test_a_part_cut_short_is_refused_and_done_again_once_removed(
    whole: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    path, said = whole
    shutil.copytree(path.parent / "out", tmp_path / "out")
    part = sorted((tmp_path / "out" / "parts").glob("*.parquet"))[0]
    part.write_bytes(part.read_bytes()[:100])

    with pytest.raises(SelfCheckFailed, match=f"{part.name}: its bytes are not those that were written"):
        swept(path, tmp_path / "out")
    part.unlink()

    assert swept(path, tmp_path / "out") == said


def test_a_chunk_delivered_twice_is_there_once(whole: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    shutil.copytree(whole[0].parent / "out", tmp_path / "out")
    before = len(list((tmp_path / "out" / "parts").iterdir()))
    rows = next(all_rows(tmp_path / "out"))

    write_rows(tmp_path / "out", rows)
    assert len(list((tmp_path / "out" / "parts").iterdir())) == before
    with pytest.raises(SelfCheckFailed, match="gives other bytes than are there"):
        write_rows(tmp_path / "out", Rows(pieces=rows.pieces, values=np.asarray(rows.values + 1)))


@pytest.mark.slow
@pytest.mark.parametrize("links", [0, 1, 2, 3])
def test_killed_around_the_link_of_a_part_nothing_is_lost_or_half_there(
    whole: tuple[Path, dict[str, bytes]], tmp_path: Path, links: int
) -> None:
    path, said = whole
    child = multiprocessing.get_context("fork").Process(
        target=killed_at, args=(path, tmp_path / "out"), kwargs={"links": links}
    )
    child.start()
    child.join(PATIENCE_SECONDS)

    assert child.exitcode == -signal.SIGKILL
    assert len(pieces_there(tmp_path / "out")) == (links // 2)
    assert swept(path, tmp_path / "out") == said
    assert not list(tmp_path.rglob("*.part"))


def killed_at(path: Path, out: Path, *, links: int) -> None:
    """Sweep, and be killed as the next file is linked into place: checksum, part, checksum, part."""
    done: list[None] = []
    link = os.link

    def kills(scratch: Path, there: Path) -> None:
        if len(done) == links:
            os.kill(os.getpid(), signal.SIGKILL)
        done.append(None)
        link(scratch, there)

    files.os.link = kills  # type: ignore[assignment]
    sweep_as_asked(load_experiment(path), out=out, workers=1)
