"""What is remembered of one network is told of another only where it is the same."""

import numpy as np
import pytest
from telling import compiled, span

from simulator.compiler.memory import Memory
from simulator.engines.network import Network, grid, law_moments, matching, swinging

WARD = """
[referrals.fall]
rate = "1 per day"
starts_at = "ward"
[resources.beds]
capacity = 6
[activities.ward]
resource = "beds"
duration = { lognorm = { mean = "4 days", cv = 2.0 } }
patience = "10 days"
routes = { home_care = 0.5, exit = 0.5 }
keeps_place_until_next = "starts"
[resources.packages]
capacity = 3
[activities.home_care]
resource = "packages"
duration = { expon = { mean = "5 days" } }
patience = "20 days"
[shocks.winter]
on = ["referrals.fall.rate"]
level = 1.5
from = "1 week"
lasts = "50 weeks"
"""
OTHERS = [
    ("capacity = 6", "capacity = 7"),
    ("cv = 2.0", "cv = 1.5"),
    ('"10 days"', '"12 days"'),
    ("capacity = 3", "capacity = 2"),
    ('rate = "1 per day"', 'rate = "1.2 per day"'),
]


def lanes(text: str) -> np.ndarray:
    network = Network(compiled(text, window=span("28 days", period="7 days")))
    network.run()
    return network.tally.lanes


def test_a_network_does_the_same_whatever_was_run_before(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [WARD.replace(*one) for one in OTHERS]
    lanes(WARD)
    after_others = [lanes(text) for text in texts]

    for text, found in zip(texts, after_others, strict=True):
        for room, name in ((grid, "LAID"), (law_moments, "SQUARES"), (swinging, "TURNS")):
            monkeypatch.setattr(room, name, Memory(16))
        for known in (matching.matching, matching.matching_beside, matching._at_rest):
            known.cache_clear()
        assert np.array_equal(lanes(text), found)
