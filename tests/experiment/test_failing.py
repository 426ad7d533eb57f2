"""Forced collaborations fail more often than willing ones: a share of draws of what they are like."""

from simulator.definition.collaborations import DYNAMICS_FILE, Collaboration
from simulator.experiment.failing import drawn_fidelity
from simulator.experiment.stock_command import run_stocks_command


def test_forced_collaborations_fail_more_often_and_some_come_through() -> None:
    typical, forced = (
        drawn_fidelity(Collaboration(preset=name, members=("a", "b")), draws=60, weeks=261, seed=1)
        for name in ("typical", "forced")
    )
    failed = (typical < 0.5).mean(), (forced < 0.5).mean()

    assert failed[0] < 0.25 < 0.6 < failed[1]
    assert forced.max() > 0.5


def test_the_shipped_stocks_keep_their_own_checks() -> None:
    told: list[str] = []

    assert run_stocks_command(DYNAMICS_FILE, settings=[], out=None, halve=False, tell=told.append)
    assert told == []
