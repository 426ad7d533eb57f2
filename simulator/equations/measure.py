"""Units of measure: ``people/day`` as powers of base units, multiplied and divided as equations are.

One of a thing and many of it are the same unit (person, people; day, days). Nothing is converted: a week is
not seven days until an equation says so, and adding one to the other is a fault.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from simulator.equations.tokens import Misread

LONGEST = 80
PIECE = re.compile(r"\s*(?:(?P<sign>[*/^()·]|per\b)|(?P<word>[^\W\d][\w£$€%]*|[£$€%])|(?P<number>\d+))\s*")
SAME = {
    "people": "person",
    "persons": "person",
    "children": "child",
    "pence": "penny",
    "dimensionless": "1",
    "dmnl": "1",
    "fraction": "1",
    "share": "1",
    "ratio": "1",
    "unitless": "1",
}
NOT_PLURAL = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of base units, each to a power."""

    powers: Mapping[str, Fraction] = field(default_factory=dict)

    def times(self, other: "Unit", power: int = 1) -> "Unit":
        """Multiply by another unit to a power; −1 divides."""
        found = dict(self.powers)
        for name, one in other.powers.items():
            found[name] = found.get(name, Fraction(0)) + power * one
        return Unit({name: one for name, one in found.items() if one})

    def raised(self, power: Fraction) -> "Unit":
        """Raise to a power."""
        return Unit({name: one * power for name, one in self.powers.items() if one * power})

    @property
    def is_number(self) -> bool:
        """Say whether it is a plain number."""
        return not self.powers

    def __str__(self) -> str:
        """Write it with one stroke at most."""
        above = [_powered(name, power) for name, power in sorted(self.powers.items()) if power > 0]
        below = [_powered(name, -power) for name, power in sorted(self.powers.items()) if power < 0]
        if not above and not below:
            return "a plain number"
        under = below[0] if len(below) == 1 else f"({' × '.join(below)})"
        return " × ".join(above or ["1"]) + (f"/{under}" if below else "")


NUMBER = Unit()


def parse_unit(text: str) -> Unit:
    """Read a unit such as ``people/day``, ``1/week`` or ``£/(bed*day)``. Raises :class:`Misread`."""
    if len(text) > LONGEST:
        raise Misread(f"the unit is {len(text):,} letters long; {LONGEST} is the most.")
    pieces, at = [], 0
    while at < len(text) and text[at:].strip():
        found = PIECE.match(text, at)
        if found is None:
            raise Misread(f"'{text[:40]}' is not a unit; write it as people, people/day or £/(bed*day).")
        pieces.append(found[0].strip().replace("per", "/") if found["sign"] else found[0].strip())
        at = found.end()
    if not pieces:
        raise Misread("the unit is empty; leave it out, or write 1 for a plain number.")
    unit, rest = _product(pieces, text)
    if rest:
        raise Misread(f"'{text[:40]}' is not a unit: '{rest[0][:20]}' is one too many.")
    return unit


def _product(pieces: list[str], text: str) -> tuple[Unit, list[str]]:
    unit, rest = _factor(pieces, text)
    while rest and rest[0] not in (")", "^"):
        power = -1 if rest[0] == "/" else 1
        further, rest = _factor(rest[1:] if rest[0] in ("*", "/", "·") else rest, text)
        unit = unit.times(further, power)
    return unit, rest


def _factor(pieces: list[str], text: str) -> tuple[Unit, list[str]]:
    if not pieces or pieces[0] in ("*", "/", "^", ")", "·"):
        raise Misread(f"'{text[:40]}' is not a unit: something is missing in it.")
    first, rest = pieces[0], pieces[1:]
    if first == "(":
        unit, rest = _product(rest, text)
        if not rest or rest[0] != ")":
            raise Misread(f"'{text[:40]}' is not a unit: a bracket is not closed.")
        rest = rest[1:]
    elif first.isdigit():
        if first != "1":
            raise Misread(f"'{text[:40]}' holds the number {first}; a unit has no numbers but 1 and powers.")
        unit = NUMBER
    else:
        unit = _base(first)
    if len(rest) > 1 and rest[0] == "^" and rest[1].isdigit():
        return unit.raised(Fraction(int(rest[1]))), rest[2:]
    return unit, rest


def _base(word: str) -> Unit:
    name = SAME.get(word.lower(), word.lower())
    if len(name) > 2 and name.endswith("s") and not name.endswith(NOT_PLURAL):
        name = name[:-1]
    return NUMBER if name == "1" else Unit({name: Fraction(1)})


def _powered(name: str, power: Fraction) -> str:
    shown = "people" if name == "person" else name
    return shown if power == 1 else f"{shown}^{power}"
