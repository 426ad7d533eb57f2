"""What dask leaves lying about is cleared away here, where its warnings are not ours."""

import gc
import warnings
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def nothing_left_for_others() -> Iterator[None]:
    """Let no socket that dask has not closed be found, and taken for a fault, in a later file's tests."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()
