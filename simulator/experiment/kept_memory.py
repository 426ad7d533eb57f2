"""Memory that is given back and asked for again after every run costs more than short runs themselves.

By default glibc keeps memory by thread in small heaps, gives it back to the system as soon as a run lets go
of it, and takes large arrays from the system each time: each page is then cleared anew. Told to keep what it
has, in one heap for all threads, a sweep of 10,000 runs of 2.3 ms took 24 CPU seconds where it took 42.
"""

import ctypes
import sys
from functools import cache

# Of glibc's malloc.h: from how many free bytes on the end of the heap is given back, from which size on
# memory is taken from the system by itself (32 MiB is the most it takes), and how many heaps there are.
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
SETTINGS = ((ARENA_MAX, 1), (TRIM_THRESHOLD, 256 * 1024 * 1024), (MMAP_THRESHOLD, 32 * 1024 * 1024))


@cache
def keep_memory() -> bool:
    """Tell glibc, once a process, to keep memory between runs; say whether there was somebody to tell.

    It changes no number: only where arrays lie. Elsewhere (musl, macOS, Windows) nothing is done.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        tell = ctypes.CDLL(None).mallopt
        ctypes.CDLL(None).gnu_get_libc_version  # noqa: B018  musl has a mallopt that does nothing
    except (AttributeError, OSError):
        return False
    return all([tell(what, value) == 1 for what, value in SETTINGS])
