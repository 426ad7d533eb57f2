"""The model card: which checklists a model gets, what is filled, and what is said not to be said."""

import json
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulator.cli import app
from simulator.reports.describe import describe_file

REPOSITORY = Path(__file__).resolve().parents[2]
GP_ACCESS = REPOSITORY / "models" / "gp_access.toml"
HOME_CARE = Path(__file__).parent / "home_care.toml"
SIR = REPOSITORY / "tests" / "validation" / "models" / "sir.toml"
CASES = """\
schema_version = 1
note = "Shows how long one desk keeps people waiting."
[referrals.letter]
rate = "4 per day"
starts_at = { read = 1.0 }
[resources.desk]
capacity = 1
[activities.read]
resource = "desk"
duration = "5 hours"
"""

Answers = dict[str, tuple[str, str]]


@cache
def card_of(path: Path) -> str:
    """Describe a model once and keep its card."""
    return describe_file(path).card


def answers(path: Path, checklist: str) -> Answers:
    """Give who answers each item of a checklist, and how."""
    cards = json.loads(card_of(path))["cards"]
    (card,) = (one for one in cards if one["checklist"] == checklist)
    items = [item for part in card["parts"] for item in part["items"]]
    return {one["key"]: (one["said_by"], one["text"]) for one in items}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a model of cases at a desk."""
    path = tmp_path_factory.mktemp("card") / "desk.toml"
    path.write_text(CASES)
    return path


def test_cases_have_one_checklist_stocks_another_and_a_model_of_both_has_both(cases: Path) -> None:
    found = [
        [card["checklist"] for card in json.loads(card_of(path))["cards"]] for path in (cases, SIR, GP_ACCESS)
    ]

    assert found == [["STRESS-DES"], ["STRESS-SD"], ["STRESS-DES", "STRESS-SD"]]


def test_what_the_file_says_is_filled_in(cases: Path) -> None:
    found = answers(cases, "STRESS-DES")

    assert found["purpose"] == ("model", "Shows how long one desk keeps people waiting.")
    assert found["resources"] == ("model", "One resource: desk (1).")
    assert found["queues"] == ("model", "One activity that cases wait for: read.")
    assert found["entry_and_exit"] == (
        "model",
        "One entry: letter at read 100%. Left from: one activity: read.",
    )


def test_what_the_file_does_not_say_is_said_not_to_be_said(cases: Path) -> None:
    found = answers(cases, "STRESS-DES")

    unsaid = [key for key, (by, _) in found.items() if by == "nobody"]

    assert {"data_sources", "pre_processing", "run_length", "code_access"} <= set(unsaid)
    assert all(found[key][1].startswith("not said by the model file") for key in unsaid)


def test_stocks_tell_their_run_and_that_nothing_is_drawn() -> None:
    found = answers(HOME_CARE, "STRESS-SD")

    assert found["run_length"][1] == "From week 0 to 156, where the stocks run by themselves."
    assert found["random_sampling"] == ("program", "None: nothing is drawn.")
    assert found["stocks"][1].startswith("Five stocks: care workers,")


def test_the_numbers_of_a_card_rise_and_no_key_comes_twice() -> None:
    for card in json.loads(card_of(GP_ACCESS))["cards"]:
        items = [item for part in card["parts"] for item in part["items"]]
        numbers = [[int(one) for one in item["number"].split(".")] for item in items]

        assert numbers == sorted(numbers)
        assert len({item["key"] for item in items}) == len(items)


def test_json_stands_alone_on_standard_output(cases: Path, tmp_path: Path) -> None:
    page = tmp_path / "desk.html"

    said = CliRunner().invoke(app, ["describe", str(cases), "--out", str(page), "--json"])

    assert said.exit_code == 0
    assert json.loads(said.stdout)["file"] == "desk.toml"
    assert "Model card: the STRESS checklist" in page.read_text(encoding="utf-8")


def test_every_key_of_a_card_is_documented() -> None:
    documented = (REPOSITORY / "docs" / "model_card.md").read_text(encoding="utf-8")

    keys = {*answers(GP_ACCESS, "STRESS-DES"), *answers(GP_ACCESS, "STRESS-SD")}

    assert all(f"`{key}`" in documented for key in keys)
