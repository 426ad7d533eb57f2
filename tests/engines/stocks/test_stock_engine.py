"""The stock engine against what is known: closed forms, an independent integrator, itself."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from stock_systems import system

from simulator.engines.stocks.run import run_stocks, width_of
from simulator.equations import System, Timing
from simulator.equations.system import Sharing
from simulator.errors import DefinitionError, RunFailed

ENGINES = ("interpreter", "compiled")
METHODS = ("euler", "rk4")

SIR = """
stock s = 1000 out: infecting
stock i = 5 in: infecting out: recovering
stock r = 0 in: recovering
flow infecting = s * i / 1000 * c
flow recovering = i / d
aux c = 0.3
aux d = 5
"""
EVERYTHING = """
stock s = 1000 out: infecting
stock i = 5 in: infecting out: recovering
stock r = 0 in: recovering
flow infecting = s * i / 1000 * c
flow recovering = i / d
aux c = 0.3 * (1 + 0.2 * sin(time / 3)) + step(0.1, 4) + ramp(0.01, 2, 6)
aux d = 5
aux a = smth3(i, 2) + delay1(i, 3) + delay(i, 1.3) + previous(s) + trend(i, 4) + forcst(i, 2, 1)
aux b = i ^ 1.5 + exp(-i / 100) + ln(s) + 2 ^ (i / 50) + i ^ 2 + s ^ 3 + sqrt(s)
aux e = if i > 20 and not (s < 500) then max(i, 3, s / 9) else min(i, 7) + (s mod 7)
aux f = pulse(3, 1, 2) + init(s) + safediv(1, time) + delay3(i, 2) + delayn(i, 4, 5) + smthn(s, 3, 2)
"""


def solved(text: str, method: str, *, step: float = 0.25, engine: str = "") -> System:
    """Make one of the systems above with a method."""
    return system(text, timing=Timing(stop=10, step=step, method=method))


@pytest.mark.parametrize("method", METHODS)
def test_compiled_and_interpreted_runs_are_the_same_bit_for_bit(method: str) -> None:
    made = solved(EVERYTHING, method)

    interpreted, compiled = (run_stocks(made, engine=engine) for engine in ENGINES)

    assert interpreted.names == compiled.names
    assert np.array_equal(interpreted.values, compiled.values)


def test_how_many_runs_go_abreast_changes_no_number() -> None:
    made = system(SIR, timing=Timing(stop=20, step=0.25, method="rk4"))
    rates = np.linspace(0.1, 0.9, 1100)
    assert [width_of(runs, slots=20) for runs in (1, 999, 1100)] == [1, 32, 256]

    many = run_stocks(made, given={"c": rates}, runs=len(rates), engine="compiled").values

    for run in (0, 255, 256, 1023, 1099):
        alone = run_stocks(made, given={"c": rates[run]}, engine="compiled").values
        assert many[:, :, run].tobytes() == np.ascontiguousarray(alone[:, :, 0]).tobytes()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_run_among_many_is_the_same_as_alone_bit_for_bit(engine: str) -> None:
    made, cs = solved(EVERYTHING, "rk4"), np.linspace(0.1, 0.5, 37)

    many = run_stocks(made, given={"d": cs * 10}, runs=37, engine=engine)

    for run in (0, 17, 36):
        alone = run_stocks(made, given={"d": cs[run] * 10}, engine=engine)
        assert np.array_equal(many.values[:, :, run], alone.values[:, :, 0])


OPERATORS = st.sampled_from(["+", "-", "*", "/", "^", "mod", "<", ">=", "and"])
LEAVES = st.sampled_from(["s", "i", "0.5", "3", "time", "2.5"])
CALLS = st.sampled_from(["exp", "abs", "sin", "tanh", "sqrt", "int", "round"])
EQUATIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.tuples(inner, OPERATORS, inner).map(lambda one: f"({one[0]} {one[1]} {one[2]})")
        | st.tuples(CALLS, inner).map(lambda one: f"{one[0]}({one[1]})")
        | st.tuples(inner, inner, inner).map(lambda one: f"(if {one[0]} > 1 then {one[1]} else {one[2]})")
    ),
    max_leaves=8,
)


@given(st.lists(EQUATIONS, min_size=8, max_size=8))
@settings(max_examples=4)
def test_any_equation_is_the_same_compiled_and_interpreted(equations: list[str]) -> None:
    lines = [f"aux x{place} = {one}" for place, one in enumerate(equations)]
    made = solved("\n".join([SIR, *lines]), "euler", step=1.0)

    def bits(engine: str) -> object:
        try:
            return run_stocks(made, engine=engine).values.tobytes()
        except Exception as refused:
            return str(refused)

    assert bits("interpreter") == bits("compiled")


@pytest.mark.parametrize("engine", ENGINES)
def test_runge_kutta_agrees_with_an_independent_integrator(engine: str) -> None:
    def slopes(_: float, y: np.ndarray) -> list[float]:
        infecting, recovering = y[0] * y[1] / 1000 * 0.3, y[1] / 5
        return [-infecting, infecting - recovering, recovering]

    known = solve_ivp(slopes, (0, 10), [1000, 5, 0], rtol=1e-11, atol=1e-9).y[:, -1]

    runs = run_stocks(solved(SIR, "rk4", step=0.125), keep=["s", "i", "r"], engine=engine)

    assert runs.values[-1, :, 0] == pytest.approx(known, rel=1e-8)


@pytest.mark.parametrize(("method", "order"), [("euler", 1), ("rk4", 4)])
def test_a_method_has_its_order(method: str, order: int) -> None:
    decay = "stock s = 1 out: f\nflow f = s / 4"
    errors = [
        abs(run_stocks(solved(decay, method, step=step)).column("s")[-1, 0] - np.exp(-2.5))
        for step in (0.5, 0.25)
    ]

    assert np.log2(errors[0] / errors[1]) == pytest.approx(order, abs=0.15)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("method", METHODS)
def test_a_non_negative_stock_shares_what_it_has_in_proportion(method: str, engine: str) -> None:
    text = "stock s >= 0 = 10 out: f g\nstock t = 0 in: f\nstock u = 0 in: g\nflow f = 4\nflow g = 1 + 1"
    made = solved(text, method, step=1.0)

    runs = run_stocks(made, engine=engine)

    end = dict(zip(runs.names, runs.values[-1, :, 0].tolist(), strict=True))
    assert end["s"] == 0
    assert (end["t"], end["u"]) == pytest.approx((20 / 3, 10 / 3), rel=1e-12)
    assert end["f"] == end["g"] == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_by_the_ordered_rule_the_first_outflow_is_served_first(engine: str) -> None:
    text = "stock s >= 0 = 10 out: f g\nflow f = 8\nflow g = f / 2"
    made = system(text, timing=Timing(stop=3), sharing=Sharing.ORDERED)

    runs = run_stocks(made, engine=engine)

    assert runs.column("f")[:, 0].tolist() == [8, 0, 0, 0]
    assert runs.column("g")[:, 0].tolist() == [2, 0, 0, 0]


def test_what_flows_in_may_flow_out_in_the_same_step() -> None:
    text = "stock a = 9 out: f\nstock b >= 0 = 0 in: f out: g\nflow f = 3\nflow g = 7"

    runs = run_stocks(system(text, timing=Timing(stop=2)))

    assert runs.column("g")[:, 0].tolist() == [3, 3, 3]
    assert runs.column("b")[:, 0].tolist() == [0, 0, 0]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("method", METHODS)
def test_heads_are_conserved_round_a_ring_of_limited_stocks(method: str, engine: str) -> None:
    text = """
    stock a >= 0 = 10 in: z out: x
    stock b >= 0 = 0 in: x out: y
    stock c >= 0 = 0 in: y out: z
    flow x = 7 + 3 * sin(time)
    flow y = 5
    flow z = 9 - time
    """

    runs = run_stocks(solved(text, method, step=0.5), keep=["a", "b", "c"], engine=engine)

    assert runs.values.min() >= 0
    assert runs.values[:, :, 0].sum(axis=1) == pytest.approx(10, rel=1e-12)


def test_a_uniflow_never_runs_backwards_and_a_biflow_may() -> None:
    text = "stock s = 0 in: f\nstock t = 0 in: g\nflow f = 0 - 1\nbiflow g = 0 - 1"

    runs = run_stocks(system(text, timing=Timing(stop=2)))

    assert runs.column("s")[-1, 0] == 0
    assert runs.column("t")[-1, 0] == -2


def test_rows_are_saved_apart_from_steps() -> None:
    made = system("stock s = 0 in: f\nflow f = 1", timing=Timing(stop=10, step=0.5, save_every=2.5))

    runs = run_stocks(made)

    assert runs.times.tolist() == [0, 2.5, 5, 7.5, 10]
    assert runs.column("s")[:, 0].tolist() == [0, 2.5, 5, 7.5, 10]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stock s = 1 out: f\nflow f = 5 * s", "'s' settles within 0.2"),
        ("aux x = smth3(time, 1.5)", "'x' has a delay or a stage of 0.5; take a step of 0.5 or less"),
        ("aux x = delay(time, 0.25)", "a delay or a stage of 0.25"),
    ],
)
def test_too_coarse_a_step_is_refused(text: str, said: str) -> None:
    with pytest.raises(RunFailed, match="too coarse") as refusal:
        run_stocks(system(text, timing=Timing(stop=10, step=1.0)))

    assert said in str(refusal.value)


FILLING = "stock a = 100 in: f out: g\nflow f = 100\nflow g = a / k\naux k = 5"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("order", list(itertools.permutations([5.0, 0.4, 2.0])))
def test_too_coarse_a_step_is_refused_in_whichever_run_it_is(order: tuple[float, ...], engine: str) -> None:
    said = f"'a' settles within 0.4 in run {order.index(0.4) + 1},"

    with pytest.raises(RunFailed, match=said):
        run_stocks(system(FILLING), given={"k": np.array(order)}, runs=3, engine=engine)


def test_too_coarse_a_step_is_found_beyond_the_first_block_of_runs() -> None:
    stays = np.full(70, 5.0)
    stays[66] = 0.4

    with pytest.raises(RunFailed, match="in run 67"):
        run_stocks(system(FILLING), given={"k": stays}, runs=70, engine="compiled")


@pytest.mark.parametrize("since", range(1, 10))
def test_a_step_that_becomes_too_coarse_on_the_way_is_refused(since: int) -> None:
    made = system(FILLING.replace("k = 5", f"k = if time < {since} then 5 else 0.4"))

    with pytest.raises(RunFailed, match=r"'a' settles within 0\.4 at time"):
        run_stocks(made)


def test_a_flow_that_never_drains_a_stock_is_no_reason_to_refuse_a_step() -> None:
    made = system("stock a = 1 in: f out: g\nflow f = 0.5\nflow g = (a - 10) / 0.4")

    assert run_stocks(made).column("a")[-1, 0] == 6


def test_a_delay_that_is_shorter_than_the_step_is_told_with_its_run() -> None:
    made = system("aux x = smth3(time, k)\naux k = 9")

    with pytest.raises(RunFailed, match=r"a stage of 0\.5 in run 2; take a step of 0\.5 or less"):
        run_stocks(made, given={"k": np.array([9.0, 1.5])}, runs=2)


def test_what_is_watched_for_too_coarse_a_step_leaves_delays_and_the_runs_as_they_are() -> None:
    made = system(FILLING.replace("a / k", "delay(a, 3) / k"))

    runs = run_stocks(made, given={"k": np.array([5.0, 0.9])}, runs=2, engine="interpreter")

    alone = run_stocks(made, given={"k": 0.9}, engine="interpreter")
    assert np.array_equal(runs.values[:, :, 1], alone.values[:, :, 0])


def test_a_comparison_at_its_own_edge_is_no_reason_to_refuse_a_step() -> None:
    made = system("stock s = 10 in: f\nflow f = if s > 10 then 0 else 5", timing=Timing(stop=3))

    assert run_stocks(made).column("s")[-1, 0] == 15


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("aux x = 1 / (time - 2)", "'x' is beyond all numbers at time 2"),
        ("aux x = sqrt(3 - time)", "'x' is not a number at time 4"),
    ],
)
def test_a_run_that_loses_its_numbers_fails_by_name(text: str, said: str) -> None:
    with pytest.raises(RunFailed) as refusal:
        run_stocks(system(text))

    assert said in str(refusal.value)


@pytest.mark.parametrize("engine", ENGINES)
def test_one_of_many_runs_that_loses_its_numbers_for_a_moment_fails_by_number_and_time(engine: str) -> None:
    made = system("aux moment = 0.5\naux x = 1 / (time - moment)")
    given = {"moment": np.where(np.arange(70) == 66, 2.0, 0.5)}

    with pytest.raises(RunFailed, match="'x' is beyond all numbers at time 2 in run 67"):
        run_stocks(made, given=given, runs=70, engine=engine)


def test_a_value_that_is_not_there_cannot_be_set() -> None:
    with pytest.raises(DefinitionError, match=r"called 'infectng'\. Did you mean 'infecting'"):
        run_stocks(system(SIR), given={"infectng": 1.0})


def test_a_flow_can_be_set_from_outside_as_well_as_a_constant_or_a_first_stock() -> None:
    made = replace(system(SIR), timing=Timing(stop=1))

    runs = run_stocks(made, given={"infecting": 100.0, "i": 0.0})

    assert runs.column("s")[-1, 0] == 900
    assert runs.column("i")[-1, 0] == 100
