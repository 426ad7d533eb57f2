"""Contracts: who pays whom for what. They move money between organisations, and no care changes with them."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from simulator.definition.faults import Wrong, wrong
from simulator.definition.noun import Ids, Noun, Part
from simulator.definition.quantities import Factor, Money, MoneyRate, Rate, Share, number
from simulator.definition.words import Flag, Id, one_of

BLOCK, TARIFF, FIXED_AND_VARIABLE, CAPITATION = "block", "tariff", "fixed_and_variable", "capitation"
PRIME, ALLIANCE, POOLED_FUND = "prime", "alliance", "pooled_fund"
CONTRACT_KINDS = (BLOCK, TARIFF, FIXED_AND_VARIABLE, CAPITATION, PRIME, ALLIANCE, POOLED_FUND)
PAID_BY_TERMS = (BLOCK, TARIFF, FIXED_AND_VARIABLE, CAPITATION, PRIME)
# Which terms a kind knows; the others know all.
TERMS: dict[str, tuple[str, ...]] = {
    BLOCK: ("fixed",),
    TARIFF: ("variable",),
    FIXED_AND_VARIABLE: ("fixed", "variable"),
    CAPITATION: ("a_head",),
}
OWN = "own"
ELECTIVE, EMERGENCY = "elective", "emergency"
SORTS = (ELECTIVE, EMERGENCY)
# The share of a unit price that is paid for each one more or less than planned, by year's rules of the NHS
# Payment Scheme: elective activity at the unit price, emergency care in a fixed sum; from 2026/27 a part of
# emergency care varies (a fifth is a placeholder until percentages are published).
RULES: dict[str, dict[str, float]] = {
    "2023/24": {ELECTIVE: 1.0, EMERGENCY: 0.0},
    "2024/25": {ELECTIVE: 1.0, EMERGENCY: 0.0},
    "2025/26": {ELECTIVE: 1.0, EMERGENCY: 0.0},
    "2026/27": {ELECTIVE: 1.0, EMERGENCY: 0.2},
    OWN: {},
}

Kind = Annotated[
    str,
    PlainValidator(lambda raw: one_of(raw, CONTRACT_KINDS)),
    WithJsonSchema({"enum": list(CONTRACT_KINDS)}),
]
Rules = Annotated[
    str, PlainValidator(lambda raw: one_of(raw, tuple(RULES))), WithJsonSchema({"enum": list(RULES)})
]
Sort = Annotated[str, PlainValidator(lambda raw: one_of(raw, SORTS)), WithJsonSchema({"enum": list(SORTS)})]


class UnitPrice(Part):
    """What is paid for one start of an activity or one need: of those above ``plan``, if said.

    A bare amount of money is a price. ``share`` of it is paid; without, what the contract's rules say of its
    ``sort``, else all of it.
    """

    price: Money
    share: Share | None = None
    sort: Sort | None = None
    plan: Rate | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_bare_money(cls, raw: object) -> object:
        return {"price": raw} if isinstance(raw, str) or (isinstance(raw, dict) and "value" in raw) else raw


class Terms(Part):
    """What one payee is paid: a sum, a sum for every person of the place, prices by what is done."""

    fixed: MoneyRate | None = None
    a_head: MoneyRate | None = None
    variable: dict[Id, UnitPrice] = Field(default_factory=dict)


class Contract(Noun):
    """An arrangement of payment.

    ``payer`` pays each of ``payees``; under ``prime`` it pays the ``lead``, and the lead the others. An
    ``alliance`` pools the part ``gains`` of each member's gain or loss against plan, up to ``cap`` of its
    yearly spend, and divides it by ``shares`` (without: by yearly spend). A ``pooled_fund`` pays what the
    activities ``of`` cost, and its members put in by ``shares``. Both may stand ``over`` another contract.
    With ``localities`` either is about those who live there: what their care costs and is paid for, and their
    part, by people, of the schemes that they may be enrolled in.
    ``follows_patient``: prices of what a partner does (``shares``) go to that partner, not to the payee.
    ``loss_guarantee``: those who gain make good what others lose beyond this part of their yearly spend.
    """

    kind: Kind
    rules: Rules = OWN
    payer: Id | None = None
    payees: dict[Id, Terms] = Field(default_factory=dict)
    lead: Id | None = None
    shares: dict[Id, Factor] = Field(default_factory=dict)
    members: Ids = ()
    gains: Share = number(1)
    cap: Share | None = None
    of: Ids = ()
    localities: Ids = ()
    over: Id | None = None
    loss_guarantee: Share | None = None
    follows_patient: Flag = False

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> "Contract":
        if self.kind in PAID_BY_TERMS:
            _paid_by_terms(self)
        elif self.payees or self.payer or self.lead:
            raise wrong(f"'{self.kind}' knows no payer, payees or lead; it has members, shares and over.")
        elif self.follows_patient:
            raise wrong(f"'{self.kind}' has no prices of its own that could follow the patient.")
        elif len(self.who) < 2:
            raise _too_few(self)
        if "localities" in self.model_fields_set and not self.localities:
            raise wrong("names none; name a locality, or leave it out for the whole place.", "localities")
        if self.kind == POOLED_FUND and not self.of:
            raise wrong("'pooled_fund' needs of: the activities that the fund pays for.")
        return self

    @property
    def who(self) -> tuple[str, ...]:
        """List the members of an alliance or fund."""
        return self.members or tuple(self.shares)

    def share_of(self, price: UnitPrice) -> float:
        """Give the part of a unit price that is paid: its own, or that of the rules for its sort."""
        if price.share is not None:
            return float(price.share.value)
        return RULES[self.rules].get(price.sort or "", 1.0)

    def terms(self) -> tuple[tuple[str, str, Terms], ...]:
        """List (payer, payee, terms) in the order of the file; a prime's lead pays the others."""
        if self.payer is None:
            return ()
        return tuple(
            (self.payer if self.lead in (None, payee) else str(self.lead), payee, terms)
            for payee, terms in self.payees.items()
        )


