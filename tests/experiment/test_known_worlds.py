"""A world that a point leaves as it was is not counted again, and says the same in another's name."""

from collections.abc import Mapping

import numpy as np
import pytest
from telling import compiled, span

from simulator.compiler.memory import Memory
from simulator.compiler.program import Program
from simulator.experiment import stocks_piece
from simulator.experiment.parts import Piece
from simulator.experiment.work import Work

CLINIC = """
[segments.old]
people = 400
[needs.cough]
rate = "RATE per year"
starts_at = "clinic"
[resources.rooms]
capacity = 2
[activities.clinic]
resource = "rooms"
duration = { expon = { mean = "20 min" } }
"""


def program(rate: float) -> Program:
    return compiled(CLINIC.replace("RATE", str(rate)), window=span("14 days", period="7 days"))


def piece(programs: Mapping[str, Program], *, replication: int = 0, pairs: bool = False) -> Piece:
    work = Work(
        programs=programs,
        differs=dict.fromkeys(programs, 0),
        seed=1,
        engine="stocks",
        first_cases=0,
        pairs=pairs,
    )
    return stocks_piece.do_stocks_piece(work, replication, ran=lambda: None, stop=lambda: False)


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[Program]:
    """List the programs that are laid out, with nothing known before."""
    found: list[Program] = []
    network = stocks_piece.Network
    monkeypatch.setattr(stocks_piece, "KNOWN", Memory(stocks_piece.KEPT))
    monkeypatch.setattr(
        stocks_piece, "Network", lambda one, **asked: [found.append(one), network(one, **asked)][1]
    )
    return found


def test_a_point_counts_only_the_worlds_that_it_changes(laid: list[Program]) -> None:
    first = piece({"baseline": program(1), "more": program(2)})
    then = piece({"baseline": program(1), "more": program(3)}, replication=7)

    assert len(laid) == 3
    known = then.observations["baseline"]
    assert (known.scenario, known.replication) == ("baseline", 7)
    assert np.array_equal(known.activity_total, first.observations["baseline"].activity_total)


def test_worlds_that_are_matched_are_counted_each_time(laid: list[Program]) -> None:
    piece({"baseline": program(1)}, pairs=True)
    piece({"baseline": program(1)}, pairs=True)

    assert len(laid) == 2


def test_only_the_last_few_worlds_are_known(laid: list[Program]) -> None:
    rates = range(1, stocks_piece.KEPT + 2)
    piece({str(rate): program(rate) for rate in rates})
    piece({str(rate): program(rate) for rate in (*rates[1:], rates[0])})

    assert len(laid) == len(rates) + 1
