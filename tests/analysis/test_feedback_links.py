"""Links and their polarity: by what stocks are, by the form of an equation, or tried along a run."""

from pathlib import Path

import pytest
from stock_systems import system, written

from simulator.analysis.feedback import Basis, Link, Polarity, links_of
from simulator.engines.stocks.run import run_stocks
from simulator.equations import System
from simulator.experiment.stock_files import read_stocks
from simulator.experiment.stock_runs import run_file


def links(found: System, *, is_run: bool = True) -> dict[str, Link]:
    """Give the links of a system by ``source target``."""
    runs = run_stocks(found) if is_run else None
    return {f"{one.source} {one.target}": one for one in links_of(found, runs)}


def test_what_flows_in_raises_a_stock_and_what_flows_out_lowers_it() -> None:
    found = links(system("stock s = 1 in: came out: went\naux rate = 2\nflow came = rate\nflow went = rate"))

    assert (found["came s"].polarity, found["went s"].polarity) == (Polarity.PLUS, Polarity.MINUS)
    assert found["came s"].basis is Basis.ACCOUNT
    assert found["rate went"].polarity is Polarity.PLUS


def test_a_product_is_tried_where_its_form_does_not_tell() -> None:
    growing = system("stock prey = 10 in: births\naux fertility = 0.1\nbiflow births = prey * fertility")

    told, untold = links(growing), links(growing, is_run=False)

    assert told["prey births"].basis is untold["prey births"].basis is Basis.EQUATION
    assert (told["fertility births"].polarity, told["fertility births"].basis) == (Polarity.PLUS, Basis.RUN)
    assert untold["fertility births"].polarity is Polarity.UNKNOWN
    assert untold["fertility births"].basis is Basis.NOTHING


def test_a_stock_that_is_never_negative_needs_no_trial() -> None:
    found = links(system("stock s >= 0 = 9 out: f\naux k = 0.1\nflow f = s * k"), is_run=False)

    assert found["k f"].polarity is Polarity.PLUS


@pytest.mark.parametrize(("pace", "polarity"), [(0.1, Polarity.PLUS), (1.5, Polarity.DEPENDS)])
def test_a_link_depends_where_the_run_goes_past_its_turn(pace: float, polarity: Polarity) -> None:
    found = links(system(f"stock s = 1 in: growth\nbiflow growth = {pace} * s * (1 - s / 100)"))

    assert (found["s growth"].polarity, found["s growth"].basis) == (polarity, Basis.RUN)


def test_what_has_no_effect_at_the_levels_of_the_run_is_unknown() -> None:
    found = links(system("stock s >= 0 = 1 in: f\naux off = 0\nbiflow f = off * s"))

    assert found["s f"].polarity is Polarity.UNKNOWN
    assert found["s f"].basis is Basis.NOTHING
    assert found["off f"].polarity is Polarity.PLUS


def test_a_switch_within_a_tenth_of_the_run_is_seen() -> None:
    found = links(
        system(
            "stock s = 1 in: f\nflow f = 1\naux sick = 3 - s * 2 / s\naux alarm = if s > 5 then sick else 0"
        )
    )

    assert found["s alarm"].polarity is Polarity.PLUS


def test_a_memory_alone_is_a_delayed_link() -> None:
    found = links(system("stock s = 1 in: f\nflow f = 1\naux seen = smth1(s, 3)\naux both = delay(s, 2) + s"))

    assert found["s seen"].is_delayed
    assert found["s seen"].polarity is Polarity.PLUS
    assert not found["s both"].is_delayed


def test_how_something_began_and_what_stood_before_are_no_links() -> None:
    found = links(
        system("stock s = 1 in: f\nflow f = 1\naux a = init(s)\naux b = smth1(f, 3, s)\naux c = 2 * s")
    )

    assert {key for key in found if key.startswith("s ")} == {"s c"}


def test_a_forecast_in_a_product_cannot_be_tried() -> None:
    found = links(system("stock s = 1 in: f\nbiflow f = 1\naux y = f * forcst(s, 3, 2)"))

    assert found["f y"].polarity is Polarity.UNKNOWN


def test_a_curve_gives_its_slope(tmp_path: Path) -> None:
    text = f"{OWN}[lookups.slowing]\npoints = [[0, 1.2], [2, 0.7]]\n"

    found = links(read_stocks(written(tmp_path, text)).system, is_run=False)

    assert (found["s pace"].polarity, found["s pace"].basis) == (Polarity.MINUS, Basis.EQUATION)


OWN = """\
schema_version = 1
[stocks.s]
initial = 1
[auxiliaries.pace]
equation = "3 + slowing(s)"
"""
ARRAYS = """\
schema_version = 1
[integration]
horizon = "20 days"
[strata.ward]
elements = ["east", "west"]
[stocks.patients]
initial = { east = 10, west = 30 }
over = ["ward"]
[flows.admitted]
from = "outside"
to = "patients"
rate = { east = "2 * calls", west = "3 - calls" }
over = ["ward"]
[flows.leave]
from = "patients"
to = "outside"
rate = "patients / 5 * slowing(crowding)"
over = ["ward"]
[auxiliaries.crowding]
equation = "sum(patients[*]) / 40"
[auxiliaries.calls]
equation = 1
[lookups.slowing]
points = [[0, 1.2], [1, 1.0], [2, 0.7]]
"""


def test_an_array_is_one_variable(tmp_path: Path) -> None:
    file = read_stocks(written(tmp_path, ARRAYS))

    found = {f"{one.source} {one.target}": one for one in links_of(file.system, run_file(file))}

    assert found["patients crowding"].polarity is Polarity.PLUS
    assert found["patients leave"].polarity is Polarity.PLUS
    assert found["crowding leave"].polarity is Polarity.MINUS
    assert (found["calls admitted"].polarity, found["calls admitted"].basis) == (
        Polarity.DEPENDS,
        Basis.EQUATION,
    )


def test_a_length_of_stay_links_a_stock_to_those_who_leave(tmp_path: Path) -> None:
    text = """\
schema_version = 1
[stocks.ward]
initial = 10
residence = { mean = "5 days", cv = 0.5 }
[flows.home]
from = "ward"
to = "outside"
"""

    found = links(read_stocks(written(tmp_path, text)).system)

    assert found["ward home"].polarity is Polarity.PLUS
    assert found["ward home"].is_delayed
    assert found["home ward"].polarity is Polarity.MINUS


@pytest.mark.parametrize("is_run", [True, False])
def test_links_come_in_the_order_of_the_file(is_run: bool) -> None:
    found = links(system("aux a = b + c\naux c = 2 * b\naux b = 1"), is_run=is_run)

    assert list(found) == ["b a", "c a", "b c"]
