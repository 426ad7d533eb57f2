"""What shocks, trends and lost places name, and what they may act on."""

from collections.abc import Iterator, Mapping

from simulator.definition.capacities import Resource
from simulator.definition.changes import Shock
from simulator.definition.faults import Path
from simulator.definition.known import Complaint, Known, part
from simulator.definition.members import complaints_of_member
from simulator.definition.model import Model
from simulator.units import shown

SHOCKED = {
    ("needs", "rate"): "need_rate",
    ("referrals", "rate"): "referral_rate",
    ("activities", "duration"): "duration",
    ("resources", "capacity"): "capacity",
}
ALLOWED = ", ".join(f"{kind}.<id>.{field}" for kind, field in SHOCKED)
GROWING = {"needs": "rate", "referrals": "rate", "activities": "duration", "resources": "capacity"}
JOINERS = ("segments", "joiners")


def complaints_of_changes(model: Model, known: Known) -> Iterator[Complaint]:
    """Say which shocks, trends and lost places name what is not there, or cannot be what they say."""
    for name, shock in model.shocks.items():
        yield from _shock(shock, model, known=known, way=("shocks", name, "on"))
    yield from _resources(model, known)
    for name, referral in model.referrals.items():
        if part(referral, "trend") is not None and part(referral, "rate") is None:
            yield ("referrals", name, "trend"), "goes with 'rate' only."
    yield from _driven(model)


def unlimited(resource: Resource | None, way: Path) -> Iterator[Complaint]:
    """Say so where a resource has no number of places that could change."""
    if resource is not None and part(resource, "capacity") is not None and resource.is_unlimited:
        yield way, "the capacity is unlimited: nothing can be lost or gained."


def _shock(shock: Shock, model: Model, *, known: Known, way: Path) -> Iterator[Complaint]:
    for place, path in enumerate(paths_of(shock)):
        kind, name, field = (*path.split("."), "", "", "")[:3]
        if (kind, field) not in SHOCKED or path.count(".") != 2:
            yield (*way, place), f"{shown(path)} cannot be shocked; allowed are {ALLOWED}."
        elif kind == "resources":
            yield from complaints_of_member(name, model, known=known, way=(*way, place))
            yield from unlimited(model.resources.get(name.partition("@")[0]), (*way, place))
        else:
            found = list(known.complain(name, kind, way=(*way, place)))
            yield from found
            if kind == "referrals" and not found and part(model.referrals.get(name), "rate") is None:
                yield (*way, place), f"'{name}' does not come at a rate; there is nothing to multiply."


def _resources(model: Model, known: Known) -> Iterator[Complaint]:
    for name, resource in model.resources.items():
        way = ("resources", name)
        for word in ("trend", "random_outages"):
            if part(resource, word) is not None:
                yield from unlimited(resource, (*way, word))
        for other in names_in(part(resource, "staffed_from")):
            here = (*way, "staffed_from", other)
            yield from complaints_of_member(other, model, known=known, way=here)
            if other.partition("@")[0] == name:
                yield here, "a resource cannot be staffed from itself."
            yield from unlimited(model.resources.get(other.partition("@")[0]), here)


def changing(model: Model) -> Iterator[tuple[Path, str]]:
    """Yield where something is said to change of itself, and the path of the value that does."""
    for kind, field in (*GROWING.items(), JOINERS):
        for name, noun in model.__dict__.get(kind, {}).items():
            if part(noun, "trend") is not None:
                yield (kind, name, "trend"), f"{kind}.{name}.{field}"
    for name, shock in model.shocks.items():
        for place, path in enumerate(paths_of(shock)):
            yield ("shocks", name, "on", place), path
    for name, resource in model.resources.items():
        if part(resource, "random_outages") is not None:
            yield ("resources", name, "random_outages"), f"resources.{name}.capacity"


def _driven(model: Model) -> Iterator[Complaint]:
    """Refuse to let the stocks of an exchange and something else change one value."""
    driven = {path.partition("@")[0] for path in names_in(part(part(model, "exchange"), "drives"))}
    for way, path in changing(model):
        parts = path.split(".")
        if ".".join((parts[0], parts[1].partition("@")[0], *parts[2:])) in driven:
            yield way, f"the stocks of the exchange drive {path}; it cannot change of itself too."


def paths_of(shock: Shock) -> tuple[str, ...]:
    """List what a shock acts on, nothing where that could not be read."""
    said = part(shock, "on")
    return said if isinstance(said, tuple) else ()


def names_in(table: object) -> list[str]:
    """List the keys of a table that may be absent."""
    return [str(key) for key in table] if isinstance(table, Mapping) else []
