"""Parts of a sweep: one file a chunk, with its checksum, written once; and which pieces a folder holds."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.arrays import arrays_from_bytes, arrays_to_bytes
from simulator.experiment.checked import read_checked, write_checked
from simulator.experiment.parts import PARTS
from simulator.experiment.sweep.chunk import Rows
from simulator.experiment.sweep.failing import write_failed
from simulator.experiment.sweep.plan import Piece, Plan

Flags = NDArray[np.bool_]

NAME_BYTES = 12
PIECES, VALUES = "pieces", "values"


def write_rows(folder: Path, rows: Rows) -> None:
    """Write a chunk's part, checksum first; its name is a hash of its pieces, the same if done again.

    Of a chunk whose pieces have all failed there is none.
    """
    write_failed(folder, rows.failed)
    if not len(rows.pieces):
        return
    write_checked(rows_path(folder, rows), arrays_to_bytes({PIECES: rows.pieces, VALUES: rows.values}))


def rows_path(folder: Path, rows: Rows) -> Path:
    """Name the part of a chunk."""
    name = hashlib.blake2b(rows.pieces.tobytes(), digest_size=NAME_BYTES).hexdigest()
    return folder / PARTS / f"chunk_{name}.parquet"


def read_rows(path: Path) -> Rows:
    """Read a part; raise ``SelfCheckFailed`` if its bytes are not those that were written."""
    arrays = arrays_from_bytes(read_checked(path), where=str(path))
    return Rows(pieces=np.asarray(arrays[PIECES], np.int64), values=np.asarray(arrays[VALUES], np.float64))


def has_parts(folder: Path) -> bool:
    """Say whether a folder holds any part."""
    return any((folder / PARTS).glob("chunk_*.parquet"))


def all_rows(folder: Path) -> Iterator[Rows]:
    """Read every part of a folder."""
    for path in sorted((folder / PARTS).glob("chunk_*.parquet")):
        yield read_rows(path)


def pieces_there(folder: Path) -> set[Piece]:
    """List the pieces that a folder holds."""
    return {Piece(*row) for rows in all_rows(folder) for row in rows.pieces.tolist()}


def are_there(folder: Path, plan: Plan) -> Flags:
    """Say of each piece of a plan whether a folder holds it; those of no plan are left out."""
    there = np.zeros(plan.shape, dtype=np.bool_)
    for rows in all_rows(folder):
        point, draw, replication, _ = plan.places(rows.pieces)
        there[point, draw, replication] = True
    return there
