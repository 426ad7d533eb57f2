"""What one world comes to, year by year: what it cost whom and what was done, before anybody is paid."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One world of one replication, by year of the window (Y).

    ``organisations`` (O) name the columns, accounts outside among them. ``share`` is the part of the place
    that was run: sums of money that are written for the whole place count for as much.
    ``seconds`` (Y) is how long each year is: the last may be short. ``activity`` (Y, A, O) and ``schemes``
    (Y, O) are pence, as are ``overheads`` (Y, F), named ``<organisation>.<function>``; ``starts``
    by activity and ``cases`` by need are numbers (Y); ``people`` (Y) is person-seconds.
    """

    organisations: tuple[str, ...]
    activities: tuple[str, ...]
    share: float
    seconds: Floats
    activity: Floats
    schemes: Floats
    overheads: Floats
    overhead_names: tuple[str, ...]
    starts: Mapping[str, Floats]
    cases: Mapping[str, Floats]
    people: Floats

    @property
    def resources(self) -> Floats:
        """Give the real cost that each organisation bears (Y, O), in pence."""
        found = self.activity.sum(axis=1) + self.schemes
        for place, name in enumerate(self.overhead_names):
            found[:, self.place(name.partition(".")[0])] += self.overheads[:, place]
        return np.asarray(found)

    def place(self, organisation: str) -> int:
        """Give the column of an organisation."""
        return self.organisations.index(organisation)

    def done(self, name: str) -> Floats:
        """Count starts of an activity, or cases of a need or referral (Y); nought of what is not here."""
        nothing = np.zeros_like(self.seconds)
        return self.starts.get(name, self.cases.get(name, nothing))


def net_of(books: Books, paid: Floats) -> Floats:
    """Give what each organisation has left (Y, O): what it was paid, less what it paid and what it spent."""
    return np.asarray(paid.sum(axis=1) - paid.sum(axis=2) - books.resources)
