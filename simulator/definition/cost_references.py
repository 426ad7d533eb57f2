"""Whether costs, refill, payers and joint prices name what is there, and say what they need."""

from collections.abc import Iterator

from simulator.definition.activities import NO_RESOURCE, Activity
from simulator.definition.costs import CostLine, Refill
from simulator.definition.effects import JointPrice
from simulator.definition.faults import Path
from simulator.definition.known import Complaint, Known, part
from simulator.definition.model import Model
from simulator.definition.outside import OUTSIDE
from simulator.definition.paid_by import PaidBy
from simulator.units import shown


def complaints_of_costs(model: Model, known: Known) -> Iterator[Complaint]:
    """List what is wrong with the names in costs, refill and shares of payment."""
    stepped: dict[str, str] = {}
    for name, line in _whole(model).items():
        way = ("costs", name)
        for who in (*line.bought_by, *filter(None, [line.payer])):
            where = (*way, "bought_by", who) if who in line.bought_by else (*way, "payer")
            yield from known.complain(who, "organisations", way=where, also=tuple(OUTSIDE))
        yield from _line(name, line, model=model, known=known)
        of = warded(model, name)
        if line.stepped is not None and of is not None:
            if of in stepped:
                yield (
                    (*way, "stepped"),
                    f"the wards of '{of}' have their cost in costs.{stepped[of]} already.",
                )
            stepped.setdefault(of, name)
    refill = part(model, "refill")
    if isinstance(refill, Refill) and "of" in refill.__dict__:
        yield from _refill(refill, model, known=known)
    for name, activity in model.__dict__.get("activities", {}).items():
        paid = part(activity, "paid_by")
        if isinstance(paid, PaidBy):
            yield from _paid_by(activity, paid, known=known, way=("activities", name))
        elif part(activity, "resource") == NO_RESOURCE and is_priced(model, name) and not _payer(activity):
            if any(known.was_wrong(("activities", name, word), activity) for word in ("payer", "paid_by")):
                continue
            yield (
                ("activities", name, "cost"),
                "nobody pays it: it has no resource whose owner would; say payer = an organisation.",
            )


def is_priced(model: Model, name: str) -> bool:
    """Say whether a start of an activity, or a day in it, has a price."""
    cost, line = part(model.activities.get(name), "cost"), _whole(model).get(name)
    has_price = part(cost, "contact") is not None or part(cost, "day") is not None
    return has_price or (line is not None and line.variable is not None)


def _payer(activity: Activity) -> bool:
    return part(activity, "payer") is not None or part(part(activity, "cost"), "payer") is not None


def warded(model: Model, name: str) -> str | None:
    """Name the resource whose wards a cost line is about: its own, or that of its activity."""
    if name in model.resources:
        return name
    activity = model.activities.get(name)
    resource = part(activity, "resource")
    return resource if isinstance(resource, str) and resource in model.resources else None


def complaints_of_joint_price(
    price: JointPrice, model: Model, *, known: Known, way: Path
) -> Iterator[Complaint]:
    """Say which cost or lookup of a joint price is not there."""
    found = list(known.complain(price.cost, "costs", way=(*way, "cost")))
    yield from found
    for word in ("lookup", "by_partners"):
        name = getattr(price, word)
        if name is not None:
            yield from known.complain(name, "lookups", way=(*way, word))
            points = part(model.lookups.get(name), "points")
            if isinstance(points, tuple) and any(y <= 0 for _, y in points):
                yield (*way, word), f"the heights of '{name}' must be above 0: they are prices."
    line = model.costs.get(price.cost)
    if line is not None and not found and not line.__dict__.get("bought_by"):
        said = f"nobody buys {shown(price.cost)}; say costs.{price.cost}.bought_by."
        yield (*way, "cost"), said


def _line(name: str, line: CostLine, *, model: Model, known: Known) -> Iterator[Complaint]:
    """Say where the id of a line is not what its costs are about."""
    way = ("costs", name)
    is_activity, is_resource = name in known.ids("activities"), name in known.ids("resources")
    activity = model.activities.get(name)
    if is_activity and is_resource:
        yield way, f"'{name}' is an activity and a resource; one of them needs another id."
    if line.bought_by and (is_activity or is_resource):
        yield (
            (*way, "bought_by"),
            "what is bought outside is neither an activity nor a resource of the model.",
        )
    if line.variable is not None and not (is_activity or line.bought_by):
        yield (*way, "variable"), _no_activity(name)
    if line.variable is not None and activity is not None and activity.cost and activity.cost.day:
        yield (*way, "variable"), f"a day is priced in activities.{name}.cost already; keep one."
    if line.average is not None and not is_activity:
        yield (*way, "average"), _no_activity(name)
    if line.stepped is not None:
        yield from _stepped(name, model=model, way=way)
    if line.hour is not None and name not in (*known.ids("organisations"), *OUTSIDE):
        yield from known.complain(name, "organisations", way=(*way, "hour"), also=tuple(OUTSIDE))
    if line.fixed is not None and line.payer is None and _owner(name, model) is None:
        yield (*way, "fixed"), "nobody is known to bear it; say payer = an organisation."


def _stepped(name: str, *, model: Model, way: Path) -> Iterator[Complaint]:
    of = warded(model, name)
    resource = model.resources.get(of or "")
    if resource is None:
        yield (
            (*way, "stepped"),
            f"{shown(name)} is no resource, nor an activity that has one; it has no wards.",
        )
    elif resource.ward_size is None:
        yield (*way, "stepped"), f"resources.{of} has no ward_size; say how many places are a ward."
    elif resource.each is not None:
        yield (
            (*way, "stepped"),
            f"there is one '{of}' in each {resource.each}; only places of all have wards.",
        )


def _no_activity(name: str) -> str:
    return f"{shown(name)} is no activity, and nobody buys it; name an activity, or say bought_by."


def _owner(name: str, model: Model) -> str | None:
    owner = part(model.resources.get(warded(model, name) or ""), "owner")
    return owner if isinstance(owner, str) else None


def _refill(refill: Refill, model: Model, *, known: Known) -> Iterator[Complaint]:
    for place, name in enumerate(refill.of):
        yield from known.complain(name, "resources", way=("refill", "of", place))
    if not refill.of and all(part(one, "ward_size") is None for one in model.resources.values()):
        yield ("refill",), "no resource has a ward_size; say of = the resources whose freed days fill again."


def _paid_by(activity: Activity, paid: PaidBy, *, known: Known, way: Path) -> Iterator[Complaint]:
    for name in paid.names:
        yield from known.complain(name, "organisations", way=(*way, "paid_by"), also=tuple(OUTSIDE))
    if _payer(activity):
        yield (*way, "paid_by"), "says with 'payer' who pays; keep one of them."


def _whole(model: Model) -> dict[str, CostLine]:
    """Give the lines of which every part could be read."""
    written = model.__dict__.get("costs", {})
    fields = CostLine.model_fields.keys()
    return {name: one for name, one in written.items() if one.__dict__.keys() >= fields}
