"""A calibration finds what made the figures, says how far off it is, and what it cannot know."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from analysis.calibration.clinic import A_DAY, DAYS_STAYED, MODEL, MORE, RATE, WALK_IN, clinic, figures
from experiment.commands import bytes_of_parts
from scipy.special import ndtr
from typer.testing import CliRunner

from simulator.analysis.calibration import calibrate_as_asked, kept, write_calibration
from simulator.analysis.calibration.asked import Calibrated
from simulator.analysis.calibration.errors import off
from simulator.analysis.calibration.fit import fitted_scores
from simulator.cli import app
from simulator.definition import load_model
from simulator.errors import DefinitionError
from simulator.experiment.cluster.where import Cluster
from simulator.experiment.crew.crew import Crew
from simulator.reports.calibration.section import calibration_blocks
from simulator.reports.calibration.text import calibration_text
from simulator.units import SECONDS_A_DAY

SENT = "referrals.sent.rate"


def value(found: Calibrated, place: int) -> float:
    """Give a fitted value in seconds, or a second."""
    (name,) = found.plan.fitting.parameters[place]
    return found.plan.fitting.laws[name].value(float(ndtr(found.fit.z[place])))


def test_the_values_that_made_the_figures_are_found_to_one_in_a_hundred(found: Calibrated) -> None:
    assert value(found, 0) * SECONDS_A_DAY == pytest.approx(WALK_IN, rel=0.01)
    assert value(found, 1) / SECONDS_A_DAY == pytest.approx(DAYS_STAYED, rel=0.01)
    assert found.fit.converged
    assert not found.fit.uninformed
    assert not found.fit.together


def test_the_error_of_months_held_back_is_that_by_hand(found: Calibrated) -> None:
    # The model says 17 where the figures say 1.25 × 17: a fifth of the figure too few.
    for column in (0, 1):
        held_back = found.off(found.after, column, held_back=True)
        assert (held_back.mape, held_back.bias, held_back.months) == (
            pytest.approx(0.2, abs=0.005),
            pytest.approx(-0.2, abs=0.005),
            4,
        )
        assert found.off(found.after, column, held_back=False).mape < 0.01


def test_an_error_is_a_share_of_the_figure_and_months_without_one_are_left_out() -> None:
    one = off(np.array([11.0, 7.0, 5.0, 1.0]), np.array([10.0, 10.0, np.nan, 0.0]))

    assert (one.mape, one.bias, one.months) == (pytest.approx(0.2), pytest.approx(-0.1), 2)


def test_two_rates_of_which_only_the_sum_is_seen_are_warned_about(tmp_path: Path) -> None:
    months = figures(a_day=A_DAY, days=4.0)

    found = calibrate_as_asked(clinic(tmp_path, months, parameters=(RATE, SENT)), out=tmp_path / "out")

    assert found.fit.together == ((0, 1),)
    assert f"The figures do not tell {RATE} and {SENT} apart" in calibration_text(found)


def test_the_fit_tells_a_line_a_round_and_not_a_line_a_run() -> None:
    told: list[str] = []

    fit = fitted_scores(
        lambda several: [np.array([10 * (z[0] - 1), 10 * (z[1] + z[0] ** 2)]) for z in several],
        2,
        most_rounds=20,
        tell=told.append,
    )

    assert fit.converged
    assert 2 <= len(told) < fit.runs / 2
    assert told[0] == "Round 1: misfit 100.0, runs: 1…"
    misfits = [float(line.split()[3].rstrip(",").replace(",", "")) for line in told]
    assert misfits == sorted(misfits, reverse=True)


def test_a_model_that_includes_the_file_has_the_values_and_tells_the_error(
    found: Calibrated,
) -> None:
    write_calibration(found)
    place = found.folder / "place.toml"
    place.write_text('include = ["calibrated.toml"]\n' + MODEL, encoding="utf-8")

    model = load_model(place)

    rate = model.origin.resolved["referrals"]["walk_in"]["rate"]  # type: ignore[index]
    assert rate["value"] == found.plan.fitting.values_at(found.fit.z)[RATE]
    assert model.calibration is not None
    assert model.calibration.held_back["attendances"].error == pytest.approx(0.2, abs=0.005)
    assert not model.calibration.set
    again = load_model(place, settings=[f"{RATE}.value=12.05 per day"])
    assert again.origin.resolved["referrals"]["walk_in"]["rate"]["value"] == "12.05 per day"  # type: ignore[index]
    assert len(calibration_blocks(model.calibration)) == 2


def test_the_command_leaves_tables_a_summary_and_a_page(tmp_path: Path) -> None:
    clinic(tmp_path, figures(a_day=A_DAY, days=DAYS_STAYED))

    done = CliRunner().invoke(app, ["calibrate", str(tmp_path / "fit.toml"), "--out", str(tmp_path / "out")])

    assert done.exit_code == 0, done.output
    assert "attendances: off by" in done.output
    last = [line for line in done.stdout.splitlines() if not line.startswith(("To incl", "Report: "))][-1]
    assert re.match(r"In short: two values fitted, misfit from [\d,]+ to [\d.]+\. Off in the months ", last)
    left = {path.name for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert {"calibrated.toml", "months.csv", "errors.csv", "summary.json", "report.html"} <= left
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["fitted_months"] == 8


def test_a_file_says_how_often_it_is_confirmed_by_people_and_that_may_come_afterwards(
    found: Calibrated, tmp_path: Path
) -> None:
    shutil.copytree(found.folder, tmp_path / "out")
    months = figures(a_day=A_DAY, days=DAYS_STAYED, last=(MORE,) * 4)
    asked = clinic(tmp_path, months, changed={"hold_back = 4": "hold_back = 4\nconfirm = 1"})

    confirmed = calibrate_as_asked(asked, out=tmp_path / "out")

    assert (found.replications, found.people) == (0, None)
    assert confirmed.replications == 1
    assert confirmed.people is not None
    assert np.array_equal(confirmed.fit.z, found.fit.z)
    assert calibrate_as_asked(asked, out=tmp_path / "out", confirm=0).people is None


@pytest.mark.slow
def test_a_calibration_on_a_cluster_is_the_one_made_here(found: Calibrated, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="The extra 'cluster' is not installed.")
    months = figures(a_day=A_DAY, days=DAYS_STAYED, last=(MORE,) * 4)

    there = calibrate_as_asked(clinic(tmp_path, months), out=tmp_path / "out", workers=Cluster(workers=1))

    assert np.array_equal(there.fit.z, found.fit.z)
    assert np.array_equal(there.after, found.after)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.0, 0.1])
def test_a_calibration_by_worker_processes_is_the_one_made_in_threads(
    found: Calibrated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    begun: list[int] = []
    worker = Crew.worker
    monkeypatch.setattr(Crew, "worker", lambda crew, number: begun.append(number) or worker(crew, number))
    monkeypatch.setattr(kept, "SECONDS_WORTH_BEGINNING", seconds)
    months = figures(a_day=A_DAY, days=DAYS_STAYED, last=(MORE,) * 4)

    there = calibrate_as_asked(clinic(tmp_path, months), out=tmp_path / "out", workers=2)

    assert np.array_equal(there.fit.z, found.fit.z)
    assert np.array_equal(there.after, found.after)
    assert bytes_of_parts(tmp_path / "out") == bytes_of_parts(found.folder)
    assert {*begun} == {0, 1}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("hold_back = 4", "confirm = -1", "calibrate.confirm"),
        ("[calibrate.columns.present]", "[calibrate.columns.pressent]", "Did you mean 'present'?"),
        ('"months.csv"', '"month.csv"', "there is no file 'month.csv'. Did you mean 'months.csv'?"),
        (f'"{RATE}"', '"referrals.walk.rate"', "is no value with a low and a high"),
        ("hold_back = 4", "hold_back = 12", "none is left to fit"),
        ('engine = "stocks"', 'engine = "people"', "a calibration runs as stocks"),
        ("places.in_use_mean", "places.in_yuse_mean", "calibrate.columns.present.measure"),
        ('parameters = ["', 'parameters = ["referrals.*", "', "is meant by 'referrals.*' too; keep one."),
    ],
)
def test_a_calibration_that_cannot_be_is_refused_with_its_place(
    before: str, after: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(DefinitionError) as caught:
        calibrate_as_asked(clinic(tmp_path, figures(a_day=17, days=4), changed={before: after}))

    assert said in str(caught.value)
    assert "fit.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2024-06,1,1\n2024-08,1,1", "line 3: 2024-08 follows 2024-06; months follow one another"),
        ("2024-06,1", "line 2: 2 values; the names at the top are 3."),
        ("2024-06,many,1", "line 2: attendances: 'many' is not a number."),
        ("June 2024,1,1", "line 2: 'June 2024' is not a month; write it as 2024-07."),
        ("2024-06,-1,1", "line 2: attendances: '-1' must be 0 or more."),
    ],
)
def test_a_bad_line_of_figures_is_named(line: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        clinic(tmp_path, f"month,attendances,present\n{line}\n")

    assert said in str(caught.value)
