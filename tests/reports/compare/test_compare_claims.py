"""What the answer of several folders may claim: no winner where means are over other values or meet."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from reports.compare.sweeping import ASKED, ran, section_of, swept

from simulator.analysis.folders import Together, read_together
from simulator.analysis.intervals import Estimate
from simulator.reports.blocks import Paragraph
from simulator.reports.compare.answers import answers_of
from simulator.reports.compare.page import page_of, together_text
from simulator.reports.compare.rows import Row, rows_of

WAIT = "activity.ward.queue_time_mean_days"
OVER = "each mean is over Beds: capacity 11 to 15 in swA, 10 to 16 in swB, at 12 in run"


def beds(*values: int) -> str:
    """Write a grid over these numbers of beds."""
    return (
        f'{ASKED}[vary]\n"resources.beds.capacity" = {{ values = {list(values)} }}\n[design]\nkind = "grid"\n'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Row):
    """A row whose difference is as the test says."""

    told: Estimate

    def difference(self, text: str) -> Estimate | None:
        """Give what the test says, of any measure."""
        return self.told


def headline(found: Together, *ends: tuple[float, float]) -> str:
    """Give the headline where the rows of a page have these intervals."""
    rows = [
        Told(
            stand=row.stand,
            scenario=row.scenario,
            style=row.style,
            told=Estimate(mean=(low + high) / 2, sd=None, low=low, high=high, low_80=None, high_80=None, n=2),
        )
        for row, (low, high) in zip(rows_of(found), ends, strict=True)
    ]
    return answers_of(found, rows)[0].text


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("claims")


@pytest.fixture(scope="module")
def swa(home: Path) -> Path:
    return swept(home / "swA", beds(11, 15))


@pytest.fixture(scope="module")
def apart(swa: Path, home: Path) -> Together:
    return read_together([swa, swept(home / "swB", beds(10, 16)), ran(home / "run", ASKED)])


@pytest.fixture(scope="module")
def alike(swa: Path, home: Path) -> Together:
    return read_together([swa, swept(home / "again", beds(11, 15), "seed=7")])


def test_no_most_is_told_where_means_are_over_other_values(apart: Together) -> None:
    said = headline(apart, (-6.2, -5.8), (-1.2, -0.8), (-2.2, -1.8))

    assert said == (
        "All three differ from their baselines by their 95% intervals. Which does most is not told: "
        "they are not over the same values."
    )


@pytest.mark.parametrize("other", [(-7.6, -2.2), (2.2, 7.6)])
def test_no_most_is_told_where_intervals_meet(alike: Together, other: tuple[float, float]) -> None:
    said = headline(alike, (-6.2, -1.8), other)

    assert said == (
        "All two differ from their baselines by their 95% intervals. Which does most is not sure: "
        "intervals meet."
    )


def test_the_most_is_told_over_the_same_values_where_intervals_do_not_meet(alike: Together) -> None:
    said = headline(alike, (-6.2, -1.8), (-9.6, -7.2))

    assert said.endswith("by their 95% intervals; most: Plans (again).")


def test_the_answer_says_over_which_values_each_mean_is_taken(apart: Together, alike: Together) -> None:
    (notice,) = page_of(apart).over

    assert OVER in notice.text
    assert OVER in together_text(apart)
    assert page_of(alike).over == ()
    assert "does not say that the scenario does more" in str(section_of(apart, "largest").blocks[0])
    assert "No ranking" not in str(section_of(alike, "largest"))


def test_other_points_over_the_same_range_are_said(swa: Path, home: Path) -> None:
    found = read_together([swa, swept(home / "finer", beds(11, 13, 15))])

    (notice,) = page_of(found).over
    assert "each mean is over two points in swA, three points in finer, over the same ranges. " in notice.text


def test_no_largest_is_told_without_intervals_over_other_values(home: Path) -> None:
    folders = [
        swept(home / name, beds(*values), "engine='stocks'")
        for name, values in (("s1", (11, 15)), ("s2", (10, 16)))
    ]

    said = [one.text for one in page_of(read_together(folders)).answers if "no intervals" in one.text]

    assert said
    assert not any("Largest" in one for one in said)


def test_the_same_scenario_in_several_folders_is_one(apart: Together) -> None:
    assert page_of(apart).scope.startswith("One scenario in three results folders. ")


def test_scenarios_of_one_id_that_are_other_things_are_two(swa: Path, home: Path) -> None:
    other = ran(home / "other_plans", ASKED, "scenarios.plans.set={ 'interventions.plans.places' = 3 }")

    assert page_of(read_together([swa, other])).scope.startswith("Two scenarios in two results folders. ")


def test_points_are_named_by_their_values_where_they_are_few(home: Path) -> None:
    both = (
        f'{ASKED}[vary]\n"resources.beds.capacity" = {{ values = [8, 11] }}\n'
        '"interventions.plans.uptake" = { values = [0.2, 1] }\n[design]\nkind = "grid"\n'
    )
    said = together_text(read_together([swept(home / "two_paths", both), ran(home / "beside", ASKED)]))
    page = str(page_of(read_together([home / "two_paths", home / "beside"])).sections[0])

    assert re.search(r"h where Care plans: uptake 1 and Beds: capacity 8 to ", page)
    assert "at point" not in page + said


def test_colours_and_marks_at_a_glance_are_told_in_words(apart: Together) -> None:
    said = section_of(apart, "multiples").blocks[0]

    assert said == Paragraph(
        lead="Marks:",
        text="blue circles are of swA, red-brown squares are of swB and green diamonds are of run; each row "
        "is a scenario, named at the left.",
    )
