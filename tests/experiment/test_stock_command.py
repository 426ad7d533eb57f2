"""``downstream stocks``: the table, what is told beside it, and exit codes."""

import re
from pathlib import Path

import pytest
from stock_systems import written
from typer.testing import CliRunner, Result

from simulator.cli import app, main
from simulator.engines.stocks.run import must_compile
from simulator.equations.system import Timing
from simulator.experiment.stock_files import read_stocks

MODEL = """\
schema_version = 1
[integration]
horizon = "4 days"
method = "euler"
[stocks.pool]
initial = 8
[flows.gone]
from = "pool"
to = "outside"
rate = "pool / stay"
[auxiliaries.stay]
equation = 2
"""
CHECK = """\
[checks.nobody_gone_for_ever]
set = { "auxiliaries.stay.equation" = 1e9 }
expect = "pool > 7.99"
"""


def stocks(*words: str | Path) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["stocks", *map(str, words)])


def test_who_waits_for_the_compiler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.experiment.stock_command.must_compile", lambda *_, **__: True)

    done = stocks(written(tmp_path, MODEL))

    assert done.stderr.startswith("Compiling the equations for this machine, once")
    assert done.stdout.startswith("time,pool")


def test_only_a_long_run_of_new_equations_is_compiled_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.engines.stocks.compiling.cache_folder", lambda: tmp_path)
    path = written(tmp_path, MODEL)

    found = [must_compile(read_stocks(path, [f"dt={step}"]).system) for step in ("0.5", "0.00001")]

    assert found == [False, True]


def test_the_table_has_the_time_and_then_the_names_of_the_file(tmp_path: Path) -> None:
    done = stocks(written(tmp_path, MODEL))

    assert done.exit_code == 0
    assert done.stdout == "time,pool,gone,stay\n0,8,4,2\n1,4,2,2\n2,2,1,2\n3,1,0.5,2\n4,0.5,0.25,2\n"
    assert "Half the step changes the stocks by at most" in done.stderr


def test_the_table_goes_to_a_file_that_is_asked_for(tmp_path: Path) -> None:
    done = stocks(written(tmp_path, MODEL), "--out", tmp_path / "table.csv", "--no-halving")

    assert done.stdout == done.stderr == ""
    assert (tmp_path / "table.csv").read_text().splitlines()[-1] == "4,0.5,0.25,2"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["model.toml", "table.csv"]


@pytest.mark.parametrize(
    ("setting", "last"),
    [
        ("stay=4", "4,2.53125,0.6328125,4"),
        ("auxiliaries.stay.equation=4", "4,2.53125,0.6328125,4"),
        ("pool=16", "4,1,0.5,2"),
        ("stop=2", "2,2,1,2"),
        ("gone=stay - 1", "4,4,1,2"),
    ],
)
def test_a_value_can_be_set(tmp_path: Path, setting: str, last: str) -> None:
    done = stocks(written(tmp_path, MODEL), "--set", setting, "--no-halving")

    assert done.stdout.splitlines()[-1] == last


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["--set", "sty=4"], "no stock, flow or auxiliary is called 'sty'. Did you mean 'stay'?", 2),
        (["--set", "stay"], "write it as name=value", 2),
        (["--set", "method=gear"], "allowed are euler, rk4", 2),
        (["--set", "dt=0"], "a step is above 0", 2),
        (["--set", "dt=20"], "the step of 20 days is longer than the run, which lasts 4 days", 2),
        (["--set", "stop=0.5"], "--set stop=0.5: the step of 1 day is longer than the run", 2),
        (["--set", "stay=0"], "beyond all numbers", 3),
        (["--set", "stay=0.1"], "model.toml:5: stocks.pool: the step of 1 day is too coarse", 2),
        (["--out", "nowhere/table.csv"], "there is no folder nowhere", 4),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
    code: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, MODEL)
    monkeypatch.setattr("sys.argv", ["downstream", "stocks", "model.toml", *words])

    with pytest.raises(SystemExit) as left:
        main()

    assert left.value.code == code
    assert said in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["model.toml"]


def test_a_check_of_the_file_that_does_not_hold_ends_with_its_own_code(tmp_path: Path) -> None:
    good = stocks(written(tmp_path, MODEL + CHECK))
    bad = stocks(written(tmp_path, MODEL + CHECK.replace("7.99", "8"), "other.toml"))

    assert good.exit_code == 0
    assert "checks.nobody_gone_for_ever: does not hold, first at 0 days" in str(bad.exception)


