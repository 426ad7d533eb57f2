"""The one decorator of compiled functions: numba, cached on disk so that no edit is ever overlooked.

Numba's own cache watches only the file of the compiled function. Here the cache folder is named after a
hash of the text of all kernel rooms and of the contracts whose constants they freeze, so that an edit in
any of them begins a new folder. A folder that cannot be written is left for the temporary one; a damaged
entry is compiled again. With ``NUMBA_DISABLE_JIT=1`` a kernel is plain Python and gives the same bits.
"""

import functools
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba.core.caching import FunctionCache

Function = TypeVar("Function", bound=Callable[..., object])

ENGINES = Path(__file__).resolve().parent
CONTRACTS = (ENGINES.parent / "compiler" / "program.py", ENGINES / "records.py")
MARK = "import kernel"

config: Any = numba.config


def kernel(function: Function) -> Function:
    """Compile a function of arrays and numbers: no fastmath, no lock held, cached on disk.

    Integers wrap. Every unsigned constant is ``np.uint64``: numba turns ``uint64 op int64`` into a float.
    """
    if config.DISABLE_JIT:
        return quietly(function)
    compiled: Any = numba.njit(nogil=True, error_model="numpy")(function)
    folder = cache_folder()
    if folder is not None:
        keep(compiled, function, folder=folder)
    return cast(Function, compiled)


@functools.cache
def cache_folder() -> Path | None:
    """Find a folder for compiled code that can be written, or ``None``."""
    name = source_hash()
    for base in cache_bases():
        folder = base / "downstream-simulator" / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError:
            continue
        return folder
    return None


def cache_bases() -> tuple[Path, ...]:
    """List where compiled code may be kept, the best first."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    ours = Path(tempfile.gettempdir()) / f"downstream-simulator-{os.getuid() if hasattr(os, 'getuid') else 0}"
    return (Path(chosen), ours) if chosen else (user_cache(), ours)


def user_cache() -> Path:
    """Give the folder where this system keeps what a program may make again."""
    try:
        home = Path.home()
    except RuntimeError:
        home = Path(tempfile.gettempdir())
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")


@functools.cache
def source_hash() -> str:
    """Hash the text of every room that is compiled, and of the contracts with the constants it uses."""
    digest = hashlib.blake2b(digest_size=12)
    for room in kernel_rooms():
        digest.update(f"{room.name}\0".encode() + room.read_bytes() + b"\0")
    return digest.hexdigest()


def kernel_rooms() -> tuple[Path, ...]:
    """List the rooms that a kernel's code can come from."""
    rooms = [
        room
        for room in sorted(ENGINES.rglob("*.py"))
        if "kernels" in room.relative_to(ENGINES).parts or MARK in room.read_text(encoding="utf-8")
    ]
    return (*rooms, *CONTRACTS)


def keep(compiled: Any, function: Callable[..., object], *, folder: Path) -> None:
    """Give a compiled function its place on disk; one that cannot have one is compiled in each process."""
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        compiled._cache = open_cache(function)
    except (OSError, RuntimeError):
        return
    finally:
        config.CACHE_DIR = before


def quietly(function: Function) -> Function:
    """Let the integers of an uncompiled kernel wrap without a warning."""
    return np.errstate(over="ignore")(function)


class KernelCache(FunctionCache):
    """A cache that never stops a run: what cannot be read is compiled, what cannot be written is not kept."""

    def load_overload(self, *arguments: Any) -> Any:
        """Return the stored code, or ``None`` where there is none that can be read."""
        try:
            inherited: Any = super()
            return inherited.load_overload(*arguments)
        except (
            OSError,
            EOFError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            ImportError,
            pickle.PickleError,
        ):
            return self._forget()

    def save_overload(self, *arguments: Any) -> None:
        """Store the code if that can be done."""
        try:
            inherited: Any = super()
            inherited.save_overload(*arguments)
        except (OSError, EOFError, ValueError, pickle.PickleError):
            self._forget()

    def _forget(self) -> None:
        """Empty the entry's index if that can be done."""
        try:
            inherited: Any = super()
            inherited.flush()
        except OSError:
            return


open_cache: Any = KernelCache
