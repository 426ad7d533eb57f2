"""Whether collaborations name organisations that are there, and interventions collaborations that are."""

from collections.abc import Iterator

from simulator.definition.exchange import Exchange
from simulator.definition.interventions import Intervention
from simulator.definition.known import Complaint, Known, part
from simulator.definition.model import Model
from simulator.definition.outside import OUTSIDE
from simulator.units import shown

KIND = "collaborations"


def complaints_of_collaborations(model: Model, known: Known) -> Iterator[Complaint]:
    """List what is wrong with the names in collaborations, and in interventions about them."""
    for name, one in model.__dict__.get(KIND, {}).items():
        members = one.__dict__.get("members")
        if not isinstance(members, tuple):
            continue
        way = (KIND, name, "members")
        for place, member in enumerate(members):
            if member in OUTSIDE:
                yield (*way, place), f"{shown(member)} is outside the place; members are its organisations."
            else:
                yield from known.complain(member, "organisations", way=(*way, place))
        if len(members) < 2:
            yield way, "a collaboration has two members or more."
    for name, intervention in model.__dict__.get("interventions", {}).items():
        yield from _of_intervention(name, intervention, known=known)
    yield from _driven_too(model)


def _of_intervention(name: str, intervention: Intervention, *, known: Known) -> Iterator[Complaint]:
    way = ("interventions", name)
    follows, feeds = part(intervention, "collaboration"), part(intervention, "feeds")
    if isinstance(follows, str):
        yield from known.complain(follows, KIND, way=(*way, "collaboration"))
        for word in ("ramp", "fades"):
            if word in intervention.model_fields_set:
                yield (
                    (*way, "collaboration"),
                    f"is given beside '{word}'; keep one: its strength is the collaboration's.",
                )
    if feeds is not None:
        fed = part(feeds, "collaboration")
        if isinstance(fed, str):
            yield from known.complain(fed, KIND, way=(*way, "feeds", "collaboration"))
        if follows is not None:
            yield (*way, "feeds"), "what feeds a collaboration cannot depend on one; use two interventions."


def _driven_too(model: Model) -> Iterator[Complaint]:
    """Say where the stocks of the file drive a strength that a collaboration gives."""
    exchange = part(model, "exchange")
    drives = part(exchange, "drives") if isinstance(exchange, Exchange) else None
    for name, one in model.__dict__.get("interventions", {}).items():
        path = f"interventions.{name}.strength"
        if part(one, "collaboration") is not None and isinstance(drives, dict) and path in drives:
            yield ("exchange", "drives", path), "follows from its collaboration already; keep one of them."
