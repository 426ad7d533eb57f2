"""Arrivals with no population behind them: at random, one after another, or at written times."""

from simulator.compiler.arrays import integers, starts_of
from simulator.compiler.bounds import Bounds
from simulator.compiler.draft import Draft
from simulator.compiler.hashes import purpose_hash
from simulator.compiler.layers import widened
from simulator.compiler.onward import routes_of_effects
from simulator.compiler.program import ABSENT, Ints, Referrals
from simulator.compiler.rates import referral_rates
from simulator.compiler.rounding import half_up
from simulator.definition.people import Referral

POISSON, RENEWAL, SCRIPTED = range(3)


def build_referrals(draft: Draft, bounds: Bounds, *, choice: Ints) -> Referrals:
    """Turn the referrals of a model into arrays.

    The population's share goes into rates and into the times between; written times are left as they are,
    which is noted.
    """
    names = draft.index.names.referrals
    written = [draft.model.referrals[name] for name in names]
    times = [sorted(half_up(at.value) for at in one.at or ()) for one in written]
    note_scripts(draft)
    return Referrals(
        kind=integers(kind_of(one) for one in written),
        rate=referral_rates(draft),
        layers=bounds.referral_layers,
        bound=widened(bounds.referrals),
        profile=integers(draft.index.profile[one.profile] if one.profile else ABSENT for one in written),
        between_law=integers(between(draft, one) for one in written),
        at_first=starts_of(len(one) for one in times),
        at_second=integers(second for one in times for second in one),
        batch_law=integers(draft.laws.add_optional(one.batch) for one in written),
        choice=choice,
        klass=integers(draft.index.klass[name] for name in names),
        hash=integers(purpose_hash("referral", name) for name in names),
    )


def kind_of(referral: Referral) -> int:
    """Say how a referral's cases come."""
    if referral.comes_at_a_rate:
        return POISSON
    return RENEWAL if referral.between is not None else SCRIPTED


def between(draft: Draft, referral: Referral) -> int:
    """Give the law of the times between cases, stretched for a share of the population."""
    if referral.between is None:
        return ABSENT
    return draft.laws.add_times(referral.between, 1 / draft.window.population_share)


def referral_choices(draft: Draft) -> Ints:
    """Give where a case of each referral starts (Q)."""
    found = []
    for name in draft.index.names.referrals:
        tables = draft.model.referrals[name].starts_at
        table = tables.of(name)
        extra = routes_of_effects(draft, "referral_start", name=name, tables=tables)
        found.append(ABSENT if table is None else draft.choices.add_table(table, extra=extra))
    return integers(found)


def note_scripts(draft: Draft) -> None:
    """Say that written arrivals do not shrink with the population."""
    if draft.window.population_share == 1:
        return
    for name in draft.index.names.referrals:
        if draft.model.referrals[name].at:
            draft.findings.note(
                f"referrals.{name}.at", "written arrivals are not reduced by population_share."
            )
