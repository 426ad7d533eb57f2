"""What the form of an equation tells is never contradicted by trying it, whatever the equation."""

from hypothesis import given, settings
from hypothesis import strategies as st
from stock_systems import system

from simulator.analysis.feedback.trying import trial_of
from simulator.engines.stocks.run import StockRuns, run_stocks
from simulator.equations import Dialect, Formula, Role, Variable, parse
from simulator.equations.directions import Directions
from simulator.equations.tree import names_in

# x may be of either sign, pool and part are never negative; every value is reached by something.
AROUND = """
stock x = -2 in: growing
stock pool >= 0 = 0 in: coming
stock part >= 0 = 0.9 in: coming
biflow growing = 0.4
biflow coming = 0.3
aux two = 2
aux less = -3
aux switch = 0
"""
LEAVES = st.sampled_from(["x", "pool", "part", "two", "less", "switch", "3", "0.5", "0", "time"])
ONE = (
    "-({})",
    "abs({})",
    "exp({} / 9)",
    "sqrt(abs({}) + 1)",
    "int({})",
    "({}) ^ 2",
    "({}) ^ 3",
    "1 / (1 + ({}) ^ 2)",
)
ONE_MORE = (
    "smth1({}, two)",
    "delay({}, 2)",
    "not ({})",
    "step({}, 3)",
    "arctan({})",
    "cosh({} / 9)",
    "tanh({})",
)
TWO = (
    "({}) + ({})",
    "({}) - ({})",
    "({}) * ({})",
    "min({}, {})",
    "max({}, {})",
    "({}) > ({})",
    "({}) <= ({})",
)
TWO_MORE = (
    "({}) / (2 + abs({}))",
    "safediv({}, {})",
    "(({}) > 0) and ({})",
    "({}) or ({})",
    "({}) mod (1 + abs({}))",
)
THREE = "(if ({}) > ({}) then ({}) else pool)"


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.builds(lambda form, a: form.format(a), st.sampled_from(ONE + ONE_MORE), inner)
    two = st.builds(lambda form, a, b: form.format(a, b), st.sampled_from(TWO + TWO_MORE), inner, inner)
    three = st.builds(lambda a, b, c: THREE.format(a, b, c), inner, inner, inner)
    return one | two | three


EQUATIONS = st.recursive(LEAVES, _grown, max_leaves=6)
WHOLE = system(AROUND)
DIRECTIONS = Directions(WHOLE)
RUNS: StockRuns = run_stocks(WHOLE)


@settings(max_examples=400)
@given(EQUATIONS)
def test_no_trial_contradicts_the_form_of_an_equation(equation: str) -> None:
    tree = parse(equation, Dialect.XMILE)
    tried = Variable(key="y", name="y", role=Role.AUXILIARY, formulas=(Formula(tree=tree),))

    trial = trial_of(tried, WHOLE, runs=RUNS)

    for key in {"x", "pool", "part"} & set(names_in(tree)):
        assert trial.signs(key) <= DIRECTIONS.moves(tree, key), (equation, key)


@settings(max_examples=200)
@given(EQUATIONS)
def test_no_value_contradicts_the_signs_that_the_form_tells(equation: str) -> None:
    whole = system(f"{AROUND}\naux y = {equation}")

    values = run_stocks(whole).column("y")[:, 0]

    told = DIRECTIONS.value(parse(equation, Dialect.XMILE))
    assert {int(value > 0) - int(value < 0) for value in values.tolist()} <= told, equation
