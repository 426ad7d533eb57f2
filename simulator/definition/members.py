"""Resources of which there is one in each site or locality, and the names of the single ones."""

from collections.abc import Iterator

from simulator.definition.faults import Path
from simulator.definition.known import Complaint, Known
from simulator.definition.model import Model


def complaints_of_member(name: str, model: Model, *, known: Known, way: Path) -> Iterator[Complaint]:
    """Say so where ``beds`` is no resource, or ``gp_slots@north_road`` not one of each site or locality."""
    stem, is_one, place = name.partition("@")
    found = list(known.complain(stem, "resources", way=way))
    yield from found
    resource = model.resources.get(stem)
    if not is_one or found or resource is None:
        return
    if resource.each is None:
        yield way, f"there is one '{stem}' for all; only one in each site or locality has a '{stem}@{place}'."
    else:
        yield from known.complain(place, "localities" if resource.each == "locality" else "sites", way=way)
