"""What members lose that nobody makes good: against the other world, by their monthly turnover.

loss = max(0, baseline − scenario − transfers) ÷ monthly turnover: net before transfers of the baseline, less
that of the scenario, less what the contract pays more in the scenario than in the baseline. Both worlds are
settled under the scenario's contract.
"""

import numpy as np

from simulator.accounts.books import Books, Floats, net_of
from simulator.accounts.settling import settle
from simulator.compiler.collaboration_arrays import Feedback
from simulator.units import SECONDS_A_YEAR


def month_loss(feedback: Feedback, books: Books, *, plan: Books) -> Floats:
    """Give the loss of each organisation (O) in one month, as a share of its turnover in it.

    ``plan`` is the same month of the baseline of the same replication. Where no turnover is known it is
    nought.
    """
    here, there = (net_of(one, paid_in(feedback, one, plan=plan))[0] for one in (books, plan))
    turnover = feedback.turnover * float(books.seconds[0]) / SECONDS_A_YEAR
    lost = np.maximum(0.0, there - here)
    return np.asarray(np.divide(lost, turnover, out=np.zeros_like(lost), where=turnover > 0))


def paid_in(feedback: Feedback, books: Books, *, plan: Books) -> Floats:
    """Give what is paid in a world under the scenario's contract (1, O, O); nothing without a contract."""
    contracts = dict(feedback.contracts)
    if feedback.contract is None:
        accounts = len(books.organisations)
        return np.zeros((1, accounts, accounts))
    contract = contracts[feedback.contract]
    return settle(contract, books=books, plan=plan, contracts=contracts, spends=dict(feedback.spends))
