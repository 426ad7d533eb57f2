"""Activity into money: pure functions from counts and person-seconds to pence."""

from simulator.accounts.activity_cost import activity_pence

__all__ = ["activity_pence"]
