"""What members lose, month by month, and what it makes of their collaborations; every engine calls it.

At the first second of a month, after a period that closes then, the month before is settled. The baseline
leaves its months for the other worlds of its replication. In those the loss of a month is read a month later:
it is what the shipped stocks are given from the second month after it on. They take a step on each Monday,
and interventions are as strong until the next month as they come to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from simulator.accounts.books import Books
from simulator.accounts.loss import month_loss
from simulator.accounts.month import Totals, month_books, record_rows
from simulator.compiler.carrying import Carried
from simulator.compiler.fidelity import begun, row_of
from simulator.compiler.program import Collaborations, Floats, Ints, Program
from simulator.definition.collaborations import Character
from simulator.definition.dynamics import FORUM, LOSS
from simulator.engines.records import CollaborationRecords
from simulator.errors import RunFailed


@dataclass(slots=True)
class OtherWorld:
    """The baseline's months: it writes them down, the other worlds of its replication read them."""

    books: list[Books] = field(default_factory=list)
    is_written: bool = True

    def for_reading(self) -> OtherWorld:
        """Give the same months to a world that reads them."""
        return replace(self, is_written=False)


class MoneySide(Protocol):
    """What an engine can be asked, and what can be changed in it; all now."""

    def totals(self) -> Totals:
        """Give what the run has added up since it began."""

    def set_strength(self, intervention: int, strength: Floats) -> None:
        """Set the strength of an intervention in each of its weeks, the present one included."""


def months_of(program: Program, side: MoneySide, *, other: OtherWorld | None) -> Months | None:
    """Give the months of a run; nothing where no loss feeds back, or nobody asks for them."""
    return None if program.feedback is None or other is None else Months(program, side, other=other)


class Months:
    """The months of one run, at one moment."""

    def __init__(self, program: Program, side: MoneySide, *, other: OtherWorld) -> None:
        self._take(program, side, other=other)
        self._before: Totals | None = None
        if other.is_written:
            other.books.clear()

    def _take(self, program: Program, side: MoneySide, *, other: OtherWorld) -> None:
        assert program.feedback is not None
        self._program, self._side, self._other = program, side, other
        self._feedback, self._rows = program.feedback, record_rows(program)
        self._losses: list[Floats] = []
        found = program.collaborations
        self._paths = [] if found is None else [_Path(program, place) for place in range(len(found.names))]

    def fork(self, program: Program, side: MoneySide, *, rows: Ints) -> Months:
        """Give the months of a world that has been this one so far, and reads what this one wrote.

        ``rows`` says which row of records each of this world's is there. Nobody has lost anything yet.
        """
        found = Months.__new__(Months)
        found._take(program, side, other=self._other.for_reading())
        found._before = None if self._before is None else _moved(self._before, program, rows=rows)
        for month in range(1, self._month_of(found._before)):
            found._nobody_loses(month)
        return found

    def _month_of(self, before: Totals | None) -> int:
        """Count the months begun at a moment."""
        if before is None:
            return 0
        return int(np.searchsorted(self._feedback.month_second, before.second, side="right"))

    def _nobody_loses(self, month: int) -> None:
        self._losses.append(np.zeros(len(self._feedback.turnover)))
        self._carry_on(month)

    def begins(self, month: int) -> None:
        """A month begins: the one before it is settled, and felt."""
        if not self._other.is_written and not self._paths:
            return
        now, before = self._side.totals(), self._before
        self._before = now
        if before is None:
            return
        share = self._feedback.share
        books = month_books(self._program, self._rows, before=before, now=now, share=share)
        if self._other.is_written:
            self._other.books.append(books)
        if self._paths:
            self._losses.append(month_loss(self._feedback, books, plan=self._plan(month)))
            self._carry_on(month)
            self._drive()

    def _plan(self, month: int) -> Books:
        if month > len(self._other.books):
            raise RunFailed("losses are against the other world: run the baseline of this replication first.")
        return self._other.books[month - 1]

    def _carry_on(self, month: int) -> None:
        """Carry the collaborations on to the first Monday of the next month."""
        seconds = self._feedback.month_second
        until = int(seconds[month + 1]) if month + 1 < len(seconds) else self._program.calendar.end_second
        lost = self._losses[-2] if len(self._losses) > 1 else np.zeros(len(self._feedback.turnover))
        for path in self._paths:
            path.carry_on(until, lost=lost)

    def _drive(self) -> None:
        found = self._program.collaborations
        assert found is not None
        for intervention, follows in enumerate(found.follows.tolist()):
            if follows >= 0:
                self._side.set_strength(intervention, self._paths[follows].strength(intervention))

    def records(self) -> CollaborationRecords | None:
        """Return what came of it; nothing where no intervention depends on a collaboration."""
        if not self._paths:
            return None
        organisations = len(self._feedback.turnover)
        return CollaborationRecords(
            path=np.array([one.rows for one in self._paths]),
            loss=np.array(self._losses).reshape(len(self._losses), organisations),
        )


class _Path:
    """One collaboration on its way: the shipped stocks, and what there is in each of its weeks.

    What there would be without losses stands in the weeks to come. It is the most there can be: losses only
    take away, and the candidates of the run are prepared for no more.
    """

    def __init__(self, program: Program, place: int) -> None:
        found = program.collaborations
        assert found is not None
        self._found: Collaborations = found
        self._members = found.members[place]
        self._forum: list[float] = found.forum[place].tolist()
        first, mondays = int(found.first_second[place]), program.calendar.monday_second
        self._seconds: list[int] = [first, *mondays[mondays > first].tolist()]
        self._week = 0
        self._most = float(found.path[place, :, 0].max())
        self.rows: Floats = found.path[place].copy()
        constants: Mapping[str, float] = dict(
            zip(Character.model_fields, found.constants[place].tolist(), strict=True)
        )
        self._stocks: Carried = begun(constants)

    def carry_on(self, until: int, *, lost: Floats) -> None:
        """Take the steps of all Mondays before a second; the member that loses most is whose loss is felt."""
        loss = float(lost[self._members].max(initial=0.0))
        while self._week < len(self._seconds) - 1 and self._seconds[self._week] < until:
            self._stocks.set(FORUM, self._forum[self._week])
            self._stocks.set(LOSS, loss)
            self._stocks.advance()
            self._week += 1
            self.rows[self._week] = row_of(self._stocks)
        self.rows[self._week + 1 :] = self.rows[self._week]

    def strength(self, intervention: int) -> Floats:
        """Give the strength of an intervention in each of its weeks, as far as it is known."""
        weeks = self._found.week_of[intervention]
        return np.where(weeks >= 0, np.minimum(self.rows[weeks, 0], self._most), 0.0)


def _moved(totals: Totals, program: Program, *, rows: Ints) -> Totals:
    """Give totals in the terms of a program that was the same so far, and whose schemes have not begun."""
    starts, seconds = (np.zeros(program.rows, dtype=np.int64) for _ in range(2))
    starts[rows], seconds[rows] = totals.starts, totals.place_seconds
    schemes = np.zeros(len(program.names.interventions), dtype=np.int64)
    return replace(totals, starts=starts, place_seconds=seconds, enrolled=schemes, enrolments=schemes.copy())
