"""A failing run as stocks says in which world and draw it was."""

from types import SimpleNamespace

import pytest

from simulator.errors import RunFailed
from simulator.experiment import stocks_piece
from simulator.experiment.work import replication_key


@pytest.mark.parametrize(("draw", "said"), [(0, "scenario 'late': it"), (5, "scenario 'late', draw 5: it")])
def test_a_failing_run_as_stocks_names_its_draw(
    draw: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(program: object, **asked: object) -> None:
        raise RunFailed("it failed.")

    monkeypatch.setattr(stocks_piece, "Network", fails)
    work = SimpleNamespace(programs={"late": None}, differs={"late": 0}, pairs=True)

    with pytest.raises(RunFailed, match=f"^{said} failed"):
        stocks_piece.do_stocks_piece(work, replication_key(draw, 0), ran=lambda: None, stop=lambda: False)
