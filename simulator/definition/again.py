"""A model read again after some of its tables have changed: what was not touched is taken over.

Whoever calls this knows what was touched: the ways to all values that were set. Everything else stands in
the new tables as it stood in the old ones.
"""

import copy
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from simulator.definition.faults import Path
from simulator.definition.model import Model
from simulator.definition.reading import Complaint, read_noun

TOP, ID = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A model as it was read, and the ways to what was set otherwise since."""

    model: Model
    touched: tuple[Path, ...]


def read_again(before: Before, resolved: Mapping[str, object]) -> tuple[Model, list[Complaint]]:
    """Read tables as a model, of its named things only those that were touched; say what is wrong."""
    model = before.model
    ids: dict[object, set[object]] = {}
    for way in before.touched:
        ids.setdefault(way[TOP], set()).update(way[ID : ID + 1])
    fresh = {word: _fresh(model, table, word=word, ids=ids.get(word, ())) for word, table in resolved.items()}
    read, complaints = read_noun(Model, fresh)
    if complaints:
        return read_noun(Model, resolved)
    joined = {}
    for word, table in resolved.items():
        if word in Model.collections and isinstance(table, Mapping):
            known = {**getattr(model, word), **getattr(read, word)}
            joined[word] = {name: known[name] for name in table}
    return read.model_copy(update=joined), []


def partly_copied(raw: Mapping[str, object], ways: Iterable[Path]) -> dict[str, object]:
    """Copy tables so that what is below the named things on these ways may be changed; share the rest."""
    copied = dict(raw)
    done: set[Path] = set()
    for way in ways:
        top, id = str(way[TOP]), way[ID : ID + 1]
        below = copied.get(top)
        if (top, *id) in done or (top,) in done:
            continue
        if top not in Model.collections or not id or not isinstance(below, dict) or id[0] not in below:
            copied[top] = copy.deepcopy(raw.get(top))
            done.add((top,))
            continue
        copied[top] = {**below, id[0]: copy.deepcopy(below[id[0]])}
        done.add((top, *id))
    return copied


def _fresh(model: Model, table: object, *, word: str, ids: Collection[object]) -> object:
    """Give of a table of named things those that are to be read; any other table whole."""
    if word not in Model.collections or not isinstance(table, Mapping):
        return table
    known = getattr(model, word)
    return {name: one for name, one in table.items() if name in ids or name not in known}
