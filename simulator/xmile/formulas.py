"""The equations of one XMILE variable: one for all elements, one each, or a list; and its table."""

import math
from typing import TYPE_CHECKING

from simulator.equations.lookups import Lookup, Outside
from simulator.equations.parser import parse
from simulator.equations.system import Formula, Way
from simulator.equations.tokens import Dialect, Misread, canonical
from simulator.equations.tree import NOUGHT, Tree
from simulator.xmile.elements import Element

if TYPE_CHECKING:
    from simulator.xmile.reading import Reader

KINDS = {"continuous": Outside.HOLD, "extrapolate": Outside.EXTEND, "discrete": Outside.STEPS}


def formulas_of(one: Element, over: tuple[str, ...], *, reader: "Reader", way: Way) -> tuple[Formula, ...]:
    """Read the equations of a variable."""
    table = one.first("gf")
    lookup = lookup_of(table, reader, path=str(way[1])) if table is not None else None
    equations = list(one.all("eqn"))
    if list(one.all("element")):
        return _by_element(one, over, reader=reader, way=way)
    if over and all(dimension in reader.dimensions for dimension in over):
        listed = _listed(equations, over, reader=reader, way=way)
        if listed:
            return listed
    if len(equations) > 1:
        reader.complain(equations[1], "has more than one equation.", path=str(way[1]))
    tree = _tree(equations[0] if equations else None, reader, way=way, may_be_empty=lookup is not None)
    return () if tree is None else (Formula(tree=tree, lookup=lookup, way=way),)


def lookup_of(table: Element, reader: "Reader", *, path: str) -> Lookup | None:
    """Read a graphical function: its heights, and its places or the ends between which they lie evenly."""
    ys = _numbers(table.first("ypts"), reader, path=path)
    xs = _numbers(table.first("xpts"), reader, path=path)
    if not xs and ys:
        scale = table.first("xscale")
        try:
            low, high = (
                (float(scale.attributes[end]) for end in ("min", "max")) if scale is not None else (0.0, 1.0)
            )
        except (KeyError, ValueError):
            reader.complain(table, "the scale of a table needs a min and a max.", path=path)
            return None
        apart = (high - low) / max(1, len(ys) - 1)
        xs = [low + place * apart for place in range(len(ys))]
        xs[-1] = high if len(xs) > 1 else low
    kind = table.attributes.get(
        "type", "discrete" if table.attributes.get("discrete") == "true" else "continuous"
    )
    if kind not in KINDS:
        reader.complain(table, f"a table of the type '{kind[:40]}' is not supported.", path=path)
        return None
    made = Lookup(xs=tuple(xs), ys=tuple(ys), outside=KINDS[kind])
    if made.fault:
        reader.complain(table, made.fault, path=path)
        return None
    return made


def _by_element(one: Element, over: tuple[str, ...], *, reader: "Reader", way: Way) -> tuple[Formula, ...]:
    found = []
    for inner in one.all("element"):
        said = inner.attributes.get("subscript", "")
        element = tuple(canonical(part) for part in said.split(","))
        known = [reader.dimensions.get(dimension, ()) for dimension in over]
        if len(element) != len(over) or any(
            part not in them for part, them in zip(element, known, strict=False)
        ):
            reader.complain(inner, f"'{said[:60]}' is no element of it.", path=str(way[1]))
            continue
        own: Way = (*way, said)
        reader.lines[own] = inner.line
        table = inner.first("gf")
        lookup = lookup_of(table, reader, path=str(way[1])) if table is not None else None
        tree = _tree(inner.first("eqn"), reader, way=own, may_be_empty=lookup is not None)
        if tree is not None:
            found.append(Formula(tree=tree, element=element, lookup=lookup, way=own))
    return tuple(found)


def _listed(
    equations: list[Element], over: tuple[str, ...], *, reader: "Reader", way: Way
) -> tuple[Formula, ...]:
    """Read an equation for each element in order: several of them, or one that lists them all."""
    every: list[tuple[str, ...]] = [()]
    for dimension in over:
        every = [(*before, one) for before in every for one in reader.dimensions[dimension]]
    if len(equations) > 1:
        if len(equations) != len(every):
            reader.complain(
                equations[0], f"has {len(equations)} equations for {len(every)} elements.", path=str(way[1])
            )
            return ()
        trees = [_tree(one, reader, way=way, may_be_empty=False) for one in equations]
    else:
        parts = _parts(equations[0].words) if equations else []
        if len(parts) != len(every) or len(parts) == 1:
            return ()
        trees = [_parsed(part, equations[0], reader=reader, way=way) for part in parts]
    pairs = zip(trees, every, strict=True)
    return tuple(Formula(tree=tree, element=element, way=way) for tree, element in pairs if tree is not None)


def _parts(text: str) -> list[str]:
    """Split a list at its commas and semicolons, those inside brackets left alone."""
    parts, depth, begin = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if letter in ",;" and depth == 0:
            parts.append(text[begin:place])
            begin = place + 1
    return [part.strip() for part in [*parts, text[begin:]] if part.strip()]


def _tree(one: Element | None, reader: "Reader", *, way: Way, may_be_empty: bool) -> Tree | None:
    text = one.text if one is not None else ""
    if not text.strip() and may_be_empty:
        return NOUGHT
    if one is None:
        return None
    return _parsed(text, one, reader=reader, way=way)


def _parsed(text: str, one: Element, *, reader: "Reader", way: Way) -> Tree | None:
    try:
        return parse(text, Dialect.XMILE)
    except Misread as found:
        reader.complain(one, str(found), path=str(way[1]))
        return None


def _numbers(points: Element | None, reader: "Reader", *, path: str) -> list[float]:
    if points is None:
        return []
    separator = points.attributes.get("sep", ",")
    try:
        found = [float(one) for one in points.text.split(separator) if one.strip()]
    except ValueError:
        reader.complain(points, f"the points must be numbers with '{separator[:5]}' between them.", path=path)
        return []
    if not all(math.isfinite(one) for one in found):
        reader.complain(points, "every point must be a finite number.", path=path)
    return found
