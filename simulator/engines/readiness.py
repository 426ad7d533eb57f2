"""Whether an engine must be compiled before it can run: once for each machine and version of the kernels."""

import pickle
from typing import Any

from simulator.definition.experiment import READABLE, STOCKS
from simulator.engines.kernels.loop import run_until
from simulator.engines.network.kernels.running import runs

ENTRY: Any = run_until
ENTRY_OF_STOCKS: Any = runs


def must_be_compiled(engine: str) -> bool:
    """Say whether the first run of an engine waits for the compiler."""
    return engine != READABLE and not is_compiled(ENTRY_OF_STOCKS if engine == STOCKS else ENTRY)


def is_compiled(kernel: Any) -> bool:
    """Say whether a kernel's code is there: in this process, or on disk for this machine."""
    compiled = getattr(kernel, "outer", None)
    if compiled is None or compiled.overloads:
        return True
    file = getattr(compiled._cache, "_cache_file", None)
    if file is None:
        return False
    try:
        kept = file._load_index()
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, pickle.PickleError):
        return False
    machine = compiled.targetctx.codegen().magic_tuple()
    return any(key[1] == machine for key in kept)
