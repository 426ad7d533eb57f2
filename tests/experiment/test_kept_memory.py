"""Memory is kept between runs where the C library can be told to."""

import ctypes
import sys

import pytest

from simulator.experiment import kept_memory
from simulator.experiment.kept_memory import keep_memory


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is asked for, which Linux has")
def test_glibc_is_told_once() -> None:
    keep_memory.cache_clear()

    assert keep_memory() is hasattr(ctypes.CDLL(None), "gnu_get_libc_version")
    assert keep_memory.cache_info().misses == 1
    keep_memory()
    assert keep_memory.cache_info().misses == 1


def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(name: object) -> object:
        raise OSError

    monkeypatch.setattr(kept_memory.ctypes, "CDLL", nobody)
    keep_memory.cache_clear()

    assert keep_memory() is False
    keep_memory.cache_clear()
