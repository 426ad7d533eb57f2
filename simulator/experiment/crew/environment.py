"""The environment that worker processes begin with."""

import os
import sys
from collections.abc import Mapping

# A run lets go of all that it took, and glibc gives memory back to the system so eagerly that short runs
# spend up to a third of their time on getting it again. Told so before a process begins, it keeps what it has
# had (up to 1 GB that is free; blocks of 32 MB and more still come and go). Elsewhere nobody reads these.
KEEPS_MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "1000000000",
    "MALLOC_MMAP_THRESHOLD_": "33554432",
}
TUNED, TUNABLES = "MALLOC_", "GLIBC_TUNABLES"


def environment_of_worker(ours: Mapping[str, str]) -> dict[str, str]:
    """Give our environment, with what a worker finds the same code by, and memory kept between runs.

    Whoever has told ``malloc`` something is left alone.
    """
    is_tuned = any(name.startswith(TUNED) for name in ours) or "malloc" in ours.get(TUNABLES, "")
    paths = os.pathsep.join(one or os.getcwd() for one in sys.path)
    return {**({} if is_tuned else KEEPS_MEMORY), **ours, "PYTHONPATH": paths}
