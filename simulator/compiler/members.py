"""Resources of which there is one in each site or locality: each with its part of what is meant for all."""

from collections.abc import Iterator
from fractions import Fraction

from simulator.compiler.draft import Draft


def members(draft: Draft, resource: str) -> Iterator[tuple[int, Fraction]]:
    """Yield the resources of the program that are meant, each with its part of what is added to them all.

    One in each site or locality is meant as a whole, shared out as people are, or as ``name@place`` by
    itself.
    """
    name, _, member = resource.partition("@")
    each = draft.model.resources[name].each
    if each is None or member:
        yield draft.index.resource[resource], Fraction(1)
        return
    for place, homes in draft.homes.members(each).items():
        yield draft.index.resource[f"{resource}@{place}"], draft.homes.share_of(homes)


def parts_of(draft: Draft, resource: str, *, total: int) -> Iterator[tuple[int, int]]:
    """Yield the resources of the program that are meant, each with its whole places of a number of them."""
    name, _, member = resource.partition("@")
    each, parts = draft.model.resources[name].each, [total]
    places: tuple[int, ...] = tuple(draft.index.family[name])
    if member:
        places = (draft.index.resource[resource],)
    elif each is not None:
        parts = list(draft.homes.divide(total, each).values())
    yield from zip(places, parts, strict=True)
