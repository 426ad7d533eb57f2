"""Assumptions, and parameters in words."""

from fractions import Fraction
from pathlib import Path

import pytest
from reports.building import comparison

from simulator.definition.quantities import Parameter
from simulator.reports.amounts import amount, multiplier, multiplier_range, range_of
from simulator.reports.assumptions import assumptions, assumptions_section
from simulator.reports.blocks import Table
from simulator.units import parse_quantity


def parameter(text: str) -> Parameter:
    """Read a parameter."""
    value, dimension = parse_quantity(text)
    return Parameter(value=value, dimension=dimension)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("52 weeks", "52 weeks"),
        ("4 quarters", "52 weeks"),
        ("2 years", "2 years"),
        ("1 year", "1 year"),
        ("2.5 days", "2.5 days"),
        ("1 day", "1 day"),
        ("35 min", "35 min"),
        ("0.08 per year", "0.08 a year"),
        ("12 per week", "12 a week"),
        ("1 per week", "1 a week"),
        ("400 per week", "400 a week"),
        ("£142", "£142"),
        ("£41.80", "£41.80"),
        ("£1.9m", "£1.9m"),
        ("£80 per day", "£80 a day"),
        ("£9m per year", "£9m a year"),
        ("0.325", "0.325"),
        ("1500", "1,500"),
    ],
)
def test_a_parameter_is_written_in_a_unit_that_fits(text: str, written: str) -> None:
    assert amount(parameter(text)) == written


def test_a_range_has_the_unit_of_its_value() -> None:
    value, low, high = (parameter(text) for text in ("0.4 per year", "0.3 per year", "0.5 per year"))

    one = Parameter(value=value.value, dimension=value.dimension, low=low.value, high=high.value)

    assert range_of(one) == "0.3 a year to 0.5 a year"
    assert range_of(value) == ""


def test_a_multiplier_is_written_as_the_change_it_makes() -> None:
    one = Parameter(
        value=Fraction(95, 100),
        dimension=parameter("1").dimension,
        low=Fraction(88, 100),
        high=Fraction(103, 100),
    )

    assert multiplier(one) == "−5%"
    assert multiplier_range(one) == "−12% to +3%"


def test_every_number_of_a_model_is_found_once_with_its_place(tmp_path: Path) -> None:
    model = comparison(tmp_path).results.model

    found = assumptions(model)
    places = [(one.kind, one.id, one.what) for one in found]

    assert ("needs", "illness", ("rate", "frail")) in places
    assert ("resources", "beds", ("capacity",)) in places
    assert ("interventions", "plans", ("effects", "value")) in places
    assert ("activities", "ae", ("routes", "ward")) in places
    assert len(set(places)) == len(places)


def test_a_number_that_tells_its_source_stands_in_the_table_with_range_and_grade(tmp_path: Path) -> None:
    section = assumptions_section(comparison(tmp_path).results.model)

    rows = [
        row
        for block in section.blocks
        if isinstance(block, Table)
        for group in block.groups
        for row in group.rows
    ]

    assert ("rate · frail", "0.4 a year", "0.3 a year to 0.5 a year", "B", "A survey, 2024") in rows
    assert ("capacity", "40", "–", "C", "judgement") in rows
    assert len(rows) == 3
