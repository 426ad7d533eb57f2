"""Parameters: one number of a model with its unit, its range and where it comes from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import wrong
from simulator.definition.ranged import Ranged
from simulator.definition.words import keys_read, read_text
from simulator.errors import UnitError
from simulator.units import (
    ANY_OF_ALL,
    EXAMPLES,
    SECONDS_A_YEAR,
    Dimension,
    exact,
    in_words,
    parse_quantity,
    shown,
)

ODDS = re.compile(r"(\d{1,9}) (?:per|in) ([1-9]\d{0,8})", re.ASCII)
PARAMETER_WORDS = ("value", "low", "high", "source", "grade", "note")
GRADES = ("A", "B", "C", "D", "E")
MOST_PLACES = 10_000_000
MOST_PEOPLE = 100_000_000
LONGEST_TIME = 1_000 * SECONDS_A_YEAR
MOST_PENCE = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number in the unit of its dimension, exact, with an 80% interval and its evidence where given.

    Times are in seconds, rates per second, money in pence. ``low`` and ``high`` are the 10th and 90th
    centiles.
    """

    value: Fraction
    dimension: Dimension
    low: Fraction | None = None
    high: Fraction | None = None
    source: str | None = None
    grade: str | None = None
    note: str | None = None

    def __float__(self) -> float:
        """Give the value as a float, rounded once."""
        return float(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What values a field allows, and how to say so."""

    dimension: Dimension
    least: Fraction | int | None = 0
    most: Fraction | int | None = None
    is_whole: bool = False
    zero_is_bare: bool = False
    above: int | None = None
    reads_odds: bool = False

    @property
    def allowed(self) -> str:
        """Say which values are allowed."""
        said = "a whole number" if self.is_whole else self.dimension.value
        most = "" if self.most is None else f" {self._shown(self.most)}"
        if self.above is not None:
            return f"{said} above {self.above}" + (f" and at most{most}" if most else "")
        if self.least is not None and most:
            return f"{said} from {self.least} to{most}"
        return said if self.least is None else f"{said} of {self.least} or more"

    @property
    def example(self) -> str:
        """Show one that is right."""
        if self.reads_odds:
            return '0.012 or "1 per 82"'
        return "12" if self.is_whole else EXAMPLES[self.dimension]

    def _shown(self, most: Fraction | int) -> str:
        if self.dimension is Dimension.TIME:
            return in_words(most)
        return f"£{most // 100:,}" if self.dimension is Dimension.MONEY else f"{most:,}"


def number(value: Fraction | int, dimension: Dimension = Dimension.NUMBER) -> Parameter:
    """Make a parameter that is only a value."""
    return Parameter(value=Fraction(value), dimension=dimension)


def parameter_reader(bounds: Bounds) -> Callable[[object], Parameter]:
    """Make the reader of one kind of quantity: text or number, or a table with a range and a source."""

    def read(raw: object) -> Parameter:
        if isinstance(raw, Parameter):
            return raw
        if not isinstance(raw, Mapping):
            return Parameter(value=read_value(raw, bounds), dimension=bounds.dimension)
        if isinstance(raw, Ranged):
            raw.read_as.append(bounds)
        return _read_table(raw, bounds)

    return read


def read_value(raw: object, bounds: Bounds) -> Fraction:
    """Read one bare quantity within its bounds."""
    value, dimension = _read_quantity(raw, bounds)
    if dimension is not bounds.dimension and not (bounds.zero_is_bare and value == 0):
        raise wrong(_of_wrong_dimension(raw, dimension, bounds=bounds))
    if not _is_within(value, bounds):
        raise wrong(f"{shown(str(raw))} is not allowed; it must be {bounds.allowed}.")
    if bounds.is_whole and value.denominator != 1:
        raise wrong(f"{shown(str(raw))} is not a whole number; it must be {bounds.allowed}.")
    return value


def number_of(raw: object) -> tuple[Fraction, Dimension]:
    """Read a number or a quantity of any dimension, either sign."""
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return exact(raw), Dimension.NUMBER
    if not isinstance(raw, str):
        raise wrong(f"{kind_of(raw)} is not a number or a quantity.")
    try:
        value, dimension = parse_quantity(raw)
    except UnitError as error:
        raise wrong(str(error)) from None
    if dimension is Dimension.NUMBER:
        raise wrong(f"{shown(raw)} is text; write the number without quotation marks.")
    return value, dimension


def _read_quantity(raw: object, bounds: Bounds) -> tuple[Fraction, Dimension]:
    try:
        if isinstance(raw, bool):
            raise wrong(f"{str(raw).lower()} is not a number; it must be {_wanted(bounds)}.")
        if isinstance(raw, int | Decimal):
            return exact(raw), Dimension.NUMBER
        if isinstance(raw, str):
            if bounds.reads_odds and (odds := ODDS.fullmatch(raw.strip())):
                return Fraction(int(odds[1]), int(odds[2])), Dimension.NUMBER
            value, dimension = parse_quantity(raw)
            if dimension is Dimension.NUMBER:
                raise wrong(_of_number_in_quotes(raw, bounds))
            return value, dimension
    except UnitError as error:
        is_word = isinstance(raw, str) and not any(letter.isdigit() for letter in raw)
        said = f"{shown(str(raw))} is not a quantity; it must be {_wanted(bounds)}."
        raise wrong(said if is_word or ANY_OF_ALL in str(error) else str(error)) from None
    raise wrong(f"{kind_of(raw)} is not a quantity; it must be {_wanted(bounds)}.")


def _read_table(raw: Mapping[str, object], bounds: Bounds) -> Parameter:
    complaints = keys_read(raw, PARAMETER_WORDS)
    numbers = {
        word: complaints.read(lambda found: read_value(found, bounds), raw[word], word)
        for word in ("value", "low", "high")
        if word in raw
    }
    texts = {
        word: complaints.read(read_text, raw[word], word)
        for word in ("source", "grade", "note")
        if word in raw
    }
    if "value" not in raw:
        complaints.add("'value' is missing; a parameter is { value = …, low = …, high = …, source = … }.")
    if texts.get("grade") is not None and texts["grade"] not in GRADES:
        complaints.add(
            f"{shown(str(raw['grade']))} is not a grade; allowed are {', '.join(GRADES)}.", "grade"
        )
    complaints.extend(_faults_of_range(numbers))
    complaints.raise_any()
    value = numbers["value"]
    assert value is not None
    return Parameter(
        value=value,
        dimension=bounds.dimension,
        low=numbers.get("low"),
        high=numbers.get("high"),
        source=texts.get("source"),
        grade=texts.get("grade"),
        note=texts.get("note"),
    )


def _faults_of_range(numbers: Mapping[str, Fraction | None]) -> list[tuple[tuple[str, ...], str]]:
    if ("low" in numbers) != ("high" in numbers):
        return [((), "'low' and 'high' go together; give both or neither.")]
    value, low, high = (numbers.get(word) for word in ("value", "low", "high"))
    if value is not None and low is not None and high is not None and not low <= value <= high:
        return [((), "'value' must lie between 'low' and 'high'.")]
    return []


def _is_within(value: Fraction, bounds: Bounds) -> bool:
    if bounds.above is not None and value <= bounds.above:
        return False
    if bounds.least is not None and value < bounds.least:
        return False
    return bounds.most is None or value <= bounds.most


def _wanted(bounds: Bounds) -> str:
    return f"{bounds.allowed}, such as {bounds.example}"


def _of_number_in_quotes(raw: str, bounds: Bounds) -> str:
    if bounds.dimension is Dimension.NUMBER:
        return f"{shown(raw)} is text; write the number without quotation marks."
    return f"{shown(raw)} has no unit; it must be {_wanted(bounds)}."


def _of_wrong_dimension(raw: object, found: Dimension, *, bounds: Bounds) -> str:
    if found is Dimension.NUMBER:
        return f"{shown(str(raw))} has no unit; it must be {_wanted(bounds)}."
    return f"{shown(str(raw))} is {found.value}; it must be {_wanted(bounds)}."


def kind_of(raw: object) -> str:
    """Say what kind of thing a file holds, in the words of the file."""
    if isinstance(raw, Mapping):
        return "a table"
    if isinstance(raw, list | tuple):
        return "a list"
    return shown(str(raw))


def with_evidence(
    parameter: Parameter, *, source: str | None, grade: str | None, note: str | None
) -> Parameter:
    """Give a parameter the evidence that was written beside it, where it has none of its own."""
    return replace(
        parameter,
        source=parameter.source or source,
        grade=parameter.grade or grade,
        note=parameter.note or note,
    )


def _schema(name: str, simple: dict[str, object], *, description: str) -> WithJsonSchema:
    table = {
        "type": "object",
        "additionalProperties": False,
        "required": ["value"],
        "properties": {
            "value": simple,
            "low": simple,
            "high": simple,
            "source": {"type": "string"},
            "grade": {"enum": list(GRADES)},
            "note": {"type": "string"},
        },
    }
    return WithJsonSchema({"x-shared": name, "description": description, "anyOf": [simple, table]})


_QUANTITY: dict[str, object] = {"type": "string", "maxLength": 60, "pattern": r"\d"}
_NUMBER: dict[str, object] = {"type": "number"}
_WHOLE: dict[str, object] = {"type": "integer", "minimum": 0}
_ONE_OR_MORE: dict[str, object] = {"type": "integer", "minimum": 1}
_SHARE: dict[str, object] = {"type": "number", "minimum": 0, "maximum": 1}
_FACTOR: dict[str, object] = {"type": "number", "minimum": 0}
_QUALITY: dict[str, object] = {"type": "number", "minimum": -1, "maximum": 1}

TIME = Bounds(dimension=Dimension.TIME, most=LONGEST_TIME)
POSITIVE_TIME = Bounds(dimension=Dimension.TIME, most=LONGEST_TIME, above=0)
RATE = Bounds(dimension=Dimension.RATE)
MONEY = Bounds(dimension=Dimension.MONEY, most=MOST_PENCE)
MONEY_RATE = Bounds(dimension=Dimension.MONEY_RATE, most=MOST_PENCE)
NUMBER = Bounds(dimension=Dimension.NUMBER, least=None)
SHARE = Bounds(dimension=Dimension.NUMBER, most=1)
CHANCE = Bounds(dimension=Dimension.NUMBER, most=1, reads_odds=True)
FACTOR = Bounds(dimension=Dimension.NUMBER)
QUALITY = Bounds(dimension=Dimension.NUMBER, least=-1, most=1)
PLACES = Bounds(dimension=Dimension.NUMBER, most=MOST_PLACES, is_whole=True)
PEOPLE = Bounds(dimension=Dimension.NUMBER, most=MOST_PEOPLE, is_whole=True)
ONE_OR_MORE = Bounds(dimension=Dimension.NUMBER, least=1, most=MOST_PLACES, is_whole=True)

PositiveTime = Annotated[
    Parameter,
    PlainValidator(parameter_reader(POSITIVE_TIME)),
    _schema("positive_time", _QUANTITY, description="A time above nought."),
]
Rate = Annotated[
    Parameter,
    PlainValidator(parameter_reader(RATE)),
    _schema("rate", _QUANTITY, description='A rate, such as "12 per week".'),
]
Money = Annotated[
    Parameter,
    PlainValidator(parameter_reader(MONEY)),
    _schema("money", _QUANTITY, description='Money, such as "£142".'),
]
MoneyRate = Annotated[
    Parameter,
    PlainValidator(parameter_reader(MONEY_RATE)),
    _schema("money_rate", _QUANTITY, description='Money per time, such as "£80 per day".'),
]
Number = Annotated[
    Parameter, PlainValidator(parameter_reader(NUMBER)), _schema("number", _NUMBER, description="A number.")
]
Share = Annotated[
    Parameter,
    PlainValidator(parameter_reader(SHARE)),
    _schema("share", _SHARE, description="A share, from 0 to 1."),
]
Factor = Annotated[
    Parameter,
    PlainValidator(parameter_reader(FACTOR)),
    _schema("factor", _FACTOR, description="A multiplier: 1 changes nothing."),
]
Quality = Annotated[
    Parameter,
    PlainValidator(parameter_reader(QUALITY)),
    _schema("quality", _QUALITY, description="Quality of life: 1 is full health."),
]
Places = Annotated[
    Parameter,
    PlainValidator(parameter_reader(PLACES)),
    _schema("places", _WHOLE, description="A whole number of places."),
]
People = Annotated[
    Parameter,
    PlainValidator(parameter_reader(PEOPLE)),
    _schema("people", _WHOLE, description="A whole number of people."),
]
OneOrMore = Annotated[
    Parameter,
    PlainValidator(parameter_reader(ONE_OR_MORE)),
    _schema("one_or_more", _ONE_OR_MORE, description="A whole number of one or more."),
]
