"""Writing files whole or not at all."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.errors import OutputError, SelfCheckFailed

# What a file that is being written is called, beside where it will be: it names the process that writes it.
SCRATCH = re.compile(r"\..+\.(\d+)\.part")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, replacing what was there, so that a reader never meets half of it."""
    with _scratch(path, content) as scratch:
        os.replace(scratch, path)


def write_once(path: Path, content: bytes) -> None:
    """Write a file unless it is there; raise ``SelfCheckFailed`` if it is there with other bytes.

    The same piece of work always gives the same bytes, whoever does it and however often.
    """
    with _scratch(path, content) as scratch:
        try:
            os.link(scratch, path)
        except FileExistsError:
            if path.read_bytes() != content:
                raise SelfCheckFailed(
                    f"{path}: done again, this piece of work gives other bytes than are there. One of the "
                    "two is damaged, or was made by another state of the code; remove the file to keep the "
                    "new one."
                ) from None


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, unless they are there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError(f"{folder}: cannot be made: {fault.strerror or fault}.") from fault


@contextmanager
def _scratch(path: Path, content: bytes) -> Iterator[Path]:
    """Write to a temporary name beside the file, down to the disk; remove it whatever happens."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(scratch, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield scratch
    except OSError as fault:
        raise OutputError(f"{path}: cannot be written: {fault.strerror or fault}.") from fault
    finally:
        scratch.unlink(missing_ok=True)