def test_a_model_without_stocks_says_so(tmp_path: Path) -> None:
    done = stocks(Path(__file__).resolve().parents[2] / "models" / "small_place.toml")

    assert "has no stocks, flows or auxiliaries to run" in str(done.exception)


def test_an_export_runs_to_the_same_table(tmp_path: Path) -> None:
    model, out = written(tmp_path, MODEL), tmp_path / "model.xmile"

    done = CliRunner().invoke(app, ["export", str(model), "--xmile", str(out)])

    assert done.exit_code == 0
    assert stocks(out).stdout == stocks(model).stdout


def test_an_export_to_nowhere_is_told(tmp_path: Path) -> None:
    model, out = written(tmp_path, MODEL), tmp_path / "nowhere" / "model.xmile"

    done = CliRunner().invoke(app, ["export", str(model), "--xmile", str(out)])

    assert "there is no folder" in str(done.exception)


def test_a_check_of_the_people_engine_is_left_for_it_and_said(tmp_path: Path) -> None:
    check = (
        '[checks.empty]\nset = { "needs.*.rate" = "0 per year" }\nexpect = "resource.beds.in_use_mean == 0"\n'
    )

    done = stocks(written(tmp_path, MODEL + check))

    assert done.exit_code == 0
    assert "checks.empty reads what the people engine measures" in done.stderr


def test_a_check_of_what_is_not_there_is_told_at_its_line(tmp_path: Path) -> None:
    done = stocks(written(tmp_path, MODEL + CHECK.replace("pool >", "poool >")))

    assert "model.toml:15: checks.nobody_gone_for_ever.expect" in str(done.exception)
    assert "Did you mean 'pool'?" in str(done.exception)


def test_units_of_a_file_from_elsewhere_are_noted_beside_its_table(tmp_path: Path) -> None:
    text = """<xmile version="1.0"><header/><sim_specs><start>0</start><stop>1</stop></sim_specs>
<model><variables><aux name="a"><eqn>3</eqn><units>beds</units></aux>
<aux name="b"><eqn>a</eqn><units>people</units></aux></variables></model></xmile>"""

    done = stocks(written(tmp_path, text, "model.xmile"))

    assert done.exit_code == 0
    assert "line 3: b: 'b' is declared in people, and what stands beside it is in bed" in done.stderr


def test_a_run_that_stops_short_because_its_step_does_not_divide_its_time_says_so(tmp_path: Path) -> None:
    done = stocks(written(tmp_path, MODEL), "--set", "dt=1.5")

    assert (
        "the step of 1.5 days does not divide the time from 0 to 4 days: the run ends at 3 days."
        in done.stderr
    )
    assert "does not divide" not in stocks(tmp_path / "model.toml", "--set", "dt=0.1").stderr


def test_a_step_that_half_of_it_shows_to_be_too_coarse_in_between_is_told(tmp_path: Path) -> None:
    rate = 'rate = "pool / (if time > 2.9 and time < 3.1 then 0.4 else 4)"'
    text = MODEL.replace('rate = "pool / stay"', rate)

    done = stocks(written(tmp_path, text.replace('"4 days"', '"9 days"')))

    assert "that is much: take a shorter step." in done.stderr


def test_a_time_is_told_with_its_unit(tmp_path: Path) -> None:
    weekly = MODEL.replace('horizon = "4 days"', 'time_unit = "week"\nstep = "1 week"\nhorizon = "4 weeks"')

    daily, by_week = (stocks(written(tmp_path, text)).stderr for text in (MODEL, weekly))

    assert re.search(r"of their largest \(pool, at \d+ days?\)", daily), daily
    assert re.search(r"of their largest \(pool, at \d+ weeks?\)", by_week), by_week


@pytest.mark.parametrize(
    ("unit", "time", "said"),
    [
        ("week", 52.5, "52.5 weeks"),
        ("week", 1.0, "1 week"),
        ("Months", 3.0, "3 Months"),
        ("Months", 1.0, "1 Month"),
        ("time", 52.5, "52.5"),
    ],
)
def test_a_moment_is_written_with_the_unit_that_the_file_says(unit: str, time: float, said: str) -> None:
    assert Timing(unit=unit).said(time) == said
