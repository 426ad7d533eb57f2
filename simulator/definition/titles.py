"""A title written where an id is wanted: the id is told that it is the title of."""

from collections.abc import Iterable, Iterator, Mapping

from simulator.definition.faults import Path
from simulator.definition.words import ID
from simulator.units import shown

Complaint = tuple[Path, str]


def with_ids_of_titles(complaints: Iterable[Complaint], raw: Mapping[str, object]) -> Iterator[Complaint]:
    """Say of a text that is no id, but somebody's title, whose it is and what to write."""
    for way, said in complaints:
        text = _written(raw, way)
        known = sorted(_titled(text, raw)) if f"{shown(text)} is not an id;" in said else []
        if known:
            owners, ids = " and ".join(known), " or ".join(sorted({one.split(".")[1] for one in known}))
            yield way, f"{shown(text)} is not an id; it is the title of {owners}, so write {ids}."
        else:
            yield way, said


def _written(raw: Mapping[str, object], way: Path) -> str:
    """Give the text at the end of a way: the value, or the key itself where the value is none."""
    here: object = raw
    for part in way:
        if isinstance(here, Mapping):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
    return here if isinstance(here, str) else str(way[-1]) if way else ""


def _titled(text: str, raw: Mapping[str, object]) -> Iterator[str]:
    """List what has a text as its title or name."""
    for kind, things in raw.items():
        for id, thing in things.items() if isinstance(things, Mapping) else ():
            said = [thing.get(word) for word in ("title", "name")] if isinstance(thing, Mapping) else []
            if ID.fullmatch(str(id)) and text.casefold() in [str(one).casefold() for one in said]:
                yield f"{kind}.{id}"
