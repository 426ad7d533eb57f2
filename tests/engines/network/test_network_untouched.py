"""As stocks a switch that begins between two mixes leaves what it does not touch as it was, to the last bit:
schemes that still grow, and what is sent by which places are free."""

import numpy as np
import pytest
from counting import Counted, count
from telling import compiled, span
from test_network_homes import EFFECTS, PLACE

from simulator.engines.network import Network
from simulator.engines.network.pasts import Pasts
from simulator.units import SECONDS_A_DAY

# Of a week in which it is not worked out anew who makes up each lane.
BEGINS = "98 days"
OTHER = f"""
[interventions.other]
starts = "{BEGINS}"
uptake = 1.0
[[interventions.other.effects]]
times = "activities.chair.duration"
value = 0.5
for = "everyone"
"""
GROWING = PLACE.replace('"6_000 per week"', '"20 per week"')
AWAY = """
[referrals.scan]
rate = "1 per day"
starts_at = "bay"
[resources.bays]
capacity = 9
[activities.bay]
resource = "bays"
duration = "1 h"
"""
FILLING = """
[referrals.call]
rate = "1 per day"
starts_at = "chair"
[referrals.ill]
rate = "14 per day"
starts_at = "desk"
[resources]
chairs = { capacity = 20 }
rooms = { capacity = 8 }
beds = { capacity = 40 }
[activities]
chair = { resource = "chairs", duration = "1 h" }
desk = { duration = "10 min", routes = { some = { first_free = ["room", "bed"], share = 1 } } }
room = { resource = "rooms", duration = "10 h" }
bed = { resource = "beds", duration = { expon = { mean = "40 days" } } }
"""


def moved(off: Counted, on: Counted) -> dict[str, float]:
    """Give by how much what lanes of an activity did, or of whom it was, differs at most, where it does."""
    laid, tallies = off.network.laid, (off.network.tally, on.network.tally)
    apart = [np.subtract(*(getattr(one, word) for one in tallies)) for word in ("lanes", "share")]
    found = {}
    for place, name in enumerate(off.program.names.activities):
        parts = apart[0][:, laid.lanes.activity == place], apart[1][laid.nodes.activity == place]
        found[name] = max(float(np.abs(one).max(initial=0.0)) for one in parts)
    return {name: most for name, most in found.items() if most > 0}


@pytest.mark.parametrize("effect", EFFECTS)
def test_a_scheme_that_grows_grows_no_faster_for_another_that_begins(effect: str) -> None:
    text = GROWING + EFFECTS[effect].replace('to = "chair"', 'to = "bay"') + '\nfor = "enrolled"\n'
    worlds = (["scheme"], ["scheme", "other"])

    found = moved(*(count(text + OTHER + AWAY, days=168, warm_up=28, on=on) for on in worlds))

    assert set(found) == {"chair"}


def test_a_list_is_shared_out_no_sooner_for_a_scheme_elsewhere_that_begins() -> None:
    found = moved(*(count(FILLING + OTHER, days=168, warm_up=28, on=on) for on in ([], ["other"])))

    assert set(found) == {"chair"}


def test_a_world_that_goes_on_from_a_past_shares_its_lists_out_as_one_alone() -> None:
    window = span("168 days", warm_up="28 days", period="28 days")
    off, on = (compiled(FILLING + OTHER, window=window, on=one) for one in ((), ("other",)))
    pasts, alone, after = Pasts(), Network(on), Network(on)
    pasts.run(Network(off), {(28 + 98) * SECONDS_A_DAY})

    begins = pasts.run(after, set())

    assert begins > 0
    assert np.array_equal(after.tally.lanes, alone.run().lanes)
