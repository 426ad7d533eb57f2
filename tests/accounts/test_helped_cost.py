"""What partners do costs whoever pays where it was done, and in all what it cost before."""

from pathlib import Path

import pytest
from telling import HEAD, Told, span, tell

from simulator.analysis.reading import Reading, frame
from simulator.analysis.workforce_read import read_staff
from simulator.definition import load_model
from simulator.experiment.observe import observe

THEATRES = """
[organisations.east]
sector = "acute"
[organisations.west]
sector = "acute"
[resources.theatre_east]
owner = "east"
capacity = 1
[resources.theatre_west]
owner = "west"
capacity = 1
[referrals.hip]
at = ["1 h", "2 h", "3 h"]
starts_at = "operation"
[activities.operation]
resource = "theatre_east"
duration = "12 h"
cost = { contact = "£100", day = "£10" }
[interventions.pool]
[[interventions.pool.effects]]
shares = { resources = ["theatre_east", "theatre_west"] }
"""


def costs(told: Told) -> dict[str, float]:
    """Give what each organisation pays, in pounds."""
    names = told.program.names.organisations
    pence = observe(told.run, told.program, scenario="x").cost_series.sum(axis=(0, 1))
    return {name: round(float(one) / 100, 6) for name, one in zip(names, pence, strict=True) if one}


def test_what_a_partner_does_is_paid_by_the_owner_of_the_partners_place() -> None:
    off, on = (tell(THEATRES, on=which, window=span("2 days")) for which in ((), ("pool",)))

    assert costs(off) == {"east": 315}
    assert costs(on) == {"east": 210, "west": 105}


def test_where_a_payer_is_named_it_pays_wherever_it_was_done() -> None:
    model = THEATRES.replace('day = "£10"', 'day = "£10", payer = "west"')

    assert costs(tell(model, on=["pool"], window=span("2 days"))) == {"west": 315}


def test_the_starts_in_partners_places_are_kept() -> None:
    told = tell(THEATRES, on=["pool"], window=span("2 days"))

    helped = observe(told.run, told.program, scenario="x").helped_series
    assert helped is not None
    assert helped.sum() == 1


def test_staff_time_in_a_partners_place_is_the_partners(tmp_path: Path) -> None:
    text = THEATRES.replace('duration = "12 h"', 'duration = "12 h"\nstaff_minutes = { surgeon = 60 }')
    told = tell(text, on=["pool"], window=span("2 days"))
    (tmp_path / "model.toml").write_text(HEAD + text, encoding="utf-8")
    reading = Reading(observe(told.run, told.program, scenario="x"), frame(told.program))

    found = read_staff(reading, model=load_model(tmp_path / "model.toml")).equivalents

    east, west = (float(found["time", who, "surgeon"][0]) for who in ("east", "west"))
    assert (east, west) == pytest.approx((2 / 1521 / (2 / 365.25), 1 / 1521 / (2 / 365.25)))
