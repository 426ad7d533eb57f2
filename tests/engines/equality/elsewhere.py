"""Runs in another Python process: with another compiler's settings, or of another copy of the package."""

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pairs import ENGINE, run_with
from worlds import World

from simulator.engines.records import Run

TESTS = Path(__file__).resolve().parents[2]
REPOSITORY = TESTS.parent
LONGEST_SECONDS = 600


class RunsFailed(Exception):
    """The other process did not come back with runs; its last words."""


def runs_elsewhere(
    worlds: Sequence[World],
    *,
    environment: Mapping[str, str],
    package: Path = REPOSITORY,
    engine: str = ENGINE,
) -> list[Run]:
    """Run an engine on some worlds in a process of its own.

    ``package`` is the folder that holds the ``simulator`` to run. Raises ``RunsFailed`` if it does not end
    well.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked, given = Path(folder) / "worlds", Path(folder) / "runs"
        asked.write_bytes(pickle.dumps(list(worlds)))
        done = subprocess.run(
            [sys.executable, __file__, str(asked), str(given), engine],
            env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join(map(str, (package, TESTS)))},
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_SECONDS,
        )
        if done.returncode:
            raise RunsFailed(done.stderr[-2_000:])
        found: list[Run] = pickle.loads(given.read_bytes())
    return found


def main() -> None:
    """Be the other process: read worlds, write runs."""
    asked, given, engine = sys.argv[1:]
    worlds: list[World] = pickle.loads(Path(asked).read_bytes())
    runs = [run_with(engine, world.compiled(), replication=world.replication) for world in worlds]
    Path(given).write_bytes(pickle.dumps(runs))


if __name__ == "__main__":
    main()
