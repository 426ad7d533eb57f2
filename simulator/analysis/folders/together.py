"""Results folders read together: which measures mean the same in all of them, and what else differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.analysis.comparison import Comparison
from simulator.analysis.folders.differing import differences_of
from simulator.analysis.folders.meaning import why_not_the_same
from simulator.analysis.folders.naming import check_names, names_of_folders
from simulator.analysis.folders.reading import Held, read_held
from simulator.analysis.folders.stands import (
    Stand,
    SweepStand,
    stand_of_run,
    stand_of_sweep,
    sweeps_among,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Folders side by side.

    ``measures`` are full names that mean the same in all folders, primary ones first; ``left_out`` says of
    the others that at least one folder asks for by name why they are not compared. ``notes`` say what else
    differs between the folders.
    """

    stands: tuple[Stand, ...]
    measures: tuple[str, ...]
    primary: tuple[str, ...]
    left_out: Mapping[str, str]
    notes: tuple[str, ...]

    @property
    def sweeps(self) -> tuple[SweepStand, ...]:
        """List the folders that hold sweeps, in order."""
        return sweeps_among(self.stands)


def read_together(folders: Sequence[Path]) -> Together:
    """Read finished results of ``downstream run`` and ``downstream sweep``.

    Raises ``OutputError`` where one cannot be read, ``DefinitionError`` for fewer than two folders, or one
    named twice.
    """
    check_names(folders)
    return together([(folder, read_held(folder)) for folder in folders])


def together(found: Sequence[tuple[Path, Held]]) -> Together:
    """Set folders side by side."""
    names = names_of_folders([folder for folder, _ in found])
    stands = tuple(_stand(name, held) for name, (_, held) in zip(names, found, strict=True))
    footings = [one.footing for one in stands]
    every = list(dict.fromkeys(text for one in footings for text in one.names))
    primary = list(dict.fromkeys(text for one in stands for text in one.primary))
    reasons = {text: why_not_the_same(text, footings=footings) for text in every}
    asked = {text for one in footings for text in one.ids}
    return Together(
        stands=stands,
        measures=tuple(text for text in dict.fromkeys((*primary, *every)) if not reasons[text]),
        primary=tuple(text for text in primary if not reasons[text]),
        left_out={text: reasons[text] for text in every if reasons[text] and text in asked},
        notes=tuple(differences_of(stands)),
    )


def _stand(name: str, held: Held) -> Stand:
    return stand_of_run(name, held) if isinstance(held, Comparison) else stand_of_sweep(name, held)
