"""An experiment with draws: each has models and programs of its own, and its replications run those.

The draws are those of a sweep of one point: same addresses, laws, ranks and correlations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from simulator.definition.experiment import Experiment
from simulator.definition.loading import dump_model
from simulator.definition.model import Model
from simulator.experiment.sources import source_hash
from simulator.experiment.sweep.compiling import Works
from simulator.experiment.sweep.plan import Plan, nothing, plan_of
from simulator.experiment.work import Work, draw_and_replication

ONLY_POINT = 0


@dataclass(frozen=True)
class DrawnWork:
    """The work of an experiment whose values are drawn: each replication has the work of its draw.

    ``central`` has the central values, and is run for none of them. What is drawn is compiled where it is
    run, and never sent.
    """

    central: Work
    plan: Plan

    @property
    def engine(self) -> str:
        """Name the engine."""
        return self.central.engine

    @property
    def scenarios(self) -> int:
        """Count the runs of a replication."""
        return self.central.scenarios

    def at(self, replication: int, /) -> Work:
        """Give the work of a replication; raise ``RunFailed`` where the model cannot be as it was drawn."""
        draw, _ = draw_and_replication(replication)
        return self._works.at(ONLY_POINT, draw)

    @cached_property
    def _works(self) -> Works:
        return Works(self.plan, pairs=self.central.pairs)

    def __reduce__(self) -> tuple[type["DrawnWork"], tuple[Work, Plan]]:
        """Go to another process without what is compiled."""
        return DrawnWork, (self.central, self.plan)


SomeWork = Work | DrawnWork


def drawn_from(experiment: Experiment, model: Model) -> Mapping[str, object] | None:
    """Give what the draws of an experiment depend on besides its programs; ``None`` where it has none.

    Not how many there are: more of them leave the first as they are.
    """
    if not experiment.draws:
        return None
    return {
        "code": source_hash(with_definition=True),
        "model": dump_model(model),
        "scenarios": {name: [sorted(one.on), one.set] for name, one in experiment.scenarios.items()},
        "correlations": [[list(one.of), str(one.rank)] for one in experiment.correlations],
    }


def drawn_plan(experiment: Experiment, model: Model, *, draws: int | None = None) -> Plan | None:
    """Plan the draws of an experiment, or the first so many; ``None`` where it has none.

    Raises ``DefinitionError`` where nothing is uncertain, where an interval fits no law, and for what only
    central values can have: replications until precise, and a log.
    """
    if not experiment.draws:
        return None
    plan = plan_of(experiment, model, names={}, measures=nothing)
    return plan if draws is None else replace(plan, draws=tuple(range(1, draws + 1)))
