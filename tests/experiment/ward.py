"""A small place that runs in a second: two segments, a ward, care plans, and an experiment on it."""

from pathlib import Path

from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment

MODEL = """
schema_version = 1
title = "A ward and its people"
starts = 2025-04-01

[organisations.city]
title = "City hospital"
sector = "acute"

[localities.east]
share = 0.4
quintile = 1
[localities.west]
share = 0.6
quintile = 5

[segments.frail]
people = 60
becomes = { dead = "0.2 per year" }
[segments.well]
people = 240

[needs.illness]
rate = { frail = "4 per year", well = "0.5 per year" }
starts_at = "ward"

[referrals.elective]
rate = "2 per week"
starts_at = "ward"

[resources.beds]
owner = "city"
capacity = 12

[activities.ward]
resource = "beds"
resident = true
duration = { lognorm = { mean = "6 days", cv = 0.9 } }
cost = { contact = "£45", day = "£80" }
routes = { exit = 0.95, died = 0.05 }

[clocks.admission]
starts = "ward.arrival"
stops = "ward.start"
targets = ["4 hours"]

[counts.midnight]
of = ["resource.beds"]
at = "00:00"

[measures.wait]
of = "activity.ward.wait_mean_days"
primary = true

[interventions.plans]
title = "Care plans"
what = "upstream"
depth = "transactional"
lead = "city"
starts = "0 days"
eligible = { segments = ["frail"], recent_use = { needs = ["illness"], at_least = 2, within = "4 quarters" } }
uptake = 1.0
places = 40
[[interventions.plans.effects]]
times = "needs.illness.rate"
for = "enrolled"
value = 0.5
"""

EXPERIMENT = """
schema_version = 1
title = "Plans on a ward"
model = "ward.toml"
warm_up = "52 weeks"
horizon = "104 weeks"
engine = "people"
seed = 20250401
replications = 3
report_every = "4 weeks"
log = { first = 5 }
[instants]
at = ["10 days"]
[scenarios.plans]
on = ["plans"]
[scenarios.fewer_beds]
set = { "resources.beds.capacity" = 10 }
"""


def ward_experiment(folder: Path, *settings: str) -> Experiment:
    """Write the model and the experiment into a folder, and load them."""
    (folder / "ward.toml").write_text(MODEL, encoding="utf-8")
    (folder / "plans.toml").write_text(EXPERIMENT, encoding="utf-8")
    return load_experiment(folder / "plans.toml", settings=settings)
