"""An M/M/c queue whose smallest number of servers is known, and a search for it."""

from math import factorial
from pathlib import Path

from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment

# Four arrivals an hour, an hour of service each: four servers' worth of work.
OFFERED = 4
QUEUE = """
schema_version = 1
starts = 2025-04-01
[referrals.patient]
rate = "4 per hour"
starts_at = "service"
[resources.servers]
capacity = 5
[activities.service]
resource = "servers"
duration = { expon = { mean = "1 h" } }
"""
MODEL = f"""{QUEUE}
[measures.wait]
of = "activity.service.wait_mean_days"
"""
EXPERIMENT = """
schema_version = 1
title = "How many servers?"
model = "queue.toml"
warm_up = "10 days"
horizon = "200 days"
seed = 7
replications = 5
report_every = "10 days"
[seek]
vary = "resources.servers.capacity"
from = 5
to = 14
target = "TARGET"
probability = 0.9
"""


def search(folder: Path, *settings: str, target: str, more: str = "") -> Experiment:
    """Write the queue and a search into a folder, and load them."""
    (folder / "queue.toml").write_text(MODEL, encoding="utf-8")
    text = EXPERIMENT.replace("TARGET", target) + more
    (folder / "servers.toml").write_text(text, encoding="utf-8")
    return load_experiment(folder / "servers.toml", settings=settings)


def share_waiting(servers: int) -> float:
    """Give the share that waits (Erlang 1917): a^c/c! · c/(c − a) over itself and the sum of a^k/k!."""
    last = OFFERED**servers / factorial(servers) * servers / (servers - OFFERED)
    return last / (last + sum(OFFERED**k / factorial(k) for k in range(servers)))


def mean_wait_hours(servers: int) -> float:
    """Give the mean wait of all who come: the share that waits over c − a, in services of an hour."""
    return share_waiting(servers) / (servers - OFFERED)
