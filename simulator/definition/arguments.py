"""What a law is told: mean, spread, median, quantiles, loc and scale, or its own shapes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from simulator.definition.faults import Complaints, wrong
from simulator.definition.law_names import CONTINUOUS, DISCRETE, REACHES_BELOW_ZERO
from simulator.definition.quantities import (
    LONGEST_TIME,
    Bounds,
    Parameter,
    kind_of,
    number,
    parameter_reader,
    read_value,
)
from simulator.definition.words import nearest
from simulator.units import UNITS, Dimension, shown

WITH_UNIT = ("mean", "sd", "median", "loc", "scale")
LOG_WORDS = ("log_mean", "log_sd")
ARGUMENT_WORDS = frozenset([*WITH_UNIT, *LOG_WORDS, "cv", "quantiles", "at_least", "sigma"])
OTHER_WORDS_OF_LOGNORM = {"sigma": "log_sd", "s": "log_sd", "mu": "log_mean"}
LOCATING = ("mean", "median", "scale", "loc", "sd")
EXCLUDING = (("sd", "cv"), ("mean", "log_mean"), ("log_sd", "sd"), ("log_sd", "cv"))
MOST_CV = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """The arguments of one law, read: by name in alphabetical order, quantiles and the least value apart."""

    named: tuple[tuple[str, Parameter], ...]
    quantiles: tuple[tuple[Fraction, Parameter], ...]
    at_least: Parameter | None


def read_arguments(law: str, raw: Mapping[str, object], *, dimension: Dimension) -> Arguments:
    """Read the arguments of a law that scipy knows."""
    complaints = Complaints()
    shapes = CONTINUOUS.get(law) or DISCRETE.get(law, ())
    named: dict[str, Parameter] = {}
    for word, value in raw.items():
        if word in ("quantiles", "at_least", "unit"):
            continue
        meant = _meant(law, word, shapes=shapes)
        bounds = bounds_of(meant, dimension, shapes=shapes, has_logs=law == "lognorm")
        if bounds is None:
            complaints.add(_unknown(law, word, shapes=shapes), word)
            continue
        found = complaints.read(parameter_reader(bounds), value, word)
        if meant in named:
            complaints.add("is given twice, under two names.", word)
        if found is not None:
            named[meant] = found
    quantiles = complaints.read(
        lambda found: _read_quantiles(found, dimension), raw.get("quantiles", []), "quantiles"
    )
    at_least = None
    if "at_least" in raw:
        at_least = complaints.read(parameter_reader(_least(dimension)), raw["at_least"], "at_least")
    if "unit" in raw:
        _read_unit(raw["unit"], law, named=named, complaints=complaints)
    found_all = Arguments(named=tuple(sorted(named.items())), quantiles=quantiles or (), at_least=at_least)
    if not complaints.faults:
        _complain_of_whole(law, found_all, dimension=dimension, complaints=complaints)
    complaints.raise_any()
    return found_all


def _meant(law: str, word: str, *, shapes: tuple[str, ...]) -> str:
    """Give scipy's own word for an argument: ``shape`` is the only shape of a law that has one."""
    if law == "lognorm":
        return OTHER_WORDS_OF_LOGNORM.get(word, word)
    return shapes[0] if word == "shape" and len(shapes) == 1 else word


def bounds_of(word: str, dimension: Dimension, *, shapes: tuple[str, ...], has_logs: bool) -> Bounds | None:
    """Say what one argument of a law may be, or nothing where the law has no such argument."""
    is_time = dimension is Dimension.TIME
    most = LONGEST_TIME if is_time else None
    if word == "loc":
        return Bounds(dimension=dimension, least=None, most=most, zero_is_bare=True)
    if word in ("sd", "scale") or (word in WITH_UNIT and is_time):
        return Bounds(dimension=dimension, above=0, most=most)
    if word in WITH_UNIT:
        return Bounds(dimension=dimension, least=None)
    if word == "cv":
        return Bounds(dimension=Dimension.NUMBER, above=0, most=MOST_CV)
    if word in LOG_WORDS and has_logs:
        least, above = (-100, None) if word == "log_mean" else (0, 0)
        return Bounds(dimension=Dimension.NUMBER, least=least, above=above, most=100 if above is None else 10)
    return Bounds(dimension=Dimension.NUMBER, least=None) if word in shapes else None


