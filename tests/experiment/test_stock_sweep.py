"""``downstream stocks --vary``: every point is what it is alone, and what fails is named with its values."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from experiment.test_stock_command import CHECK, MODEL, stocks
from stock_systems import written
from typer.testing import CliRunner

from simulator.cli import app
from simulator.errors import DefinitionError, OutputError, RunFailed
from simulator.experiment.progress import Silence

ARRIVING = '[flows.come]\nfrom = "outside"\nto = "pool"\nrate = "daily"\n[auxiliaries.daily]\nequation = 3\n'
DESIGN = """\
schema_version = 1
seed = 7
[vary]
stay = { from = 1.5, to = 4 }
pool = { from = 0, to = 20 }
[design]
kind = "latin_hypercube"
runs = 30
[measures.left]
of = "pool.at_end"
[measures.mean]
of = "pool.mean"
[measures.least]
of = "pool.least"
[measures.most]
of = "pool.most"
[measures.gone]
of = "gone.integral"
"""

Rows = list[dict[str, str]]


def design(folder: Path, text: str = DESIGN) -> Path:
    path = folder / "design.toml"
    path.write_text(text, encoding="utf-8")
    return path


def table(out: Path, name: str) -> Rows:
    with (out / "tables" / f"{name}.csv").open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_every_point_is_what_it_is_alone_to_the_last_bit(tmp_path: Path) -> None:
    model, out = written(tmp_path, MODEL + ARRIVING), tmp_path / "out"

    done = stocks(model, "--vary", design(tmp_path), "--out", out, "--set", "dt=0.5")

    assert done.exit_code == 0, done.exception
    kept = {(one["point"], one["measure"]): float(one["value"]) for one in table(out, "measures")}
    points = table(out, "points")
    assert len(points) == 30
    for one in points[:4]:
        words = [word for name in ("stay", "pool") for word in ("--set", f"{name}={one[name]}")]
        alone = list(csv.DictReader(stocks(model, *words, "--set", "dt=0.5").stdout.splitlines()))
        pool, gone = ([float(row[name]) for row in alone] for name in ("pool", "gone"))
        at = one["point"]
        assert kept[at, "left"] == pool[-1]
        assert (kept[at, "least"], kept[at, "most"]) == (min(pool), max(pool))
        assert kept[at, "mean"] == pytest.approx(np.trapezoid(pool, dx=0.5) / 4, rel=1e-14)
        assert kept[at, "gone"] == pytest.approx(np.trapezoid(gone, dx=0.5), rel=1e-14)


@pytest.mark.parametrize("most", [1, 100, 10_000])
def test_the_size_of_batches_changes_no_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    model, said = written(tmp_path, MODEL + ARRIVING), design(tmp_path)
    stocks(model, "--vary", said, "--out", tmp_path / "whole")

    monkeypatch.setattr("simulator.experiment.stock_sweep.run.MOST_NUMBERS", most)
    stocks(model, "--vary", said, "--out", tmp_path / "parts")

    whole, parts = (
        {one.name: one.read_bytes() for one in (tmp_path / name / "tables").iterdir()}
        for name in ("whole", "parts")
    )
    assert len(whole) > 6
    assert whole == parts


def test_a_point_that_fails_is_named_with_its_values(tmp_path: Path) -> None:
    text = DESIGN.replace("{ from = 1.5, to = 4 }", "{ values = [2, 3] }").replace(
        "{ from = 0, to = 20 }", "{ values = [8] }"
    )
    grid = text.replace('kind = "latin_hypercube"\nruns = 30', 'kind = "grid"')
    model = written(tmp_path, MODEL + '[auxiliaries.odd]\nequation = "1 / (stay - 3)"\n')

    done = stocks(model, "--vary", design(tmp_path, grid), "--out", tmp_path / "out")

    assert isinstance(done.exception, RunFailed)
    assert str(done.exception).startswith(
        "point 2 (pool = 8, stay = 3): 'odd' is beyond all numbers at time 0 days"
    )
    assert not (tmp_path / "out").exists()


def test_a_point_that_fails_leaves_no_bar_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []
    progress = Silence()
    monkeypatch.setattr(progress, "ends", lambda: ended.append("ended"))
    monkeypatch.setattr("simulator.experiment.progress.progress_on", lambda: progress)
    model = written(tmp_path, MODEL + '[auxiliaries.odd]\nequation = "1 / (stay - stay)"\n')

    done = stocks(model, "--vary", design(tmp_path), "--out", tmp_path / "out")

    assert isinstance(done.exception, RunFailed)
    assert ended == ["ended"]


@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_a_division_by_nought_is_told_by_the_fault_alone(
    tmp_path: Path, recwarn: pytest.WarningsRecorder, method: str
) -> None:
    text = DESIGN.replace("{ from = 1.5, to = 4 }", "{ values = [0, 3] }").replace(
        "{ from = 0, to = 20 }", "{ values = [8] }"
    )
    grid = text.replace('kind = "latin_hypercube"\nruns = 30', 'kind = "grid"')
    settings = ("--set", f"method={method}", "--out", tmp_path / "out")

    model = written(tmp_path, MODEL + ARRIVING.replace('"daily"', '"daily / stay"'))

    done = stocks(model, "--vary", design(tmp_path, grid), *settings)

    assert isinstance(done.exception, RunFailed)
    assert "point 1 (pool = 8, stay = 0): " in str(done.exception)
    assert [str(one.message) for one in recwarn] == []


@pytest.mark.parametrize(
    ("before", "after", "words", "says"),
    [
        ("stay =", "stai =", [], "4: vary.stai: no stock, flow or auxiliary is called 'stai'. Did you mean"),
        ("stay =", "stay =", ["--set", "Stay=2"], "vary.stay: is set with --set as well (Stay); keep one"),
        ("pool.mean", "poll.mean", [], "measures.mean.of: no stock, flow or auxiliary is called 'poll'."),
        ("pool = {", "Stay = {", [], "vary.stay: is 'Stay' over again; vary it once."),
        ("runs = 30", "runs = 30\nonly = [31]", [], "design.only: there is no point 31; the design has 30."),
        ("stay =", "stay =", ["--keep", "pool"], "--vary: stands without --points and --keep"),
    ],
)
def test_what_does_not_fit_the_model_is_told_and_nothing_written(
    tmp_path: Path, before: str, after: str, words: list[str], says: str
) -> None:
    assert before in DESIGN
    out = tmp_path / "out"

    done = stocks(
        written(tmp_path, MODEL),
        *("--vary", design(tmp_path, DESIGN.replace(before, after, 1)), "--out", out),
        *words,
    )

    assert isinstance(done.exception, DefinitionError)
    assert says in str(done.exception)
    assert not out.exists()


def test_points_of_a_file_are_its_rows(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("stay,pool\n2,8\n4,100\n", encoding="utf-8")
    text = 'schema_version = 1\nseed = 1\n[design]\nkind = "points"\nfile = "points.csv"\n'

    done = stocks(written(tmp_path, MODEL), "--vary", design(tmp_path, text), "--out", tmp_path / "out")

    assert done.exit_code == 0, done.exception
    found = [(float(one["stay"]), float(one["pool"])) for one in table(tmp_path / "out", "points")]
    assert found == [(2, 8), (4, 100)]
    assert {one["measure"] for one in table(tmp_path / "out", "measures")} == {"pool.at_end"}


def test_a_bad_point_of_a_file_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text("stay\n2\nfast\n", encoding="utf-8")
    text = 'schema_version = 1\nseed = 1\n[design]\nkind = "points"\nfile = "points.csv"\n'

    done = stocks(written(tmp_path, MODEL), "--vary", design(tmp_path, text), "--out", tmp_path / "out")

    assert "points.csv: line 3: stay: 'fast' is not a number." in str(done.exception)


def test_the_folder_runs_again_from_its_own_files(tmp_path: Path) -> None:
    model, out, again = written(tmp_path, MODEL + ARRIVING), tmp_path / "out", tmp_path / "again"
    stocks(model, "--vary", design(tmp_path), "--out", out, "--set", "daily=4")

    done = stocks(
        *(out / "model.toml", "--vary", out / "design.toml", "--out", again, "--set", "daily=4"),
    )

    assert done.exit_code == 0, done.exception
    assert json.loads((out / "summary.json").read_text())["settings"] == ["daily=4"]
    for name in ("measures", "points", "responses", "shares_of_variance"):
        assert table(out, name) == table(again, name)


IN_AN_ORDER = """
schema_version = 1
[integration]
horizon = "40 days"
[stocks]
waiting = { initial = 10 }
beds = { initial = 4 }
[flows]
z = { from = "outside", to = "waiting", rate = "0.1" }
m = { from = "outside", to = "waiting", rate = "0.7 / 3" }
b = { from = "outside", to = "waiting", rate = "1.3 / 7" }
a = { from = "waiting", to = "beds", rate = "waiting / stay" }
[auxiliaries]
stay = { equation = "7" }
"""


def test_a_folder_run_again_is_the_same_whatever_the_order_of_names(tmp_path: Path) -> None:
    model, out, again = written(tmp_path, IN_AN_ORDER), tmp_path / "out", tmp_path / "again"
    asked = DESIGN.partition("[measures")[0].replace("pool = ", "beds = ")
    stocks(model, "--vary", design(tmp_path, asked), "--out", out)

    done = stocks(out / "model.toml", "--vary", out / "design.toml", "--out", again)

    assert done.exit_code == 0, done.exception
    first, second = ((one / "tables" / "measures.csv").read_bytes() for one in (out, again))
    assert first == second


def test_a_folder_of_another_design_is_refused_and_one_of_the_same_written_anew(tmp_path: Path) -> None:
    model, out = written(tmp_path, MODEL), tmp_path / "out"
    stocks(model, "--vary", design(tmp_path), "--out", out)

    same = stocks(model, "--vary", design(tmp_path), "--out", out)
    other = stocks(model, "--vary", design(tmp_path, DESIGN.replace("seed = 7", "seed = 8")), "--out", out)
    set_else = stocks(model, "--vary", design(tmp_path), "--out", out, "--set", "dt=0.5")

    assert same.exit_code == 0, same.exception
    assert isinstance(other.exception, OutputError)
    assert "seed is 7, not 8" in str(other.exception)
    assert isinstance(set_else.exception, OutputError)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (["daily=4"], [], "the settings differ: there --set daily=4, here none."),
        ([], ["daily=4", "dt=0.5"], "the settings differ: there none, here --set daily=4 --set dt=0.5."),
    ],
)
def test_a_folder_made_with_other_settings_is_refused_as_such(
    tmp_path: Path, before: list[str], after: list[str], says: str
) -> None:
    model, out = written(tmp_path, MODEL + ARRIVING), tmp_path / "out"

    first, second = (
        stocks(model, "--vary", design(tmp_path), "--out", out, *(f"--set={one}" for one in said))
        for said in (before, after)
    )

    assert first.exit_code == 0, first.exception
    assert isinstance(second.exception, OutputError)
    assert f"Their files are the same and {says}" in str(second.exception)
    assert "code" not in str(second.exception)


def test_a_folder_of_another_title_or_another_xmile_file_is_refused_as_such(tmp_path: Path) -> None:
    model, xmile, out = written(tmp_path, MODEL), tmp_path / "pool.xmile", tmp_path / "out"
    CliRunner().invoke(app, ["export", str(model), "--xmile", str(xmile)])
    stocks(xmile, "--vary", design(tmp_path), "--out", out)

    titled = stocks(xmile, "--vary", design(tmp_path, 'title = "Other"\n' + DESIGN), "--out", out)
    xmile.write_text(xmile.read_text("utf-8").replace(">8<", ">9<"), encoding="utf-8")
    other = stocks(xmile, "--vary", design(tmp_path), "--out", out)

    assert "There and here: title is not said, not 'Other'." in str(titled.exception)
    assert "There and here: model.xmile is another." in str(other.exception)


def test_an_equation_that_is_put_out_of_force_is_noted(tmp_path: Path) -> None:
    model = written(tmp_path, MODEL.replace("equation = 2", 'equation = "1 + 1"'))

    done = stocks(model, "--vary", design(tmp_path), "--out", tmp_path / "out")

    assert (
        "Note: The equation of stay is out of force: where it is varied it stays at the value" in done.stdout
    )


def test_checks_are_looked_up_before_anything_is_run(tmp_path: Path) -> None:
    model = written(tmp_path, MODEL + CHECK.replace("pool >", "poool >"))

    done = stocks(model, "--vary", design(tmp_path), "--out", tmp_path / "out")

    assert isinstance(done.exception, DefinitionError)
    assert not (tmp_path / "out").exists()


def test_an_xmile_file_is_run_over_a_design_as_the_model_it_was_written_from(tmp_path: Path) -> None:
    model, xmile = written(tmp_path, MODEL + ARRIVING), tmp_path / "pool.xmile"
    CliRunner().invoke(app, ["export", str(model), "--xmile", str(xmile)])

    for name, file in (("toml", model), ("xmile", xmile)):
        done = stocks(file, "--vary", design(tmp_path), "--out", tmp_path / name)
        assert done.exit_code == 0, done.exception

    for name in ("points", "measures", "shares_of_variance"):
        assert table(tmp_path / "toml", name) == table(tmp_path / "xmile", name)
    assert (tmp_path / "xmile" / "model.xmile").read_text("utf-8") == xmile.read_text("utf-8")


def test_one_element_may_be_varied_and_one_be_kept(tmp_path: Path) -> None:
    over = MODEL.replace("initial = 8", 'initial = 8\nover = ["side"]').replace(
        'rate = "pool / stay"', 'rate = "pool / stay"\nover = ["side"]'
    )
    model = written(tmp_path, over + '[strata.side]\nelements = ["east", "west"]\n')
    text = DESIGN[: DESIGN.index("[measures.mean]")].replace("pool =", '"pool[east]" =')
    east, whole = text.replace("pool.at_end", "pool[east].at_end"), text
    west = text.replace("pool.at_end", "pool[west].most")

    done = [
        stocks(model, "--vary", design(tmp_path, one), "--out", tmp_path / name)
        for name, one in (("east", east), ("west", west), ("whole", whole))
    ]

    assert [one.exit_code for one in done[:2]] == [0, 0], done[0].exception
    assert len({row["value"] for row in table(tmp_path / "east", "measures")}) == 30
    assert {row["value"] for row in table(tmp_path / "west", "measures")} == {"8"}
    assert "'pool' has elements; name one, such as 'pool[east]'." in str(done[2].exception)


def test_a_check_reads_a_design_as_one(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(DESIGN, encoding="utf-8")
    bad.write_text(DESIGN.replace("pool.mean", "pool.average"), encoding="utf-8")

    fine, wrong = (CliRunner().invoke(app, ["check", str(one)]) for one in (good, bad))

    assert fine.exit_code == 0
    assert f"{good}: no faults." in fine.stdout
    assert "the names in it are looked up in the model: downstream stocks MODEL.toml --vary" in fine.stdout
    assert wrong.exit_code == 2
    assert "bad.toml:12: measures.mean.of: 'pool.average' is not a measure" in wrong.stderr
    assert "Did you mean 'pool.mean'?" in wrong.stderr


@pytest.mark.parametrize("command", ["run", "sweep"])
def test_a_command_of_experiments_says_how_a_design_is_run(tmp_path: Path, command: str) -> None:
    done = CliRunner().invoke(app, [command, str(design(tmp_path))])

    assert isinstance(done.exception, DefinitionError)
    assert "design.toml: names no model, and an experiment is wanted." in str(done.exception)
    assert "downstream stocks MODEL.toml --vary design.toml" in str(done.exception)
