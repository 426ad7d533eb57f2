"""What interventions and trends do to prices of activity: the mean price of each period, by group.

Records add activity up by period, so within one a price is its mean over time: exact for days in the place
that are spread evenly over the period, and for starts that are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from simulator.compiler.benefits import without_harm
from simulator.compiler.calendar import period_closes
from simulator.compiler.draft import Draft
from simulator.compiler.effect_paths import ON_COST, PRICES, read_target
from simulator.compiler.effects import touched, weekly_values
from simulator.compiler.interventions import running, weekly_strength
from simulator.compiler.program import FOR_EVERYONE, Flags, Floats, Ints
from simulator.compiler.trends import begins, factors
from simulator.compiler.weeks import week_seconds
from simulator.definition.effects import Effect
from simulator.definition.switch_references import target_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """One effect on a price: which, whose, and strength and value from each of ``seconds`` to ``last``."""

    activity: int
    price: int
    groups: Flags
    is_factor: bool
    seconds: Ints
    last: int
    strength: Floats
    value: Floats

    def at(self, seconds: Ints) -> tuple[Floats, Floats]:
        """Give strength and value at each second; strength is nought before the start and from the end."""
        week = np.searchsorted(self.seconds, seconds, side="right") - 1
        runs = (week >= 0) & (seconds < self.last)
        return np.where(runs, self.strength[week], 0.0), self.value[week]


def price_changes(draft: Draft) -> list[PriceChange]:
    """List the trends of prices, then the effects on them, in order of intervention and place."""
    effects = (change for name in draft.index.names.interventions for change in changes_of(draft, name))
    return [*trends_of(draft), *effects]


def trends_of(draft: Draft) -> Iterator[PriceChange]:
    """Yield the growth of prices, month by month."""
    seconds = np.array(begins(draft.window), dtype=np.int64)
    for name, activity in sorted(draft.model.activities.items()):
        if activity.cost is None or activity.cost.trend is None:
            continue
        for price, _ in enumerate(PRICES):
            yield PriceChange(
                activity=draft.index.activity[name],
                price=price,
                groups=np.ones(draft.groups.count, dtype=np.bool_),
                is_factor=True,
                seconds=seconds,
                last=draft.window.end_second,
                strength=np.ones(len(seconds)),
                value=np.array(factors(draft.window, activity.cost.trend)),
            )


def changes_of(draft: Draft, name: str) -> Iterator[PriceChange]:
    """Yield what one intervention does to prices."""
    for number, effect in enumerate(draft.model.interventions[name].effects):
        said = target_of(effect.path)
        if said is None or said.kind != "cost":
            continue
        target = read_target(draft, effect, path=f"interventions.{name}.effects.{number}")
        if target is not None and target.on == ON_COST:
            yield change_of(draft, name, effect=effect, activity=target.target, price=target.second_target)


def change_of(draft: Draft, name: str, *, effect: Effect, activity: int, price: int) -> PriceChange:
    """Lay one effect out week by week."""
    intervention = draft.model.interventions[name]
    first, last = running(draft.window, intervention)
    seconds = np.array(week_seconds(draft.window, first), dtype=np.int64)
    values = weekly_values(draft, name, effect=effect, unit=Fraction(1))
    values += values[-1:] * (len(seconds) - len(values))
    strength = weekly_strength(draft, intervention)
    if intervention.collaboration is not None:
        strength = without_harm(strength, values, neutral=1.0 if effect.times else 0.0, lower_helps=True)
    return PriceChange(
        activity=activity,
        price=price,
        groups=groups_of(draft, intervention.whom(effect)),
        is_factor=bool(effect.times),
        seconds=seconds,
        last=last,
        strength=np.array(strength),
        value=np.array(values),
    )


def groups_of(draft: Draft, whom: str | tuple[str, ...]) -> Flags:
    """Say which groups an effect is for; everyone is also nobody, from whom referrals come."""
    kind, segments = touched(draft, whom)
    segment = np.arange(draft.groups.count) // len(draft.index.names.classes)
    return np.asarray((kind == FOR_EVERYONE) | np.isin(segment, segments))


def mean_prices(base: Floats, changes: Sequence[PriceChange], *, closes: Ints) -> Floats:
    """Give the mean price by period and group (P, G): of max(0, base × Π(1 + s(m − 1)) + Σ s·a)."""
    opens = np.concatenate([[0], closes[:-1]])
    moments = np.concatenate([opens, *([*one.seconds, one.last] for one in changes)]).astype(np.int64)
    starts = np.unique(moments[(moments >= 0) & (moments < closes[-1])])
    price = prices_at(base, changes, seconds=starts) * np.diff(starts, append=closes[-1])[:, None]
    total = np.add.reduceat(price, np.searchsorted(starts, opens), axis=0)
    return np.asarray(total / (closes - opens)[:, None])


def prices_at(base: Floats, changes: Sequence[PriceChange], *, seconds: Ints) -> Floats:
    """Give prices at some seconds by group, in order of intervention."""
    times, plus = np.ones((len(seconds), len(base))), np.zeros((len(seconds), len(base)))
    for one in changes:
        strength, value = one.at(seconds)
        if one.is_factor:
            times[:, one.groups] *= (1.0 + strength * (value - 1.0))[:, None]
        else:
            plus[:, one.groups] += (strength * value)[:, None]
    return np.maximum(0.0, base * times + plus)


def changed_prices(draft: Draft, base: Sequence[Floats]) -> tuple[Ints, Floats]:
    """Give the changed activities (K), and their mean prices (K, 2, P, G): a contact's, then a day's."""
    changes, closes = price_changes(draft), period_closes(draft.window)
    changed = sorted({one.activity for one in changes})
    found = np.zeros((len(changed), len(base), len(closes), draft.groups.count))
    for place, activity in enumerate(changed):
        for price, table in enumerate(base):
            of_it = [one for one in changes if (one.activity, one.price) == (activity, price)]
            found[place, price] = mean_prices(table[activity], of_it, closes=closes)
    return np.array(changed, dtype=np.int64), found
