"""A queue of a few servers over two days, at several sizes: a run takes milliseconds."""

from pathlib import Path

from analysis.seek.servers import QUEUE

from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment

MODEL = f"""{QUEUE}
[measures.waiting]
of = "activity.service.waiting_mean"
primary = true
matters_from = 0.8
"""
EXPERIMENT = """
schema_version = 1
title = "How many servers?"
model = "queue.toml"
horizon = "2 days"
seed = 7
replications = 4
report_every = "1 day"
[scenarios.quicker]
set = { "activities.service.duration.expon.mean" = "50 min" }
"""
SIZES = '[vary]\n"resources.servers.capacity" = { values = [5, 8] }\n[design]\nkind = "grid"\n'


def few_servers(folder: Path, *settings: str, more: str = SIZES) -> Experiment:
    """Write the queue and what is asked of it into a folder, and load them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "queue.toml").write_text(MODEL, encoding="utf-8")
    (folder / "servers.toml").write_text(EXPERIMENT + more, encoding="utf-8")
    return load_experiment(folder / "servers.toml", settings=settings)
