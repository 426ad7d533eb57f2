"""Threads that have something to compile wait for each other: parts and wholes are never mixed up."""

import threading

import numpy as np
import pytest
from numba import config

from simulator.engines.compiled import compiling, kernel


def doubled(values: np.ndarray) -> float:
    return 2.0 * values[0]


@pytest.mark.skipif(bool(config.DISABLE_JIT), reason="The compiler is switched off.")
def test_a_thread_waits_while_another_compiles_a_part() -> None:
    found: list[object] = []
    function = kernel(doubled)
    thread = threading.Thread(target=lambda: found.append(function(np.array([21.0]))))

    with compiling(whole=False, lean=True):
        thread.start()
        thread.join(1)
        waits = thread.is_alive()
    thread.join()

    assert waits
    assert found == [42.0]
