"""``downstream stocks --points``: many runs in one batch, each what it is alone."""

import csv
from pathlib import Path

import pytest
from experiment.test_stock_command import MODEL, stocks
from stock_systems import written

from simulator.errors import DefinitionError, RunFailed

POINTS = "stay,pool\n2,8\n4,8\n1.5,100\n"


def put(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "points.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_point_is_what_it_is_alone(tmp_path: Path) -> None:
    model, out = written(tmp_path, MODEL), tmp_path / "all.csv"

    done = stocks(model, "--points", put(tmp_path, POINTS), "--out", out, "--set", "dt=0.5")

    assert (done.exit_code, done.stdout) == (0, "")
    rows = list(csv.reader(out.read_text("utf-8").splitlines()))
    assert rows[0][:3] == ["point", "time", "pool"]
    for number, (stay, pool) in enumerate((("2", "8"), ("4", "8"), ("1.5", "100")), start=1):
        alone = stocks(model, "--set", f"stay={stay}", "--set", f"pool={pool}", "--set", "dt=0.5")
        expected = list(csv.reader(alone.stdout.splitlines()))[1:]
        assert [row[1:] for row in rows[1:] if row[0] == str(number)] == expected


def test_too_coarse_a_step_is_told_of_the_point_that_it_is_too_coarse_for(tmp_path: Path) -> None:
    model = written(tmp_path, MODEL.replace("equation = 2", "equation = 0.4"))

    good = stocks(model, "--points", put(tmp_path, "stay\n2\n4\n"))
    bad = stocks(model, "--points", put(tmp_path, "stay\n2\n0.4\n4\n"))

    assert good.exit_code == 0
    assert "'pool' settles within 0.4 days in run 2, and the run would swing" in str(bad.exception)


def test_only_what_is_kept_is_in_the_table(tmp_path: Path) -> None:
    done = stocks(written(tmp_path, MODEL), "--points", put(tmp_path, POINTS), "--keep", "pool")

    assert done.stdout.splitlines()[:2] == ["point,time,pool", "1,0,8"]


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ("stai,pool\n1,2\n", "points.csv: line 1: no stock, flow or auxiliary is called 'stai'."),
        ("stay\n1\nfast\n", "points.csv: line 3: stay: 'fast' is not a number."),
        ("stay\n1,2\n", "points.csv: line 2: 2 values; the paths at the top are 1."),
        ("stay\n", "points.csv: the file of points needs a line of paths and a line for each point."),
        ("stay\ntrue\n", "points.csv: line 2: stay: 'True' is not a number."),
        ("stay\nnan\n", "points.csv: line 2: stay: 'NaN' is not a number."),
    ],
)
def test_what_is_wrong_with_points_is_told_at_its_line(tmp_path: Path, points: str, says: str) -> None:
    done = stocks(written(tmp_path, MODEL), "--points", put(tmp_path, points), "--set", "dt=1")

    assert isinstance(done.exception, DefinitionError)
    assert says in str(done.exception)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--set", "stay=3"], "line 1: 'stay' is set with --set as well; keep one of them."),
        (["--keep", "pol"], "--keep: no stock, flow or auxiliary is called 'pol'. Did you mean 'pool'?"),
    ],
)
def test_what_does_not_go_together_is_told(tmp_path: Path, words: list[str], says: str) -> None:
    done = stocks(written(tmp_path, MODEL), "--points", put(tmp_path, POINTS), *words)

    assert says in str(done.exception)


def test_keep_goes_with_points(tmp_path: Path) -> None:
    done = stocks(written(tmp_path, MODEL), "--keep", "pool")

    assert "goes with --points" in str(done.exception)


def test_what_is_not_kept_is_looked_at_too(tmp_path: Path) -> None:
    model = written(tmp_path, MODEL + '[auxiliaries.share]\nequation = "1 / (stay - 3)"\n')

    done = stocks(model, "--points", put(tmp_path, "stay\n2\n3\n"), "--keep", "pool")

    assert isinstance(done.exception, RunFailed)
    assert "points.csv: 'share' is beyond all numbers at time 0 days in run 2" in str(done.exception)


def test_that_half_the_step_is_not_tried_over_points_is_said(tmp_path: Path) -> None:
    done = stocks(written(tmp_path, MODEL), "--points", put(tmp_path, POINTS))

    assert "what half the step would change" in done.stderr
