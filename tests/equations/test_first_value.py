"""What an equation comes to at the start is told from plain arithmetic, or not at all."""

import pytest

from simulator.equations.first_value import first_value
from simulator.equations.lookups import Lookup
from simulator.equations.parser import parse
from simulator.equations.system import Formula, Role, System, Timing, Variable

LOOKUPS = {"strain": Lookup(xs=(0.0, 1.0), ys=(1.0, 3.0))}


def first(equation: str) -> float | None:
    """Give the first value of an equation beside a stock of 8 and time from -2."""
    said = {
        "stock": (Role.STOCK, "8"),
        "half": (Role.AUXILIARY, "stock / 2"),
        "it": (Role.AUXILIARY, equation),
    }
    variables = {
        key: Variable(key=key, name=key, role=role, formulas=(Formula(tree=parse(text)),))
        for key, (role, text) in said.items()
    }
    return first_value(System(variables=variables, lookups=LOOKUPS, timing=Timing(start=-2.0)), "it")


@pytest.mark.parametrize(
    ("equation", "value"),
    [
        ("half + 2 ^ 3", 12.0),
        ("strain(0.25)", 1.5),
        ("strain(7) - strain(-7)", 2.0),
        ("if time < 0 then min(half, 3) else 9", 3.0),
        ("smooth1(stock, 3)", None),
        ("half / (stock - 8)", None),
        ("it + 1", None),
    ],
)
def test_the_first_value_is_told_where_plain_arithmetic_tells_it(equation: str, value: float | None) -> None:
    assert first(equation) == value
