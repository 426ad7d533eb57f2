"""Who pays for an activity, in shares that add to one, and from which week of a stay on."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, wrong
from simulator.definition.laws import decimal_of
from simulator.definition.quantities import SHARE, Parameter, kind_of, parameter_reader
from simulator.definition.words import read_id
from simulator.units import exact

Payers = tuple[tuple[str, Parameter], ...]
MOST_WEEKS = 10_000
EXAMPLE = "[[0, { council = 1 }], [6, { council = 0.72, people = 0.28 }]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidBy:
    """Who pays from which week of a stay on: the first from week 0, the weeks ascending."""

    bands: tuple[tuple[Fraction, Payers], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Name all who pay at any time, in order."""
        return tuple(sorted({name for _, payers in self.bands for name, _ in payers}))


def read_paid_by(raw: object) -> PaidBy:
    """Read who pays: a table of shares, or a list of weeks with one each."""
    if isinstance(raw, PaidBy):
        return raw
    if isinstance(raw, Mapping):
        return PaidBy(bands=((Fraction(0), read_payers(raw)),))
    if not isinstance(raw, list) or not raw:
        raise wrong(f"{kind_of(raw)} is not a table of shares, nor one by week of stay: {EXAMPLE}.")
    complaints = Complaints()
    found = [complaints.read(_read_band, one, place) for place, one in enumerate(raw)]
    complaints.raise_any()
    bands = tuple(band for band in found if band is not None)
    if bands[0][0] != 0:
        raise wrong(f"the first of the weeks of stay is 0: {EXAMPLE}.")
    if any(later[0] <= earlier[0] for earlier, later in pairwise(bands)):
        raise wrong("the weeks of stay must go up.")
    return PaidBy(bands=bands)


def read_payers(raw: object) -> Payers:
    """Read a table of shares that add to exactly one."""
    if not isinstance(raw, Mapping) or not raw:
        raise wrong(f"{kind_of(raw)} is not a table of shares, such as {{ council = 0.72, people = 0.28 }}.")
    complaints = Complaints()
    found: list[tuple[str, Parameter]] = []
    for name, one in raw.items():
        who = complaints.read(read_id, name, name)
        share = complaints.read(parameter_reader(SHARE), one, name)
        if who is not None and share is not None:
            found.append((who, share))
    complaints.raise_any()
    total = sum((share.value for _, share in found), Fraction())
    if total != 1:
        raise wrong(f"the shares add to {decimal_of(total)}, not to exactly 1.")
    return tuple(sorted(found, key=lambda pair: pair[0]))


def _read_band(raw: object) -> tuple[Fraction, Payers]:
    if not isinstance(raw, list) or len(raw) != 2:
        raise wrong("is a week of stay and a table of shares, [6, { council = 0.72, people = 0.28 }].")
    week = raw[0]
    if isinstance(week, bool) or not isinstance(week, int | Decimal) or not 0 <= week <= MOST_WEEKS:
        raise wrong(
            f"{kind_of(week)} is not a week of stay; it must be a number from 0 to {MOST_WEEKS:,}.", 0
        )
    complaints = Complaints()
    payers = complaints.read(read_payers, raw[1], 1)
    complaints.raise_any()
    assert payers is not None
    return exact(week), payers


_SHARES = {"type": "object", "minProperties": 1, "additionalProperties": {"type": ["number", "object"]}}
SomePaidBy = Annotated[
    PaidBy,
    PlainValidator(read_paid_by),
    WithJsonSchema(
        {
            "description": "Shares of who pays that add to one, or one such table by week of stay.",
            "anyOf": [_SHARES, {"type": "array", "minItems": 1, "items": {"type": "array"}}],
        }
    ),
]
