"""What several results folders are called beside each other."""

from collections.abc import Sequence
from pathlib import Path

from simulator.errors import DefinitionError

LEAST = 2
MOST_PARTS = 8


def check_names(folders: Sequence[Path]) -> None:
    """Raise ``DefinitionError`` for fewer than two folders, or one named twice."""
    if len(folders) < LEAST:
        raise DefinitionError("name two results folders or more; one has a report of its own.")
    if len({folder.resolve() for folder in folders}) < len(folders):
        raise DefinitionError("a results folder is named twice.")


def names_of_folders(folders: Sequence[Path]) -> list[str]:
    """Name folders by their last part, or by more of it where two would be the same."""
    for length in range(1, MOST_PARTS):
        names = ["/".join(folder.resolve().parts[-length:]) for folder in folders]
        if len(set(names)) == len(names):
            return names
    return [str(folder.resolve()) for folder in folders]
