"""Laws become tables: with the mean they must have, and near enough in all else."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from scipy import stats

from simulator.compiler.law_curves import shape_of
from simulator.compiler.law_excess import excess_table
from simulator.compiler.law_fits import fit
from simulator.compiler.law_tables import CHANCE_ABOVE, LawTable, pack_tables
from simulator.compiler.laws import table_of, trait_scores
from simulator.compiler.program import LAW_CONTINUOUS, LAW_STEPS
from simulator.definition.laws import Law, law_reader
from simulator.engines.variates import variate
from simulator.errors import DefinitionError
from simulator.units import Dimension

HOUR, DAY = 3600.0, 86400.0

CONTINUOUS: tuple[dict[str, Any], ...] = (
    *({"lognorm": {"mean": "4 days", "cv": cv}} for cv in (0.5, 1.2, 2.0, 3.0)),
    {"lognorm": {"mean": "8 days", "sd": "9.5 days"}},
    {"lognorm": {"median": "3 h", "cv": 1}},
    {"lognorm": {"log_mean": 1.2, "log_sd": 0.4, "unit": "hours"}},
    {"gamma": {"mean": "3 h", "cv": 1.5}},
    {"gamma": {"a": 2, "mean": "3 h"}},
    {"weibull_min": {"mean": "3 h", "cv": 0.6}},
    {"weibull_min": {"c": 0.8, "scale": "1 h"}},
    {"triang": {"c": 0.3, "loc": "1 h", "scale": "2 h"}},
    {"uniform": {"loc": "1 h", "scale": "2 h"}},
    {"uniform": {"mean": "2 h", "sd": "10 min"}},
    {"norm": {"mean": "1 h", "sd": "5 min", "at_least": 0}},
    {"truncnorm": {"a": -1.5, "b": 3, "loc": "2 h", "scale": "1 h"}},
    {"truncnorm": {"a": -2, "b": 2, "mean": "3 h", "sd": "1 h"}},
    {"expon": {"mean": "1 h"}},
    {"expon": {"mean": "1 h", "loc": "30 min"}},
    {"beta": {"mean": "1 h", "sd": "20 min", "scale": "3 h"}},
    {"erlang": {"a": 3, "mean": "1 h"}},
    {"invgauss": {"mean": "1 h", "cv": 0.7}},
)
SAID = (
    ({"lognorm": {"mean": "4 days", "sd": "3 days"}}, stats.lognorm(0.6680472, scale=276480.0)),
    ({"expon": {"mean": "2 h"}}, stats.expon(scale=7200.0)),
    ({"gamma": {"mean": "2 h", "cv": 0.5}}, stats.gamma(4.0, scale=1800.0)),
    ({"norm": {"mean": "2 h", "sd": "1 min", "at_least": 0}}, stats.norm(7200.0, 60.0)),
    ({"uniform": {"loc": "1 h", "scale": "1 h"}}, stats.uniform(3600.0, 3600.0)),
    ({"lognorm": {"quantiles": {"0.5": "1 h", "0.9": "3 h"}}}, stats.lognorm(0.85725, scale=3600.0)),
)
IMPOSSIBLE = (
    ({"expon": {"mean": "1 h", "sd": "2 h"}}, "'expon' with mean 3600, sd 7200 (in seconds) says too much"),
    ({"lognorm": {"mean": "1 h"}}, "says too little"),
    ({"uniform": {"loc": "2 h", "mean": "1 h"}}, "there is no such law"),
    ({"beta": {"mean": "4 h", "sd": "20 min", "scale": "3 h"}}, "'beta' with mean 14400"),
    (
        {"pareto": {"b": 0.9, "scale": "1 h"}},
        "'pareto' with b 0.9, scale 3600 (in seconds) has no finite mean",
    ),
    ({"cauchy": {"loc": "1 h", "scale": "1 h", "at_least": 0}}, "has no finite mean"),
    ({"triang": {"c": 1.5, "mean": "1 h"}}, "there is no such law"),
    (
        {"truncnorm": {"a": -5, "b": 2, "mean": "1 h", "sd": "1 h"}},
        "'truncnorm' can be negative here; say at_least = 0",
    ),
)


def as_written(value: object) -> str | None:
    """Name a test by what is written; a law of scipy's would add its address, another in each process."""
    return str(value) if isinstance(value, dict) else None


