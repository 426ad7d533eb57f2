"""A model as the text of its file, and what the network as stocks makes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from telling import compiled, span

from simulator.compiler.program import Program
from simulator.engines.network import Network
from simulator.engines.network.rows import activity_series, resource_series
from simulator.experiment.window import periods


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A run of stocks over its window."""

    program: Program
    network: Network

    @property
    def seconds(self) -> float:
        return float(periods(self.program.calendar).window_seconds)

    @property
    def first(self) -> int:
        return periods(self.program.calendar).first

    def activity(self, name: str, field: int) -> float:
        """Add up a field of an activity."""
        series = activity_series(self.program, self.network.laid, tally=self.network.tally)
        return float(series[self.first :, self.program.names.activities.index(name), field].sum())

    def per_day(self, name: str, field: int) -> float:
        """Give a field of an activity a day."""
        return self.activity(name, field) / self.seconds * 86_400

    def mean(self, name: str, field: int) -> float:
        """Give the mean of a number whose person-seconds a field adds up."""
        return self.activity(name, field) / self.seconds

    def resource(self, name: str, field: int) -> float:
        """Give the mean of a field of a resource."""
        series = resource_series(self.program, self.network.laid, tally=self.network.tally)
        place = self.program.names.resources.index(name)
        return float(series[self.first :, place, field].sum()) / self.seconds

    def need(self, name: str) -> float:
        """Give the needs of a kind a year."""
        happened = self.network.tally.happened[self.first :, self.program.names.needs.index(name)]
        return float(happened.sum()) / self.seconds * 31_557_600


def count(text: str, *, days: int = 364, warm_up: int = 56, on: Sequence[str] = ()) -> Counted:
    """Count a model's people and cases as stocks, with these interventions on."""
    program = compiled(text, window=span(f"{days} days", warm_up=f"{warm_up} days", period="28 days"), on=on)
    network = Network(program)
    network.run()
    assert np.isfinite(network.tally.lanes).all()
    return Counted(program=program, network=network)
