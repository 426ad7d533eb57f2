"""Named arrays as one parquet file, the same bytes for the same arrays."""

import io
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SelfCheckFailed

Array = NDArray[np.int64] | NDArray[np.float64] | NDArray[np.bool_]

KINDS = {"i": np.int64, "u": np.int64, "f": np.float64, "b": np.bool_}


def arrays_to_bytes(arrays: Mapping[str, Array]) -> bytes:
    """Write arrays as parquet: a row an array, with its name, kind, shape and values (whole or real)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = pa.large_list(pa.int64())
    real = pa.large_list(pa.float64())
    table = pa.table(
        {
            "name": pa.array(list(arrays), pa.string()),
            "kind": pa.array([one.dtype.kind for one in arrays.values()], pa.string()),
            "shape": pa.array([list(one.shape) for one in arrays.values()], pa.list_(pa.int64())),
            "whole": pa.array(
                [None if one.dtype.kind == "f" else _flat(one) for one in arrays.values()], whole
            ),
            "real": pa.array(
                [_flat(one) if one.dtype.kind == "f" else None for one in arrays.values()], real
            ),
        }
    )
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", row_group_size=len(arrays) or 1)
    return sink.getvalue()


def arrays_from_bytes(content: bytes, *, where: str) -> dict[str, Array]:
    """Read arrays back; raise ``SelfCheckFailed`` if the bytes are not such a file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # Not read_table, which takes five times as long over a file this small.
        table = pq.ParquetFile(pa.BufferReader(content)).read(use_threads=False)
    except (pa.ArrowException, OSError) as fault:
        raise SelfCheckFailed(f"{where}: this is no part of results, or it is damaged.") from fault
    found: dict[str, Array] = {}
    for place in range(table.num_rows):
        kind = table["kind"][place].as_py()
        values = table["real" if kind == "f" else "whole"][place].values
        flat = values.to_numpy(zero_copy_only=False).astype(KINDS[kind])
        found[table["name"][place].as_py()] = flat.reshape(table["shape"][place].as_py())
    return found


def _is_real(array: Array) -> bool:
    """Say whether an array holds real numbers."""
    return array.dtype.kind == "f"


def _flat(array: Array) -> NDArray[np.int64] | NDArray[np.float64]:
    """Give the values of an array in order, as eight-byte numbers."""
    flat = np.ascontiguousarray(array).reshape(-1)
    return flat.astype(np.float64) if _is_real(array) else flat.astype(np.int64)
