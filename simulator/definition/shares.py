"""Shares of one table that add to one, when some of them are set otherwise: the others make room.

A share p set where c stood weighs p ÷ (1 − p) × (1 − c) against the others as they were: one alone becomes
exactly p, and the others keep their proportions. Several weigh so each, and all are scaled to add to one.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from simulator.definition.faults import Path

# Tables below these words hold shares that add to one.
ADD_TO_ONE = ("routes", "starts_at", "gives_up_to", "refused_to", "interrupted_to", "paid_by")
SHARE, VALUE = "share", "value"
DIGITS = 12
LEAST = Decimal(10) ** -DIGITS


def make_room(changed: dict[str, object], before: Mapping[str, object], *, ways: Iterable[Path]) -> None:
    """Change the shares beside those at ``ways``, which were set, so that their tables add to one again."""
    tables: dict[Path, set[str]] = {}
    for way in ways:
        depth = 2 if way[-1] == SHARE else 1
        if any(word in way[:-depth] for word in ADD_TO_ONE):
            tables.setdefault(way[:-depth], set()).add(str(way[-depth]))
    for way, names in tables.items():
        central = _shares(_at(before, way))
        if sum(central.values(), Fraction()) == 1:
            _share_out(_at(changed, way), central, names=names)


def _share_out(table: object, central: Mapping[str, Fraction], *, names: set[str]) -> None:
    """Weigh the shares that were set against the others, and write all down, adding to exactly one."""
    now = _shares(table)
    weights = {name: float(one) for name, one in central.items()}
    for name in names:
        left = max(1.0 - float(now[name]), float(LEAST))
        weights[name] = float(now[name]) / left * (1.0 - weights[name])
    total = sum(weights.values())
    shares = {name: Decimal(repr(one / total)).quantize(LEAST) for name, one in weights.items()}
    greatest = max(shares, key=lambda name: (shares[name], name))
    shares[greatest] = 1 - sum((one for name, one in shares.items() if name != greatest), Decimal())
    assert isinstance(table, dict)
    for name, share in shares.items():
        table[name] = _with(table[name], share)


def _with(entry: object, share: Decimal) -> object:
    """Give an entry of a table another share, however it is written."""
    if not isinstance(entry, Mapping):
        return share
    inner = SHARE if SHARE in entry else VALUE
    return {**entry, inner: _with(entry[inner], share)}


def _shares(table: object) -> dict[str, Fraction]:
    """Give the shares of a table by name; nothing where an entry has none."""
    if not isinstance(table, Mapping):
        return {}
    found = {str(name): _share(entry) for name, entry in table.items()}
    return {} if None in found.values() else {name: one for name, one in found.items() if one is not None}


def _share(entry: object) -> Fraction | None:
    if isinstance(entry, Mapping):
        inner = SHARE if SHARE in entry else VALUE
        return _share(entry[inner]) if inner in entry else None
    return Fraction(entry) if isinstance(entry, int | Decimal) and not isinstance(entry, bool) else None


def _at(tables: object, way: Path) -> object:
    for part in way:
        if isinstance(tables, list) and isinstance(part, int):
            tables = tables[part]
        else:
            assert isinstance(tables, Mapping)
            tables = tables[part]
    return tables
