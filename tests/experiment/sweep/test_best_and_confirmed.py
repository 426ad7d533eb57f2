"""The best of a sweep is chosen and run again; a sweep as stocks is confirmed by people."""

import csv
import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from experiment.sweep.few_servers import SIZES, few_servers
from experiment.sweep.test_run_sweep import swept, told

from simulator.analysis.control_variate import Controlled
from simulator.analysis.intervals import estimate
from simulator.analysis.sweep import load_sweep, sweep_as_asked
from simulator.analysis.sweep.choice import FRESH, choice_of
from simulator.analysis.sweep.confirming import confirming, points_to_confirm
from simulator.analysis.sweep.estimates import estimates_of
from simulator.analysis.sweep.lenses import (
    AGREE,
    APART,
    DIFFERENCE,
    LEVEL,
    SIGN,
    Helped,
    Lens,
    lenses_of,
)
from simulator.definition.confirm import Confirm
from simulator.definition.experiment import Experiment
from simulator.errors import DefinitionError, OutputError
from simulator.experiment.examine import examine
from simulator.experiment.run import run_experiment
from simulator.experiment.sweep.chunk_files import pieces_there
from simulator.reports.sweep import sweep_text
from simulator.reports.sweep.answer import luck_words
from simulator.reports.sweep.best import best_section, best_sentences
from simulator.reports.sweep.lenses import helped_table, lenses_section
from simulator.reports.sweep.page import sweep_page

SELECT = '[select]\nbest = "waiting"\nleast = true\nwithin = 0.3\nat_most = 40\nfresh = 3\n'
CONFIRM = "[confirm]\nbest = 1\nreplications = 3\n"


