"""The highest that each rate can come to, and the layers of candidates that reach up to it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.compiler.draft import Draft
from simulator.compiler.effects import Row
from simulator.compiler.exchange_arrays import DRIVES_HAZARD, DRIVES_JOINERS, DRIVES_NEED, DRIVES_REFERRAL
from simulator.compiler.exchange_drives import Drive
from simulator.compiler.layers import layers_of
from simulator.compiler.program import (
    ABSENT,
    ON_HAZARD,
    ON_JOINERS,
    ON_NEED_RATE,
    ON_REFERRAL_RATE,
    TIMES,
    Floats,
    Interventions,
    Ints,
)
from simulator.compiler.rates import hazards, joiners_a_year, locality_times, need_rates, referral_rates
from simulator.compiler.trends import highest as highest_of_trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The highest that rates a year can come to, effects included.

    By present segment: ``needs`` (N, S) and ``hazards`` (S, S + 1); ``joiners`` (S); ``referrals`` (Q).
    """

    needs: Floats
    hazards: Floats
    joiners: Floats
    referrals: Floats

    @property
    def need_layers(self) -> Ints:
        """Count the layers of each need by present segment (N, S)."""
        return layers_of(self.needs)

    @property
    def hazard_layers(self) -> Ints:
        """Count the layers of each life event by present segment (S, S + 1)."""
        return layers_of(self.hazards)

    @property
    def joiner_layers(self) -> Ints:
        """Count the layers of joiners (S)."""
        return layers_of(self.joiners)

    @property
    def referral_layers(self) -> Ints:
        """Count the layers of each referral (Q)."""
        return layers_of(self.referrals)


def find_bounds(
    draft: Draft, rows: Sequence[Row], *, interventions: Interventions, drives: Sequence[Drive] = ()
) -> Bounds:
    """Give the highest that each rate can come to: driven up to its declared bound, then with the effects."""
    highest = Highest(rows=rows, interventions=interventions)
    names, driven = draft.index.names, driven_rates(draft, drives)
    grow(draft, driven)
    own = driven[DRIVES_NEED] * locality_times(draft).max(axis=1, initial=0.0)[:, None]
    for need in range(len(names.needs)):
        own[need] = highest.of(own[need], on=ON_NEED_RATE, target=need)
    risks = driven[DRIVES_HAZARD]
    for segment, target in np.ndindex(*risks.shape):
        base = float(risks[segment, target])
        risks[segment, target] = highest.one(base, on=ON_HAZARD, target=segment, second=target)
    joining = driven[DRIVES_JOINERS]
    for segment in range(len(names.segments)):
        joining[segment] = highest.one(joining[segment], on=ON_JOINERS, target=segment)
    coming = driven[DRIVES_REFERRAL]
    for referral in range(len(names.referrals)):
        coming[referral] = highest.one(coming[referral], on=ON_REFERRAL_RATE, target=referral)
    return Bounds(
        needs=own,
        hazards=risks,
        joiners=joining,
        referrals=coming,
    )


def grow(draft: Draft, rates: dict[int, Floats]) -> None:
    """Raise rates to what their trends come to at most."""
    model, index = draft.model, draft.index
    for of, nouns, places in (
        (DRIVES_NEED, model.needs, index.need),
        (DRIVES_REFERRAL, model.referrals, index.referral),
        (DRIVES_JOINERS, model.segments, index.segment),
    ):
        for name, noun in nouns.items():
            rates[of][places[name]] *= highest_of_trend(draft.window, noun.trend)


def driven_rates(draft: Draft, drives: Sequence[Drive]) -> dict[int, Floats]:
    """Give the rates of the file by kind of drive, those that stocks drive at their highest."""
    found = rates_of(draft)
    for one in drives:
        if one.of in found:
            table = found[one.of]
            place = one.target if one.second == ABSENT else (one.target, one.second)
            table[place] = one.highest(table[place])
    return found


def rates_of(draft: Draft) -> dict[int, Floats]:
    """Give the rates of the file by kind of drive."""
    return {
        DRIVES_NEED: need_rates(draft),
        DRIVES_HAZARD: hazards(draft),
        DRIVES_JOINERS: joiners_a_year(draft),
        DRIVES_REFERRAL: referral_rates(draft),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Highest:
    """What the effects of the interventions that are on can raise a rate to."""

    rows: Sequence[Row]
    interventions: Interventions

    def of(self, base: Floats, *, on: int, target: int) -> Floats:
        """Give the highest of a rate by segment (S), where an effect may touch some segments only."""
        bound = base.copy()
        for row, most in self.raising(on, target):
            mine = np.isin(np.arange(len(base)), row.segments)
            factor = np.where(mine, max(1.0, 1.0 + most), 1.0) if row.acts == TIMES else 1.0
            bound = bound * factor
        for row, most in self.raising(on, target):
            if row.acts != TIMES:
                bound = bound + np.where(np.isin(np.arange(len(base)), row.segments), max(most, 0.0), 0.0)
        return bound

    def one(self, base: float, *, on: int, target: int, second: int = ABSENT) -> float:
        """Give the highest of one rate."""
        bound = base
        for row, most in self.raising(on, target, second=second):
            bound *= max(1.0, 1.0 + most) if row.acts == TIMES else 1.0
        return bound + sum(
            max(most, 0.0) for row, most in self.raising(on, target, second=second) if row.acts != TIMES
        )

    def raising(self, on: int, target: int, *, second: int = ABSENT) -> list[tuple[Row, float]]:
        """List the effects on a rate, each with the most it adds to the factor or to the rate."""
        found = []
        for row in self.rows:
            if (row.target.on, row.target.target, row.target.second_target) == (on, target, second):
                strength = (
                    1.0
                    if row.full_strength
                    else self.interventions.strength[row.intervention].max(initial=0.0)
                )
                gain = max(row.value) - (1.0 if row.acts == TIMES else 0.0)
                found.append((row, float(strength * gain)))
        return found
