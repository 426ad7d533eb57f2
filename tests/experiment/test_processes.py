"""Processes that work for a run: Ctrl-C leaves nobody waiting for a lock that the main thread took."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from simulator.errors import Interrupted
from simulator.experiment import processes
from simulator.experiment.pool import told
from simulator.experiment.processes import do_in_processes
from simulator.experiment.progress import Readiness, Silence, at_once


class NeverInMain(threading.Condition):
    """A lock that the main thread, which hears Ctrl-C, must not take."""

    def __enter__(self) -> bool:
        assert threading.current_thread() is not threading.main_thread()
        return super().__enter__()

    def acquire(self) -> None:
        """Be taken."""
        raise AssertionError


class Pool:
    """A pool that has done each piece as soon as it gets it; the second one fails."""

    def __init__(self, *_: object, **__: object) -> None:
        self._processes: dict[int, object] = {}
        self.has_ended = False
        pools.append(self)

    def submit(self, _: Callable[[int], None], replication: int) -> Future[None]:
        """Do a piece, in the thread of whoever hands it out."""
        assert threading.current_thread() is not threading.main_thread()
        piece: Future[None] = Future()
        piece._condition = NeverInMain()
        if replication == 1:
            piece.set_exception(ValueError("of the second piece"))
        else:
            piece.set_result(None)
        return piece

    def shutdown(self, *, wait: bool, cancel_futures: bool) -> None:
        """End."""
        self.has_ended = wait and cancel_futures


pools: list[Pool] = []


@pytest.mark.parametrize("todo", [(0, 2, 3), (0, 1, 2)])
def test_the_main_thread_takes_no_lock_of_a_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, todo: tuple[int, ...]
) -> None:
    monkeypatch.setattr(processes, "ProcessPoolExecutor", Pool)

    def does() -> None:
        do_in_processes(None, tmp_path, todo=todo, workers=2, progress=Silence())

    if 1 in todo:
        with pytest.raises(ValueError, match="of the second piece"):
            does()
    else:
        does()

    assert pools[-1].has_ended


class InterruptedAsItIsDrawn(Silence):
    """A bar that Ctrl-C meets when half of it is drawn."""

    is_there = False

    def begins(self, runs: int, *, ready: Readiness = at_once) -> None:
        """Be drawn."""
        self.is_there = True
        raise KeyboardInterrupt

    def ends(self) -> None:
        """Be taken away."""
        self.is_there = False


def test_ctrl_c_while_the_bar_is_drawn_takes_it_away() -> None:
    bar = InterruptedAsItIsDrawn()

    with pytest.raises(Interrupted), told(bar, 1, engine="readable"):
        pass

    assert not bar.is_there
