"""The language: what it reads, how it groups, and what it says of what it cannot read."""

import pytest

from simulator.engines.stocks.run import run_stocks
from simulator.equations import (
    Dialect,
    Formula,
    Misread,
    Role,
    System,
    Timing,
    Unplannable,
    Variable,
    parse,
)
from simulator.equations.writing import written


def value(text: str) -> float:
    """Work out an equation of numbers."""
    formula = Formula(tree=parse(text))
    variable = Variable(key="x", name="x", role=Role.AUXILIARY, formulas=(formula,))
    runs = run_stocks(System(variables={"x": variable}, timing=Timing(stop=0)))
    return float(runs.values[0, 0, 0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 ^ 3 ^ 2", 512),
        ("-2 ^ 2", -4),
        ("2 ^ -1", 0.5),
        ("7 mod 4", 3),
        ("-7 mod 4", 1),
        (".5 + 3e-1", 0.8),
        ("1 - 2 - 3", -4),
        ("8 / 4 / 2", 1),
        ("if 1 < 2 then 3 else 4", 3),
        ("if(1 > 2, 3, 4)", 4),
        ("if (1 + 1) = 2 then 3 else 4", 3),
        ("1 < 2 and not 0", 1),
        ("0 or 2 <> 2", 0),
        ("min(3, 1, 2) + max(1, 2)", 3),
        ("safediv(1, 0) + safediv(1, 0, 5)", 5),
        ("int(-1.5) + round(2.5)", 1),
    ],
)
def test_an_equation_means(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the equation is empty"),
        ("1 +", "the end where a number, a name or a bracket should be"),
        ("2 ** 3", "write a power with ^"),
        ("1 2", "'2' at letter 3 where the equation should end"),
        ("(1", "')' is missing to close the bracket"),
        ("a[", "the end where a subscript should be"),
        ("x ; y", "';' at letter 3 has no meaning in an equation"),
        ("__import__(1)", "no double underscores"),
        ("if 1 then 2", "'else' is missing"),
        ("1e999", "out of all proportion"),
        ("(" * 300 + "1" + ")" * 300, "nested more than 120 deep"),
        ("-" * 15_000 + "1", "nested more than 120 deep"),
        ("-" * 100_000 + "1", "letters long; 20,000 is the most"),
        ("1+" * 500_000 + "1", "letters long; 20,000 is the most"),
        ("+".join(["1"] * 5_000), "one inside another; name some parts of it"),
        ("a" * 10_000, "a name of 10,000 letters"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, said: str) -> None:
    with pytest.raises(Misread) as refusal:
        parse(text)

    assert said in str(refusal.value)


@pytest.mark.parametrize("text", ["9^9^9", "1/0", "ln(0 - 1)", "sqrt(-1)", "exp(10000)", "0 ^ -1"])
def test_numbers_that_give_no_number_are_told(text: str) -> None:
    with pytest.raises(Unplannable, match=r"divides by 0|not a finite number"):
        value(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"Flow w/ division, lists" + 1', "flow_w/_division,_lists"),
        ("Capitalized_Variable + 1", "capitalized_variable"),
        ("hares.hare_density {a comment} + 1", "hares.hare_density"),
        (".area + 1", ".area"),
        ("größe + 1", "größe"),
    ],
)
def test_xmile_names_are_read_freely(text: str, name: str) -> None:
    assert parse(text, Dialect.XMILE).left.name == name  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "1 - (2 - 3)",
        "-(a + b) ^ 2",
        "(-a) ^ b ^ c",
        "if a > 1 and b then c[x, *] else sum(d[*])",
        "not (a = b)",
        "a / (b / c) * d mod e",
    ],
)
def test_what_is_written_is_read_again_as_the_same(text: str) -> None:
    tree = parse(text, Dialect.XMILE)

    assert parse(written(tree, Dialect.XMILE), Dialect.XMILE) == tree
