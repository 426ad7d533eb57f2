"""An observation of stocks of which each part is written up when it is first asked for.

A sweep reads a handful of measures off each of thousands of runs, and drops the rest.
"""

from collections.abc import Mapping
from dataclasses import fields

from simulator.experiment.observation import Observation
from simulator.experiment.observe_stocks import PARTS
from simulator.experiment.stocks_writing import Writing

PART_OF = {field: part for part, noun in PARTS.items() for field in noun.__annotations__}
# What stocks never have: of people's runs alone.
ABSENT = {one.name: None for one in fields(Observation) if one.default is None and one.name not in PART_OF}


class OnDemand(Observation):
    """The same observation as ``observe_stocks`` gives. What was written up once is kept for every name."""

    def __init__(
        self, run: Writing, *, scenario: str, replication: int, known: dict[str, object] | None = None
    ) -> None:
        """Begin with nothing written up, or with what is ``known`` already of the run."""
        there: Mapping[str, object] = {
            **ABSENT,
            "scenario": scenario,
            "replication": replication,
            "events": 0,
            "ring_moves": 0,
            "log": None,
            "_run": run,
            "_known": {} if known is None else known,
        }
        for name, value in there.items():
            object.__setattr__(self, name, value)

    def named(self, scenario: str, *, replication: int) -> "OnDemand":
        """Give it in another name."""
        run, known = self.__dict__["_run"], self.__dict__["_known"]
        return OnDemand(run, scenario=scenario, replication=replication, known=known)

    def __getattr__(self, name: str) -> object:
        """Write up the part that a field belongs to. Python asks here for what is not there yet."""
        if name not in PART_OF:
            raise AttributeError(f"an observation has no {name}")
        known: dict[str, object] = self.__dict__["_known"]
        if name not in known:
            part = PART_OF[name]
            known.update(dict.fromkeys(PARTS[part].__annotations__) | dict(part(self.__dict__["_run"])))
        return known[name]
