"""What of one world's books is of those who live in each locality."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """Years (Y) of a window by locality (L), as in ``Books``.

    ``parts`` (L) is the part of the place's people who live in each; ``activity`` and ``refilled`` (Y, L, A,
    O) and ``schemes`` (Y, L, O) are pence, ``starts`` (Y, L, A) and ``cases`` (Y, L, N) numbers, ``stays``
    (Y, L, A) and ``people`` (Y, L) person-seconds.
    """

    names: tuple[str, ...]
    parts: Floats
    activity: Floats
    schemes: Floats
    starts: Floats
    cases: Floats
    stays: Floats
    people: Floats
    refilled: Floats | None = None

    def only(self, localities: Sequence[str]) -> "Local":
        """Give those of some localities that are here."""
        kept = [place for place, name in enumerate(self.names) if name in localities]
        return Local(
            names=tuple(self.names[place] for place in kept),
            parts=self.parts[kept],
            activity=self.activity[:, kept],
            schemes=self.schemes[:, kept],
            starts=self.starts[:, kept],
            cases=self.cases[:, kept],
            stays=self.stays[:, kept],
            people=self.people[:, kept],
            refilled=None if self.refilled is None else self.refilled[:, kept],
        )

    def filled(self, pence: Floats, *, begun: Floats, homes: Floats) -> "Local":
        """Give the same when beds have filled again, at a cost (Y, A, O) and with stays begun (Y, A).

        ``homes`` (L, A) is what of an activity's days is of those who live in each locality: whoever comes
        into a free bed lives where those live who are in such beds.
        """
        return replace(
            self,
            refilled=pence[:, None] * homes[None, :, :, None],
            starts=self.starts + begun[:, None] * homes,
        )
