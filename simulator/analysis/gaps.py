"""The gap between the most and the least deprived, per person, in health, in care and in money.

A gap is read replication by replication: absolute, the most deprived quintile's figure less the least
deprived's, and relative, one over the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from simulator.analysis.comparison import Comparison
from simulator.analysis.intervals import Estimate, estimate, estimate_difference
from simulator.analysis.measures import standard_names
from simulator.experiment.measure_names import HARM_FAMILIES, MeasureName, read_name, vocabulary

HEALTH, CARE, FINANCE = "health", "care", "finance"
AIMS = (HEALTH, CARE, FINANCE)
MEASURED = {"need": HEALTH, "activity": CARE, "clock": CARE}
COUNTED = ("per_year", "per_day")
THOUSAND, HUNDRED_THOUSAND = 1_000.0, 100_000.0

Values = list[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure that has a gap: the measure, and for how many people it is said (nought: a share or a
    time, not per person)."""

    aim: str
    name: MeasureName
    heads: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A gap in one scenario: both ends, the gap between them, and how it differs from the baseline's."""

    row: Row
    scenario: str
    most: Estimate
    least: Estimate
    absolute: Estimate
    relative: Estimate
    change: Estimate | None
    change_relative: Estimate | None


def gaps(comparison: Comparison) -> tuple[Gap, ...]:
    """Read every gap of every scenario, aim by aim; none where there are not two quintiles."""
    ends = _ends(comparison)
    if ends is None:
        return ()
    return tuple(
        _gap(comparison, row, scenario=scenario, ends=ends)
        for row in sorted(_rows(comparison), key=lambda row: AIMS.index(row.aim))
        for scenario in comparison.scenarios
        if _values(comparison, row, scenario=scenario, quintile=ends[0]) is not None
    )


def cut(name: MeasureName, *, dimension: str, value: str) -> str:
    """Write the name of a measure confined to one group."""
    stem = f"{name.family}.{name.subject}" if name.subject else name.family
    what = name.text.removeprefix(stem).lstrip(".")
    return f"{stem}.by.{dimension}.{value}" + (f".{what}" if what else "")


def _ends(comparison: Comparison) -> tuple[str, str] | None:
    """Name the most and the least deprived quintile that anybody lives in."""
    found = {one.cuts[0].value for one in comparison.cuts.values() if one.cuts[0].dimension == "quintile"}
    return (min(found), max(found)) if len(found) > 1 else None


def _rows(comparison: Comparison) -> Iterator[Row]:
    """List what has a gap: what the files measure, expected deaths, health and cost."""
    known = vocabulary(comparison.results.programs.values())
    named = {one.text: one for one in comparison.names.values() if one.text in _asked(comparison)}
    standard = [read_name(one, known) for one in standard_names(known)]
    for one in [*named.values(), *standard]:
        if one.cuts:
            continue
        if one.family in MEASURED and one.text in named:
            heads = THOUSAND if one.what.endswith(COUNTED) else 0.0
            yield Row(aim=MEASURED[one.family], name=one, heads=heads)
            named.pop(one.text)
        elif one.family == "consequence" or (one.family in HARM_FAMILIES and not one.what):
            yield Row(aim=HEALTH, name=one, heads=HUNDRED_THOUSAND)
        elif one.text == "qalys_per_year":
            yield Row(aim=HEALTH, name=one, heads=1.0)
        elif one.text == "system.resources_per_year":
            yield Row(aim=FINANCE, name=one, heads=1.0)


def _asked(comparison: Comparison) -> set[str]:
    model, experiment = comparison.results.model, comparison.results.experiment
    return {one.of for measures in (model.measures, experiment.measures) for one in measures.values()}


def _gap(comparison: Comparison, row: Row, *, scenario: str, ends: tuple[str, str]) -> Gap:
    baseline = comparison.scenarios[0]
    most, least = (_values(comparison, row, scenario=scenario, quintile=one) or [] for one in ends)
    before = [_values(comparison, row, scenario=baseline, quintile=one) or [] for one in ends]
    is_other = scenario != baseline
    level = partial(estimate, draws=comparison.results.draws)
    difference = partial(estimate_difference, draws=comparison.results.draws)
    return Gap(
        row=row,
        scenario=scenario,
        most=level(most),
        least=level(least),
        absolute=level(_less(most, least)),
        relative=level(_over(most, least)),
        change=difference(_less(most, least), _less(*before)) if is_other else None,
        change_relative=difference(_over(most, least), _over(*before)) if is_other else None,
    )


def _values(comparison: Comparison, row: Row, *, scenario: str, quintile: str) -> Values | None:
    """Give a figure of a quintile in every replication, for so many people where it is per person."""
    values = comparison.values[scenario]
    found = values.get(cut(row.name, dimension="quintile", value=quintile))
    if found is None or not row.heads:
        return None if found is None else list(found)
    people = _people(comparison, scenario=scenario, quintile=quintile)
    return [
        None if one is None or not heads else one * row.heads / heads
        for one, heads in zip(found, people, strict=True)
    ]


def _people(comparison: Comparison, *, scenario: str, quintile: str) -> list[float]:
    """Give the mean number of people of a quintile in every replication."""
    values = comparison.values[scenario]
    segments = [
        name for name in values if name.startswith("people.") and name.endswith(f".quintile.{quintile}")
    ]
    return [
        sum(one or 0.0 for one in heads) for heads in zip(*(values[name] for name in segments), strict=True)
    ]


def _less(one: Sequence[float | None], other: Sequence[float | None]) -> Values:
    return [None if a is None or b is None else a - b for a, b in zip(one, other, strict=True)]


def _over(one: Sequence[float | None], other: Sequence[float | None]) -> Values:
    return [None if a is None or not b else a / b for a, b in zip(one, other, strict=True)]
