"""Who leads a scheme for the people of an alliance and is no member of it is told, before anything is run."""

import pytest
from compiler.conftest import Check
from compiler.models import PEOPLE, TWO

PLACE = f"""
{PEOPLE}{TWO}
[organisations.lender]
yearly_spend = "£1m"
[organisations.town_hall]
yearly_spend = "£1m"
[organisations.hospice]
[contracts.friends]
kind = "alliance"
localities = ["east"]
shares = {{ lender = 1, town_hall = 1 }}
[interventions.scheme]
starts = "1 week"
eligible = {{ localities = ["east"] }}
cost = {{ set_up = "£250" }}
lead = "hospice"
"""
SAID = "'hospice' is no member of 'friends', the alliance of those it is for, and bears the whole"


def said(check: Check, place: str) -> str:
    return " ".join(note.text for note in check(place, on=("scheme",)).notes)


def test_a_lead_outside_the_alliance_of_those_whom_its_scheme_is_for_is_noted(check: Check) -> None:
    assert SAID in said(check, PLACE)
    assert "alone; members are lender, town_hall." in said(check, PLACE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('lead = "hospice"', 'lead = "lender"'),
        ("town_hall = 1 }", "hospice = 1 }"),
        ('eligible = { localities = ["east"] }', ""),
        ('cost = { set_up = "£250" }', ""),
        ('localities = ["east"]\nshares', 'loss_guarantee = 0.01\nlocalities = ["east"]\nshares'),
    ],
)
def test_where_the_loss_is_shared_or_no_alliances_it_is_not(check: Check, before: str, after: str) -> None:
    assert before in PLACE

    assert "is no member of" not in said(check, PLACE.replace(before, after))
