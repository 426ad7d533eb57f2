"""What things are called: the titles that the files give, else their ids made readable."""

import re
from collections.abc import Mapping

from simulator.analysis.comparison import Comparison
from simulator.analysis.labels import readable, subject_title
from simulator.definition.experiment import BASELINE, Experiment
from simulator.definition.model import Model
from simulator.definition.standards import Measure

NOT_PRINTABLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)


def clean(text: str) -> str:
    """Take out of a text from a file what cannot be seen or turns the reading direction."""
    return NOT_PRINTABLE.sub("", text)


def named_measures(comparison: Comparison) -> Mapping[str, Measure]:
    """Give the measures that the files name, by full name; the experiment's word goes before the model's."""
    results = comparison.results
    asked = {**results.model.measures, **results.experiment.measures}
    return {comparison.names[id].text: asked[id] for id in sorted(asked) if id in comparison.names}


def measure_title(comparison: Comparison, name: str) -> str:
    """Say what a measure is: by the title of the file that asks for it, else by what it measures."""
    asked = named_measures(comparison).get(name)
    return clean(asked.title if asked is not None and asked.title else comparison.label(name))


def scenario_title(comparison: Comparison, scenario: str) -> str:
    """Say what a scenario is called."""
    return title_of_scenario(comparison.results.experiment, scenario)


def title_of_scenario(experiment: Experiment, scenario: str) -> str:
    """Say what a scenario of an experiment is called."""
    found = experiment.scenarios.get(scenario)
    if found is not None and found.title:
        return clean(found.title)
    return "Baseline" if scenario == BASELINE else as_words(scenario)


def title_of(model: Model, family: str, *, id: str) -> str:
    """Say what an activity, resource, need, organisation … is called."""
    return clean(subject_title(family, id, model=model))


def as_words(id: str) -> str:
    """Write an id as words."""
    return readable(clean(id))


def lower_first(text: str) -> str:
    """Begin a title in lower case inside a sentence, unless it is a name or an abbreviation."""
    second = text[1:2]
    return text[:1].lower() + text[1:] if second.islower() or second == " " else text
