"""What an equation says, as a tree: numbers, names, calls, operators and choices."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

STAR = "*"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or what the language itself knows (time); with its subscripts where any are written.

    Subscripts are names of elements or dimensions, places counted from 1, or ``*`` for all.
    """

    name: str
    subscripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or a lookup, of arguments."""

    function: str
    arguments: tuple["Tree", ...]
    subscripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unary:
    """``-`` or ``not`` of something."""

    operator: str
    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two things joined by an operator."""

    operator: str
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True, slots=True)
class Choice:
    """``if condition then one else other``."""

    condition: "Tree"
    then: "Tree"
    otherwise: "Tree"


@dataclass(frozen=True, slots=True)
class Slot:
    """A row of an engine's values: where it begins, and how far it moves with each loop. Made by a plan."""

    base: int
    strides: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A lookup read at some place: the number of its table, which may move with loops. Made by a plan."""

    table: int
    strides: tuple[int, ...]
    at: "Tree"


Tree = Number | Name | Call | Unary | Binary | Choice | Slot | Reading
NOUGHT, ONE = Number(0.0), Number(1.0)
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")


def children(tree: Tree) -> tuple[Tree, ...]:
    """List what stands directly inside a tree."""
    if isinstance(tree, Call):
        return tree.arguments
    if isinstance(tree, Unary):
        return (tree.operand,)
    if isinstance(tree, Binary):
        return (tree.left, tree.right)
    if isinstance(tree, Reading):
        return (tree.at,)
    return (tree.condition, tree.then, tree.otherwise) if isinstance(tree, Choice) else ()


def rebuilt(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """Give the same tree with each thing directly inside it changed."""
    if isinstance(tree, Call):
        return replace(tree, arguments=tuple(change(one) for one in tree.arguments))
    if isinstance(tree, Unary):
        return replace(tree, operand=change(tree.operand))
    if isinstance(tree, Binary):
        return replace(tree, left=change(tree.left), right=change(tree.right))
    if isinstance(tree, Choice):
        return Choice(change(tree.condition), change(tree.then), change(tree.otherwise))
    return replace(tree, at=change(tree.at)) if isinstance(tree, Reading) else tree


def everything(tree: Tree) -> Iterator[Tree]:
    """Yield a tree and all that it holds, from left to right, without recursion."""
    waiting = [tree]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(children(here)))


def names_in(tree: Tree) -> list[str]:
    """List the variables and lookups that a tree refers to, each once, in order."""
    found: dict[str, None] = {}
    for one in everything(tree):
        if isinstance(one, Name):
            found.setdefault(one.name)
        elif isinstance(one, Call):
            found.setdefault(one.function)
    return list(found)


def depth_of(tree: Tree) -> int:
    """Count the levels of a tree, without recursion."""
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        here, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((one, depth + 1) for one in children(here))
    return deepest


def constant_in(tree: Tree) -> float | None:
    """Give the number that a tree is, a sign before it allowed; nothing where it is more than a number."""
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Unary) and tree.operator == "-" and isinstance(tree.operand, Number):
        return -tree.operand.value
    return None
