"""What an experiment leaves: a folder of observations and the nouns they belong to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from simulator.compiler.program import Program
from simulator.definition.experiment import Experiment
from simulator.definition.model import Model
from simulator.experiment.parts import Piece, read_piece
from simulator.experiment.provenance import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """An experiment that has run.

    ``models`` and ``programs`` by scenario, baseline first, then in the order of the experiment file.
    ``replications`` are numbered from 0. ``notes`` are sentences that must stand beside every figure (a
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

    @property
    def model(self) -> Model:
        """Give the baseline's model; a scenario may have set values of it otherwise."""
        return next(iter(self.models.values()))

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Name the scenarios, baseline first."""
        return tuple(self.programs)

    def pieces(self) -> Iterator[Piece]:
        """Read the replications one after another, in order."""
        for replication in self.replications:
            yield read_piece(self.folder, replication)
