"""Whether a contract names what is there, and stands on what can carry it."""

from collections.abc import Iterator

from simulator.definition.contracts import ALLIANCE, POOLED_FUND, Contract, chain_of
from simulator.definition.faults import Path
from simulator.definition.known import Complaint, Known
from simulator.definition.model import Model
from simulator.definition.outside import OUTSIDE
from simulator.definition.words import nearest
from simulator.units import shown


def complaints_of_contracts(model: Model, known: Known) -> Iterator[Complaint]:
    """List what is wrong with the names and sums of a model's contracts."""
    written = model.__dict__.get("contracts", {})
    fields = Contract.model_fields.keys()
    contracts = {name: one for name, one in written.items() if one.__dict__.keys() >= fields}
    priced = sorted({*known.ids("activities"), *known.ids("needs")})
    for name, contract in contracts.items():
        yield from _names(name, contract, known=known)
        for payee, terms in contract.payees.items():
            for what in terms.variable:
                if what not in priced:
                    way = ("contracts", name, "payees", payee, "variable", what)
                    yield way, _no_price(what, priced, model=model)
        yield from _stands(name, contracts, known=known.ids("contracts"))
        yield from _knows_where(name, contracts)
        yield from _spends(name, contract, model=model)


def _no_price(what: str, priced: list[str], *, model: Model) -> str:
    referral = model.referrals.get(what)
    if referral is not None:
        at = " or ".join(
            sorted(
                {target for _, table in referral.starts_at.items() for one in table for target in one.targets}
            )
        )
        return f"{shown(what)} is a referral, which has no price; write the activity where it starts, {at}."
    return f"no activity or need is called {shown(what)}.{nearest(what, priced)}"


def _names(name: str, contract: Contract, *, known: Known) -> Iterator[Complaint]:
    """Say which organisations and activities are not there."""
    who: list[tuple[Path, str | None]] = [(("payer",), contract.payer), (("lead",), contract.lead)]
    who += [(("payees", one), one) for one in contract.payees]
    for way, one in who:
        if one is not None:
            where = ("contracts", name, *way)
            yield from known.complain(one, "organisations", way=where, also=tuple(OUTSIDE))
    members: list[tuple[Path, str]] = [(("shares", one), one) for one in contract.shares]
    members += [(("members", place), one) for place, one in enumerate(contract.members)]
    for way, one in members:
        yield from _member(one, known, way=("contracts", name, *way))
    for place, one in enumerate(contract.localities):
        yield from known.complain(one, "localities", way=("contracts", name, "localities", place))
    for place, one in enumerate(contract.of):
        yield from known.complain(one, "activities", way=("contracts", name, "of", place))


def _member(one: str, known: Known, *, way: Path) -> Iterator[Complaint]:
    """Say so where a member is no organisation: an account outside has no gain that it could share."""
    organisations = known.ids("organisations")
    if one in OUTSIDE and one not in organisations:
        there = f"organisations are {', '.join(organisations)}" if organisations else "there are none"
        yield way, f"'{one}' is an account outside the organisations and no member; {there}."
    else:
        yield from known.complain(one, "organisations", way=way)


def _stands(name: str, contracts: dict[str, Contract], *, known: list[str]) -> Iterator[Complaint]:
    """Say where a contract stands over none, or in the end over itself."""
    chain, way = [one for one, _ in chain_of(name, contracts)], ("contracts", name, "over")
    over = contracts[chain[-1]].over
    if over in chain:
        yield way, f"a contract cannot stand over itself: {' → '.join([*chain, over])}."
    elif over is not None and len(chain) == 1 and over not in known:
        yield way, f"no contract is called {shown(over)}.{nearest(over, known)}"


def _knows_where(name: str, contracts: dict[str, Contract]) -> Iterator[Complaint]:
    """Say so where a contract of localities stands on one whose prices follow the patient."""
    for over, contract in chain_of(contracts[name].over, contracts) if contracts[name].localities else ():
        if contract.follows_patient:
            message = (
                f"stands over '{over}', which pays whoever helped; where those live whom partners help is "
                "not recorded. Let it stand over a contract that pays whose list it is."
            )
            yield ("contracts", name, "localities"), message


def _spends(name: str, contract: Contract, *, model: Model) -> Iterator[Complaint]:
    """Say whose yearly spend is missing where something is measured by it, and shares that add to nought."""
    by_spend = contract.kind in (ALLIANCE, POOLED_FUND) and not contract.shares
    if contract.shares and not sum(one.value for one in contract.shares.values()):
        yield ("contracts", name, "shares"), "the shares are all nought."
    if not (by_spend or contract.cap is not None or contract.loss_guarantee is not None):
        return
    for one in (*contract.who, *contract.payees, *filter(None, [contract.payer])):
        organisation = model.organisations.get(one)
        if organisation is not None and organisation.yearly_spend is None:
            message = f"'{one}' has no yearly_spend, by which this contract divides or limits."
            yield ("contracts", name), message
