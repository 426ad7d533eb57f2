"""Shares that do not add to one are weights, and what they come to is said before anything is run."""

import pytest
from compiler.conftest import Check
from compiler.models import PEOPLE

PLACE = f"""
{PEOPLE}
[organisations.lender]
[organisations.town_hall]
[contracts.friends]
kind = "alliance"
shares = SHARES
"""


def said(check: Check, shares: str) -> list[str]:
    notes = check(PLACE.replace("SHARES", shares)).notes
    return [note.text for note in notes if note.path == "contracts.friends.shares"]


def test_weights_are_told_as_shares(check: Check) -> None:
    assert said(check, "{ lender = 3, town_hall = 1 }") == [
        "add to 4, not to 1, and are weights; as shares they are lender 0.75, town_hall 0.25."
    ]
    assert said(check, "{ lender = 0.5, town_hall = 0.3 }") == [
        "add to 0.8, not to 1, and are weights; as shares they are lender 0.625, town_hall 0.375."
    ]


@pytest.mark.parametrize(
    "shares", ["{ lender = 0.6, town_hall = 0.4 }", "{ lender = 0.67, town_hall = 0.34 }"]
)
def test_shares_that_add_to_one_are_not_noted(check: Check, shares: str) -> None:
    assert said(check, shares) == []
