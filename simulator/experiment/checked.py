"""Files with their checksum beside them: written once, checksum first, and read only if it agrees."""

import hashlib
from pathlib import Path

from simulator.errors import OutputError, SelfCheckFailed
from simulator.experiment.files import write_once


def write_checked(path: Path, content: bytes) -> None:
    """Write a file once, after its checksum, so that one that is there can always be checked."""
    write_once(checksum_path(path), f"{hashlib.sha256(content).hexdigest()}  {path.name}\n".encode())
    write_once(path, content)


def read_checked(path: Path) -> bytes:
    """Read a file; raise ``SelfCheckFailed`` if its bytes are not those that were written."""
    try:
        content = path.read_bytes()
        checksum = checksum_path(path).read_text(encoding="ascii").split()[0]
    except (OSError, ValueError, IndexError) as fault:
        raise OutputError(f"{path}: cannot be read: {fault}.") from fault
    if hashlib.sha256(content).hexdigest() != checksum:
        raise SelfCheckFailed(
            f"{path}: its bytes are not those that were written. Remove it and its .sha256, and run again."
        )
    return content


def checksum_path(path: Path) -> Path:
    """Name the file that holds a part's checksum, in the form that sha256sum reads."""
    return path.with_name(f"{path.name}.sha256")
