"""What is asked of the compiled engine for the books of its months, and changed in it."""

import numpy as np

from simulator.accounts.month import Totals
from simulator.compiler.program import Floats, Ints, Program
from simulator.engines import records as fields
from simulator.engines.kernels import layout as at
from simulator.engines.kernels.meters import takes_strength
from simulator.engines.people.ledger import Ledger
from simulator.engines.people.world import World


class MoneySide:
    """The compiled engine's side of the months.

    Records begin anew when a period closes; what the ledger has of closed periods is added up once.
    """

    def __init__(self, program: Program, world: World, ledger: Ledger) -> None:
        self._program, self._world, self._ledger = program, world, ledger
        self._periods = 0
        self._rows = np.zeros((program.rows, 3), dtype=np.int64)

    def totals(self) -> Totals:
        """Give what the run has added up since it began."""
        ints, names, ledger = self._world.ints, self._program.names, self._ledger
        now = int(ints[at.NOW])
        rows = self._closed() + self._open(now)
        cells = len(names.segments) * len(names.homes)
        needs = self._world.table(at.HAPPENED, len(names.needs) * cells).reshape(len(names.needs), cells)
        alive = self._world.table(at.LIVING_AREA, cells) + self._world.table(at.LIVING, cells) * now
        schemes = self._world.rows(at.SCHEMES, len(names.interventions), width=at.SCHEME_SIZE)
        enrolled = schemes[:, at.ENROLLED_AREA] + schemes[:, at.ENROLLED] * now
        return Totals(
            second=now,
            starts=rows[:, 0].copy(),
            place_seconds=rows[:, 1] + rows[:, 2],
            needs=needs.sum(axis=1) + sum(one.sum(axis=(1, 2)) for one in ledger.happened),
            alive=int(alive.sum() + sum(one.sum() for one in ledger.person_seconds)),
            enrolled=enrolled + sum(ledger.enrolled),
            enrolments=self._enrolments(),
        )

    def set_strength(self, intervention: int, strength: Floats) -> None:
        """Set the strength of an intervention in each of its weeks, the present one included."""
        row = int(self._world.ints[at.SCHEMES]) + intervention * at.SCHEME_SIZE
        place = int(self._world.ints[row + at.STRENGTHS])
        self._world.reals[place : place + len(strength)] = strength
        takes_strength(self._world.ints, self._world.reals, row)

    def _closed(self) -> Ints:
        """Give starts, and person-seconds active and kept, of closed periods by row."""
        ledger, last = self._ledger, len(self._ledger.activity_rows)
        for period in range(self._periods, last):
            rows, values = ledger.activity_rows[period], ledger.activity_values[period]
            self._rows[rows] += values[:, [fields.STARTS, fields.ACTIVE_AREA, fields.KEPT_AREA]]
        self._periods = last
        return self._rows

    def _open(self, now: int) -> Ints:
        """Give the same of the present period."""
        rows = self._world.rows(at.ROWS, self._program.rows, width=at.ROW_SIZE)
        found = rows[:, [fields.STARTS, fields.ACTIVE_AREA, fields.KEPT_AREA]].copy()
        found[:, 1] += rows[:, at.ROW_ACTIVE] * now
        found[:, 2] += rows[:, at.ROW_KEPT] * now
        return found

    def _enrolments(self) -> Ints:
        count = int(self._world.ints[at.ENROLMENTS_NEXT])
        rows = self._world.rows(at.ENROLMENTS, count, width=at.ENROLMENT_SIZE)
        return np.bincount(rows[:, at.ENROLLED_SCHEME], minlength=len(self._program.names.interventions))
