"""One process of a cluster on this machine: the scheduler, or a worker of one thread.

It is begun by ``local`` with a folder and its role, and ends when its standard input does.
"""

import asyncio
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from simulator.experiment.cluster.local import ADDRESS, SCHEDULER
from simulator.experiment.files import write_whole

# A piece that has cost two workers is not tried with a third before others are through.
DEATHS_ALLOWED = 1


def main(folder: Path, *words: str) -> None:
    """Be what the words say, to the end."""
    import dask

    dask.config.set({"distributed.scheduler.allowed-failures": DEATHS_ALLOWED})
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        threading.Thread(target=_end_with_input, args=(folder,), daemon=True).start()
        role, *address = words
        asyncio.run(_schedule(folder) if role == SCHEDULER else _work(address[0], scratch))


async def _schedule(folder: Path) -> None:
    """Be the scheduler, and say where."""
    from distributed import Scheduler

    async with Scheduler(host="127.0.0.1", port=0, dashboard=False, dashboard_address=":0") as scheduler:
        write_whole(folder / ADDRESS, scheduler.address.encode("ascii"))
        await scheduler.finished()


async def _work(address: str, scratch: str) -> None:
    """Be a worker; the machine's memory is its limit."""
    from distributed import Worker

    async with Worker(
        address, nthreads=1, memory_limit=0, local_directory=scratch, dashboard=False, dashboard_address=":0"
    ) as worker:
        await worker.finished()


def _end_with_input(folder: Path) -> None:
    """End when whoever began this is gone, and leave nothing lying about."""
    sys.stdin.buffer.read()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