def chain_of(name: str | None, contracts: Mapping[str, Contract]) -> Iterator[tuple[str, Contract]]:
    """Give a contract and all that it stands over, from the top; up to one that is not there or was met."""
    seen: set[str] = set()
    while name is not None and name in contracts and name not in seen:
        seen.add(name)
        yield name, contracts[name]
        name = contracts[name].over


def _too_few(contract: Contract) -> Wrong:
    """Say which members are wanted, in the words that the file has for them."""
    said = [word for word in ("members", "shares") if word in contract.model_fields_set]
    if not said:
        example = 'members = ["city", "council"], or shares = { city = 0.6, council = 0.4 }'
        return wrong(f"'{contract.kind}' needs two members or more: {example}.")
    has = f"has one, '{contract.who[0]}'" if contract.who else "is empty"
    return wrong(f"'{contract.kind}' needs two members or more; {said[0]} {has}.", said[0])


def _paid_by_terms(contract: Contract) -> None:
    if contract.payer is None or not contract.payees:
        raise wrong(f"'{contract.kind}' needs a payer and payees.")
    if (contract.kind == PRIME) != (contract.lead is not None):
        raise wrong('a lead goes with kind = "prime", and with no other.')
    if contract.lead is not None and contract.lead not in contract.payees:
        raise wrong("the lead is one of the payees: it is paid, and pays the others.")
    if contract.over is not None or contract.shares or contract.members or contract.of:
        raise wrong(f"'{contract.kind}' knows no over, shares, members or of.")
    if contract.localities:
        raise wrong(f"'{contract.kind}' is of the whole place; localities go with alliance and pooled_fund.")
    for payee, terms in contract.payees.items():
        said = [word for word in ("fixed", "a_head", "variable") if getattr(terms, word)]
        allowed = TERMS.get(contract.kind, ("fixed", "a_head", "variable"))
        if not said or not set(said) <= {*allowed}:
            raise wrong(
                f"'{contract.kind}' pays by {' and '.join(allowed)}; "
                f"payees.{payee} has {' and '.join(said) or 'none of it'}."
            )
