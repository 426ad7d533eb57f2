"""The switches that are on, as arrays: when, how strongly, for whom, how many, and what they cost."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import ceil

import numpy as np

from simulator.compiler.arrays import flags, float_rows, held, integers
from simulator.compiler.draft import Draft
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.program import ABSENT, NO_LIMIT, Flags, Floats, Interventions
from simulator.compiler.rounding import half_up, places_of
from simulator.compiler.weeks import at_points, linear, logistic, week_seconds
from simulator.compiler.window import Window
from simulator.definition.interventions import Eligible, Intervention, InterventionCost
from simulator.definition.quantities import Parameter
from simulator.definition.ramps import LINEAR, POINTS, STEP, Ramp
from simulator.units import SECONDS_A_QUARTER, SECONDS_A_WEEK, seconds_between

NO_COST = InterventionCost()
ANYBODY = Eligible()
BY_LOT = "lot"
FINEST_PART, MOST_A_WEEK = 10**6, 10**8


def build_interventions(draft: Draft) -> Interventions:
    """Turn the interventions of a draft, all of them on, into arrays."""
    names = draft.index.names.interventions
    written = [draft.model.interventions[name] for name in names]
    seconds = [running(draft.window, one) for one in written]
    eligible = [one.eligible or ANYBODY for one in written]
    costs = [one.cost or NO_COST for one in written]
    weekly = [enrolments_a_week(draft, one.enrolments) for one in written]
    return Interventions(
        first_second=integers(first for first, _ in seconds),
        last_second=integers(last for _, last in seconds),
        strength=held([weekly_strength(draft, one) for one in written]),
        enrols=flags(one.enrols for one in written),
        uptake=uptakes(draft, written),
        places=integers(places(draft, one.places) for one in written),
        weekly_numerator=integers(NO_LIMIT if rate is None else rate.numerator for rate in weekly),
        weekly_denominator=integers(1 if rate is None else rate.denominator for rate in weekly),
        stay_law=integers(draft.laws.add_optional(one.stays) for one in written),
        by_lot=flags(one.enrolment_order == BY_LOT for one in written),
        eligible_segment=chosen([one.segments for one in eligible], draft.index.names.segments),
        eligible_locality=chosen([one.localities for one in eligible], draft.index.names.localities),
        use_need=chosen(
            [one.recent_use.needs if one.recent_use else () for one in eligible],
            names=draft.index.names.needs,
        ),
        use_at_least=integers(
            int(one.recent_use.at_least.value) if one.recent_use else 0 for one in eligible
        ),
        use_quarters=integers(quarters(one) for one in eligible),
        lead=integers(draft.index.organisation[one.lead] if one.lead else ABSENT for one in written),
        set_up_pence=pence([one.set_up for one in costs]) * float(draft.window.population_share),
        place_year_pence=pence([one.place_year for one in costs]),
        enrolment_pence=pence([one.enrolment for one in costs]),
        hash=integers(purpose_hash("intervention", name) for name in names),
    )


def running(window: Window, intervention: Intervention) -> tuple[int, int]:
    """Give the seconds of the run between which an intervention runs: from the first to before the last."""
    first = window.warm_up_seconds if intervention.starts is None else second_of(window, intervention.starts)
    last = window.end_second if intervention.ends is None else second_of(window, intervention.ends)
    return first, last


def second_of(window: Window, moment: Parameter | date) -> int:
    """Give the second of the run of a date, or of a time counted from the end of warm-up."""
    after = half_up(moment.value) if isinstance(moment, Parameter) else seconds_between(window.starts, moment)
    return window.warm_up_seconds + after


def weekly_strength(draft: Draft, intervention: Intervention) -> list[float]:
    """Give an intervention's strength at the beginning of each of its weeks: as its ramp or collaboration
    has it."""
    first, _ = running(draft.window, intervention)
    seconds = week_seconds(draft.window, first)
    if intervention.collaboration is not None:
        fidelity = draft.fidelities[intervention.collaboration]
        return [fidelity.at(second) for second in seconds]
    return [ramp_and_fades(intervention, Fraction(second - first)) for second in seconds]


def ramp_and_fades(intervention: Intervention, time: Fraction) -> float:
    """Give ramp × (1 − fade) at a time since the start."""
    fades = intervention.fades
    return strength_at(intervention.ramp, time) * (1.0 if fades is None else 1.0 - strength_at(fades, time))


def strength_at(ramp: Ramp, time: Fraction) -> float:
    """Read a ramp at a time since the start."""
    if ramp.kind == STEP:
        return 1.0
    if ramp.kind == POINTS:
        return at_points([(when.value, float(strength)) for when, strength in ramp.points], time)
    assert ramp.span is not None
    return (linear if ramp.kind == LINEAR else logistic)(time, ramp.span.value)


def uptakes(draft: Draft, written: Sequence[Intervention]) -> Floats:
    """Give the chance of taking up an offer, by locality (I, L), at most one."""
    shares = [Fraction(1) if one.uptake is None else one.uptake.value for one in written]
    times = [
        draft.model.localities[name].uptake_times.value if name in draft.model.localities else Fraction(1)
        for name in draft.index.names.localities
    ]
    rows = [[float(min(share * factor, Fraction(1))) for factor in times] for share in shares]
    return float_rows(rows, len(times))


def places(draft: Draft, written: Parameter | None) -> int:
    """Give a case load in whole places of the population's share, -1 without limit."""
    return NO_LIMIT if written is None else places_of(written.value, draft.window.population_share)


def enrolments_a_week(draft: Draft, rate: Parameter | None) -> Fraction | None:
    """Give the enrolments a week, the population's share of them, as a fraction; nothing without limit.

    Numerator × weeks must fit 64 bits: parts of a person finer than a millionth are rounded, and more a week
    than any population has is no limit.
    """
    if rate is None:
        return None
    weekly = rate.value * SECONDS_A_WEEK * draft.window.population_share
    return weekly.limit_denominator(FINEST_PART) if weekly < MOST_A_WEEK else None


def chosen(lists: Sequence[tuple[str, ...] | None], names: tuple[str, ...]) -> Flags:
    """Say which names are in each list; no list names all."""
    rows = [[one is None or name in one for name in names] for one in lists]
    return np.array(rows, dtype=np.bool_).reshape(len(rows), len(names))


def quarters(eligible: Eligible) -> int:
    """Give over how many quarters of 13 weeks recent use is counted."""
    if eligible.recent_use is None:
        return 0
    return ceil(eligible.recent_use.within.value / SECONDS_A_QUARTER)


def pence(amounts: Sequence[Parameter | None]) -> Floats:
    """Give amounts of money in pence, nought where none is written."""
    return np.array([0.0 if one is None else float(one) for one in amounts], dtype=np.float64)
