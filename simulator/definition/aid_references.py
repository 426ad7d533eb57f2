"""What mutual aid names: resources, and the groups of cases that are helped."""

from collections.abc import Iterator

from simulator.definition.effects import Effect
from simulator.definition.faults import Path
from simulator.definition.known import Complaint, Known
from simulator.definition.members import complaints_of_member
from simulator.definition.model import Model
from simulator.definition.mutual_aid import WhomHelped
from simulator.units import shown

# What of an effect goes with neither: whom sharing is for is said by its own ``whom``.
NOT_WITH_AID = ("value", "by_year", "instead", "substitution", "for_")


def complaints_of_aid(effect: Effect, model: Model, *, known: Known, way: Path) -> Iterator[Complaint]:
    """Say what is wrong with ``shares`` or ``moves``."""
    for word in NOT_WITH_AID:
        if getattr(effect, word) is not None:
            hint = " Say whom = { … } within it." if word == "for_" and effect.shares else ""
            yield (*way, word.rstrip("_")), f"does not go with '{effect.verb}'.{hint}"
    if effect.segments:
        yield (*way, "segments"), f"does not go with '{effect.verb}'."
    names, field = effect.aided
    path = (*way, effect.verb, field)
    for place, name in enumerate(names):
        yield from complaints_of_member(name, model, known=known, way=(*path, place))
    yield from _too_few(names, model, path=path)
    yield from _both(names, path=path)
    if effect.shares is not None:
        yield from _whom(effect.shares.helped, known, way=(*way, "shares", "whom"))


def _too_few(names: tuple[str, ...], model: Model, *, path: Path) -> Iterator[Complaint]:
    """Say so where there are no two to help each other; one of each site or locality is several."""
    resource = model.resources.get(names[0]) if len(names) == 1 else None
    is_one = len(names) == 1 and ("@" in names[0] or (resource is not None and resource.each is None))
    if not names or is_one:
        found = shown(names[0]) if names else "none"
        yield path, f"names {found}; it takes two resources at least, or one of each site or locality."


def _both(names: tuple[str, ...], *, path: Path) -> Iterator[Complaint]:
    """Say so where a member stands beside its family."""
    for place, name in enumerate(names):
        stem, is_one, _ = name.partition("@")
        if is_one and stem in names:
            yield (*path, place), f"is one of '{stem}', all of which are named already."


def _whom(whom: WhomHelped, known: Known, *, way: Path) -> Iterator[Complaint]:
    for kind, names in (("segments", whom.segments), ("needs", whom.needs), ("classes", whom.classes)):
        for place, one in enumerate(names):
            yield from known.complain(one, kind, way=(*way, kind, place))
