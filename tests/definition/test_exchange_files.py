"""The exchange of a model file: what is read, what is driven, and how its stocks run without people."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from simulator.definition import dump_model, load_model
from simulator.definition.exchange_references import all_driven, step_seconds
from simulator.definition.systems import system_of
from simulator.engines.stocks.run import run_stocks
from simulator.xmile.writing import xmile_text

Faults = Callable[..., str]

BESIDE = """
[stocks.care_workers]
initial = 640
[flows.leaving]
from = "care_workers"
to = "outside"
rate = "care_workers * strain(occupancy) / 600"
[lookups.strain]
points = [[0.8, 1.0], [0.95, 1.3], [1.0, 1.8]]
[exchange]
every = "6 hours"
reads = { occupancy = { of = "resource.beds.occupancy, mean since last", at_start = 0.95 } }
drives = { "resources.beds.capacity" = { by = "care_workers / 64", between = [0, 20] } }
"""


@pytest.fixture
def model(tmp_path: Path, ward: str) -> Path:
    path = tmp_path / "model.toml"
    path.write_text(ward + BESIDE)
    return path


def test_what_an_exchange_says_is_read(model: Path) -> None:
    found = load_model(model)

    assert found.exchange is not None
    assert found.exchange.every.value == 6 * 3600
    assert found.exchange.reads["occupancy"].at_start.value == Fraction(95, 100)
    assert [one.path for one in all_driven(found)] == ["resources.beds.capacity"]


def test_a_dumped_exchange_is_the_same(model: Path) -> None:
    found = load_model(model)
    again = model.with_name("again.toml")
    again.write_text(dump_model(found))

    assert load_model(again) == found


def test_the_stocks_alone_run_with_what_is_read_as_it_is_at_the_start(model: Path) -> None:
    runs = run_stocks(system_of(load_model(model, settings=['integration.horizon="1 day"'])))

    assert runs.column("occupancy").tolist() == [[0.95], [0.95]]
    assert runs.column("leaving")[0, 0] == pytest.approx(640 * 1.3 / 600)
    assert "drive" not in " ".join(runs.names)


def test_what_is_exported_holds_what_is_read_as_a_constant(model: Path) -> None:
    assert '<aux name="occupancy">' in xmile_text(system_of(load_model(model)))


@pytest.mark.parametrize(
    ("every", "step", "seconds"),
    [
        ("2 days", "", 86_400),
        ("6 hours", "", 21_600),
        ("36 hours", "", 129_600),
        ("1 day", "8 hours", 28_800),
    ],
)
def test_a_step_of_the_stocks_divides_the_interval(model: Path, every: str, step: str, seconds: int) -> None:
    said = [f'exchange.every="{every}"', *([f'integration.step="{step}"'] if step else [])]

    assert step_seconds(load_model(model, settings=said)) == seconds


def test_an_unknown_name_in_what_drives_is_told_where_it_stands(faults: Faults) -> None:
    said = faults(more=BESIDE.replace("care_workers / 64", "care_worker / 64"))

    assert 'exchange.drives."resources.beds.capacity".by: no variable or function is called' in said
    assert "Did you mean 'care_workers'?" in said


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (('"6 hours"', '"30 s"'), "'30 s' is not allowed; it must be whole seconds, a minute or more."),
        (('"6 hours"', "6"), "'6' has no unit"),
        (("between = [0, 20]", "between = [-1, 20]"), "is below 0; nothing that is driven may be."),
        (("between = [0, 20]", "betwen = [0, 20]"), "is missing; it is required."),
        (("by = ", "plus = "), "unknown key 'plus'"),
        (("[stocks.care_workers]\ninitial = 640", ""), "no stocks to exchange anything with"),
    ],
)
def test_what_is_wrong_with_an_exchange_is_told(faults: Faults, change: tuple[str, str], found: str) -> None:
    assert found in faults(more=BESIDE.replace(*change))


def test_heads_need_an_exchange(faults: Faults) -> None:
    said = faults(
        ('rate = "1 per day"', 'rate = "1 per day"\nreturns_to = "pool"'), more="[stocks.pool]\ninitial = 1\n"
    )

    assert said.endswith("needs an [exchange] that says how often stocks and people meet.")


def test_an_equation_alone_may_say_how_often_cases_come(model: Path) -> None:
    model.write_text(model.read_text().replace('rate = "1 per day"', 'rate_from = "care_workers / 640"'))

    (one, _) = sorted(all_driven(load_model(model)), key=lambda each: not each.is_open)

    assert (one.path, one.is_open) == ("referrals.stroke.rate", True)
    model.write_text(dump_model(load_model(model)))
    assert 'rate_from = "care_workers / 640"' in model.read_text()


def test_a_name_that_is_wrong_in_an_equation_alone_is_told_where_it_stands(faults: Faults) -> None:
    said = faults(('rate = "1 per day"', 'rate_from = "care_worker"'), more=BESIDE)

    assert "rate_from: no variable or function is called 'care_worker'" in said


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ('"activities.ward.patience" = { times = "1"', "there is no patience to drive."),
        (
            '"activities.ward.duration" = { times = "1", instead = "exit"',
            "goes with the share of a route only.",
        ),
        ('"activities.ward.routes.exit" = { times = "1"', "a route cannot gain its own cases"),
        ('"activities.ward.routes.hom" = { times = "1"', "has no route called 'hom'"),
        (
            '"activities.ward.routes.exit" = { by = "1", instead = "died"',
            "can only be multiplied; say times.",
        ),
        ('"activities.ward.cost.day" = { times = "1"', "the activity has no price for each day."),
    ],
)
def test_what_cannot_be_driven_of_an_activity_is_told(faults: Faults, said: str, found: str) -> None:
    more = BESIDE.replace('"resources.beds.capacity" = { by = "care_workers / 64"', said)
    assert found in faults(more=more)
