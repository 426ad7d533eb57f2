"""What the switches do to rates, durations, hazards and shares, in order of intervention and place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from simulator.compiler.arrays import flags, held, integers
from simulator.compiler.benefits import parted
from simulator.compiler.draft import Draft
from simulator.compiler.effect_paths import OF_NOBODY, ON_CAPACITY, ON_COST, ON_OVERHEAD, Target, read_target
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.interventions import running
from simulator.compiler.program import (
    FOR_ENROLLED,
    FOR_EVERYONE,
    FOR_SEGMENTS,
    ON_DURATION,
    ON_HAZARD,
    ON_NEED_RATE,
    ON_REFERRAL_RATE,
    PLUS,
    TIMES,
    Effects,
)
from simulator.compiler.weeks import at_points, week_seconds
from simulator.definition.effects import Effect
from simulator.definition.interventions import ENROLLED, EVERYONE
from simulator.units import SECONDS_A_WEEK, YEAR

SINCE_ENROLMENT = "enrolment"
LOWER_HELPS = (ON_NEED_RATE, ON_REFERRAL_RATE, ON_DURATION, ON_HAZARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One effect: what it acts on, how, for whom, and its values by week."""

    intervention: int
    acts: int
    target: Target
    whom: int
    segments: tuple[int, ...]
    since_enrolment: bool
    full_strength: bool
    value: list[float]
    hash: int


def build_effects(draft: Draft, rows: Sequence[Row]) -> Effects:
    """Turn rows into arrays."""
    segments = len(draft.index.names.segments)
    touched = np.zeros((len(rows), segments), dtype=np.bool_)
    for place, row in enumerate(rows):
        touched[place, list(row.segments)] = True
    return Effects(
        intervention=integers(row.intervention for row in rows),
        acts=integers(row.acts for row in rows),
        on=integers(row.target.on for row in rows),
        target=integers(row.target.target for row in rows),
        second_target=integers(row.target.second_target for row in rows),
        instead=integers(row.target.instead for row in rows),
        whom=integers(row.whom for row in rows),
        segment=touched,
        since_enrolment=flags(row.since_enrolment for row in rows),
        full_strength=flags(row.full_strength for row in rows),
        value=held([row.value for row in rows]),
        hash=integers(row.hash for row in rows),
    )


def effect_rows(draft: Draft) -> list[Row]:
    """List the effects of all interventions but those on capacity, added needs after each one's own."""
    found: list[Row] = []
    for place, name in enumerate(draft.index.names.interventions):
        found += own_rows(draft, name, place=place)
        found += added_needs(draft, name, place=place)
    return found


def own_rows(draft: Draft, name: str, *, place: int) -> Iterator[Row]:
    """Yield the ``times`` and ``plus`` effects of one intervention, those on capacity and prices left out."""
    intervention = draft.model.interventions[name]
    for number, effect in enumerate(intervention.effects):
        path = f"interventions.{name}.effects.{number}"
        target = read_target(draft, effect, path=path) if effect.path else None
        if target is None or target.on == ON_CAPACITY:
            continue
        whom, segments = touched(draft, intervention.whom(effect))
        if target.on == ON_COST and whom == FOR_ENROLLED:
            draft.findings.fault(
                f"{path}.for",
                'costs are added up by segment, not by person; say for = "everyone" or segments.',
            )
        is_of_nobody = target.on in OF_NOBODY
        if effect.since == SINCE_ENROLMENT and (is_of_nobody or whom != FOR_ENROLLED):
            draft.findings.fault(
                f"{path}.since",
                'counts from each person\'s enrolment; say for = "enrolled" or since = "scheme".',
            )
        if target.on in (ON_COST, ON_OVERHEAD):
            continue
        row = Row(
            intervention=place,
            acts=TIMES if effect.times else PLUS,
            target=target,
            whom=FOR_EVERYONE if is_of_nobody else whom,
            segments=all_segments(draft) if is_of_nobody else segments,
            since_enrolment=effect.since == SINCE_ENROLMENT,
            full_strength=False,
            value=weekly_values(draft, name, effect=effect, unit=target.unit if effect.plus else Fraction(1)),
            hash=purpose_hash("effect", f"{name}.{number}"),
        )
        yield from [row] if intervention.collaboration is None else benefit_and_harm(row)


def benefit_and_harm(row: Row) -> list[Row]:
    """Part an effect into what a collaboration's fidelity scales, and the harm that it does not.

    Fewer needs, referrals, changes of segment and deaths and shorter times count as benefit; what moves
    shares and joiners is neither, and is scaled. Week by week one of the two does nothing.
    """
    if row.target.on not in LOWER_HELPS:
        return [row]
    neutral = 1.0 if row.acts == TIMES else 0.0
    parts = parted(row.value, neutral=neutral)
    rows = [
        replace(row, value=values, full_strength=is_harm)
        for values, is_harm in zip(parts, (False, True), strict=True)
        if any(value != neutral for value in values)
    ]
    return rows or [row]


def added_needs(draft: Draft, name: str, *, place: int) -> Iterator[Row]:
    """Yield the needs that an intervention adds, each a ``plus`` at full strength."""
    intervention = draft.model.interventions[name]
    for number, addition in enumerate(intervention.adds):
        if addition.need is None or addition.rate is None:
            continue
        whom, segments = touched(draft, intervention.whom(addition))
        yield Row(
            intervention=place,
            acts=PLUS,
            target=Target(on=ON_NEED_RATE, target=draft.index.need[addition.need], unit=YEAR),
            whom=whom,
            segments=segments,
            since_enrolment=False,
            full_strength=True,
            value=[float(addition.rate.value * YEAR)],
            hash=purpose_hash("effect", f"{name}.{len(intervention.effects) + number}"),
        )


def touched(draft: Draft, whom: str | tuple[str, ...]) -> tuple[int, tuple[int, ...]]:
    """Give whom an effect is for as a number, and the segments it may touch."""
    if whom == ENROLLED:
        return FOR_ENROLLED, all_segments(draft)
    if whom == EVERYONE:
        return FOR_EVERYONE, all_segments(draft)
    return FOR_SEGMENTS, tuple(sorted(draft.index.segment[name] for name in whom))


def all_segments(draft: Draft) -> tuple[int, ...]:
    """List all segments."""
    return tuple(range(len(draft.index.names.segments)))


def weekly_values(draft: Draft, name: str, *, effect: Effect, unit: Fraction) -> list[float]:
    """Give the values of an effect week by week: of the intervention, or since a person's enrolment.

    By year: the value at the end of each year named, straight lines between, held outside.
    """
    if effect.by_year is None:
        assert effect.value is not None
        return [float(effect.value.value * unit)]
    points = [(year * YEAR, float(amount.value * unit)) for year, amount in effect.by_year]
    first, _ = running(draft.window, draft.model.interventions[name])
    seconds = week_seconds(draft.window, first)
    if effect.since == SINCE_ENROLMENT:
        seconds = [first + week * SECONDS_A_WEEK for week in range(len(seconds))]
    return [at_points(points, Fraction(second - first)) for second in seconds]
