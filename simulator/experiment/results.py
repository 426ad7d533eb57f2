"""What an experiment leaves: a folder of observations and the nouns they belong to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.compiler.memory import Tabulated
from simulator.compiler.program import Program
from simulator.definition.experiment import Experiment
from simulator.definition.model import Model
from simulator.experiment.drawn import ONLY_POINT
from simulator.experiment.parts import Piece, read_piece
from simulator.experiment.provenance import Manifest
from simulator.experiment.sweep.compiling import scenarios_at
from simulator.experiment.sweep.plan import CENTRAL, Plan
from simulator.experiment.work import draw_and_replication, replication_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """An experiment that has run.

    ``models`` and ``programs`` by scenario, baseline first, then in the order of the experiment file.
    ``replications`` are numbered from 0: of the central values, which ``models`` and ``programs`` have, or of
    each draw of ``plan``. ``notes`` are sentences that must stand beside every figure (a
    population share below one, what a check of the files would note). ``left_over`` counts replications of
    the same design that the folder keeps beyond those asked for; nothing is read from them.
    """

    folder: Path
    manifest: Manifest
    experiment: Experiment
    models: Mapping[str, Model]
    programs: Mapping[str, Program]
    replications: tuple[int, ...]
    notes: tuple[str, ...]
    left_over: int = 0
    plan: Plan | None = None

    @property
    def draws(self) -> int:
        """Count the draws of uncertain parameters; nought: all values are central."""
        return 0 if self.plan is None else len(self.plan.draws)

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """Give draw (0: central values) and replication of each run of a scenario, in order."""
        return tuple(draw_and_replication(key) for key in self._keys)

    @property
    def model(self) -> Model:
        """Give the baseline's model; a scenario may have set values of it otherwise."""
        return next(iter(self.models.values()))

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Name the scenarios, baseline first."""
        return tuple(self.programs)

    def pieces(self) -> Iterator[Piece]:
        """Read the replications one after another, in order, draw by draw."""
        for key in self._keys:
            yield read_piece(self.folder, key)

    def by_draw(self) -> Iterator["Results"]:
        """Give the results of each draw by itself, with the models and programs that it ran."""
        if self.plan is None:
            yield self
            return
        tabulated = Tabulated()
        for draw in self.plan.draws:
            found = scenarios_at(self.plan, ONLY_POINT, draw=draw, tabulated=tabulated)
            yield replace(
                self,
                models={name: found.models[name] for name in self.models},
                programs={name: found.programs[name] for name in self.programs},
                plan=replace(self.plan, draws=(draw,)),
            )

    @property
    def _keys(self) -> tuple[int, ...]:
        drawn = (CENTRAL,) if self.plan is None else self.plan.draws
        return tuple(replication_key(draw, number) for draw in drawn for number in self.replications)
