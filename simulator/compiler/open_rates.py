"""Referrals that an equation alone drives: how often they come at first, as far as it can be told."""

import math

from simulator.compiler.draft import Draft
from simulator.definition.exchange_references import Driven, all_driven
from simulator.definition.model import Model
from simulator.definition.slow_dynamics import Integration
from simulator.definition.systems import driving, system_of
from simulator.equations.first_value import first_value
from simulator.units import SECONDS_A_YEAR, UNITS

# What stands for a rate that cannot be told, or is nought at first.
SELDOM_A_YEAR = 1.0
UNKNOWN = (
    "how often cases come at first cannot be told from the equations; the loads below leave them out. "
    "A table { by = …, between = [low, high] } would tell."
)


def open_rates(draft: Draft) -> dict[str, float]:
    """Give the first rate a year of each such referral, by name."""
    found = {}
    for one in all_driven(draft.model):
        if one.is_open:
            first = first_rate(draft.model, one)
            found[one.name] = SELDOM_A_YEAR if first is None else max(first, SELDOM_A_YEAR)
    return found


def first_rate(model: Model, driven: Driven) -> float | None:
    """Give the first rate a year of what an equation drives, or nothing."""
    value = first_value(system_of(model).with_variables(*driving(model)), driven.key)
    if value is None or not math.isfinite(value):
        return None
    return value * SECONDS_A_YEAR / stock_seconds(model)


def stock_seconds(model: Model) -> float:
    """Give the seconds of the unit of time in which the stocks count."""
    return float(UNITS[(model.integration or Integration()).time_unit])


def note_unknown(draft: Draft) -> None:
    """Say whose first rate cannot be told."""
    for one in all_driven(draft.model):
        if one.is_open and first_rate(draft.model, one) is None:
            draft.findings.note(".".join(str(part) for part in one.way), UNKNOWN)
