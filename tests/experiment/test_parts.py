"""Parts of results come back as they were written, and say so when they do not."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from experiment.fragments import a_program, a_run

from simulator.engines.records import EventLog
from simulator.errors import OutputError, SelfCheckFailed
from simulator.experiment.arrays import arrays_from_bytes, arrays_to_bytes
from simulator.experiment.matching import world
from simulator.experiment.observe import observe
from simulator.experiment.pairing import pair
from simulator.experiment.parts import Piece, part_path, read_piece, write_piece


@pytest.fixture
def piece() -> Piece:
    program = a_program()
    log = EventLog(**dict.fromkeys(EventLog.__slots__, np.arange(3)))
    run = a_run(replication=4, exits=np.arange(8).reshape(4, 2), log=log)
    here = world(run, SimpleNamespace())
    return Piece(
        replication=4,
        observations={
            "baseline": observe(run, program, scenario="baseline"),
            "a": observe(run, program, scenario="a"),
        },
        pairings={"a": pair(here, here, program=program, scenario="a")},
    )


@pytest.fixture
def folder(tmp_path: Path, piece: Piece) -> Path:
    (tmp_path / "parts").mkdir()
    write_piece(tmp_path, piece)
    return tmp_path


def test_arrays_come_back_with_their_shapes_and_kinds() -> None:
    given = {
        "whole": np.arange(6).reshape(2, 3),
        "real": np.array([[0.1], [np.nan]]),
        "flags": np.array([True, False]),
        "nothing": np.zeros((0, 4), dtype=np.int64),
        "one": np.asarray(7),
    }

    found = arrays_from_bytes(arrays_to_bytes(given), where="here")

    for name, array in given.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype.kind == array.dtype.kind


def test_a_piece_comes_back_as_it_was_written(folder: Path, piece: Piece) -> None:
    found = read_piece(folder, 4)

    assert list(found.observations) == ["baseline", "a"]
    assert found.observations["a"].replication == 4
    np.testing.assert_array_equal(found.observations["a"].exit_series, np.arange(8).reshape(4, 2))
    np.testing.assert_array_equal(found.observations["a"].log.second, np.arange(3))
    np.testing.assert_array_equal(found.pairings["a"].averted, piece.pairings["a"].averted)


def test_a_piece_done_twice_is_written_once(folder: Path, piece: Piece) -> None:
    before = part_path(folder, 4).stat().st_ino

    write_piece(folder, piece)

    assert part_path(folder, 4).stat().st_ino == before
    assert sorted(path.name for path in (folder / "parts").iterdir()) == [
        "replication_00005.parquet",
        "replication_00005.parquet.sha256",
    ]


def test_a_piece_done_again_with_other_bytes_is_a_failed_self_check(folder: Path, piece: Piece) -> None:
    other = Piece(replication=4, observations=piece.observations, pairings={})

    with pytest.raises(SelfCheckFailed, match="gives other bytes"):
        write_piece(folder, other)


@pytest.mark.parametrize("damage", ["flip", "cut"])
def test_a_damaged_part_is_a_failed_self_check(folder: Path, damage: str) -> None:
    path = part_path(folder, 4)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content if damage == "flip" else content[:-100])

    with pytest.raises(SelfCheckFailed, match=r"replication_00005.parquet: its bytes are not"):
        read_piece(folder, 4)


def test_a_missing_part_cannot_be_read(folder: Path) -> None:
    with pytest.raises(OutputError, match=r"replication_00001.parquet: cannot be read"):
        read_piece(folder, 0)


def test_what_is_no_part_is_a_failed_self_check() -> None:
    with pytest.raises(SelfCheckFailed, match="no part of results"):
        arrays_from_bytes(b"PAR1 but not really", where="here")
