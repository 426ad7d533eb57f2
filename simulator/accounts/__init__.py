"""Activity and schemes into money: pure functions from counts and person-seconds to pence."""

from simulator.accounts.activity_cost import activity_pence
from simulator.accounts.driven_prices import driven_prices
from simulator.accounts.helped_cost import moved_pence, starts_by_owner
from simulator.accounts.scheme_cost import scheme_pence

__all__ = ["activity_pence", "driven_prices", "moved_pence", "scheme_pence", "starts_by_owner"]
