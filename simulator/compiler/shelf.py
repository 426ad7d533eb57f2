"""The laws of a program, each once, in the order in which they were first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from simulator.compiler.law_excess import excess_table
from simulator.compiler.law_tables import LawTable, pack_tables
from simulator.compiler.laws import table_of, trait_scores
from simulator.compiler.memory import Tabulated
from simulator.compiler.program import ABSENT, Floats, Laws
from simulator.definition.laws import Law
from simulator.definition.quantities import Parameter

DECIMALS = 12

Content = tuple[object, ...]
Key = tuple[tuple[int, bytes, bytes], float]


@dataclass(slots=True)
class LawShelf:
    """Laws gathered while a program is drawn up; those that say the same in numbers are one.

    ``read`` are the laws tabulated so far, as they are written: programs of one model may share it.
    """

    tables: list[LawTable] = field(default_factory=list)
    place: dict[Key, int] = field(default_factory=dict)
    read: Tabulated = field(default_factory=Tabulated)
    seen: dict[int, tuple[Law, LawTable]] = field(default_factory=dict)
    added: dict[int, int] = field(default_factory=dict)
    multiplied: dict[tuple[int, Fraction], int] = field(default_factory=dict)
    left: dict[int, int] = field(default_factory=dict)
    written: dict[int, Law] = field(default_factory=dict)

    def add(self, law: Law) -> int:
        """Give the index of a law."""
        if id(law) not in self.added:
            place = self.added[id(law)] = self.add_table(self.read_once(law))
            self.written.setdefault(place, law)
        return self.added[id(law)]

    def add_times(self, law: Law, times: Fraction) -> int:
        """Give the index of a law, its variates multiplied by ``times``."""
        if times == 1:
            return self.add(law)
        if (id(law), times) not in self.multiplied:
            table = self.read_once(law)
            table = replace(table, scale=table.scale * float(times), mean=table.mean * float(times))
            place = self.multiplied[id(law), times] = self.add_table(table)
            self.written.setdefault(place, law)
        return self.multiplied[id(law), times]

    def scores(self, law: Law) -> Floats:
        """Give the scores of a trait's law. Raises ``DefinitionError`` where it is none."""
        return self.read.traits.give(content_of(law), lambda: trait_scores(law))

    def read_once(self, law: Law) -> LawTable:
        """Give the table of a law as it is written. Raises ``DefinitionError`` where it cannot be."""
        if id(law) not in self.seen:
            self.seen[id(law)] = law, self.read.laws.give(content_of(law), lambda: table_of(law))
        return self.seen[id(law)][1]

    def add_optional(self, law: Law | None) -> int:
        """Give the index of a law, -1 for none."""
        return ABSENT if law is None else self.add(law)

    def add_excess(self, law: int) -> int:
        """Give the index of what is left of a law for somebody met in the middle of it; -1 of none."""
        if law == ABSENT:
            return ABSENT
        if law not in self.left:
            table = self.tables[law]
            left = self.read.left.give((table.key, table.scale), lambda: excess_table(table))
            self.left[law] = self.add_table(left)
        return self.left[law]

    def add_mixture(self, parts: Mapping[int, float]) -> int:
        """Give the index of a mixture of laws that were added as they are written, by their weights."""
        if len(parts) == 1:
            return next(iter(parts))
        laws = [unordered(self.written[law]) for law in parts]
        weights = tuple(Fraction(round(weight, DECIMALS)) for weight in parts.values())
        return self.add(Law(name="mixture", dimension=laws[0].dimension, weights=weights, parts=tuple(laws)))

    def add_table(self, table: LawTable) -> int:
        """Give the index of a table."""
        key = (table.key, table.scale)
        if key not in self.place:
            self.place[key] = len(self.tables)
            self.tables.append(table)
        return self.place[key]

    def laws(self) -> Laws:
        """Freeze the laws into arrays."""
        return pack_tables(self.tables)


def content_of(law: Law) -> Content:
    """Give what a law says in numbers, without sources and notes."""
    return (
        law.name,
        law.dimension,
        tuple((name, value.value) for name, value in law.arguments),
        tuple(value.value for value in law.values),
        law.weights,
        tuple(content_of(part) for part in law.parts),
        tuple((chance, value.value) for chance, value in law.quantiles),
        value_of(law.at_least),
    )


def unordered(law: Law) -> Law:
    """Give a law of which any value may come at any time."""
    return replace(law, name="empirical") if law.name == "in_order" else law


def value_of(parameter: Parameter | None) -> Fraction | None:
    """Give the value of a parameter that may be absent."""
    return None if parameter is None else parameter.value
