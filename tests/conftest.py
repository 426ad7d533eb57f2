"""Fixtures that any room of the tests may ask for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, settings

# The same examples on every machine, and no tracing of every line to explain a failure: it costs ten runs.
settings.register_profile(
    "downstream",
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
settings.load_profile("downstream")

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"


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
