"""The switches on stocks: how strong each is now, what it does to rates and hazards, and who is enrolled.

Value = base × Π(1 + s(m − 1)) + Σ s·a, as in the people engine. What is for those enrolled acts on their
share of a flow: they have more needs than others, by their trait.
"""

import numpy as np

from simulator.compiler.program import (
    ABSENT,
    FOR_ENROLLED,
    FOR_EVERYONE,
    ON_HAZARD,
    ON_JOINERS,
    ON_NEED_RATE,
    ON_REFERRAL_RATE,
    TIMES,
    Floats,
    Program,
)
from simulator.engines.network.acting import acting
from simulator.engines.network.bases import Bases
from simulator.engines.network.enrolment import Enrolment, Followed
from simulator.engines.network.folk import Folk
from simulator.units import SECONDS_A_WEEK, SECONDS_A_YEAR

QUARTERS_EITHER_SIDE = 4


class Schemes:
    """All interventions of one run."""

    def __init__(self, program: Program, folk: Folk, *, bases: Bases) -> None:
        size = len(program.names.interventions)
        self._program, self._folk, self.bases = program, folk, bases
        self._acts = acting(program)
        self.enrolments = {
            scheme: Enrolment(program, scheme, traits=folk.traits)
            for scheme in range(size)
            if program.interventions.enrols[scheme]
        }
        self.is_running, self._any_running = np.zeros(size, dtype=np.bool_), False
        self.week = np.zeros(size, dtype=np.int64)
        self.strength = np.zeros(size)
        self.newly = np.zeros(size)
        needs = len(program.names.needs)
        self.followed = Followed(
            people=np.zeros(size),
            before=np.zeros((size, needs)),
            after=np.zeros((size, needs)),
            without=np.zeros((size, needs)),
        )
        self._home_of = program.people.home_locality
        self._keys = list(zip(program.effects.on.tolist(), program.effects.target.tolist(), strict=True))
        self._acting_on: dict[int, dict[int, list[int]]] = {}

    @property
    def any_running(self) -> bool:
        """Say whether any intervention acts now."""
        return self._any_running

    def begins(self, second: int) -> bool:
        """Read the tables at a second; who changes nothing of care is never there. Say whether others act
        than before."""
        was = self.is_running.copy()
        table, mondays = self._program.interventions, self._program.calendar.monday_second
        for scheme in range(len(self.week)):
            first, last = int(table.first_second[scheme]), int(table.last_second[scheme])
            running = bool(self._acts[scheme]) and first <= second < last
            if self.is_running[scheme] and not running and scheme in self.enrolments:
                self.enrolments[scheme].ends()
            self.is_running[scheme] = running
            passed = np.searchsorted(mondays, (first, second), side="right")
            week = max(int(passed[1] - passed[0]), 0)
            self.week[scheme] = week
            at = min(week, table.strength.shape[1] - 1)
            self.strength[scheme] = float(self.bases.strength[scheme, at]) if running else 0.0
        has_turned = bool((self.is_running != was).any())
        if has_turned:
            self._any_running = bool(self.is_running.any())
            self._find_acting()
        return has_turned

    def _find_acting(self) -> None:
        """List the effects that act now, by what they act on and its target."""
        self._acting_on = {}
        for effect, (on, target) in enumerate(self._keys):
            if self.is_running[self._program.effects.intervention[effect]]:
                self._acting_on.setdefault(on, {}).setdefault(target, []).append(effect)

    # Enrolment

    def by_locality(self, values: Floats) -> Floats:
        """Add values (…, H) up by locality (…, L)."""
        found = np.zeros((*values.shape[:-1], len(self._program.names.localities)))
        for home, locality in enumerate(self._home_of.tolist()):
            found[..., locality] += values[..., home]
        return found

    def enrols(self, second: int, rates: Floats) -> None:
        """Enrol on a Monday; ``rates`` (N, S, H) needs a year of somebody of factor one."""
        self.newly[:] = 0.0
        if second not in self._program.calendar.monday_second:
            return
        people = self.by_locality(self._folk.people)
        of_locality = self.by_locality(rates * self._folk.people) / np.maximum(people, 1e-9)
        for scheme, enrolment in self.enrolments.items():
            if not self.is_running[scheme]:
                continue
            new, use = enrolment.enrols(people, of_locality, second=second, week=int(self.week[scheme]))
            self.newly[scheme] = float(new.sum())
            self._follows(scheme, new, use=use, needs=of_locality, second=second)

    def _follows(self, scheme: int, new: Floats, *, use: Floats, needs: Floats, second: int) -> None:
        calendar = self._program.calendar
        quarter = 13 * SECONDS_A_WEEK
        is_followed = second + (QUARTERS_EITHER_SIDE + 1) * quarter <= calendar.end_second
        if is_followed and self.enrolments[scheme].reads.size:
            effect = self._of_enrolled(scheme)
            found = self.enrolments[scheme].follows(new, use, needs=needs, second=second, effect=effect)
            self.followed.people[scheme] += float(new.sum())
            self.followed.before[scheme] += found[0]
            self.followed.after[scheme] += found[1]
            self.followed.without[scheme] += found[2]

    def enrolled_share(self, scheme: int, trait: int) -> Floats:
        """Give the enrolled's share (S, H) of what people of a trait need, one for one by home."""
        enrolment = self.enrolments.get(scheme)
        if enrolment is None:
            return np.zeros_like(self._folk.people)
        factor = (
            enrolment.trait.factor if trait == enrolment.trait_index else np.ones(enrolment.inside.shape[2])
        )
        people = np.maximum(self.by_locality(self._folk.people), 1e-9)
        found: Floats = ((enrolment.inside @ factor) / people)[:, self._home_of]
        return found

    # Effects

    def effects(self, on: int, target: int) -> list[int]:
        """List the effects on something that act now."""
        return self._acting_on.get(on, {}).get(target, [])

    def touches(self, on: int) -> list[int]:
        """List the targets of one kind on which effects act now, in order."""
        return sorted(self._acting_on.get(on, ()))

    def pull(self, effect: int) -> tuple[float, float]:
        """Give the strength and the value of an effect now."""
        table = self._program.effects
        scheme = int(table.intervention[effect])
        week = int(self.week[scheme])
        if table.since_enrolment[effect] and scheme in self.enrolments:
            week = int(self.enrolments[scheme].age // SECONDS_A_WEEK)
        value = float(table.value[effect, min(week, table.value.shape[1] - 1)])
        return (1.0 if table.full_strength[effect] else float(self.strength[scheme])), value

    def _of_enrolled(self, scheme: int) -> tuple[Floats, Floats]:
        """Give what a scheme does to each need of those enrolled: times, plus (N)."""
        table = self._program.effects
        times, plus = np.ones(len(self._program.names.needs)), np.zeros(len(self._program.names.needs))
        for need in self.touches(ON_NEED_RATE):
            for effect in self.effects(ON_NEED_RATE, need):
                if table.intervention[effect] == scheme and table.whom[effect] == FOR_ENROLLED:
                    strength, value = self.pull(effect)
                    if table.acts[effect] == TIMES:
                        times[need] *= 1.0 + strength * (value - 1.0)
                    else:
                        plus[need] += strength * value
        return times, plus

    def is_of(self, effect: int, scheme: int) -> bool:
        """Say whether an effect is one of a scheme, for its enrolled."""
        table = self._program.effects
        return bool(table.whom[effect] == FOR_ENROLLED and table.intervention[effect] == scheme)

    def touched(self, effect: int, trait: int, *, of: int = ABSENT) -> Floats:
        """Give the share (S, H) of a flow that an effect touches; or of that ``of`` a scheme's enrolled."""
        table = self._program.effects
        whom = int(table.whom[effect])
        if whom == FOR_EVERYONE or self.is_of(effect, of):
            return np.ones_like(self._folk.people)
        if whom == FOR_ENROLLED:
            return self.enrolled_share(int(table.intervention[effect]), trait)
        return np.repeat(
            table.segment[effect][:, None].astype(np.float64), self._folk.people.shape[1], axis=1
        )

    def needs(self, rates: Floats) -> tuple[Floats, Floats, Floats] | None:
        """Give rates with effects (N, S, H), and of the change what is averted (N, S, H, I) and induced;
        nothing where none acts."""
        touched = self.touches(ON_NEED_RATE)
        if not touched:
            return None
        averted = np.zeros((*rates.shape, len(self.week)))
        induced, found = np.zeros_like(rates), rates.copy()
        table = self._program.effects
        for need in touched:
            trait = int(self._program.needs.trait[need])
            for effect in self.effects(ON_NEED_RATE, need):
                strength, value = self.pull(effect)
                by = strength * ((value - 1.0) * found[need] if table.acts[effect] == TIMES else value)
                change = by * self.touched(effect, trait)
                change = np.maximum(change, -found[need])
                found[need] += change
                averted[need, :, :, int(table.intervention[effect])] += np.maximum(-change, 0.0)
                induced[need] += np.maximum(change, 0.0)
        return found, averted, induced

    def needs_of(self, scheme: int, rates: Floats) -> Floats:
        """Give the part (N, S, H) of each need that is of those enrolled in a scheme, where ``rates`` are as
        without effects."""
        changed = self.needs(rates)
        everybody, theirs = rates if changed is None else changed[0], rates.copy()
        table = self._program.effects
        for need in self.touches(ON_NEED_RATE):
            trait = int(self._program.needs.trait[need])
            for effect in self.effects(ON_NEED_RATE, need):
                strength, value = self.pull(effect)
                by = strength * ((value - 1.0) * theirs[need] if table.acts[effect] == TIMES else value)
                theirs[need] = np.maximum(theirs[need] + by * self.touched(effect, trait, of=scheme), 0.0)
        part = np.divide(theirs, everybody, out=np.zeros_like(theirs), where=everybody > 0)
        traits = self._program.needs.trait.tolist()
        shares = {trait: self.enrolled_share(scheme, trait) for trait in {*traits}}
        found = part * np.array([shares[trait] for trait in traits]).reshape(part.shape)
        return np.asarray(np.minimum(found, 1.0))

    def referrals(self, rates: Floats) -> Floats:
        """Give the rates of referrals with effects; ``plus`` is a year."""
        return self._valued(ON_REFERRAL_RATE, rates, unit=1.0 / SECONDS_A_YEAR)

    def joiners(self, rates: Floats) -> Floats:
        """Give the joiners a year with effects."""
        return self._valued(ON_JOINERS, rates, unit=1.0)

    def _valued(self, on: int, rates: Floats, *, unit: float) -> Floats:
        found = rates.copy()
        for target in self.touches(on):
            for effect in self.effects(on, target):
                if self._program.effects.whom[effect] != FOR_EVERYONE:
                    continue
                strength, value = self.pull(effect)
                if self._program.effects.acts[effect] == TIMES:
                    found[target] *= 1.0 + strength * (value - 1.0)
                else:
                    found[target] += strength * value * unit
        return np.maximum(found, 0.0)

    def hazards(self) -> Floats:
        """Give the hazards (S, S + 1) with effects, averaged over whom they touch."""
        found = self.bases.hazard.copy()
        table = self._program.effects
        for segment in self.touches(ON_HAZARD):
            for effect in self.effects(ON_HAZARD, segment):
                strength, value = self.pull(effect)
                people = self._folk.people[segment]
                share = float(self.touched(effect, -1)[segment] @ people / max(people.sum(), 1e-9))
                at = (segment, int(table.second_target[effect]))
                by = strength * ((value - 1.0) * found[at] if table.acts[effect] == TIMES else value)
                found[at] = max(found[at] + by * share, 0.0)
        return found