def _complain_of_whole(law: str, found: Arguments, *, dimension: Dimension, complaints: Complaints) -> None:
    named = dict(found.named)
    for one, other in EXCLUDING:
        if one in named and other in named:
            complaints.add(f"'{one}' and '{other}' say the same thing twice; keep one of them.", other)
    is_time = dimension is Dimension.TIME
    if "log_mean" in named and is_time and "scale" not in named:
        complaints.add(
            "'log_mean' is the log of a number of what? Add unit = \"hours\" or the like.", "log_mean"
        )
    is_located = bool(found.quantiles) or any(word in named for word in (*LOCATING, "log_mean"))
    if law in CONTINUOUS and is_time and not is_located:
        complaints.add(f"'{law}' needs a mean, a median, quantiles, or a scale, with a unit.")
    if is_time and found.at_least is None and _may_be_negative(law, named):
        complaints.add(f"'{law}' can be negative here; say at_least = 0, or another least value.")


def _may_be_negative(law: str, named: Mapping[str, Parameter]) -> bool:
    below = "loc" in named and named["loc"].value < 0
    if law == "truncnorm":
        return _truncated_below(named) < 0
    return below or law in REACHES_BELOW_ZERO


def _truncated_below(named: Mapping[str, Parameter]) -> Fraction:
    """Give where a truncnorm begins, loc + a × scale; nought where only its fit will tell."""
    if "a" not in named or "scale" not in named:
        return Fraction()
    loc = named["loc"].value if "loc" in named else Fraction()
    return loc + named["a"].value * named["scale"].value


def _unknown(law: str, word: str, *, shapes: tuple[str, ...]) -> str:
    logs = LOG_WORDS if law == "lognorm" else ()
    allowed = (*shapes, "mean", "median", "sd", "cv", "quantiles", "loc", "scale", *logs, "at_least")
    return f"'{law}' knows no {shown(word)}; allowed are {', '.join(allowed)}.{nearest(word, allowed)}"


def _read_unit(raw: object, law: str, *, named: dict[str, Parameter], complaints: Complaints) -> None:
    if law != "lognorm" or "log_mean" not in named or "scale" in named:
        complaints.add("'unit' goes with the 'log_mean' of a lognorm, and not with a 'scale'.", "unit")
    elif not isinstance(raw, str) or raw not in UNITS:
        complaints.add(f"{shown(str(raw))} is not a unit of time.{nearest(str(raw), UNITS)}", "unit")
    else:
        named["scale"] = number(UNITS[raw], Dimension.TIME)


def _least(dimension: Dimension) -> Bounds:
    least = 0 if dimension is Dimension.TIME else None
    return Bounds(dimension=dimension, least=least, zero_is_bare=True)


def _read_quantiles(raw: object, dimension: Dimension) -> tuple[tuple[Fraction, Parameter], ...]:
    pairs = _quantile_pairs(raw)
    complaints = Complaints()
    bounds = Bounds(dimension=dimension, least=0 if dimension is Dimension.TIME else None)
    found: list[tuple[Fraction, Parameter]] = []
    for key, (chance, value) in pairs:
        share = complaints.read(
            lambda one: read_value(one, Bounds(dimension=Dimension.NUMBER, most=1)), chance, key
        )
        at = complaints.read(parameter_reader(bounds), value, key)
        if share is not None and not 0 < share < 1:
            complaints.add("a quantile is of a chance above 0 and below 1.", key)
        elif share is not None and at is not None:
            found.append((share, at))
    complaints.raise_any()
    found.sort(key=lambda pair: pair[0])
    if any(later[1].value <= earlier[1].value for earlier, later in pairwise(found)):
        raise wrong("quantiles must rise with their chances.")
    return tuple(found)


def _quantile_pairs(raw: object) -> list[tuple[str | int, tuple[object, object]]]:
    if isinstance(raw, Mapping):
        return [(key, (_chance(key), value)) for key, value in raw.items()]
    if isinstance(raw, list | tuple) and all(
        isinstance(pair, list | tuple) and len(pair) == 2 for pair in raw
    ):
        return [(place, (pair[0], pair[1])) for place, pair in enumerate(raw)]
    raise wrong(
        f'{kind_of(raw)} is not a list of [chance, value], such as [[0.5, "2 days"], [0.95, "9 days"]].'
    )


def _chance(key: str) -> object:
    if key.startswith("p") and key[1:].isascii() and key[1:].isdigit() and len(key) < 6:
        return Decimal(key[1:]) / 100
    try:
        return Decimal(key)
    except ArithmeticError:
        return key
