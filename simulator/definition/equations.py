"""Equations in a model file: read once, as trees; one for all elements of an array or one for each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, Path, wrong
from simulator.definition.groups import OTHERWISE
from simulator.definition.quantities import kind_of
from simulator.definition.words import read_id
from simulator.equations.measure import parse_unit
from simulator.equations.parser import LARGEST, parse
from simulator.equations.tokens import LONGEST_EQUATION, Dialect, Misread
from simulator.equations.tree import Number, Tree
from simulator.units import shown

MOST_DIMENSIONS = 4
TEXT_UNIT = re.compile(r"^\s*[+-]?[\d.]+\s*[A-Za-z£]")


@dataclass(frozen=True, slots=True)
class Equation:
    """A tree for everything, or one by the names of elements, ``otherwise`` for those not named."""

    tree: Tree | None = None
    by: Mapping[str, "Equation"] | None = None

    def of(self, element: tuple[str, ...]) -> tuple[Tree, Path] | None:
        """Give the tree of one element and the way to it, or nothing where it has none."""
        if self.tree is not None:
            return self.tree, ()
        for key in (element[0] if element else "", OTHERWISE):
            inner = (self.by or {}).get(key)
            found = inner.of(element[1:]) if inner is not None else None
            if found is not None:
                return found[0], (key, *found[1])
        return None

    def ways(self, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        """Yield the ways to all trees."""
        for key, inner in (self.by or {}).items():
            yield from inner.ways((*before, key))
        if self.tree is not None:
            yield before


def read_equation(raw: object) -> Equation:
    """Read an equation: text, a number, or a table of them by element."""
    if isinstance(raw, Equation):
        return raw
    if isinstance(raw, Mapping):
        return _read_table(raw)
    return Equation(tree=read_tree(raw))


def read_tree(raw: object) -> Tree:
    """Read one equation."""
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        if not abs(float(raw)) <= LARGEST:
            raise wrong(f"{shown(str(raw))} is out of all proportion.")
        return Number(float(raw))
    if not isinstance(raw, str):
        found = str(raw).lower() if isinstance(raw, bool) else kind_of(raw)
        raise wrong(
            f'{found} is not an equation; write a number, or text such as "vacancies / time_to_hire".'
        )
    try:
        return parse(raw)
    except Misread as fault:
        advice = " Units stand in 'unit', not in the equation." if TEXT_UNIT.match(raw) else ""
        raise wrong(f"{fault}{advice}") from None


def read_condition(raw: object) -> Equation:
    """Read what a check expects: an equation that may speak of measures, which have dots in their names."""
    if not isinstance(raw, str):
        return Equation(tree=read_tree(raw))
    try:
        return Equation(tree=parse(raw, Dialect.XMILE))
    except Misread as fault:
        raise wrong(str(fault)) from None


def read_unit(raw: object) -> str:
    """Read a unit of measure."""
    if not isinstance(raw, str):
        raise wrong(f'{kind_of(raw)} is not a unit; write it as text, such as "people/day".')
    try:
        parse_unit(raw)
    except Misread as found:
        raise wrong(str(found)) from None
    return raw


def _read_table(raw: Mapping[object, object]) -> Equation:
    if not raw:
        raise wrong("the table of equations is empty.")
    complaints = Complaints()
    found = {}
    for key, one in raw.items():
        name = complaints.read(read_id, key, str(key))
        inner = complaints.read(read_equation, one, str(key))
        if name is not None and inner is not None:
            found[name] = inner
    complaints.raise_any()
    if max(len(way) for way in Equation(by=found).ways()) > MOST_DIMENSIONS:
        raise wrong(f"goes over more than {MOST_DIMENSIONS} dimensions.")
    return Equation(by=found)


_TEXT: dict[str, object] = {"type": ["string", "number"], "maxLength": LONGEST_EQUATION}

Formula = Annotated[
    Equation,
    PlainValidator(read_equation),
    WithJsonSchema(
        {
            "x-shared": "equation",
            "description": "A number, an equation in text, or a table of them by element.",
            "type": ["string", "number", "object"],
            "maxLength": LONGEST_EQUATION,
        }
    ),
]
Condition = Annotated[
    Equation,
    PlainValidator(read_condition),
    WithJsonSchema({"type": "string", "description": 'What must hold, such as "care_workers >= 0".'}),
]
UnitText = Annotated[
    str,
    PlainValidator(read_unit),
    WithJsonSchema({"type": "string", "maxLength": 80, "description": 'A unit, such as "people/day".'}),
]
