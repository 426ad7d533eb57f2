"""A real browser without a network, and the comparison made by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 120_000  # milliseconds: a browser that begins on a busy machine


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Give Debian's chromium, driven by playwright, or skip where either is missing."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed.")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not here.")
    with sync_api.sync_playwright() as driver:
        found = driver.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
            timeout=PATIENCE,
        )
        yield found
        found.close()
