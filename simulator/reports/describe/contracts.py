"""Who pays whom: the contracts of a model, row by row."""

from collections.abc import Iterator

from simulator.definition.contracts import Contract, Terms
from simulator.definition.model import Model
from simulator.reports.amounts import amount, number_words
from simulator.reports.blocks import Group, Section, Table
from simulator.reports.numbers import listed, per_cent
from simulator.reports.titles import as_words, clean, lower_first, title_of

NOBODY = "–"


def contracts_section(model: Model) -> Section | None:
    """List every contract with its terms; nothing where the model has none."""
    if not model.contracts:
        return None
    groups = tuple(
        Group(header=clean(one.title or as_words(id)), rows=tuple(_rows(model, one)))
        for id, one in model.contracts.items()
    )
    table = Table(
        caption="Contracts: no care changes with them, only who has the money",
        columns=("Contract", "Kind", "Who pays", "Who is paid", "Terms"),
        groups=groups,
        texts=("Who pays", "Who is paid", "Terms"),
    )
    return Section(id="contracts", title="Who pays whom", short="Contracts", blocks=(table,))


def _rows(model: Model, one: Contract) -> Iterator[tuple[str, str, str, str]]:
    kind = as_words(one.kind).lower()
    for payer, payee, terms in one.terms():
        yield kind, _who(model, payer), _who(model, payee), f"{_terms(model, one, terms=terms)}{_more(one)}"
    if one.who:
        shares = listed(f"{_who(model, id)} {number_words(share.value)}" for id, share in one.shares.items())
        said = [f"gains and losses shared as {shares}" if one.shares else "shared by yearly spend"]
        said += [f"pays for {listed(_activity(model, id) for id in one.of)}"] if one.of else []
        where = listed(title_of(model, "locality", id=id) for id in one.localities)
        said += [f"of what comes of the people who live in {where} alone"] if where else []
        said += [f"over the contract “{as_words(one.over).lower()}”"] if one.over else []
        members = listed(_who(model, id) for id in one.who)
        yield kind, members, members, "; ".join(said) + _more(one)


def _terms(model: Model, one: Contract, *, terms: Terms) -> str:
    said = [f"{amount(terms.fixed)}, whatever is done"] if terms.fixed is not None else []
    said += [f"{amount(terms.a_head)} for each person of the place"] if terms.a_head is not None else []
    for id, price in terms.variable.items():
        share = one.share_of(price)
        part = f", of which {per_cent(share)} is paid" if share != 1 else ""
        above = f", above {amount(price.plan)}" if price.plan is not None else ""
        said.append(f"{amount(price.price)} for each {_activity(model, id)}{part}{above}")
    return "; ".join(said) or NOBODY


def _more(one: Contract) -> str:
    if one.loss_guarantee is None:
        return ""
    return f"; losses beyond {per_cent(float(one.loss_guarantee.value))} of yearly spend are made good"


def _who(model: Model, id: str) -> str:
    return title_of(model, "organisation", id=id)


def _activity(model: Model, id: str) -> str:
    family = "activity" if id in model.activities else "need"
    return lower_first(title_of(model, family, id=id))
