"""What a real experiment says: sums that must hold, and tables that are the same bytes every time."""

import csv
import json
from collections.abc import Callable

import numpy as np
import pyarrow.parquet as pq
import pytest

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.analysis.intervals import estimate
from simulator.analysis.summary import summary_text
from simulator.analysis.tables import write_tables
from simulator.definition.experiment import Experiment
from simulator.experiment.run import load_results, run_experiment


@pytest.fixture(scope="module")
def run_ward(
    ward: Callable[..., Experiment], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Comparison]:
    def run(workers: int, *settings: str) -> Comparison:
        folder = tmp_path_factory.mktemp("results")
        results = run_experiment(ward(*settings), out=folder / "results", workers=workers)
        comparison = compare(results)
        write_tables(comparison)
        return comparison

    return run


@pytest.fixture(scope="module")
def comparison(run_ward: Callable[..., Comparison]) -> Comparison:
    return run_ward(1)


def written(comparison: Comparison) -> dict[str, bytes]:
    folder = comparison.results.folder
    paths = [*sorted((folder / "tables").iterdir()), folder / "summary.json"]
    return {path.name: path.read_bytes() for path in paths}


def rows_of(comparison: Comparison, table: str) -> list[dict[str, str]]:
    with open(comparison.results.folder / "tables" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_and_summary_are_the_same_bytes_for_two_workers(
    comparison: Comparison, run_ward: Callable[..., Comparison]
) -> None:
    again = run_ward(2)

    assert written(again) == written(comparison)


def test_the_summary_has_the_shape_of_the_design(comparison: Comparison) -> None:
    found = json.loads(summary_text(comparison))

    assert list(found) == ["experiment", "engine", "seed", "replications", "scenarios", "differences"]
    assert list(found["scenarios"]) == ["baseline", "fewer_beds", "plans"]
    assert list(found["differences"]) == ["fewer_beds", "plans"]
    one = found["scenarios"]["baseline"]["need.illness.per_year"]
    assert list(one) == ["mean", "low", "high", "n"]
    assert one["n"] == 3
    assert one["low"] < one["mean"] < one["high"]
    assert 0 <= found["differences"]["plans"]["need.illness.per_year"]["probability_of_reduction"] <= 1


def test_no_level_reaches_beyond_what_it_can_be(comparison: Comparison) -> None:
    plain = [estimate(values) for table in comparison.values.values() for values in table.values()]
    series = [one for table in comparison.all_series.values() for one in table.values()]
    summary = json.loads(summary_text(comparison))["scenarios"]

    assert min(one.low for one in plain if one.low is not None) < 0
    assert all((one["low"] or 0) >= 0 for table in summary.values() for one in table.values())
    assert all(float(row["low_80"] or 0) >= 0 for row in rows_of(comparison, "measures"))
    assert all(
        float(row["high"] or 0) <= 1 for row in rows_of(comparison, "groups") if row["unit"] == "share"
    )
    assert min(np.nanmin(one.low, initial=0) for one in series) == 0
    assert (
        min(one["low"] for one in json.loads(summary_text(comparison))["differences"]["plans"].values()) < 0
    )


def test_a_measure_is_found_under_the_files_id_and_its_own_name(comparison: Comparison) -> None:
    assert comparison.measure("plans", "wait") == comparison.measure("plans", "activity.ward.wait_mean_days")
    assert [one.name for one in comparison.primary] == ["activity.ward.wait_mean_days"]
    assert comparison.label("need.illness.per_year") == "Illness a year"
    assert comparison.measure("plans", "nothing") is None


def test_the_waterfall_of_needs_sums_in_every_experiment(comparison: Comparison) -> None:
    found = {one.need: one for one in comparison.attribution("plans")}["illness"]

    parts = found.baseline.mean - found.averted["plans"].mean + found.induced.mean
    total = parts - found.knock_on_fewer.mean + found.knock_on_more.mean
    assert total == pytest.approx(found.scenario.mean)
    assert found.averted["plans"].mean > 0
    difference = comparison.difference("plans", "need.illness.per_year").mean
    assert found.scenario.mean - found.baseline.mean == pytest.approx(difference)


def test_regression_to_the_mean_makes_the_naive_effect_larger_than_the_true(comparison: Comparison) -> None:
    effect = comparison.enrolled("plans")[0]

    assert effect.people.mean > 5
    assert effect.naive.mean < effect.true.mean < 0
    assert effect.after_without.mean < effect.before.mean


def test_fewer_beds_change_no_demand_but_lengthen_waits(comparison: Comparison) -> None:
    assert comparison.difference("fewer_beds", "people.well").mean == pytest.approx(0, abs=0.01)
    assert comparison.difference("fewer_beds", "activity.ward.wait_mean_days").mean > 0
    assert comparison.attribution("fewer_beds")[0].averted == {}


def test_a_series_weighted_by_its_days_is_the_measure(comparison: Comparison) -> None:
    found = comparison.series("baseline", "resource.beds.in_use_mean")

    mean = np.average(found.mean, weights=found.days)
    assert mean == pytest.approx(comparison.measure("baseline", "resource.beds.in_use_mean").mean)
    assert str(found.starts[0]) == "2025-04-01"
    assert found.days.sum() == 728
    assert comparison.series_difference("plans", "resource.beds.in_use_mean").mean[0] <= 0.5
    assert comparison.series("baseline", "activity.ward.wait_p90_days") is None


def test_the_distribution_of_a_count_has_its_mean(comparison: Comparison) -> None:
    found = comparison.count_distribution("baseline", "midnight")

    assert found.share.sum() == pytest.approx(1)
    assert (found.n * found.share).sum() == pytest.approx(
        comparison.measure("baseline", "count.midnight.mean").mean
    )
    assert found.delay[-1] == pytest.approx(found.share[-1])


def test_the_week_of_a_resource_averages_to_its_use(comparison: Comparison) -> None:
    found = comparison.by_hour("baseline", "beds")

    in_use = comparison.measure("baseline", "resource.beds.in_use_mean").mean
    assert found.used.mean() == pytest.approx(in_use, rel=0.01)


def test_tables_say_what_the_comparison_says(comparison: Comparison) -> None:
    rows = {(row["scenario"], row["measure"]): row for row in rows_of(comparison, "measures")}

    found = comparison.measure("plans", "activity.ward.starts_per_day")
    row = rows["plans", "activity.ward.starts_per_day"]
    assert float(row["mean"]) == found.mean
    assert float(row["low"]) == found.low
    assert row["unit"] == "cases a day"
    parquet = pq.read_table(comparison.results.folder / "tables" / "measures.parquet")
    assert parquet.num_rows == len(rows)


def test_the_data_package_names_every_table_and_column(comparison: Comparison) -> None:
    folder = comparison.results.folder / "tables"
    package = json.loads((folder / "datapackage.json").read_text())

    described = {
        one["path"]: [field["name"] for field in one["schema"]["fields"]] for one in package["resources"]
    }
    assert set(described) == {path.name for path in folder.glob("*.csv")}
    for name, columns in described.items():
        assert (folder / name).read_text(encoding="utf-8").splitlines()[0].split(",") == columns


def test_the_log_keeps_the_first_cases_with_vidigis_columns(comparison: Comparison) -> None:
    rows = rows_of(comparison, "log")

    assert list(rows[0])[:7] == [
        "entity_id",
        "event_type",
        "event",
        "time",
        "pathway",
        "run_number",
        "resource_id",
    ]
    assert {row["entity_id"] for row in rows} == {"1", "2", "3", "4", "5"}
    assert {"arrival", "depart", "ward_starts"} <= {row["event"] for row in rows}


def test_results_read_again_give_the_same_summary(comparison: Comparison) -> None:
    again = compare(load_results(comparison.results.folder))

    assert summary_text(again) == summary_text(comparison)


def test_one_replication_has_means_and_no_intervals(run_ward: Callable[..., Comparison]) -> None:
    found = run_ward(1, "replications=1", "horizon='8 weeks'", "log=none")

    one = json.loads(summary_text(found))["differences"]["plans"]["need.illness.per_year"]
    assert one["n"] == 1
    assert (one["low"], one["high"], one["probability_of_reduction"]) == (None, None, None)
    assert not (found.results.folder / "tables" / "log.csv").exists()


def test_a_baseline_that_has_not_settled_is_told(run_ward: Callable[..., Comparison]) -> None:
    found = run_ward(
        1,
        "replications=2",
        "referrals.elective.rate='14 per week'",
        "scenarios.fewer_beds.set={}",
        "log=none",
    )

    assert any("Ward: people waiting" in note for note in found.notes)


def test_groups_add_up_to_the_whole(comparison: Comparison) -> None:
    rows = [row for row in rows_of(comparison, "groups") if row["scenario"] == "plans"]

    whole = comparison.measure("plans", "need.illness.per_year").mean
    for dimension in ("segment", "locality", "quintile"):
        parts = [row for row in rows if row["measure"].startswith(f"need.illness.by.{dimension}.")]
        assert len(parts) == 2
        assert sum(float(row["mean"]) for row in parts) == pytest.approx(whole)
    assert (
        "need.illness.by.segment.frail.per_year"
        not in json.loads(summary_text(comparison))["scenarios"]["plans"]
    )
