"""The shipped stocks of a collaboration, read from their model file, with constants that are set."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from simulator.definition.collaborations import DYNAMICS_FILE, Character
from simulator.definition.loading import load_model
from simulator.definition.systems import system_of
from simulator.equations.plan import Plan
from simulator.equations.planning import plan_of
from simulator.equations.system import Role, System

LOSS, FORUM, FIDELITY = "loss", "forum", "fidelity"
INPUTS = (LOSS, FORUM)
# What is kept of each week, in this order.
STAGES = ("forming", "storming", "norming", "performing")
SHOWN = (FIDELITY, "trust", "commitment", *STAGES, "loss_felt")


@cache
def dynamics() -> System:
    """Give the shipped stocks, whose constants and inputs are set from outside."""
    system = system_of(load_model(DYNAMICS_FILE))
    return with_inputs(system, [*Character.model_fields, *INPUTS])


@cache
def dynamics_plan() -> Plan:
    """Give the plan of the shipped stocks."""
    return plan_of(dynamics())


def with_inputs(system: System, names: Iterable[str]) -> System:
    """Let some variables be set from outside, in the place of their equations."""
    given = [replace(system.variables[name], role=Role.INPUT, formulas=()) for name in names]
    return system.with_variables(*given)
