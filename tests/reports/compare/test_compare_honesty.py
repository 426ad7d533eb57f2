"""What must be read beside several folders: the hypothesis, claims never seen, the grade of every effect."""

from pathlib import Path

import pytest
from experiment.alliance import alliance_experiment
from reports.building import Invented, comparison

from simulator.analysis.folders import Together, read_together
from simulator.analysis.folders.together import together
from simulator.analysis.sweep import sweep_as_asked
from simulator.experiment.run import run_experiment
from simulator.reports.blocks import Table
from simulator.reports.compare.effects import effects_section
from simulator.reports.compare.page import page_of, together_text
from simulator.reports.hypothesis import HYPOTHESIS


@pytest.fixture(scope="module")
def styles(tmp_path_factory: pytest.TempPathFactory) -> Together:
    """Give an alliance of two ways to work together, each in a folder of its own."""
    home = tmp_path_factory.mktemp("styles")
    folders = []
    for preset, more in (("forced", ""), ("mature_alliance", '[scenarios.forum]\non = ["forum", "joint"]\n')):
        scenarios = f'[scenarios.{preset}]\non = ["joint"]\n{more}'
        settings = ("replications=2", f"collaborations.alliance.preset={preset}")
        experiment = alliance_experiment(home, *settings, scenarios=scenarios)
        folders.append(home / preset)
        run_experiment(experiment, out=folders[-1], workers=1)
    return read_together(folders)


@pytest.fixture(scope="module")
def swept_styles(tmp_path_factory: pytest.TempPathFactory) -> Together:
    """Give a run and a sweep of the alliance, each in a folder of its own."""
    home = tmp_path_factory.mktemp("swept_styles")
    settings = ("replications=2", "collaborations.alliance.preset=forced")
    scenarios = '[scenarios.forced]\non = ["joint"]\n'
    varied = "vary={ 'resources.beds.capacity' = { values = [10, 12] } }", "design={ kind = 'grid' }"
    run_experiment(alliance_experiment(home, *settings, scenarios=scenarios), out=home / "run", workers=1)
    sweep_as_asked(
        alliance_experiment(home, *settings, *varied, scenarios=scenarios), out=home / "sizes", workers=1
    )
    return read_together([home / "run", home / "sizes"])


def invented(folder: Path, *, change: float) -> Together:
    """Set two folders side by side, of which the second claims a change of everything in its care plans."""
    found = []
    for name, claim in (("careful", 0.0), ("bold", change)):
        (folder / name).mkdir()
        made = Invented(changes={"plans": claim}, noise=0)
        found.append((folder / name, comparison(folder / name, made)))
    return together(found)


def test_what_rests_on_the_hypothesis_says_so_on_the_page_and_on_the_terminal(styles: Together) -> None:
    where = f"{HYPOTHESIS} It is in: Forced (forced) and all scenarios of mature_alliance."

    assert [one.text for one in page_of(styles).warnings] == [where]
    assert f"Hypothesis: {where}" in together_text(styles)


def test_what_rests_on_the_hypothesis_in_a_sweep_says_so_too(swept_styles: Together) -> None:
    (said,) = page_of(swept_styles).warnings

    assert said.text == f"{HYPOTHESIS} It is in: Forced (run) and Forced (sizes)."


def test_effects_of_a_sweep_are_told_as_they_are_written(swept_styles: Together) -> None:
    section = effects_section(swept_styles)

    assert section is not None
    assert section.blocks[0].text.endswith("before any was varied or drawn.")
    assert "Forced (run) and Forced (sizes)" in section.blocks[1].groups[0].header


def test_a_claim_that_no_evaluation_has_seen_is_warned_of_with_its_folder(tmp_path: Path) -> None:
    found = invented(tmp_path, change=-0.2)

    (warning,) = page_of(found).warnings

    assert warning.word == "Warning"
    assert warning.text.startswith("Care plans for all (bold): a fall of 20% in emergency admissions")
    assert f"Warning: {warning.text}" in together_text(found)


def test_nothing_is_warned_of_where_nothing_is_claimed(tmp_path: Path) -> None:
    assert page_of(invented(tmp_path, change=-0.05)).warnings == ()


def test_every_effect_has_its_grade_and_range_once_where_folders_have_the_same(tmp_path: Path) -> None:
    section = effects_section(invented(tmp_path, change=0.0))

    assert section is not None
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    (group,) = table.groups
    assert group.header == "Care plans, in: Care plans for all (careful) and Care plans for all (bold)"
    assert [row[1:4] for row in group.rows] == [("−5%", "−12% to +3%", "B")]
