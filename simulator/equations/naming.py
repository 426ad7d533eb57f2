"""What the names and subscripts of an equation refer to, in the place where the equation stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from simulator.equations.system import System, Variable
from simulator.equations.tokens import Misread, canonical
from simulator.equations.tree import STAR, Call, Name, Tree, rebuilt

Pins = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Index:
    """One subscript, resolved: an element of the variable's dimension, or the loop over another dimension."""

    dimension: str
    element: int | None = None
    loop: str | None = None


def dimension_of(loop: str) -> str:
    """Give the dimension of a loop; that of a sum over all elements is marked with a star."""
    return loop.removesuffix(STAR)


def elements_of(system: System, loop: str) -> tuple[str, ...]:
    """List the elements that a loop goes through."""
    return system.dimensions[dimension_of(loop)]


def indices_of(
    name: Name, variable: Variable, *, loops: tuple[str, ...], system: System
) -> tuple[Index, ...]:
    """Resolve the subscripts of a name where these loops are open. Raises :class:`Misread`."""
    if not name.subscripts:
        return tuple(_implied(one, variable, loops=loops, system=system) for one in variable.over)
    if len(name.subscripts) != len(variable.over):
        dimensions = ", ".join(shown_dimension(system, one) for one in variable.over) or "nothing"
        said = f"{len(name.subscripts)} subscripts"
        raise Misread(f"'{variable.name}' has {said}; it goes over {dimensions}.")
    pairs = zip(name.subscripts, variable.over, strict=True)
    return tuple(_written(one, dimension, loops=loops, system=system) for one, dimension in pairs)


def pinned(tree: Tree, pins: Pins, *, system: System) -> Tree:
    """Write out the elements that names refer to in the equation of one element."""
    if not pins:
        return tree
    tree = rebuilt(tree, lambda one: pinned(one, pins, system=system))
    if isinstance(tree, Call) and tree.subscripts:
        return replace(
            tree, subscripts=tuple(_pinned_word(one, pins, system=system) for one in tree.subscripts)
        )
    if not isinstance(tree, Name):
        return tree
    variable = system.variables.get(tree.name)
    if variable is None or not variable.over:
        return tree
    words = tree.subscripts or tuple(_nearest_pin(one, pins, system=system) for one in variable.over)
    return replace(tree, subscripts=tuple(_pinned_word(one, pins, system=system) for one in words))


def shown_dimension(system: System, dimension: str) -> str:
    """Write a dimension as the file does."""
    return system.dimension_names.get(dimension, dimension)


def is_part_of(system: System, dimension: str, *, other: str) -> bool:
    """Say whether every element of a dimension is one of the other too."""
    return set(system.dimensions[dimension]) <= set(system.dimensions[other])


def _implied(dimension: str, variable: Variable, *, loops: tuple[str, ...], system: System) -> Index:
    for loop in loops:
        if loop == dimension:
            return Index(dimension, loop=loop)
    for loop in loops:
        if not loop.endswith(STAR) and is_part_of(system, loop, other=dimension):
            return Index(dimension, loop=loop)
    shown = shown_dimension(system, dimension)
    raise Misread(f"'{variable.name}' goes over {shown}; say which element, or take sum({variable.key}[*]).")


def _written(word: str, dimension: str, *, loops: tuple[str, ...], system: System) -> Index:
    elements = system.dimensions[dimension]
    if word in loops and is_part_of(system, dimension_of(word), other=dimension):
        return Index(dimension, loop=word)
    if word in elements:
        return Index(dimension, element=elements.index(word))
    if word.isdigit() and 1 <= int(word) <= len(elements):
        return Index(dimension, element=int(word) - 1)
    shown = shown_dimension(system, dimension)
    if word == STAR:
        raise Misread(f"[*] means all of {shown}, which only sum, mean, prod, size, min and max can take.")
    if word in system.dimensions:
        raise Misread(
            f"'{word}' is a dimension that the equation does not go over; sum over it, or name an element."
        )
    if word in system.variables:
        raise Misread(f"'{word}' is a variable; a subscript that is worked out as it runs is not supported.")
    known = ", ".join(elements[:8])
    raise Misread(f"'{word}' is no element of {shown}, which has {known}{' …' if len(elements) > 8 else ''}.")


def _pinned_word(word: str, pins: Pins, *, system: System) -> str:
    """Put the element in the place of its dimension, or of one that holds it."""
    return pins.get(canonical(word), word)


def _nearest_pin(dimension: str, pins: Pins, *, system: System) -> str:
    if dimension in pins:
        return dimension
    return next((one for one in pins if is_part_of(system, one, other=dimension)), dimension)
