"""Feedback loops of published models, and what is said where there are too many."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from stock_systems import system

from simulator.analysis.feedback import Basis, Link, Loops, Polarity, links_of, loops_of
from simulator.analysis.feedback.loops import Kind
from simulator.engines.stocks.run import run_stocks
from simulator.equations import System, Timing
from simulator.experiment.stock_files import read_stocks
from simulator.experiment.stock_runs import run_file

MODELS = Path(__file__).parents[1] / "validation" / "models"
# Lotka (1925) and Volterra (1926).
LOTKA_VOLTERRA = """
stock prey = 80 in: births out: eaten
stock predators = 20 in: predator_births out: predator_deaths
biflow births = 0.5 * prey
biflow eaten = 0.02 * prey * predators
biflow predator_births = 0.005 * prey * predators
biflow predator_deaths = 0.4 * predators
"""
# Bass (1969): Sterman, Business Dynamics, chapter 9.
BASS = """
stock potential = 9990 out: adoption
stock adopters = 10 in: adoption
flow adoption = by_advertising + by_word_of_mouth
aux by_advertising = 0.01 * potential
aux by_word_of_mouth = 0.5 * potential * adopters / population
aux population = potential + adopters
"""
# Meadows et al., Dynamics of Growth in a Finite World (1974): industrial capital, a part of World3.
CAPITAL = """
stock capital >= 0 = 2.1e11 in: investment out: depreciation
flow investment = output * share_invested
flow depreciation = capital / lifetime
aux output = capital / output_ratio
aux output_ratio = 3
aux lifetime = 14
aux share_invested = 0.43
"""
# Forrester, Industrial Dynamics (1961): stock adjustment with a pipeline that takes time.
STOCK_ADJUSTMENT = """
stock inventory = 100 in: arriving out: sales
flow arriving = delay3(ordered, 4)
flow sales = 20
aux gap = target - inventory
aux target = 120
biflow ordered = 20 + gap / 5
"""


def found_in(text: System | str) -> Loops:
    """Find the loops of a system."""
    one = system(text, timing=Timing(stop=20, step=0.125)) if isinstance(text, str) else text
    return loops_of(links_of(one, run_stocks(one)), list(one.variables))


def shown(loops: Loops) -> list[str]:
    """Write loops as ``R1 a b``."""
    return [f"{one.name} {' '.join(one.keys)}" for one in loops.loops]


def test_the_classic_epidemic_grows_by_contagion_and_is_held_by_depletion_and_recovery() -> None:
    file = read_stocks(MODELS / "sir.toml")

    loops = loops_of(links_of(file.system, run_file(file)), list(file.system.variables))

    assert shown(loops) == [
        "B1 susceptible succumbing",
        "R1 infectious succumbing",
        "B2 infectious recovering",
    ]


def test_a_cooling_cup_seeks_its_goal_by_one_balancing_loop() -> None:
    file = read_stocks(MODELS / "teacup.toml")

    loops = loops_of(links_of(file.system, run_file(file)), list(file.system.variables))

    assert shown(loops) == ["B1 temperature heat_loss"]


def test_predators_and_prey_have_five_loops() -> None:
    assert shown(found_in(LOTKA_VOLTERRA)) == [
        "R1 prey births",
        "B1 prey eaten",
        "R2 predators predator_births",
        "B2 predators predator_deaths",
        "B3 prey predator_births predators eaten",
    ]


def test_adopters_spread_word_and_use_up_the_market() -> None:
    assert shown(found_in(BASS)) == [
        "B1 potential by_advertising adoption",
        "B2 potential by_word_of_mouth adoption",
        "R1 adopters by_word_of_mouth adoption",
        "R2 potential population by_word_of_mouth adoption",
        "B3 adopters population by_word_of_mouth adoption",
    ]


def test_capital_grows_by_investment_and_wears_out() -> None:
    assert shown(found_in(CAPITAL)) == ["B1 capital depreciation", "R1 capital output investment"]


def test_ordering_against_a_gap_balances_with_a_delay() -> None:
    (loop,) = found_in(STOCK_ADJUSTMENT).loops

    assert loop.kind is Kind.BALANCING
    assert loop.is_delayed


def chain(pairs: Sequence[tuple[int, int]], *, count: int) -> tuple[list[Link], list[str]]:
    """Make positive links between numbered variables."""
    found = [
        Link(source=str(one), target=str(other), polarity=Polarity.PLUS, basis=Basis.EQUATION)
        for one, other in pairs
    ]
    return found, [str(one) for one in range(count)]


def test_a_system_without_loops_has_none() -> None:
    loops = loops_of(*chain([(0, 1), (1, 2)], count=3))

    assert loops == Loops()


def test_a_loop_through_what_is_unknown_is_unknown_and_through_what_depends_depends() -> None:
    links, order = chain([(0, 1), (1, 0), (1, 2), (2, 1)], count=3)
    unknown, depends = Polarity.UNKNOWN, Polarity.DEPENDS

    changed = [replace(links[0], polarity=unknown), *links[1:3], replace(links[3], polarity=depends)]

    assert shown(loops_of(changed, order)) == ["U1 0 1", "D1 1 2"]


def test_an_explosion_of_loops_is_cut_and_said() -> None:
    everything = [(one, other) for one in range(40) for other in range(40) if one != other]

    loops = loops_of(*chain(everything, count=40), most=50)

    assert len(loops.loops) == 50
    assert (loops.length, loops.is_cut, loops.may_be_longer) == (2, True, True)
    assert shown(loops)[:2] == ["R1 0 1", "R2 0 2"]


def test_a_loop_longer_than_is_looked_for_is_said_to_be_possible() -> None:
    ring = [(one, (one + 1) % 30) for one in range(30)]

    loops = loops_of(*chain(ring, count=30))

    assert loops.loops == ()
    assert (loops.length, loops.is_cut, loops.may_be_longer) == (20, False, True)


def test_something_that_knows_its_own_past_is_a_loop_of_one() -> None:
    assert shown(found_in("aux level = 1 + 0.5 * previous(level, 0)")) == ["R1 level"]


def test_the_order_of_links_and_of_hashes_changes_nothing() -> None:
    code = (
        "import sys; sys.path[:0] = ['tests', 'tests/analysis'];"
        "from test_feedback_loops import *; print(shown(found_in(LOTKA_VOLTERRA)))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            cwd=MODELS.parents[2],
        ).stdout
        for seed in ("1", "2")
    }

    assert len(said) == 1
    links = links_of(system(LOTKA_VOLTERRA))
    order = list(system(LOTKA_VOLTERRA).variables)
    assert shown(loops_of(links[::-1], order)) == shown(loops_of(links, order))


@pytest.mark.parametrize("name", ["SIR/SIR.xmile", "SIR/SIR_reciprocal-dt.xmile"])
def test_the_shared_epidemic_has_the_same_three_loops(name: str, shared_file: Callable[[str], Path]) -> None:
    file = read_stocks(shared_file(f"validation/sd-test-models/{name}"))

    loops = loops_of(links_of(file.system, run_file(file)), list(file.system.variables))

    assert [one.name for one in loops.loops] == ["B1", "R1", "B2"]
