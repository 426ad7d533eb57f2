"""The small ward with a council, an alliance of both, and care plans that depend on it."""

from pathlib import Path

from experiment.ward import EXPERIMENT, MODEL

from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment

ALLIANCE = """
[organisations.council]
sector = "social"
yearly_spend = "£500k"
[organisations.icb]
sector = "commissioner"
yearly_spend = "£2m"

[collaborations.alliance]
preset = "typical"
members = ["city", "council"]

[contracts.block]
kind = "block"
payer = "icb"
payees = { city = { fixed = "£400k per year" } }
[contracts.prices]
kind = "tariff"
payer = "icb"
payees = { city = { variable = { ward = "£900" } } }
[contracts.together]
kind = "alliance"
over = "block"
members = ["city", "council"]
[contracts.guarantee]
kind = "alliance"
over = "block"
members = ["city", "council", "icb"]
gains = 0
loss_guarantee = 0

[interventions.joint]
title = "Care plans by the alliance"
lead = "council"
partners = ["city"]
starts = "0 days"
collaboration = "alliance"
eligible = { segments = ["frail"] }
uptake = 1.0
places = 40
cost = { place_year = "£1,500" }
[[interventions.joint.effects]]
times = "needs.illness.rate"
for = "enrolled"
value = 0.5

[interventions.idle]
title = "Nothing, together"
lead = "council"
starts = "0 days"
collaboration = "alliance"
[[interventions.idle.effects]]
times = "needs.illness.rate"
value = 1.0

[interventions.forum]
lead = "council"
starts = "0 days"
feeds = { collaboration = "alliance", forum = 1.0 }
cost = { set_up = "£1,000" }
"""
SCENARIOS = """
feedback = true
[scenarios.joint]
on = ["joint"]
[scenarios.idle]
on = ["idle"]
[scenarios.prices]
on = ["joint"]
contract = "prices"
[scenarios.together]
on = ["joint"]
contract = "together"
"""


def alliance_experiment(folder: Path, *settings: str, scenarios: str = SCENARIOS) -> Experiment:
    """Write the model and the experiment into a folder, and load them."""
    model = MODEL.replace('sector = "acute"', 'sector = "acute"\nyearly_spend = "£1m"', 1) + ALLIANCE
    (folder / "alliance.toml").write_text(model, encoding="utf-8")
    head, _, _ = EXPERIMENT.partition("[instants]")
    text = head.replace("ward.toml", "alliance.toml").replace("log = { first = 5 }\n", "")
    (folder / "plans.toml").write_text(text + scenarios, encoding="utf-8")
    return load_experiment(folder / "plans.toml", settings=settings)
