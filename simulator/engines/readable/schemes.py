"""Schemes: the interventions that are on, who is enrolled, and how strongly each acts now.

Strengths and multipliers change only at the start of an intervention, on Mondays 00:00 and at its end.
Enrolment is on Mondays 00:00 in name order: living, eligible people whose uptake draw (one for life) is below
uptake, by most recent use, then by lot.
"""

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import FOR_ENROLLED, FOR_EVERYONE, NO_LIMIT
from simulator.compiler.sent import AWAY, BROUGHT, DIRECTIONS, effects_that_send, ways_counted
from simulator.engines import log
from simulator.engines.readable import agenda, chance
from simulator.engines.readable.case import NOBODY, Case
from simulator.engines.readable.effects import Effects
from simulator.engines.readable.network import Entry
from simulator.engines.readable.people import History
from simulator.engines.readable.world import World
from simulator.engines.records import EnrolmentRecords
from simulator.units import SECONDS_A_WEEK

_END_OF_STAY = 1 << 20


class Schemes:
    """All interventions of one run. ``enrolled[i]`` maps a person to (second, nth, place in the records)."""

    def __init__(self, world: World, history: History) -> None:
        program = world.program
        size = len(program.names.interventions)
        self._world = world
        self._history = history
        self._table = program.interventions
        self.is_running = [False] * size
        self.week = [0] * size
        self.strength = [0.0] * size
        self._strengths = list(program.interventions.strength)
        self.enrolled: list[dict[int, int]] = [{} for _ in range(size)]
        self._rows: list[list[int]] = []
        self._row_of: list[dict[int, int]] = [{} for _ in range(size)]
        self._nth: list[dict[int, int]] = [{} for _ in range(size)]
        self._uptake: dict[int, NDArray[np.float64]] = {}
        self._area: list[list[int]] = []
        self._open_area = [0] * size
        first, sending = len(program.moves.kind), effects_that_send(program.effects).tolist()
        self._way_of = {effect: first + DIRECTIONS * place for place, effect in enumerate(sending)}
        self._route_of = program.effects.second_target
        self._offered: list[list[int]] = [[0] * ways_counted(program)]
        self._moved: list[list[int]] = [[0] * ways_counted(program)]
        self.effects = Effects(program, self)

    # The calendar

    def begins(self, intervention: int) -> None:
        """An intervention starts."""
        self.is_running[intervention] = True
        self.week[intervention] = 0
        self.strength[intervention] = float(self._strengths[intervention][0])

    def ends(self, intervention: int) -> None:
        """An intervention ends, and every enrolment with it."""
        for person in list(self.enrolled[intervention]):
            self.releases(intervention, person)
        self.is_running[intervention] = False
        if self._world.shifting is not None:
            self._world.shifting.ends(intervention)
        self.strength[intervention] = 0.0

    def begins_week(self) -> None:
        """Read the next column of the tables."""
        if self._world.aid is not None:
            self._world.aid.begins_week()
        last = self._table.strength.shape[1] - 1
        now = self._world.agenda.now
        for intervention, is_running in enumerate(self.is_running):
            if is_running and now > int(self._table.first_second[intervention]):
                self.week[intervention] = min(self.week[intervention] + 1, last)
                self.strength[intervention] = float(self._strengths[intervention][self.week[intervention]])

    def is_driven(self, intervention: int, strength: NDArray[np.float64]) -> None:
        """The stocks say how strong an intervention is in each of its weeks, the present one included."""
        self._strengths[intervention] = strength
        if self.is_running[intervention]:
            self.strength[intervention] = float(strength[self.week[intervention]])

    # Enrolment

    def enrols(self) -> None:
        """Enrol whom places and weekly enrolments allow, intervention by intervention."""
        for intervention, is_running in enumerate(self.is_running):
            if is_running and self._table.enrols[intervention]:
                for person in self._who(intervention):
                    self._enrol(intervention, int(person))

    def _who(self, intervention: int) -> NDArray[np.int64]:
        """Return those to enrol now, in order."""
        number = min(self._free(intervention), self._allowed(intervention))
        if number <= 0:
            return np.zeros(0, dtype=np.int64)
        eligible, use = self._eligible(intervention)
        lot = self._draws_of_everybody(intervention)[1][eligible]
        most = np.zeros_like(eligible) if self._table.by_lot[intervention] else -use[eligible]
        return eligible[np.lexsort((eligible, lot, most))[:number]]

    def _free(self, intervention: int) -> int:
        """Return how many places the scheme has left."""
        places = int(self._table.places[intervention])
        return len(self._world.people) if places == NO_LIMIT else places - len(self.enrolled[intervention])

    def _allowed(self, intervention: int) -> int:
        """Return how many may enrol this week: whole people of the rate so far, less those of the weeks
        before."""
        over, under = (
            int(of[intervention]) for of in (self._table.weekly_numerator, self._table.weekly_denominator)
        )
        if over == NO_LIMIT:
            return len(self._world.people)
        week = self.week[intervention]
        return over * (week + 1) // under - over * week // under

    def _eligible(self, intervention: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the living, eligible, willing people who are not enrolled, and everybody's recent use."""
        table, people = self._table, self._world.people
        segment = np.asarray(people.segment)
        locality = self._world.program.people.home_locality[np.asarray(people.home)]
        may = np.asarray(people.is_alive) & table.eligible_segment[intervention][segment]
        may &= table.eligible_locality[intervention][locality]
        may &= self._draws_of_everybody(intervention)[0] < table.uptake[intervention][locality]
        use = np.zeros(len(people), dtype=np.int64)
        if table.use_at_least[intervention] > 0:
            use = self._history.within(table.use_need[intervention], int(table.use_quarters[intervention]))
            may &= use >= table.use_at_least[intervention]
        may[list(self.enrolled[intervention])] = False
        return np.flatnonzero(may).astype(np.int64), use

    def _draws_of_everybody(self, intervention: int) -> NDArray[np.float64]:
        """Return everybody's uptake draw and lot, drawn once."""
        found = self._uptake.get(intervention)
        if found is None:
            draw, purpose = self._world.chance.uniform, int(self._table.hash[intervention])
            found = np.array(
                [
                    [draw(address, purpose, visit=0, draw=which) for address in self._world.people.address]
                    for which in (chance.UPTAKE, chance.LOT)
                ]
            )
            self._uptake[intervention] = found
        return found

    def _enrol(self, intervention: int, person: int) -> None:
        now = self._world.agenda.now
        nth = self._nth[intervention].get(person, 0)
        self._nth[intervention][person] = nth + 1
        self.enrolled[intervention][person] = now
        self._row_of[intervention][person] = len(self._rows)
        self._rows.append([person, intervention, now, -1, nth])
        self._open_area[intervention] -= now
        self._world.note_person(log.ENROLLED, person, number=nth, klass=intervention)
        law = int(self._table.stay_law[intervention])
        if law >= 0:
            address = self._world.people.address[person]
            u = self._world.chance.uniform(
                address, int(self._table.hash[intervention]), visit=nth, draw=chance.LENGTH
            )
            second = now + self._world.chance.seconds(law, u, number=1)
            self._world.agenda.add(
                second,
                phase=agenda.CALENDAR,
                number=_END_OF_STAY + intervention * len(self._world.people) + person,
                act=lambda: self._stay_is_over(intervention, person, nth=nth),
            )

    def _stay_is_over(self, intervention: int, person: int, *, nth: int) -> None:
        if person in self.enrolled[intervention] and self._nth[intervention][person] == nth + 1:
            self.releases(intervention, person)

    def releases(self, intervention: int, person: int) -> None:
        """End one enrolment."""
        now = self._world.agenda.now
        del self.enrolled[intervention][person]
        row = self._rows[self._row_of[intervention].pop(person)]
        row[3] = now
        self._open_area[intervention] += now
        self._world.note_person(log.LEFT_ENROLMENT, person, number=row[4], klass=intervention)

    def ends_for(self, person: int) -> None:
        """End all enrolments of somebody who died."""
        for intervention, enrolled in enumerate(self.enrolled):
            if person in enrolled:
                self.releases(intervention, person)

    def touches(self, intervention: int, whom: int, *, person: int, segments: NDArray[np.bool_]) -> bool:
        """Whether something of an intervention is for this person (referrals: only what is for everyone)."""
        if not self.is_running[intervention]:
            return False
        if whom == FOR_EVERYONE:
            return True
        if person == NOBODY:
            return False
        if whom == FOR_ENROLLED:
            return person in self.enrolled[intervention]
        return bool(segments[self._world.people.segment[person]])

    def weeks_enrolled(self, intervention: int, person: int) -> int:
        """Return the whole weeks since the person's enrolment."""
        return (self._world.agenda.now - self.enrolled[intervention][person]) // SECONDS_A_WEEK

    # What effects ask and answer

    def duration(self, case: Case, activity: int, *, seconds: float) -> int:
        """Return a drawn time with the effects on it, rounded once."""
        return self.effects.duration(self._world, case, activity=activity, seconds=seconds)

    def route(self, case: Case, activity: int, *, entry: Entry) -> Entry:
        """Return the route after the effects on its share."""
        return self.effects.route(self._world, case, activity=activity, entry=entry)

    def offers_move(self, move: int, *, found_place: bool) -> None:
        """Count a diversion or step-down that was drawn, and whether it found a place."""
        self._offered[-1][move] += 1
        self._moved[-1][move] += found_place

    def sends(self, effect: int, *, route: int) -> None:
        """Count a case that an effect on a share sent another way: from its route, or to it."""
        direction = BROUGHT if route == self._route_of[effect] else AWAY
        self.offers_move(self._way_of[effect] + direction, found_place=True)

    # Records

    def close(self, now: int) -> None:
        """Close a period."""
        inside = [len(enrolled) for enrolled in self.enrolled]
        self._area.append([area + number * now for area, number in zip(self._open_area, inside, strict=True)])
        self._open_area = [-number * now for number in inside]
        self._offered.append([0] * len(self._offered[0]))
        self._moved.append([0] * len(self._moved[0]))

    def so_far(self, now: int) -> tuple[list[int], list[int]]:
        """Return the person-seconds enrolled in each scheme since the run began, and its enrolments."""
        size = len(self.enrolled)
        area = [
            sum(row[one] for row in self._area) + self._open_area[one] + len(self.enrolled[one]) * now
            for one in range(size)
        ]
        return area, [sum(row[1] == one for row in self._rows) for one in range(size)]

    def records(self) -> EnrolmentRecords:
        """Return the tables."""
        rows = np.array(self._rows, dtype=np.int64).reshape(len(self._rows), 5)
        periods = len(self._area)
        return EnrolmentRecords(
            person=rows[:, 0],
            intervention=rows[:, 1],
            second=rows[:, 2],
            left_second=rows[:, 3],
            nth=rows[:, 4],
            enrolled_area=np.array(self._area, dtype=np.int64).reshape(periods, len(self.enrolled)),
            offered=np.array(self._offered[:periods], dtype=np.int64).reshape(periods, -1),
            moved=np.array(self._moved[:periods], dtype=np.int64).reshape(periods, -1),
        )