@pytest.mark.parametrize("written", CONTINUOUS, ids=str)
def test_a_table_has_the_mean_of_its_law_exactly(written: dict[str, Any]) -> None:
    table, exact = table_of(time_law(written)), fit(time_law(written)).mean()

    assert moments(table)[0] == pytest.approx(exact, rel=1e-12)
    assert table.mean == pytest.approx(exact, rel=1e-9)
    assert table.scale * unit_mean(table) == pytest.approx(table.mean, rel=1e-12)


@pytest.mark.parametrize("written", CONTINUOUS, ids=str)
def test_a_table_has_the_spread_and_the_quantiles_of_its_law(written: dict[str, Any]) -> None:
    table, exact = table_of(time_law(written)), fit(time_law(written))
    usual, far = np.array([0.02, 0.25, 0.5, 0.75, 0.9, 0.99]), np.array([0.999, 0.9999, 0.99999])

    found = [np.array([read(table, float(u)) for u in chances]) for chances in (usual, far)]

    assert moments(table)[1] == pytest.approx(exact.std(), rel=3e-4)
    assert found[0] == pytest.approx(exact.ppf(usual), rel=1e-3)
    assert found[1] == pytest.approx(exact.ppf(far), rel=3e-2)


@pytest.mark.parametrize(("written", "exact"), SAID, ids=as_written)
def test_what_is_said_of_a_law_is_of_the_variable(written: dict[str, Any], exact: Any) -> None:
    found = fit(time_law(written))

    assert found.ppf([0.1, 0.5, 0.99]) == pytest.approx(exact.ppf([0.1, 0.5, 0.99]), rel=1e-5)


