"""What one world comes to, year by year: what it cost whom and what was done, before anybody is paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from simulator.accounts.beds import Beds
from simulator.accounts.local import Local

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One world of one replication, by year of the window (Y).

    ``organisations`` (O) name the columns, accounts outside among them. ``share`` is the part of the place
    that was run: sums of money that are written for the whole place count for as much.
    ``seconds`` (Y) is how long each year is: the last may be short. ``activity`` (Y, A, O) and ``schemes``
    (Y, O) are pence (of schemes ``set_up`` is the part paid
    once), as are ``overheads`` (Y, F), standing lines named ``<organisation>.<function>``; ``starts``
    by activity and ``cases`` by need are numbers (Y); ``people`` (Y) is person-seconds. ``refilled`` (Y, A,
    O) is what freed places cost again when they fill; ``hours`` (Y) of an account's own time by
    ``<account>.<activity>``, ``hour_pence`` what one is worth, by account: that is in no sum. ``helped`` by
    activity (Y, O) are the starts in places of partners, by who owns these. ``stays`` (Y, A) are
    person-seconds from start to leaving the place. ``local`` is what of it is of those who live in each
    locality, where a contract asks; ``part`` of the place's people are those whom these books are of.
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
    set_up: Floats | None = None
    refilled: Floats | None = None
    beds: Beds | None = None
    hours: Mapping[str, Floats] = field(default_factory=dict)
    hour_pence: Mapping[str, float] = field(default_factory=dict)
    helped: Mapping[str, Floats] = field(default_factory=dict)
    stays: Floats | None = None
    local: Local | None = None
    part: float = 1.0

    @property
    def care(self) -> Floats:
        """Give the variable cost of activity (Y, A, O), of what fills freed places too."""
        return self.activity if self.refilled is None else self.activity + self.refilled

    @property
    def resources(self) -> Floats:
        """Give the real cost that each organisation bears (Y, O), in pence."""
        found = self.care.sum(axis=1) + self.schemes
        for place, name in enumerate(self.overhead_names):
            found[:, self.place(name.partition(".")[0])] += self.overheads[:, place]
        return np.asarray(found)

    def within(self, localities: Sequence[str]) -> "Books":
        """Give the books of those who live in some localities.

        What stands for the whole place (overheads, wards, what is bought), and what is of nobody's home, is
        in no locality's.
        """
        assert self.local is not None
        mine = self.local.only(localities)
        return replace(
            self,
            activity=mine.activity.sum(axis=1),
            refilled=None if mine.refilled is None else mine.refilled.sum(axis=1),
            schemes=mine.schemes.sum(axis=1),
            overheads=np.zeros_like(self.overheads),
            starts=dict(zip(self.activities, mine.starts.sum(axis=1).T, strict=True)),
            cases=dict(zip(self.cases, mine.cases.sum(axis=1).T, strict=True)),
            people=mine.people.sum(axis=1),
            set_up=None,
            beds=None,
            hours={},
            helped={},
            stays=mine.stays.sum(axis=1),
            local=mine,
            part=float(mine.parts.sum()),
        )

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
