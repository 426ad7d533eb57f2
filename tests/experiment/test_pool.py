"""Whoever is told of runs hears of their end, however early that is."""

import pytest

from simulator.errors import Interrupted
from simulator.experiment.pool import told
from simulator.experiment.progress import Readiness, Silence, at_once


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
