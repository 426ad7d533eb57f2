"""Contracts settled: from what was done and what it cost to who pays whom, year by year, in pence.

Every contract gives a table ``paid`` (Y, payer, payee). Money only changes hands in it: over all accounts
the sum is nought. Nothing is ever paid to oneself.

A contract of some localities asks what the one beneath it would pay, and what care and schemes cost, over
those who live there alone, in both worlds: sums that are agreed cancel in the difference.
"""

from collections.abc import Mapping

import numpy as np

from simulator.accounts.books import Books, Floats, net_of
from simulator.accounts.sharing import guaranteed, moved, pooled
from simulator.definition.contracts import ALLIANCE, POOLED_FUND, Contract, Terms, chain_of
from simulator.definition.outside import OUTSIDE
from simulator.units import SECONDS_A_YEAR

Contracts = Mapping[str, Contract]
Spends = Mapping[str, float]


def settle(contract: Contract, *, books: Books, plan: Books, contracts: Contracts, spends: Spends) -> Floats:
    """Give what is paid under a contract (Y, O, O).

    ``plan`` is the world against which gains and losses are measured: the baseline of the same
    replication. ``contracts`` are all of the model, for one to stand over; ``spends`` each organisation's
    yearly spend in pence.
    """
    paid = _own(contract, books=books, plan=plan, contracts=contracts, spends=spends)
    if contract.loss_guarantee is None:
        return paid
    left = paid
    if contract.localities:
        books, plan = (one.within(contract.localities) for one in (books, plan))
        left = _own(contract, books=books, plan=plan, contracts=contracts, spends=spends)
    before = _own(contract, books=plan, plan=plan, contracts=contracts, spends=spends)
    change = net_of(books, left) - net_of(plan, before)
    floor = float(contract.loss_guarantee.value) * _yearly(books, spends)
    return paid + guaranteed(change, floor=floor, who=_members(contract, books, contracts=contracts))


def gains_within(
    contract: Contract, *, books: Books, plan: Books, contracts: Contracts, spends: Spends
) -> Floats:
    """Give what each gains (Y, O) by those who live in a contract's localities, before it moves anything.

    Under the contract that it stands over, against the plan.
    """
    here, there = (one.within(contract.localities) for one in (books, plan))
    paid, before = (
        _beneath(contract, books=one, plan=there, contracts=contracts, spends=spends) for one in (here, there)
    )
    return net_of(here, paid) - net_of(there, before)


def _beneath(
    contract: Contract, *, books: Books, plan: Books, contracts: Contracts, spends: Spends
) -> Floats:
    """Give what is paid under the contract that one stands over; nothing where it stands over none."""
    if contract.over is None:
        return np.zeros((len(books.seconds), len(books.organisations), len(books.organisations)))
    return settle(contracts[contract.over], books=books, plan=plan, contracts=contracts, spends=spends)


def _own(contract: Contract, *, books: Books, plan: Books, contracts: Contracts, spends: Spends) -> Floats:
    """Settle a contract without its guarantee."""
    paid = np.zeros((len(books.seconds), len(books.organisations), len(books.organisations)))
    for payer, payee, terms in contract.terms():
        paid[:, books.place(payer), books.place(payee)] += _by_terms(contract, terms, books=books)
        if contract.follows_patient:
            paid[:, books.place(payer)] += _followed(contract, terms, books=books, payee=payee)
    paid += _beneath(contract, books=books, plan=plan, contracts=contracts, spends=spends)
    if contract.kind == ALLIANCE:
        return paid + _alliance(contract, paid, books=books, plan=plan, contracts=contracts, spends=spends)
    if contract.kind == POOLED_FUND:
        return paid + _fund(contract, books=books, spends=spends)
    return paid


def _by_terms(contract: Contract, terms: Terms, *, books: Books) -> Floats:
    """Give what one payee is paid (Y): the sum, the sum a head, and every price."""
    found, part = np.zeros(len(books.seconds)), books.share * books.part
    if terms.fixed is not None:
        found += float(terms.fixed.value) * part * books.seconds
    if terms.a_head is not None:
        found += float(terms.a_head.value) * books.people
    for name, one in terms.variable.items():
        planned = 0.0 if one.plan is None else float(one.plan.value) * part * books.seconds
        found += float(one.price.value) * contract.share_of(one) * (books.done(name) - planned)
    return found


def _followed(contract: Contract, terms: Terms, *, books: Books, payee: str) -> Floats:
    """Give what goes to those who did it instead of to a payee (Y, O): nought in all."""
    found = np.zeros((len(books.seconds), len(books.organisations)))
    for name, one in terms.variable.items():
        if name in books.helped:
            moved = float(one.price.value) * contract.share_of(one) * books.helped[name]
            found += moved
            found[:, books.place(payee)] -= moved.sum(axis=1)
    return found


def _alliance(
    contract: Contract, paid: Floats, *, books: Books, plan: Books, contracts: Contracts, spends: Spends
) -> Floats:
    """Pool what members gain or lose against plan, and divide it again."""
    if contract.localities:
        gained = gains_within(contract, books=books, plan=plan, contracts=contracts, spends=spends)
        books = books.within(contract.localities)
    else:
        before = _beneath(contract, books=plan, plan=plan, contracts=contracts, spends=spends)
        gained = net_of(books, paid) - net_of(plan, before)
    put_in = float(contract.gains.value) * gained
    if contract.cap is not None:
        most = float(contract.cap.value) * _yearly(books, spends)
        put_in = np.clip(put_in, -most, most)
    return pooled(put_in, weights=_weights(contract, books, spends=spends))


def _fund(contract: Contract, *, books: Books, spends: Spends) -> Floats:
    """Pay what the fund's activities cost each organisation, out of what its members put in.

    What people pay towards their care they go on paying: a pooled budget is the organisations' money.
    """
    books = books.within(contract.localities) if contract.localities else books
    meant = [place for place, name in enumerate(books.activities) if name in contract.of]
    cost = books.care[:, meant].sum(axis=1)
    cost[:, [place for place, name in enumerate(books.organisations) if name in OUTSIDE]] = 0.0
    share = _weights(contract, books, spends=spends)
    return moved(cost - share * cost.sum(axis=1, keepdims=True))


def _weights(contract: Contract, books: Books, *, spends: Spends) -> Floats:
    """Give each organisation's share (O): as written, else by yearly spend; they add to one."""
    found = np.zeros(len(books.organisations))
    for name in contract.who:
        found[books.place(name)] = (
            float(contract.shares[name].value) if contract.shares else spends.get(name, 0.0)
        )
    return np.asarray(found / found.sum())


def _yearly(books: Books, spends: Spends) -> Floats:
    """Give each organisation's spend over the length of each year (Y, O); of a locality, by its people."""
    yearly = np.array([spends.get(name, 0.0) for name in books.organisations])
    return np.asarray(books.share * books.part * books.seconds[:, None] / SECONDS_A_YEAR * yearly)


def _members(contract: Contract, books: Books, *, contracts: Contracts) -> Floats:
    """Say which organisations a guarantee is among (O): 1 for members, and payers and payees of all contracts
    beneath, however many lie between; 0 for others."""
    under = [contract, *(one for _, one in chain_of(contract.over, contracts))]
    names = {name for one in under for payer, payee, _ in one.terms() for name in (payer, payee)}
    names |= {*contract.who}
    return np.array([float(name in names) for name in books.organisations])
