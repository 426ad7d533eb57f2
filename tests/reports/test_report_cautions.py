"""Warnings about claims that no evaluation has seen."""

from dataclasses import replace
from pathlib import Path

import pytest
from reports.building import Invented, comparison

from simulator.definition.admissions import admitting_activities
from simulator.definition.experiment import UntilPrecise
from simulator.reports.cautions import cautions
from simulator.reports.closing import left_over_line


def test_stays_that_begin_from_accident_and_emergency_are_the_admissions(tmp_path: Path) -> None:
    assert admitting_activities(comparison(tmp_path).results.model) == ("ward",)


@pytest.mark.parametrize("horizon", ["2 years", "9 years"])
def test_a_fall_beyond_seven_per_cent_carries_a_warning(tmp_path: Path, horizon: str) -> None:
    made = comparison(tmp_path, Invented(changes={"plans": -0.09}, horizon=horizon))

    (warning,) = cautions(made)

    assert warning.word == "Warning"
    assert warning.text.startswith("Care plans for all: a fall of 9.0% in emergency admissions")
    assert "more than 7%" in warning.text


@pytest.mark.parametrize("change", [-0.06, 0.0, 0.2])
def test_a_smaller_fall_or_a_rise_carries_none(tmp_path: Path, change: float) -> None:
    assert cautions(comparison(tmp_path, Invented(changes={"plans": change}, noise=0))) == ()


def test_a_measure_named_emergency_admissions_is_the_one_that_is_judged(tmp_path: Path) -> None:
    made = comparison(
        tmp_path, Invented(texts={"measure": "Emergency admissions a year"}, changes={"plans": -0.2}, noise=0)
    )

    (warning,) = cautions(made)

    assert "in emergency admissions a year" in warning.text


def test_replications_left_over_are_told_but_not_those_that_precision_did_not_need(tmp_path: Path) -> None:
    results = replace(comparison(tmp_path).results, left_over=4)
    precise = results.experiment.model_copy(update={"replications": UntilPrecise(at_least=2, at_most=9)})

    assert "show the first 5 replications only. 4 more" in left_over_line(results)
    assert left_over_line(replace(results, experiment=precise)) == ""
    assert left_over_line(replace(results, left_over=0)) == ""