def asked(folder: Path, *settings: str, more: str = "") -> Experiment:
    return few_servers(folder, "replications=10", *settings, more=SIZES + SELECT + more)


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / "tables" / f"{table}.csv").read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def best(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a sweep by people whose best is chosen."""
    folder = tmp_path_factory.mktemp("best")
    swept(asked(folder), folder / "out")
    return folder / "out"


def test_the_best_is_chosen_and_run_again_on_replications_that_had_no_part_in_it(best: Path) -> None:
    choice = choice_of(load_sweep(best))

    assert choice.standing.is_made
    assert choice.best[0] == 1
    fresh = {one for one in pieces_there(best) if one.replication >= FRESH}
    assert sorted((one.point, one.replication - FRESH) for one in fresh) == [(1, 0), (1, 1), (1, 2)]
    level = choice.beside[0]
    assert (level.chosen.n, level.fresh.n) == (choice.standing.replications, 3)
    assert level.chosen.mean != level.fresh.mean


def test_a_choice_is_the_same_bytes_taken_up_again_by_two_workers(best: Path, tmp_path: Path) -> None:
    shutil.copytree(best, tmp_path / "cut")
    for part in sorted((tmp_path / "cut" / "parts").glob("*.parquet"))[::2]:
        part.unlink()

    assert swept(asked(tmp_path), tmp_path / "cut", workers=2) == told(best)


def test_words_and_tables_say_who_is_best_and_what_the_choice_made_of_it(best: Path) -> None:
    found = estimates_of(load_sweep(best))

    said = sweep_text(found)
    assert "Quicker: Over 2 points of “Servers: capacity” the difference from the baseline goes" in said
    assert re.search(r"\n  Service: people waiting: from −\d.* at 5 to −\d.* at 8\.\n", said)
    assert "Least of “Service: people waiting”: Quicker with Servers: capacity 8" in said
    assert [row["stands"] for row in rows_of(best, "contest")].count("best") == 1
    assert {row["kind"] for row in rows_of(best, "best")} == {"level", "difference"}
    columns = best_section(found).blocks[-1].columns
    assert columns[1:] == ("As it was chosen (95% interval)", "On fresh replications (95% interval)")


def test_where_no_choice_can_be_made_it_says_what_to_change(best: Path) -> None:
    found = estimates_of(load_sweep(best))
    undecided = replace(found.choice, standing=replace(found.choice.standing, is_made=False, left=(0, 1)))

    said = " ".join(best_sentences(replace(found, choice=undecided)))

    assert "more replications ([select] at_most, now 40), or a larger difference that matters (within" in said


def test_extremes_that_nobody_runs_again_are_said_to_have_had_luck(best: Path) -> None:
    found = estimates_of(load_sweep(best))

    assert luck_words(found) == ""
    assert "winner’s curse" in sweep_text(replace(found, choice=None))
    assert "winner’s curse" in sweep_page(replace(found, choice=None)).part


def test_nothing_is_promised_where_some_lacked_a_value(best: Path) -> None:
    found = estimates_of(load_sweep(best))
    gaps = replace(found.choice, standing=replace(found.choice.standing, has_gaps=True))

    assert "with a probability of at least 95%" in " ".join(best_sentences(found))
    assert "no probability is promised" in " ".join(best_sentences(replace(found, choice=gaps)))
    assert "at least 95%" not in " ".join(best_sentences(replace(found, choice=gaps)))


@pytest.mark.parametrize(
    ("asks", "points"), [({"points": (1, 4)}, [0, 3]), ({"even": 3}, [0, 2, 5]), ({}, [0, 1, 2, 3, 4, 5])]
)
def test_points_are_confirmed_by_their_numbers_or_evenly_or_all(
    asks: dict[str, object], points: list[int]
) -> None:
    experiment = SimpleNamespace(confirm=Confirm(replications=2, **asks))
    results = SimpleNamespace(plan=SimpleNamespace(experiment=experiment, points=range(6)))

    assert points_to_confirm(results) == points


def test_points_of_a_part_of_a_design_are_confirmed_by_their_numbers_in_it(tmp_path: Path) -> None:
    more = SIZES + "only = [2]\n[confirm]\npoints = [1]\nreplications = 2\n"
    part = few_servers(tmp_path, "engine=stocks", more=more)
    results = SimpleNamespace(plan=SimpleNamespace(experiment=part, points=range(1)))

    assert confirming(results).design.only == (2,)


@pytest.fixture(scope="module")
def confirmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a sweep as stocks whose best point is run by people too."""
    folder = tmp_path_factory.mktemp("confirmed")
    swept(asked(folder, "engine=stocks", more=CONFIRM), folder / "out")
    return folder / "out"


def test_the_best_point_of_a_sweep_as_stocks_is_run_by_people(confirmed: Path) -> None:
    people = load_sweep(confirmed / "confirmed")

    assert people.plan.experiment.engine == "people"
    assert people.plan.experiment.design.only == (2,)
    assert people.values.shape[:3] == (1, 1, 3)
    assert [row["point"] for row in rows_of(confirmed, "lenses")] == ["2"] * 3


def test_a_gap_is_stocks_less_people_of_the_same_point(confirmed: Path) -> None:
    stocks, people = load_sweep(confirmed), load_sweep(confirmed / "confirmed")
    found = estimates_of(stocks).lenses

    [lens] = [one for one in found.lenses if one.kind == DIFFERENCE]
    difference = stocks.values[1, 0, 0, 1, 0] - stocks.values[1, 0, 0, 0, 0]
    seen = people.values[0, 0, :, 1, 0] - people.values[0, 0, :, 0, 0]
    assert lens.gap.mean == pytest.approx(difference - np.mean(seen))
    assert (lens.stocks.mean, lens.people.n) == (difference, 3)


def test_a_confirmation_that_is_missing_is_not_passed_over(confirmed: Path, tmp_path: Path) -> None:
    shutil.copytree(confirmed, tmp_path / "cut")
    shutil.rmtree(tmp_path / "cut" / "confirmed")

    with pytest.raises(OutputError, match="there is no such folder"):
        estimates_of(load_sweep(tmp_path / "cut"))
    assert swept(asked(tmp_path, "engine=stocks", more=CONFIRM), tmp_path / "cut") == told(confirmed)


def test_people_at_other_points_than_are_asked_for_now_are_refused(confirmed: Path, tmp_path: Path) -> None:
    shutil.copytree(confirmed, tmp_path / "turned")
    asks = tmp_path / "turned" / "experiment.toml"
    asks.write_text(asks.read_text("utf-8").replace("least = true", "least = false"), encoding="utf-8")

    with pytest.raises(OutputError, match=r"confirmed: holds other points than \[confirm\] asks for"):
        lenses_of(load_sweep(tmp_path / "turned"))


def test_the_page_sets_both_lenses_side_by_side(confirmed: Path) -> None:
    found = estimates_of(load_sweep(confirmed))

    section = lenses_section(found)

    assert "at one point run by people too (three replications), " in section.blocks[1].text
    assert section.blocks[2].columns[1:3] == ("As stocks", "By people (95% interval)")
    assert best_section(found).blocks[0].text.endswith("There is no chance in this engine.")


@pytest.mark.parametrize(
    ("stocks", "kind", "verdict"),
    [(-1.0, DIFFERENCE, SIGN), (2.0, DIFFERENCE, AGREE), (9.0, DIFFERENCE, APART), (-1.0, LEVEL, APART)],
)
def test_lenses_are_opposite_where_both_see_a_difference_of_other_signs(
    stocks: float, kind: str, verdict: str
) -> None:
    said, people = estimate([stocks, stocks]), estimate([2.0, 2.01])
    gap = estimate([stocks - 2.0, stocks - 2.01])

    lens = Lens(point=0, scenario=1, measure=0, kind=kind, stocks=said, people=people, gap=gap)

    assert lens.verdict == verdict


def test_a_level_that_stocks_helped_with_is_written_as_a_level(confirmed: Path) -> None:
    made = Controlled(n=5, of=8, plain=(4.0, 3.0, 5.0), helped=(4.1, 3.9, 4.3), coefficient=1.0)
    helped = [Helped(point=None, scenario=0, measure=0, kind=kind, made=made) for kind in (LEVEL, DIFFERENCE)]

    level, difference = (
        [str(cell) for cell in row]
        for row in helped_table(estimates_of(load_sweep(confirmed)), helped).groups[0].rows
    )

    assert not any("+" in cell for cell in level)
    assert any("+" in cell for cell in difference)


def test_a_point_that_is_not_there_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    none = few_servers(tmp_path, "engine=stocks", more=SIZES + "[confirm]\npoints = [3]\nreplications = 2\n")
    only = few_servers(tmp_path, more=SIZES + "only = [9]\n")

    with pytest.raises(DefinitionError, match=r"confirm.points.0: there is no point 3; the sweep has 2"):
        sweep_as_asked(none, out=tmp_path / "out", workers=1)
    with pytest.raises(DefinitionError, match=r"design.only: there is no point 9; the design has 2"):
        sweep_as_asked(only, out=tmp_path / "out", workers=1)
    assert not (tmp_path / "out").exists()


def test_check_knows_the_measure_that_a_choice_is_made_by(tmp_path: Path) -> None:
    ten = "replications=10"
    few_servers(tmp_path, ten, more=SIZES + SELECT.replace('"waiting"', '"activity.service.waitng_mean"'))

    [fault] = examine(tmp_path / "servers.toml", settings=[ten]).faults

    assert "select.best: " in str(fault)
    assert "waiting_mean" in str(fault)


def test_a_run_leaves_choices_to_a_sweep_and_a_choice_needs_no_points(tmp_path: Path) -> None:
    alone = few_servers(tmp_path, "replications=10", more=SELECT)

    with pytest.raises(DefinitionError, match="select: is for downstream sweep"):
        run_experiment(alone, out=tmp_path / "run", workers=1)
    found = choice_of(sweep_as_asked(alone, out=tmp_path / "out", workers=1))
    assert found.contest.candidates == ((0, 0), (0, 1))
    assert found.best == (0, 1)
