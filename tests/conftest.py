"""Fixtures that any room of the tests may ask for, and what processes side by side owe each other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import side_by_side
from hypothesis import HealthCheck, Phase, settings
from tally import TALLY

# The same examples on every machine, be it slow, and no tracing of every line to explain a failure: it
# costs ten runs.
settings.register_profile(
    "downstream",
    deadline=None,
    derandomize=True,
    suppress_health_check=(HealthCheck.too_slow,),
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
settings.load_profile("downstream")

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Let one process do what is asked for where more would not pay, else as many as there are cores."""
    return None if side_by_side.pays(config.args, folder=config.invocation_params.dir) else 0


def pytest_configure(config: pytest.Config) -> None:
    """Let the processes compile in turn."""
    if hasattr(config, "workerinput"):
        side_by_side.compile_one_at_a_time()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the files that take longest not come last."""
    folders = [item.path.relative_to(REPOSITORY / "tests").parts[0] for item in items]
    items[:] = [items[place] for place in side_by_side.long_ones_earlier(folders)]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Send what was compared to the process that tells it."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["compared"] = TALLY.counts()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take what a process compared; one that crashed says nothing."""
    TALLY.add(getattr(node, "workeroutput", {}).get("compared", (0, 0, 0)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was compared."""
    if TALLY.pairs:
        terminalreporter.write_line(str(TALLY))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of shared evidence beside the repository, or skip where it is absent."""
    return existing(SHARED)


@pytest.fixture(scope="session")
def shared_file() -> Callable[[str], Path]:
    """Give a function from a name (``validation/AN01_erlang_c.json``) to its path, skipping where absent."""
    return lambda name: existing(SHARED / name)


def existing(path: Path) -> Path:
    """Return the path, or skip the test that asked, naming what is missing."""
    if not path.exists():
        pytest.skip(f"../{path.relative_to(REPOSITORY.parent).as_posix()} is not here.")
    return path