@pytest.mark.parametrize(("written", "message"), IMPOSSIBLE, ids=str)
def test_a_law_that_cannot_be_is_refused_by_name(written: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        table_of(time_law(written))

    assert message in str(caught.value)
    assert next(iter(written)) in str(caught.value)


def test_more_quantiles_than_shapes_are_met_as_nearly_as_can_be() -> None:
    quantiles = [[0.25, "1 days"], [0.5, "2 days"], [0.95, "9 days"]]

    found = fit(time_law({"lognorm": {"quantiles": quantiles}})).ppf([0.25, 0.5, 0.95]) / DAY

    assert found == pytest.approx([1.0, 2.0, 9.0], rel=0.12)


def test_a_least_value_cuts_a_law_and_does_not_move_it() -> None:
    table = table_of(time_law({"norm": {"mean": "1 h", "sd": "1 h", "at_least": 0}}))

    assert table.mean == pytest.approx(HOUR * (stats.norm.cdf(1.0) + stats.norm.pdf(1.0)), rel=1e-9)
    assert read(table, 0.15) == 0.0
    assert read(table, 0.5) == pytest.approx(HOUR, rel=1e-4)


def test_a_constant_is_exactly_itself() -> None:
    table = table_of(time_law("35 min"))

    assert [read(table, u) for u in (1e-9, 0.5, 1 - 1e-9)] == [2100.0] * 3


def test_empirical_values_come_as_often_as_they_were_seen() -> None:
    table = table_of(time_law({"empirical": ["2 h", "1 h", "2 h", "4 h"]}))

    assert [read(table, u) / HOUR for u in (0.1, 0.26, 0.74, 0.76)] == [1.0, 2.0, 2.0, 4.0]
    assert table.mean == 2.25 * HOUR


@pytest.mark.parametrize(
    ("written", "exact"),
    [
        ({"geom": {"p": 0.5}}, stats.geom(0.5)),
        ({"geom": {"mean": 4}}, stats.geom(0.25)),
        ({"poisson": {"mean": 3}}, stats.poisson(3.0)),
        ({"binom": {"n": 5, "p": 0.2}}, stats.binom(5, 0.2)),
        ({"randint": {"low": 1, "high": 5}}, stats.randint(1, 5)),
    ],
    ids=as_written,
)
def test_a_law_of_counts_gives_whole_numbers_with_its_chances(written: dict[str, Any], exact: Any) -> None:
    table = table_of(number_law(written))
    chances = [0.03, 0.3, 0.55, 0.9, 0.999]

    assert table.kind == LAW_STEPS
    assert [read(table, u) for u in chances] == exact.ppf(chances).tolist()
    assert moments(table) == pytest.approx((exact.mean(), exact.std()), rel=1e-9)


def test_a_mixture_is_found_by_inverting_the_mixed_chances() -> None:
    parts = ({"lognorm": {"mean": "1 h", "cv": 1}}, {"gamma": {"mean": "9 h", "cv": 0.5}})
    law = time_law({"mixture": [[0.7, parts[0]], [0.3, parts[1]]]})
    low, high = (fit(time_law(part)) for part in parts)

    for u in (0.05, 0.5, 0.69, 0.9, 0.9995, 0.9999995):
        value = read(table_of(law), u)
        assert 0.7 * low.sf(value) + 0.3 * high.sf(value) == pytest.approx(1.0 - u, rel=3e-3)
    assert table_of(law).mean == pytest.approx(3.4 * HOUR, rel=1e-9)


def test_a_mixture_with_a_fixed_part_has_it_as_often_as_said() -> None:
    table = table_of(time_law({"mixture": [[0.6, {"uniform": {"scale": "2 h"}}], [0.4, "3 h"]]}))

    found = np.array([read(table, u) for u in (np.arange(1000) + 0.5) / 1000])

    assert np.mean(np.abs(found - 3 * HOUR) < 2.0) == pytest.approx(0.4, abs=0.0015)


def test_a_mixture_of_fixed_values_is_steps() -> None:
    table = table_of(time_law({"mixture": [[0.25, "1 h"], [0.75, {"empirical": ["1 h", "2 h", "3 h"]}]]}))

    assert (table.points / HOUR).tolist() == [1.0, 2.0, 3.0]
    assert table.cumulative == pytest.approx([0.5, 0.75, 1.0])


def test_values_in_order_are_no_part_of_a_mixture() -> None:
    with pytest.raises(DefinitionError, match="'in_order' stands alone"):
        table_of(time_law({"mixture": [[0.5, {"in_order": ["1 h"]}], [0.5, "2 h"]]}))


def test_what_is_left_of_an_exponential_stay_is_exponential() -> None:
    left = excess_table(table_of(time_law({"expon": {"mean": "1 h"}})))
    chances = np.array([0.01, 0.3, 0.5, 0.9, 0.999, 0.999999])

    found = np.array([read(left, float(u)) for u in chances])

    assert found == pytest.approx(stats.expon(scale=HOUR).ppf(chances), rel=5e-3)


def test_what_is_left_of_a_fixed_stay_is_even() -> None:
    left = excess_table(table_of(time_law("10 h")))

    assert [read(left, u) / HOUR for u in (0.1, 0.5, 0.9)] == pytest.approx([1.0, 5.0, 9.0])


@pytest.mark.parametrize("written", CONTINUOUS[:8], ids=str)
def test_what_is_left_of_a_stay_has_half_the_mean_square_over_the_mean(written: dict[str, Any]) -> None:
    table = table_of(time_law(written))
    mean, sd = moments(table)

    left = excess_table(table)

    assert left.kind == LAW_CONTINUOUS
    assert moments(left)[0] == pytest.approx((sd * sd + mean * mean) / (2 * mean), rel=1e-9)


def test_nothing_is_left_of_a_stay_that_is_always_nought() -> None:
    assert read(excess_table(table_of(time_law("0 min"))), 0.7) == 0.0


@pytest.mark.parametrize(
    "written", [{"lognorm": {"sigma": 1.287}}, {"gamma": {"a": 0.5}}, {"expon": {"mean": 7}}], ids=str
)
def test_a_trait_has_mean_one_and_the_spread_of_its_law(written: dict[str, Any]) -> None:
    scores, exact = trait_scores(number_law(written)), fit(number_law(written))
    z = stats.norm.ppf((np.arange(400_000) + 0.5) / 400_000)

    factors = np.interp(z, np.linspace(-8, 8, len(scores)), scores)

    assert factors.mean() == pytest.approx(1.0, rel=2e-3)
    assert np.median(factors) == pytest.approx(exact.median() / exact.mean(), rel=2e-3)


def test_a_trait_cannot_be_negative() -> None:
    with pytest.raises(DefinitionError, match="'norm' is no law of a trait"):
        trait_scores(number_law({"norm": {"mean": 1, "sd": 1}}))


def test_laws_of_one_shape_share_their_table() -> None:
    tables = [table_of(time_law({"lognorm": {"mean": mean, "cv": 1}})) for mean in ("1 h", "1 h", "2 h")]

    laws = pack_tables(tables)

    assert laws.first[0] == laws.first[1]
    assert len(laws.points) <= 2 * 3 * 1025
    assert laws.mean.tolist() == pytest.approx([HOUR, HOUR, 2 * HOUR])


def test_a_shape_is_found_whatever_is_said_of_it() -> None:
    by_cv = fit(time_law({"weibull_min": {"mean": "1 h", "cv": 0.7}}))
    again = {"weibull_min": {"median": f"{by_cv.median():.9f} s", "sd": f"{by_cv.std():.9f} s"}}

    assert fit(time_law(again)).mean() == pytest.approx(HOUR, rel=1e-6)
    assert shape_of(time_law(again)).mean == pytest.approx(HOUR, rel=1e-6)


def time_law(written: Any) -> Law:
    """Read a law of times as a file would."""
    return law_reader(Dimension.TIME)(decimals(written))


def number_law(written: Any) -> Law:
    """Read a law of numbers as a file would."""
    return law_reader(Dimension.NUMBER)(decimals(written))


def decimals(written: Any) -> Any:
    """Turn floats into the decimals that a file gives."""
    if isinstance(written, float):
        return Decimal(repr(written))
    if isinstance(written, dict):
        return {name: decimals(value) for name, value in written.items()}
    return [decimals(value) for value in written] if isinstance(written, list) else written


def read(table: LawTable, u: float) -> float:
    """Read a table as an engine does."""
    laws = pack_tables([table])
    arrays = laws.kind, laws.scale, laws.first, laws.size, laws.points, laws.cumulative
    return float(variate(*arrays, 0, u, 1))


def unit_mean(table: LawTable) -> float:
    """Give the mean of a table's own points."""
    return moments(table)[0] / table.scale


def moments(table: LawTable) -> tuple[float, float]:
    """Give mean and standard deviation of a table, exactly."""
    values = table.scale * table.points
    if table.kind == LAW_CONTINUOUS:
        values = values.reshape(3, -1)
        low, high, width = values[:, :-1], values[:, 1:], CHANCE_ABOVE[:, :-1] - CHANCE_ABOVE[:, 1:]
        mean, square = np.sum(width * (low + high)) / 2, np.sum(width * (low**2 + low * high + high**2)) / 3
    else:
        chances = np.diff(table.cumulative, prepend=0.0)
        mean, square = np.dot(chances, values), np.dot(chances, values**2)
    return float(mean), float(np.sqrt(max(square - mean**2, 0.0)))
