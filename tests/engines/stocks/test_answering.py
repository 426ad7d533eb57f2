"""What moves together in the search for too coarse a step is told apart as if each moved alone."""

import numpy as np
import pytest
from stock_systems import system

from simulator.engines.stocks.answering import Answers, answers_of
from simulator.engines.stocks.blocks import Engine
from simulator.engines.stocks.coarseness import Looks, Watch, moments_of
from simulator.engines.stocks.given import prepared
from simulator.engines.stocks.run import run_stocks
from simulator.equations import Timing
from simulator.equations.plan import Plan
from simulator.equations.system import Sharing, System
from simulator.errors import RunFailed

STOCKS = 60
SHUT = """
stock a >= 0 = 1 in: f out: g
stock b >= 0 = 3 in: g out: h k
stock c = 2 in: h out: m
flow f = 2
flow g = a * 3
flow h = b / 0.4 + c / 9
flow k = max(b - 2, 0) / 0.7
flow m = c / 0.3 * (1 + a / 50)
"""
RING = """
stock a >= 0 = 11 in: h out: f
stock b >= 0 = 17 in: f out: g
stock c = 10 in: g out: h
flow f = a / 0.3
flow g = b / 2
flow h = c / 0.5
"""
PEOPLE = """
stock s = 90 out: infecting
stock i = 5 in: infecting out: recovering
stock r = 5 in: recovering out: waning
flow infecting = s * i / (s + i + r) * 3
flow recovering = i / 9
flow waning = r / 0.4
"""
CROOKED = """
stock a = 10 in: f out: g
stock b = 4 in: g out: h
flow f = if b > 4 then 0 else 5
flow g = max(a - 10, 0) / 0.1 + a / 0.45
flow h = b / 4
"""


def chain(*, kind: str = "") -> System:
    """Make a chain of stocks, the tenth of which settles within ``k``."""
    lines = ["flow f0 = 100", "aux k = 5"]
    for at in range(STOCKS):
        lines.append(f"stock s{at}{kind} = {100 + at} in: f{at} out: f{at + 1}")
        lines.append(f"flow f{at + 1} = s{at} / " + ("k" if at == 9 else "5"))
    return system("\n".join(lines), timing=Timing(stop=20))


def plan_of(made: System) -> Plan:
    """Make the plan of a system."""
    return prepared(made, ()).plan


def one_at_a_time(plan: Plan) -> Answers:
    """Say of every stock that it may answer every other, so that each is moved alone."""
    every = np.arange(len(plan.stocks))
    answering, changed = (one.ravel() for one in np.meshgrid(every, every, indexing="ij"))
    return Answers(
        answering=answering,
        changed=changed,
        groups=every,
        is_mutual=np.ones(answering.shape, dtype=bool),
        all_granted=False,
    )


def looks_at(made: System) -> Looks:
    """Give the values of a run at all the moments that are looked at."""
    block = Engine(plan_of(made)).block(made.timing, {}, width=1)
    values = []
    for moment in moments_of(made.timing):
        block.run_to(moment, every=1, kept=np.zeros(0, dtype=np.int64), out=np.zeros((0, 0, 0)))
        values.append(block.values.copy())
    return Looks(values=np.array(values), runs=np.zeros(1, dtype=np.int64))


@pytest.mark.parametrize("engine", ["interpreter", "compiled"])
def test_one_run_of_a_long_chain_that_is_too_coarse_is_found_among_many(engine: str) -> None:
    stays = np.full(40, 5.0) + np.arange(40) / 100
    stays[33] = 0.4

    with pytest.raises(RunFailed, match=r"settles within 0\.4 in run 34,"):
        run_stocks(chain(), given={"k": stays}, runs=40, engine=engine)


@pytest.mark.parametrize("kind", ["", " >= 0"])
def test_a_chain_needs_two_looks_however_long_it_is(kind: str) -> None:
    answers = answers_of(plan_of(chain(kind=kind)), all_granted=True)

    assert answers.looks == 2
    assert list(answers.answering[answers.is_mutual]) == list(range(STOCKS))


@pytest.mark.parametrize("sharing", Sharing)
@pytest.mark.parametrize("step", [0.25, 1.0])
@pytest.mark.parametrize("text", [SHUT, RING, PEOPLE, CROOKED])
def test_what_is_moved_together_is_found_as_if_each_were_moved_alone(
    text: str, step: float, *, sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = system(text, timing=Timing(stop=6, step=step), sharing=sharing)
    plan, looks = plan_of(made), looks_at(made)
    together = Watch(plan, made.timing).too_coarse([looks])
    monkeypatch.setattr(Watch, "_answers", (one_at_a_time(plan),))

    assert Watch(plan, made.timing).too_coarse([looks]) == together
    assert (together is None) == (step < 0.4)


def test_stocks_that_no_more_can_be_taken_from_than_they_hold_settle_within_no_less_than_a_step() -> None:
    stays = np.array([5.0, 0.4])

    runs = run_stocks(chain(kind=" >= 0"), given={"k": stays}, runs=2, keep=["s9"])

    assert runs.values.min() >= 0


def test_stocks_that_one_limit_sees_are_not_moved_together() -> None:
    made = system(
        "stock a = 9 in: f\nstock b >= 0 = 9 in: f2 out: g\nflow f = 1\nflow f2 = a / 5\nflow g = 2"
    )

    assert answers_of(plan_of(made), all_granted=True).looks == 2
