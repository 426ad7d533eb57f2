"""The uncertain parameters of a model: every number with a range, by the path where it is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from simulator.definition.again import partly_copied
from simulator.definition.faults import Path
from simulator.definition.model import Model
from simulator.definition.quantities import Bounds, read_value
from simulator.definition.ranged import RANGE_WORDS, Ranged, marked
from simulator.definition.reading import read_noun
from simulator.definition.settings import Setting, apply_settings
from simulator.definition.shares import make_room
from simulator.units import written_quantity

# Harms are reckoned at both ends of their intervals, many of which begin at their value, nought.
AT_THEIR_ENDS = "harms"
# How many work at a place changes nothing that a run or a sweep finds: to draw it would widen every sweep.
STAFF = "staff"
YEARS = "by_year"
EFFECTS = "effects"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """A parameter with an 80% interval: ``low`` and ``high`` are its 10th and 90th centiles.

    ``name`` is its path with dots. ``rank`` names what is drawn: the same for all years of a ``by_year``, of
    which one rank is drawn. Numbers are in the unit of the dimension (seconds, pence).
    """

    name: str
    rank: str
    way: Path
    value: Fraction
    low: Fraction
    high: Fraction
    bounds: Bounds


def uncertain_parameters(raw: Mapping[str, object]) -> dict[str, Uncertain]:
    """List the uncertain parameters in the plain tables of a model that was found right, by name, in order.

    One whose low is its high is certain; a table with a range that is no quantity is left alone, and harms
    are, which are shown at their ends, and how many staff work at a place, which nothing follows from.
    """
    tables = marked(raw)
    assert isinstance(tables, dict)
    read_noun(Model, tables)
    drawn = ((way, table) for way, table in _ranged(tables) if not _is_kept(way))
    found = [_uncertain(way, table) for way, table in drawn if table.read_as]
    return {one.name: one for one in sorted(found, key=lambda one: one.name) if one.low < one.high}


def with_values(
    raw: Mapping[str, object], values: Mapping[str, object], *, known: Mapping[str, Uncertain]
) -> dict[str, object]:
    """Give the tables of a model with uncertain parameters set to values as written, and then certain.

    Shares beside one that was set make room for it.
    """
    changed = partly_copied(raw, [known[name].way for name in values])
    for name, value in values.items():
        here: object = changed
        for part in known[name].way:
            here = here[part] if isinstance(part, int) and isinstance(here, list) else _inside(here, part)
        assert isinstance(here, dict)
        here["value"] = value
        del here["low"], here["high"]
    make_room(changed, raw, ways=[known[name].way for name in values])
    return changed


def written(parameter: Uncertain, value: Fraction) -> object:
    """Write a value of a parameter as a file would hold it."""
    bounds = parameter.bounds
    return written_quantity(value, bounds.dimension, is_whole=bounds.is_whole)


def bounds_at(model: Model, way: Path, *, example: object, known: Mapping[str, bool]) -> Bounds | None:
    """Say what a quantity at a path may be; ``None`` if no single quantity stands there, or no such path."""
    table = Ranged(dict.fromkeys(RANGE_WORDS, example))
    setting = Setting(way, table, model.origin.positions.top)
    read_noun(Model, apply_settings(model.origin.resolved, [setting], known=known).raw)
    return table.read_as[0] if table.read_as else None


def _is_kept(way: Path) -> bool:
    """Say whether a number with a range keeps its value."""
    return way[0] in (AT_THEIR_ENDS, STAFF) or (way[0] == "resources" and way[2:3] == (STAFF,))


def _ranged(raw: object, way: Path = ()) -> Iterator[tuple[Path, Ranged]]:
    if isinstance(raw, Ranged):
        yield way, raw
    inner = raw.items() if isinstance(raw, Mapping) else enumerate(raw) if isinstance(raw, list) else ()
    for key, one in inner:
        yield from _ranged(one, (*way, key))


def _uncertain(way: Path, table: Ranged) -> Uncertain:
    bounds = table.read_as[0]
    value, low, high = (read_value(table[word], bounds) for word in RANGE_WORDS)
    parts = [str(part) for part in way]
    # Low and high of an effect may stand beside its value, and then the range is the effect's own table.
    is_beside = len(way) > 1 and way[-2] == EFFECTS
    name = ".".join([*parts, "value"] if is_beside else parts)
    years = parts.index(YEARS) + 1 if YEARS in parts else len(parts)
    rank = name if years == len(parts) else ".".join(parts[:years])
    return Uncertain(name=name, rank=rank, way=way, value=value, low=low, high=high, bounds=bounds)


def _inside(here: object, part: str | int) -> object:
    assert isinstance(here, dict)
    return here[part]
