"""What was felt of switches and of free places when it was last worked out who makes up each lane."""

from __future__ import annotations

from collections.abc import Callable

from simulator.compiler.program import Floats

Key = tuple[str, int]


class Felt:
    """What effects, moves and lists came to, by kind and number: read once, and kept until it is forgotten.

    What is kept is never written to.
    """

    def __init__(self, kept: dict[Key, Floats] | None = None) -> None:
        self._kept = {} if kept is None else kept

    def of(self, key: Key, reads: Callable[[], Floats]) -> Floats:
        """Give what was felt, or what ``reads`` gives where nothing was."""
        if key not in self._kept:
            self._kept[key] = reads()
        return self._kept[key]

    def forget(self) -> None:
        """Let all be read anew."""
        self._kept.clear()

    def copy(self) -> Felt:
        """Give what is felt now, to be kept apart."""
        return Felt(dict(self._kept))
