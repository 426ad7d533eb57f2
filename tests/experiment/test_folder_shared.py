"""Several start on one results folder at once: one has it, the others are refused and destroy nothing."""

import multiprocessing
import random
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from experiment.commands import WRITES, bytes_of_parts, writer
from experiment.test_folder import MANIFEST, TEXTS
from watching import PATIENCE_SECONDS

from simulator.errors import OutputError, SelfCheckFailed
from simulator.experiment.folder import manifest_of, results_folder
from simulator.experiment.parts import part_path, read_piece, write_piece

FORK = multiprocessing.get_context("fork")
PROCESSES, ROUNDS = 4, 60
REFUSED = OutputError.exit_code

pytestmark = pytest.mark.slow


def or_break(does: Callable[[int, Barrier], None], number: int, barrier: Barrier) -> None:
    """Let nobody wait for one that has failed."""
    try:
        does(number, barrier)
    except BaseException:
        barrier.abort()
        raise


def at_once(does: Callable[[int, Barrier], None], *, processes: int) -> list[int | None]:
    """Do something in so many processes; give how each ended."""
    barrier = FORK.Barrier(processes)
    started = [FORK.Process(target=or_break, args=(does, number, barrier)) for number in range(processes)]
    for one in started:
        one.start()
    for one in started:
        one.join(PATIENCE_SECONDS)
    return [one.exitcode for one in started]


def is_refused(fault: OutputError) -> bool:
    """Say whether a fault is that another has the folder; raise it if it is any other."""
    if "another process is at work" not in str(fault):
        raise fault
    return True


def test_whoever_finishes_a_part_finds_it_and_its_files_whatever_others_do(tmp_path: Path) -> None:
    def takes_turns(number: int, barrier: Barrier) -> None:
        lot = random.Random(number)
        for turn in range(ROUNDS):
            folder, refused, part = tmp_path / f"{turn}" / "e", False, f"replication_{number:05d}.parquet"
            is_cut = lot.random() < 0.5
            barrier.wait(PATIENCE_SECONDS)
            try:
                with results_folder(folder, MANIFEST, texts=TEXTS):
                    time.sleep(lot.random() / 200)
                    if is_cut:
                        raise KeyboardInterrupt
                    (folder / "parts" / part).touch()
            except KeyboardInterrupt:
                pass
            except OutputError as fault:
                refused = is_refused(fault)
            barrier.wait(PATIENCE_SECONDS)
            assert is_cut or refused or (folder / "parts" / part).exists()
            there = sorted(one.name for one in folder.iterdir()) if folder.exists() else []
            assert there in ([], ["experiment.toml", "manifest.json", "model.toml", "parts"]), there
            assert not there or (manifest_of(folder) == MANIFEST and any((folder / "parts").iterdir()))

    assert at_once(takes_turns, processes=PROCESSES) == [0] * PROCESSES


@pytest.mark.parametrize("kind", WRITES)
def test_of_two_commands_one_has_the_folder_and_ends_as_one_alone(tmp_path: Path, kind: str) -> None:
    writes, out = writer(tmp_path / "in", kind), tmp_path / "out"
    writes(tmp_path / "whole")

    def starts(_: int, barrier: Barrier) -> None:
        barrier.wait(PATIENCE_SECONDS)
        try:
            writes(out)
        except OutputError as fault:
            raise SystemExit(REFUSED * is_refused(fault)) from fault

    ended = at_once(starts, processes=2)

    assert sorted(ended) in ([0, 0], [0, REFUSED])
    assert bytes_of_parts(out) == bytes_of_parts(tmp_path / "whole")
    assert manifest_of(out).design == manifest_of(tmp_path / "whole").design


def test_a_run_delivered_by_two_at_once_is_there_once_and_other_bytes_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    writer(tmp_path / "in", "run")(out)
    piece, said = read_piece(out, 1), bytes_of_parts(out)
    there = sorted((out / "parts").iterdir())

    def delivers(_: int, barrier: Barrier) -> None:
        for _ in range(20):
            barrier.wait(PATIENCE_SECONDS)
            write_piece(out, piece)
            barrier.wait(PATIENCE_SECONDS)
            part_path(out, 1).unlink(missing_ok=True)

    assert at_once(delivers, processes=2) == [0, 0]
    write_piece(out, piece)
    assert (sorted((out / "parts").iterdir()), bytes_of_parts(out)) == (there, said)
    with pytest.raises(SelfCheckFailed, match="gives other bytes than are there"):
        write_piece(out, replace(read_piece(out, 0), replication=1))
