"""Stocks, flows, auxiliaries and lookups of a model file."""

from pathlib import Path

import pytest
from stock_systems import written

from simulator.definition import dump_model, load_model
from simulator.definition.systems import system_of
from simulator.engines.stocks.run import StockRuns, run_stocks
from simulator.errors import DefinitionError

WORKFORCE = """\
schema_version = 1
[integration]
horizon = "2 years"
[stocks.care_workers]
initial = 640
unit = "people"
[flows.hired]
from = "outside"
to = "care_workers"
rate = "vacancies / time_to_hire"
unit = "people/day"
[flows.leaving]
from = "care_workers"
to = "outside"
rate = "care_workers * strain(0.95) / stay"
unit = "people/day"
[auxiliaries.vacancies]
equation = "max(0, 700 - care_workers)"
unit = "people"
[auxiliaries.time_to_hire]
equation = "70"
unit = "day"
[auxiliaries.stay]
equation = 600
unit = "days"
[lookups.strain]
points = [[0.8, 1.0], [0.95, 1.3], [1.0, 1.8]]
"""
WARD = """\
schema_version = 1
[integration]
horizon = "60 days"
step = "2 hours"
[strata.age]
elements = ["young", "old"]
[stocks.ward]
initial = { young = 0, old = 40 }
over = ["age"]
residence = { mean = "8 days", cv = 0.6 }
[stocks.home]
initial = 0
over = ["age"]
[flows.arrivals]
from = "outside"
to = "ward"
rate = { young = 2, otherwise = "2 + 1" }
over = ["age"]
[flows.home_again]
from = "ward"
to = "home"
share = 0.9
over = ["age"]
[flows.dead]
from = "ward"
to = "outside"
share = 0.1
over = ["age"]
[auxiliaries.everybody]
equation = "sum(ward[*])"
"""


def ran(folder: Path, text: str, *settings: str) -> StockRuns:
    """Run a model."""
    return run_stocks(system_of(load_model(written(folder, text), settings=settings)))


def test_the_example_of_the_vocabulary_settles_where_hiring_meets_leaving(tmp_path: Path) -> None:
    runs = ran(tmp_path, WORKFORCE, 'integration.horizon="20 years"')

    hired_a_day, left_a_day = 1 / 70, 1.3 / 600
    assert runs.column("care_workers")[-1, 0] == pytest.approx(700 * hired_a_day / (hired_a_day + left_a_day))


def test_a_stock_with_a_residence_holds_what_little_says(tmp_path: Path) -> None:
    runs = ran(tmp_path, WARD)

    young, old = runs.column("ward[young]")[-1, 0], runs.column("ward[old]")[-1, 0]
    assert young == pytest.approx(2 * 8, rel=1e-3)
    assert old == pytest.approx(3 * 8, rel=1e-3)
    assert runs.column("everybody")[-1, 0] == pytest.approx(young + old)
    assert runs.column("home_again[old]")[-1, 0] == pytest.approx(0.9 * 3, rel=1e-3)


def test_heads_are_conserved_through_stages(tmp_path: Path) -> None:
    runs = ran(tmp_path, WARD.replace("share = 0.1", "share = 0").replace("share = 0.9", "share = 1"))

    total = runs.column("ward[old]") + runs.column("home[old]")
    assert total[:, 0] == pytest.approx(40 + 3 * runs.times, rel=1e-12)


def test_hours_or_days_in_the_file_give_the_same(tmp_path: Path) -> None:
    days = ran(tmp_path, WARD).column("ward[young]")[:, 0]

    hours = WARD.replace("horizon", 'time_unit = "hour"\nhorizon').replace(
        "young = 2, otherwise", "young = '2/24', otherwise"
    )

    assert ran(tmp_path, hours).column("ward[young]")[:, 0] == pytest.approx(days, rel=1e-12)


def test_the_order_of_a_file_changes_no_number(tmp_path: Path) -> None:
    first, *tables = WARD.split("\n[")
    shuffled = "\n[".join([first, *reversed(tables)]) + "\n"

    one, other = ran(tmp_path, WARD), ran(tmp_path, shuffled)

    assert sorted(one.names) == sorted(other.names)
    for name in one.names:
        assert one.column(name) == pytest.approx(other.column(name), rel=1e-12)


def test_a_model_of_stocks_is_written_back_as_it_was(tmp_path: Path) -> None:
    model = load_model(written(tmp_path, WARD))

    assert load_model(written(tmp_path, dump_model(model), "again.toml")) == model


def test_a_setting_changes_an_equation(tmp_path: Path) -> None:
    runs = ran(tmp_path, WORKFORCE, "auxiliaries.time_to_hire.equation=7")

    assert runs.column("care_workers")[-1, 0] > 680


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("initial = 640", "", "model.toml:4: stocks.care_workers.initial: is missing; it is required."),
        ("initial = 640", "initial = nan", "is out of all proportion"),
        ("initial = 640", "initial = [1]", "a list is not an equation"),
        ('unit = "day"', 'unit = "per day per"', "something is missing in it"),
        (
            'unit = "day"',
            'unit = "week"',
            "model.toml:10: flows.hired.rate: 'hired' is declared in people/day",
        ),
        ('to = "care_workers"', 'to = "outside"', "flows from 'outside' to itself"),
        (
            'rate = "vacancies / time_to_hire"',
            "share = 0.5",
            "goes with a flow out of a stock that has a residence",
        ),
        ("[0.95, 1.3]", "[0.95]", "lookups.strain.points.1: a point is two numbers"),
        ("strain(0.95)", "strain", "'strain' is a lookup; say where to read it"),
        ("strain(0.95)", "stran(0.95)", "no function or lookup is called 'stran'. Did you mean 'strain'?"),
        ("strain(0.95)", "random(0, 1)", "random draws by chance"),
        ("strain(0.95)", "stay(3)", "'stay' is a variable and no lookup"),
        ("strain(0.95)", "log(3)", "write ln(x) or log10(x)"),
        ("strain(0.95)", "9^9^9^9", "not a finite number"),
        ("strain(0.95)", "__import__('os')", "no double underscores"),
        ('horizon = "2 years"', 'horizon = "1 hour"', "integration.step: is longer than the horizon"),
        ('horizon = "2 years"', 'step = "1 s"\nhorizon = "9 years"', "steps; 50,000,000 are the most"),
    ],
)
def test_a_fault_is_told_at_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in WORKFORCE
    with pytest.raises(DefinitionError) as refusal:
        load_model(written(tmp_path, WORKFORCE.replace(old, new, 1)))

    assert said in str(refusal.value)
