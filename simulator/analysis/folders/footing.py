"""What a folder's measures rest on: its model, its experiment, and what each measure reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from simulator.definition.experiment import Experiment
from simulator.definition.model import Model
from simulator.definition.standards import Measure
from simulator.experiment.measure_names import MeasureName


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """What the measures of a folder rest on: of a run or of a sweep.

    ``model`` is the baseline's with central values, and none of a point. ``names`` are the measures by full
    name, those that the files ask for by name first; ``ids`` what the files call those.
    """

    model: Model
    experiment: Experiment
    names: Mapping[str, MeasureName]
    ids: Mapping[str, str]

    @property
    def population_share(self) -> Fraction:
        """Give the part of the place that was run."""
        return self.experiment.population_share

    def asked(self, text: str) -> Measure | None:
        """Give what the files say of a measure that they ask for by name."""
        id = self.ids.get(text)
        return None if id is None else asked_in(self.model, self.experiment)[id]


def asked_in(model: Model, experiment: Experiment) -> Mapping[str, Measure]:
    """Give the measures that files ask for by name; the experiment's word goes before the model's."""
    return {**model.measures, **experiment.measures}


def footing_of(model: Model, experiment: Experiment, *, names: Mapping[str, MeasureName]) -> Footing:
    """Give the footing of measures that are named by id or by full name."""
    asked = asked_in(model, experiment)
    return Footing(
        model=model,
        experiment=experiment,
        names={one.text: one for one in names.values()},
        ids={names[id].text: id for id in sorted(asked) if id in names},
    )
