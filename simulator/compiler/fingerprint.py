"""The fingerprint of a program: one short text that differs whenever anything that changes a run differs."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b

import numpy as np
from pydantic import BaseModel

FINGERPRINT = "fingerprint"
BYTES = 16


def fingerprint_of(noun: object) -> str:
    """Give the BLAKE2b of all arrays, names and numbers of a program but its own fingerprint.

    What is absent leaves no trace.
    """
    digest = blake2b(digest_size=BYTES)
    for piece in pieces(noun, ""):
        digest.update((piece.nbytes if isinstance(piece, memoryview) else len(piece)).to_bytes(8, "little"))
        digest.update(piece)
    return digest.hexdigest()


@cache
def names_of(noun: type) -> tuple[str, ...]:
    """Name the fields of a noun that are hashed, in order."""
    return tuple(sorted(field.name for field in fields(noun) if field.name != FINGERPRINT))


def pieces(value: object, path: str) -> Iterator[bytes | memoryview]:
    """Yield what is to be hashed, each value after the path that leads to it."""
    if is_dataclass(value) and not isinstance(value, type):
        for name in names_of(type(value)):
            if getattr(value, name) is not None:
                yield from pieces(getattr(value, name), f"{path}.{name}")
        return
    yield path.encode()
    if isinstance(value, np.ndarray):
        yield f"{value.dtype.str} {value.shape}".encode()
        yield np.ascontiguousarray(value).reshape(-1).view(np.uint8).data
    elif isinstance(value, tuple):
        yield str(len(value)).encode()
        for place, one in enumerate(value):
            yield from pieces(one, f"{path}.{place}")
    elif isinstance(value, BaseModel):
        for name in sorted(type(value).model_fields):
            if getattr(value, name) is not None:
                yield from pieces(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, Mapping):
        # A file that was written out and read again may have the same in another order.
        yield str(len(value)).encode()
        for key in sorted(value):
            yield from pieces(value[key], f"{path}.{key}")
    else:
        yield repr(value).encode()
