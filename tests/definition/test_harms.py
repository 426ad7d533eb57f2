"""Harms and consequences as a file says them."""

from fractions import Fraction
from pathlib import Path

import pytest

from simulator.definition import load_model
from simulator.definition.admissions import admitting_activities
from simulator.definition.model import Model
from simulator.errors import DefinitionError

WARD = """
schema_version = 1
starts = 2025-04-01
[organisations]
city = { sector = "acute" }
[segments]
old = { people = 10 }
care_home = { people = 1 }
[needs.fall]
rate = "1 per year"
starts_at = "ae"
[resources.beds]
owner = "city"
capacity = 2
[activities.ae]
duration = "1 h"
resident = true
queue_is_resident = true
keeps_place_until_next = "starts"
routes = { ward = 0.5, exit = 0.5 }
[activities.ward]
resource = "beds"
duration = "2 days"
resident = true
[clocks.four_hour]
starts = "ae.arrival"
stops = "ae.leave"
"""
DELAY = """
[harms.delay]
setting = "ae"
dose = { clock = "four_hour", of = { admitted = true } }
expected_deaths = [["6 hours", 0], ["6 hours", "1 per 82"], ["8 hours", { value = "1 in 72" }]]
"""


def read(tmp_path: Path, said: str) -> Model:
    path = tmp_path / "model.toml"
    path.write_text(WARD + said, encoding="utf-8")
    return load_model(path)


def test_of_two_points_of_one_time_the_later_holds(tmp_path: Path) -> None:
    deaths = read(tmp_path, DELAY).harms["delay"].expected_deaths

    assert deaths is not None
    assert [(int(at), one.value) for at, one in deaths.steps()] == [
        (21_600, Fraction(1, 82)),
        (28_800, Fraction(1, 72)),
    ]


def test_admissions_are_stays_reached_from_where_the_queue_is_resident(tmp_path: Path) -> None:
    assert admitting_activities(read(tmp_path, "")) == ("ward",)


HOME, AT = 'setting = "home"\ndose = ', 'setting = "ae"\ndose = { clock = "four_hour" }\nexpected_deaths = '
IN = f'{HOME}{{ time_in = ["ward"] }}\n'
WRONG = {
    f"{AT}0.01": "where the dose is 'clock' it is points",
    f'{HOME}{{ waiting_for = ["ward"] }}\nexpected_deaths = 0.01': "it is a rate, such as",
    f'{IN}lost_quality = "1 per year"': "quality of life lost meanwhile",
    f'{HOME}{{ time_in = ["wards"] }}\nlost_quality = 0.1': "Did you mean 'ward'?",
    IN: "says of no harm how much",
    f'{HOME}{{ time_in = ["ward"], clock = "four_hour" }}\nlost_quality = 0.1': "found clock and time_in",
    f'{HOME}{{ occupancy = ["beds"] }}\nexpected_readmissions = 0.1': "'stays' go together",
    f"{IN}lost_quality = 0.1".replace("home", "street"): "allowed are ae, hospital",
    f'{IN}becomes = "old"\nlost_quality = 0.1': "'becomes' go together",
    f'{AT}[["6 hours", "82"]]': "is text",
    f'{AT}[["8 hours", 0], ["6 hours", 1]]': "must not go back",
}


@pytest.mark.parametrize("said", WRONG)
def test_a_wrong_harm_says_what_is_right(said: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as found:
        read(tmp_path, f"[harms.one]\n{said}\n")

    assert WRONG[said] in str(found.value)


WRONG_CONSEQUENCES = {
    'after = "wards"\nchance = 0.1\nbecomes = "care_home"': "Did you mean 'ward'?",
    'after = "ward"\nbecomes = "care_home"': "needs exactly one of chance, per_day_kept; found none",
    'after = "ward"\nchance = 0.1\nper_day_kept = 0.1\nbecomes = "old"': "found chance and per_day",
    'after = "ward"\nchance = 0.1': "needs one at least of becomes, cost",
    'after = "ward"\nchance = 1.1\nbecomes = "care_home"': "it must be a plain number from 0 to 1",
    'after = "ward"\nchance = 0.1\nbecomes = "care_house"': "Did you mean 'care_home'?",
    'after = "ward"\nchance = { young = 0.1 }\nbecomes = "care_home"': "no segment, need, referral or class",
    'after = "ward"\nchance = 0.1\ncost = "£5"': "'payer' go together",
    'after = "ward"\nchance = 0.1\ncost = "£5"\npayer = "town"': "no organisation is called 'town'",
}


@pytest.mark.parametrize("said", WRONG_CONSEQUENCES)
def test_a_wrong_consequence_says_what_is_right(said: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as found:
        read(tmp_path, f"[consequences.one]\n{said}\n")

    assert WRONG_CONSEQUENCES[said] in str(found.value)
