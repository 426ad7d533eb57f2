"""Values that may differ by group: one for all, or one by segment, need or class."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from simulator.definition.faults import Complaints, wrong

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed(Generic[T_co]):
    """A value for everybody (``single``), or values by group key, and one for the groups not named."""

    single: T_co | None = None
    by: dict[str, T_co] = field(default_factory=dict)
    otherwise: T_co | None = None

    def of(self, *keys: str) -> T_co | None:
        """Give the value of the first key that is written here, else the one for all others."""
        for key in keys:
            if key in self.by:
                return self.by[key]
        return self.otherwise if self.single is None else self.single

    def values(self) -> tuple[T_co, ...]:
        """Give every value written here, in order of key, the one for all others last."""
        written = [self.single, *(self.by[key] for key in sorted(self.by)), self.otherwise]
        return tuple(value for value in written if value is not None)

    def items(self) -> tuple[tuple[tuple[str, ...], T_co], ...]:
        """Give every value with the keys that lead to it inside the field."""
        if self.single is not None:
            return (((), self.single),)
        written: list[tuple[tuple[str, ...], T_co]] = [((key,), self.by[key]) for key in sorted(self.by)]
        return tuple(written) if self.otherwise is None else (*written, ((OTHERWISE,), self.otherwise))


def keyed_reader(
    reader: Callable[[object], T], is_single: Callable[[Mapping[str, object]], bool]
) -> Callable[[object], Keyed[T]]:
    """Make the reader of a field keyed by group from the reader of one value.

    ``is_single`` says of a table whether it is itself one value rather than values by group.
    """

    def read(raw: object) -> Keyed[T]:
        if isinstance(raw, Keyed):
            return raw
        if not isinstance(raw, Mapping) or is_single(raw):
            return Keyed(single=reader(raw))
        if not raw:
            raise wrong("an empty table; give a value, or one for each group.")
        complaints = Complaints()
        found = {key: complaints.read(reader, one, key) for key, one in raw.items()}
        complaints.raise_any()
        values = {key: value for key, value in found.items() if value is not None}
        return Keyed(
            by={key: values[key] for key in values if key != OTHERWISE}, otherwise=values.get(OTHERWISE)
        )

    return read


def keyed_schema(single: Mapping[str, object]) -> dict[str, object]:
    """Describe a field keyed by group from the description of one value."""
    table = {"type": "object", "description": "By segment, need or class.", "additionalProperties": single}
    return {"anyOf": [dict(single), table]}
