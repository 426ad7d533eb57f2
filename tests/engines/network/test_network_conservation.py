"""Nobody is lost or made where people go on within one resource, in the very step in which they come."""

import numpy as np
from counting import count

# Refused, impatient and treated people all go on to the same beds; the self-check of a run holds the heads.
ROUND = """
[referrals.patient]
rate = "9 per day"
starts_at = "ward"
[resources.beds]
capacity = 5
room = 4
[activities.ward]
resource = "beds"
duration = { expon = { mean = "8 h" } }
patience = { expon = { mean = "5 h" } }
gives_up_to = { ward = 0.3, other = 0.3, exit = 0.4 }
refused_to = { ward = 0.2, other = 0.2, exit = 0.6 }
routes = { ward = 0.1, other = 0.5, exit = 0.4 }
[activities.other]
resource = "beds"
priority = 2
duration = { expon = { mean = "6 h" } }
routes = { ward = 0.2, exit = 0.8 }
"""
NO_PATIENCE = """
[referrals.patient]
rate = "9 per day"
starts_at = "ward"
[resources.beds]
capacity = 2
[activities.ward]
resource = "beds"
duration = { expon = { mean = "8 h" } }
patience = "0 h"
"""


def test_heads_are_kept_where_people_go_round_within_one_resource() -> None:
    network = count(ROUND, days=28, warm_up=28).network

    assert network.net.cell_stock.min() >= 0
    assert network.net.stage_stock.min() >= 0


def test_who_has_no_patience_at_all_does_not_wait() -> None:
    network = count(NO_PATIENCE, days=28, warm_up=28).network

    assert np.isfinite(network.tally.lanes).all()
    assert float(network.net.cell_stock.sum()) < 0.01
