"""What a model or an experiment says: validated nouns, files, settings; no time passes here."""

from simulator.definition.experiment import Experiment, Scenario
from simulator.definition.experiments import (
    check_files,
    dump_experiment,
    load_experiment,
    load_model_of,
    model_path,
)
from simulator.definition.facts import law_facts
from simulator.definition.loading import change_model, dump_model, load_model
from simulator.definition.model import Model

__all__ = [
    "Experiment",
    "Model",
    "Scenario",
    "change_model",
    "check_files",
    "dump_experiment",
    "dump_model",
    "law_facts",
    "load_experiment",
    "load_model",
    "load_model_of",
    "model_path",
]
